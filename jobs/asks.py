"""The leader's clock ticks: whoever owes word to an agent is told."""

from bot.deps import Deps
from bot.store import ask_clock
from jobs import taking

GROUP = 100


async def sweep(deps: Deps) -> int:
    """Put in the outbox what is due to be said; returns how many asks were taken."""
    return await taking.all_due(deps, ask_clock.take_due, GROUP)
