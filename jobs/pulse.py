"""The pulse: rounds open every other week and close the week after, each once."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import pulse, workspaces
from bot.store.occurrences import Due
from bot.store.workspaces import Workspace
from jobs import weekly


async def turn(deps: Deps) -> int:
    """Close and open what is due by now, each round in a transaction of its own; how many were."""
    closed = 0
    for team_id in await deps.db.run(workspaces.all_ids):
        closed += await deps.db.run(pulse.close_due, deps.workspaces, team_id, deps.now())
    if closed:
        deps.sender.wake()

    def due(_tx: Connection, workspace: Workspace) -> Iterable[Due]:
        return pulse.due(workspace, deps.now())

    def begin(tx: Connection, workspace: Workspace, one: Due) -> bool:
        return pulse.begin(tx, workspace, one, deps.now())

    return closed + await weekly.said(deps, due, begin)
