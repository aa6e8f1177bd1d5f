"""The sweep: whoever waits too long is spoken of."""

from bot.deps import Deps
from bot.store import ladder
from jobs import taking

GROUP = 200


async def sweep(deps: Deps) -> int:
    """Put in the outbox what is due to be said; returns how many waits were taken."""
    return await taking.all_due(deps, ladder.take_due, GROUP)
