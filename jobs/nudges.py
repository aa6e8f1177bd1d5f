"""The sweep: whoever waits too long is spoken of."""

from bot.deps import Deps
from bot.store import nudges

GROUP = 200


async def sweep(deps: Deps) -> int:
    """Put in the outbox what is due to be said; returns how many waits were taken."""
    taken = 0
    while True:
        count = await deps.db.run(nudges.take_due, deps.workspaces, deps.now(), GROUP)
        taken += count
        if count:
            deps.sender.wake()
        if count < GROUP:
            return taken
