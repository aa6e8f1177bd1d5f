"""The morning after a boundary call: how are they?"""

from bot.deps import Deps
from bot.store import boundary_calls
from jobs import taking

GROUP = 100


async def check_in(deps: Deps) -> int:
    """Put in the outbox what is due to be asked; returns how many were."""
    return await taking.all_due(deps, boundary_calls.ask_how_they_are, GROUP)
