"""What comes once a week, whatever it is: each in a transaction of its own, and none holds up another."""

import asyncio
from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import occurrences, workspaces
from bot.store.occurrences import Due
from bot.store.workspaces import Workspace

Dues = Callable[[Connection, Workspace], Iterable[Due]]
Post = Callable[[Connection, Workspace, Due], bool]


async def said(deps: Deps, dues: Dues, post: Post) -> int:
    """Put into the outbox what is due by now; how many had something to say. Raises what broke, after all else."""
    count, broken = 0, list[Exception]()
    for team_id in await deps.db.run(workspaces.all_ids):
        for due in await deps.db.run(_due, deps, team_id, dues):
            (found,) = await asyncio.gather(deps.db.run(_post, deps, team_id, due, post), return_exceptions=True)
            if isinstance(found, Exception):
                broken.append(found)
            count += found is True
    if count:
        deps.sender.wake()
    if broken:
        raise ExceptionGroup("not every weekly page could be drawn", broken)
    return count


def _due(tx: Connection, deps: Deps, team_id: str, dues: Dues) -> list[Due]:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return occurrences.unwritten(tx, team_id, dues(tx, workspace)) if workspace else []


def _post(tx: Connection, deps: Deps, team_id: str, due: Due, post: Post) -> bool:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return workspace is not None and post(tx, workspace, due)
