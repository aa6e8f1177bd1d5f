"""The morning after a boundary call: how are they?"""

from bot.deps import Deps
from bot.store import boundary_calls

GROUP = 100


async def check_in(deps: Deps) -> int:
    """Put in the outbox what is due to be asked; returns how many were."""
    asked = 0
    while True:
        count = await deps.db.run(boundary_calls.ask_how_they_are, deps.workspaces, deps.now(), GROUP)
        asked += count
        if count:
            deps.sender.wake()
        if count < GROUP:
            return asked
