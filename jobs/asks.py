"""The leader's clock ticks: whoever owes word to an agent is told."""

from bot.deps import Deps
from bot.store import ask_clock

GROUP = 100


async def sweep(deps: Deps) -> int:
    """Put in the outbox what is due to be said; returns how many asks were taken."""
    taken = 0
    while True:
        count = await deps.db.run(ask_clock.take_due, deps.workspaces, deps.now(), GROUP)
        taken += count
        if count:
            deps.sender.wake()
        if count < GROUP:
            return taken
