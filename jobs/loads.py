"""Who has too much? Looks at everybody's load, so that those who lead them can take something off."""

from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import overloads, workspaces


async def watch(deps: Deps) -> int:
    """Returns of how many people there was something new."""
    teams = await deps.db.run(workspaces.all_ids)
    return sum([await deps.db.run(_watch, deps, team_id, deps.now()) for team_id in teams])


def _watch(tx: Connection, deps: Deps, team_id: str, now: datetime) -> int:
    workspace = deps.workspaces.get(tx, team_id, now)
    return overloads.watch(tx, workspace, now) if workspace else 0
