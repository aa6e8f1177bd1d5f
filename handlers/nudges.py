"""The buttons of a nudge, and the form that hands it over."""

from collections.abc import Callable, Mapping
from functools import partial

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import ways_out
from bot.views import nudges as views
from bot.views import snoozes
from bot.views.message import read_press
from bot.views.words import nudges as words
from handlers.doors import Knock, open_form


async def open_thread(_deps: Deps, _knock: Knock) -> None:
    """A link, which Slack opens by itself and tells us of."""


async def claim(deps: Deps, knock: Knock) -> str | None:
    """*I'm on it.*"""
    return await _leave(deps, knock, read_press(knock.action), ways_out.claim)


async def no_reply(deps: Deps, knock: Knock) -> str | None:
    """*No reply needed.*"""
    return await _leave(deps, knock, read_press(knock.action), ways_out.no_reply)


async def snooze(deps: Deps, knock: Knock) -> str | None:
    """*Snooze…*"""
    nudge_id, choice = snoozes.read(knock.action)
    return await _leave(deps, knock, nudge_id, partial(ways_out.snooze, choice=choice))


async def hand_over(deps: Deps, knock: Knock) -> str | None:
    """*Hand over* asks to whom, at once: what opens a modal is good for three seconds."""
    nudge_id = read_press(knock.action)
    return await open_form(deps, knock, views.hand_over_form(nudge_id)) if nudge_id is not None else None


async def hand_over_to(deps: Deps, knock: Knock) -> Mapping[str, str] | None:
    """The person picked gets the nudge."""
    nudge_id, to = views.read_hand_over(knock.body["view"])
    if to is None:
        return views.beside_picker(words.PICK_PERSON)
    refusal = await _leave(deps, knock, nudge_id, partial(ways_out.hand_over, to=to))
    return views.beside_picker(refusal) if refusal else None


Way = Callable[..., str | None]


async def _leave(deps: Deps, knock: Knock, nudge_id: int | None, way: Way) -> str | None:
    """Take a way out, if the nudge was for whoever presses: their own, or in a channel of the team."""
    if nudge_id is None:
        return words.OVER_ALREADY

    def take(tx: Connection) -> str | None:
        meant_for = ways_out.reader(tx, knock.workspace.team_id, nudge_id)
        if meant_for is None:
            return words.OVER_ALREADY
        if meant_for[0] in "UW" and meant_for != knock.user:
            return words.NOT_YOURS
        return way(tx, knock.workspace, nudge_id, knock.user, now=deps.now())

    refusal = await deps.db.run(take)
    deps.sender.wake()
    return refusal
