"""The buttons of a nudge about a promise."""

from collections.abc import Callable
from functools import partial

from bot.deps import Deps
from bot.store import promise_clock
from bot.views import snoozes
from bot.views.message import read_press
from bot.views.words import promises as words
from handlers.doors import Knock


async def open_thread(_deps: Deps, _knock: Knock) -> None:
    """A link, which Slack opens by itself and tells us of."""


async def done(deps: Deps, knock: Knock) -> str | None:
    """*Done.*"""
    return await _leave(deps, knock, read_press(knock.action), promise_clock.done)


async def on_it(deps: Deps, knock: Knock) -> str | None:
    """*I'm on it…*"""
    promise_id, choice = snoozes.read(knock.action)
    return await _leave(deps, knock, promise_id, partial(promise_clock.on_it, choice=choice))


Way = Callable[..., str | None]


async def _leave(deps: Deps, knock: Knock, promise_id: int | None, way: Way) -> str | None:
    if promise_id is None:
        return words.OVER_ALREADY()
    refusal = await deps.db.run(
        partial(way, workspace=knock.workspace, promise_id=promise_id, user=knock.user, now=deps.now())
    )
    deps.sender.wake()
    return refusal
