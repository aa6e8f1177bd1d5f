"""What falls due is taken group by group, until there is less than a group of it."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store.workspaces import Workspaces

Take = Callable[[Connection, Workspaces, datetime, int], int]


async def all_due(deps: Deps, take: Take, group: int) -> int:
    """Each group in a transaction of its own; returns how much was taken."""
    taken = 0
    while True:
        count = await deps.db.run(take, deps.workspaces, deps.now(), group)
        taken += count
        if count:
            deps.sender.wake()
        if count < group:
            return taken
