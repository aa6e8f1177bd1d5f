"""The pulse: rounds open every other week and close the week after, each once."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import occurrences, pulse, workspaces
from bot.store.occurrences import Due


async def turn(deps: Deps) -> int:
    """Open and close what is due by now, each round in a transaction of its own; how many were."""
    turned = 0
    for team_id in await deps.db.run(workspaces.all_ids):
        for due in await deps.db.run(_due, deps, team_id):
            turned += await deps.db.run(_begin, deps, team_id, due)
        turned += await deps.db.run(pulse.close_due, deps.workspaces, team_id, deps.now())
    if turned:
        deps.sender.wake()
    return turned


def _due(tx: Connection, deps: Deps, team_id: str) -> list[Due]:
    now = deps.now()
    workspace = deps.workspaces.get(tx, team_id, now)
    return occurrences.unwritten(tx, team_id, pulse.due(workspace, now)) if workspace else []


def _begin(tx: Connection, deps: Deps, team_id: str, due: Due) -> bool:
    now = deps.now()
    workspace = deps.workspaces.get(tx, team_id, now)
    return workspace is not None and pulse.begin(tx, workspace, due, now)
