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
from handlers.doors import Knock, Turned, Wrong


async def page(_deps: Deps, knock: Knock) -> Message:
    """The lists of my teams."""
    return views.page(store.of(knock.workspace, knock.user))


async def change(deps: Deps, knock: Knock) -> str | None:
    """*Change*: the form, for who leads the team."""
    key = views.read_press(knock.action)
    mine = {team.key: team for team in store.of(knock.workspace, knock.user) if team.may_change}
    if key not in mine:
        return words.NOT_YOURS
    await deps.slack.open_view(str(knock.body["trigger_id"]), views.form(mine[key]))
    return None


async def save(deps: Deps, knock: Knock) -> Wrong | Turned:
    """The form was sent off."""
    key, typed = views.read_form(knock.body["view"])
    sentences = decide.sentences(typed)
    if len(sentences) > decide.MOST:
        return views.beside_lines(words.too_many(decide.MOST))
    if long := decide.too_long(sentences):
        return views.beside_lines(words.too_long(long, SENTENCE))

    def write(tx: Connection) -> TeamBacking | str:
        now = deps.now()
        workspace = deps.workspaces.get(tx, knock.workspace.team_id, now) or knock.workspace
        return store.change(tx, workspace, knock.user, key, sentences, now)

    done = await deps.db.run(write)
    return views.beside_lines(done) if isinstance(done, str) else Turned(views.saved(done))
