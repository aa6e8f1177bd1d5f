"""What falls due is taken group by group, until there is less than a group of it; or looked for in every workspace."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import workspaces
from bot.store.workspaces import Workspace, Workspaces

Take = Callable[[Connection, Workspaces, datetime, int], int]
Look = Callable[[Connection, Workspace, datetime], int]


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


async def in_each(deps: Deps, look: Look) -> int:
    """In every workspace, each in a transaction of its own; returns how much there was in all."""
    return sum([await deps.db.run(_look, deps, team_id, look) for team_id in await deps.db.read(workspaces.all_ids)])


def _look(tx: Connection, deps: Deps, team_id: str, look: Look) -> int:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return look(tx, workspace, deps.now()) if workspace else 0
