"""Why? Asked with a link or from the menu of a message; and what people say of how it was read."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.care_command import Order
from bot.domain.kudos import Source
from bot.domain.why import read_link
from bot.slack.channels import learn_insiders
from bot.store import corrections
from bot.store import why as store
from bot.views import menu
from bot.views import why as views
from bot.views.message import Message
from bot.views.why_lines import Told
from bot.views.words import why as words
from handlers.doors import Knock


async def typed(deps: Deps, knock: Knock, order: Order) -> Message:
    """/care why, with the link of a message."""
    link = read_link(order.line)
    if link is None:
        return Message(words.NO_LINK() if order.line else words.NEEDS_LINK())
    told = await _told(deps, knock, *link)
    return Message(told) if isinstance(told, str) else views.why(told)


async def from_menu(deps: Deps, knock: Knock) -> None:
    """*Why?* in the menu of a message, which becomes the answer."""
    view_id, picked = menu.read_menu(knock.body)
    await turn(deps, knock, view_id, picked.source)


async def turn(deps: Deps, knock: Knock, view_id: str, source: Source) -> None:
    """A menu becomes the answer."""
    told = await _told(deps, knock, source.channel, source.ts)
    shown = views.refused_view(told) if isinstance(told, str) else views.why_view(told)
    await (await knock.slack(deps)).update_view(view_id, shown)


async def correct(deps: Deps, knock: Knock) -> str | Message | None:
    """A correction: what it leads to stands at once in the place of what was shown."""
    correction = views.read_correction(knock.action)
    if correction is None:
        return words.CHANGED_MEANWHILE()
    refusal = await deps.db.run(_correct, deps, knock, correction)
    deps.sender.wake()
    told = refusal or await _told(deps, knock, correction.channel, correction.asked)
    if "view" not in knock.body:
        return told if isinstance(told, str) else views.why(told)
    shown = views.refused_view(told) if isinstance(told, str) else views.why_view(told)
    await (await knock.slack(deps)).update_view(str(knock.body["view"]["id"]), shown)
    return None


def _correct(tx: Connection, deps: Deps, knock: Knock, correction: views.Correction) -> str | None:
    return corrections.correct(tx, knock.workspace_now(tx, deps), knock.user, correction, deps.now())


async def _told(deps: Deps, knock: Knock, channel: str, ts: str) -> Told | str:
    """With the setup as it stands by now: a correction may have changed it."""
    team_id = knock.workspace.team_id
    await learn_insiders(deps.db, deps.slack, team_id, channel, deps.now())

    def read(tx: Connection) -> Told | str:
        return store.told(tx, knock.workspace_now(tx, deps), channel, ts, deps.now(), knock.user)

    return await deps.db.run(read)
