"""What older releases did not keep of waits is filled in, so that figures are of all of them."""

from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.moments import EPOCH
from bot.store import completing, workspaces
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspaces
from jobs.apart import apart


async def complete(deps: Deps) -> None:
    """In small steps, so that nobody waits for it. Finds nothing to do once all is there."""
    for team_id in await deps.db.run(workspaces.all_ids):
        await apart(deps, Thing(team_id, "figures.complete"), _complete_in(deps, team_id), None)


async def _complete_in(deps: Deps, team_id: str) -> None:
    await deps.db.run(_assign, deps.workspaces, team_id, deps.now())
    since: datetime | None = EPOCH
    while since is not None:
        since = await deps.db.run(_complete, deps.workspaces, team_id, deps.now(), since)


def _assign(tx: Connection, known: Workspaces, team_id: str, now: datetime) -> None:
    if workspace := known.get(tx, team_id, now):
        completing.assign(tx, workspace)


def _complete(tx: Connection, known: Workspaces, team_id: str, now: datetime, since: datetime) -> datetime | None:
    workspace = known.get(tx, team_id, now)
    return completing.complete(tx, workspace, since) if workspace else None
