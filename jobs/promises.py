"""The sweep: whoever promised a customer more is reminded before it is due."""

from bot.deps import Deps
from bot.store import promise_clock
from jobs import taking

GROUP = 100


async def sweep(deps: Deps) -> int:
    """Put in the outbox what is due to be said; returns how many promises were taken."""
    return await taking.all_due(deps, promise_clock.take_due, GROUP)
