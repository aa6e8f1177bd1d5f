"""/care backing: what may be decided without asking; whoever leads the team writes it."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain import backing as decide
from bot.domain.setup_values import SENTENCE
from bot.store import backing as store
from bot.views import backing as views
from bot.views.backing import TeamBacking
from bot.views.message import Message
from bot.views.words import backing as words
from handlers.doors import Knock, Turned, Wrong, open_form


async def page(deps: Deps, knock: Knock) -> Message:
    """The lists of my teams."""
    return views.page(await deps.db.run(store.of, knock.workspace, knock.user))


async def change(deps: Deps, knock: Knock) -> str | None:
    """*Change*: the form, for who leads the team."""
    key = views.read_press(knock.action)
    mine = {team.key: team for team in await deps.db.run(store.of, knock.workspace, knock.user) if team.may_change}
    if key not in mine:
        return words.NOT_YOURS()
    return await open_form(deps, knock, views.form(mine[key]))


async def save(deps: Deps, knock: Knock) -> Wrong | Turned:
    """The form was sent off."""
    key, typed = views.read_form(knock.body["view"])
    sentences = decide.sentences(typed)
    if len(sentences) > decide.MOST:
        return views.beside_lines(words.too_many(decide.MOST))
    if long := decide.too_long(sentences):
        return views.beside_lines(words.too_long(long, SENTENCE))

    def write(tx: Connection) -> TeamBacking | str:
        return store.change(tx, knock.workspace_now(tx, deps), knock.user, key, sentences, deps.now())

    done = await deps.db.run(write)
    return views.beside_lines(done) if isinstance(done, str) else Turned(views.saved(done))
