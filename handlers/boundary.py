"""Boundary calls: by /care, from a nudge or the menu of a message; and how their agents are afterwards."""

from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.boundary import Case
from bot.domain.care_command import Order
from bot.domain.kudos import Source
from bot.domain.typed import pieces, written
from bot.store import boundary_calls as store
from bot.store import boundary_hand
from bot.views import boundary as views
from bot.views.boundary import Filled
from bot.views.message import Message, one_line, read_press
from bot.views.words import boundary as words
from handlers.doors import Knock, Turned, Wrong, open_form


async def typed(deps: Deps, knock: Knock, order: Order) -> Message | None:
    """/care boundary: the form, with what was typed and the conversations that may be meant."""
    if store.team_for(knock.workspace, knock.user, None) is None:
        return one_line(words.NO_TEAM())
    now, here = deps.now(), str(knock.body.get("channel_id") or "")
    choices = await deps.db.run(store.choices, knock.workspace, knock.user, here, now)
    await open_form(deps, knock, views.form(_filled(order.line), choices))
    return None


def form_for(knock: Knock, about: Source | None) -> dict[str, Any] | str:
    """The form for a call about a message; a sentence where nobody would hear it."""
    if store.team_for(knock.workspace, knock.user, about) is None:
        return words.NO_TEAM()
    return views.form(Filled(about))


async def call(deps: Deps, knock: Knock) -> Wrong | Turned:
    """The form was sent off: it turns into what the agent can stand on."""
    filled, now = views.read_form(knock.body["view"]), deps.now()
    called = await deps.db.run(store.call, knock.workspace, knock.user, filled, now)
    deps.sender.wake()
    if isinstance(called, str):
        return views.beside_line(called)
    return Turned(views.in_hand_view(called.hand, called.told))


async def ready(deps: Deps, knock: Knock) -> None:
    """*I'm ready now*: the message says by itself that the breather is over."""
    await deps.db.run(boundary_hand.ready, knock.workspace, knock.user, deps.now())
    deps.sender.wake()


async def fine(deps: Deps, knock: Knock) -> Message | str:
    """*I'm fine*: nothing is kept of it."""
    ask_id = read_press(knock.action) or 0

    def is_mine(tx: Connection) -> bool:
        return store.is_mine(tx, knock.workspace, ask_id, knock.user)

    return one_line(words.FINE_ANSWER()) if await deps.db.run(is_mine) else words.NOT_YOURS()


async def talk(deps: Deps, knock: Knock) -> Message | str:
    """*I'd like to talk*: the manager's clock starts."""
    ask_id = read_press(knock.action) or 0
    said = await deps.db.run(store.talk, knock.workspace, ask_id, knock.user, deps.now())
    deps.sender.wake()
    return one_line(said) if said == words.TALK_ANSWER() else said


def _filled(line: str) -> Filled:
    """`/care boundary abusive …` has chosen already."""
    first, _, rest = line.partition(" ")
    case = next((case for case in Case if case == first.casefold()), None)
    return Filled(None, case, written(pieces(rest if case else line)))
