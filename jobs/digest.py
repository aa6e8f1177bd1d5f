"""The weekly pages: whatever restarts, sleeps or runs at the same time, each comes once."""

import asyncio

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import digest, digest_people, occurrences, workspaces
from bot.store.occurrences import Due


async def post(deps: Deps) -> int:
    """Put into the outbox what is due by now, one transaction each; how many had something to say.

    A page that cannot be drawn holds up no other; raises what broke, after all else was done.
    """
    said, broken = 0, list[Exception]()
    for team_id in await deps.db.run(workspaces.all_ids):
        for due in await deps.db.run(_due, deps, team_id):
            (found,) = await asyncio.gather(deps.db.run(_post, deps, team_id, due), return_exceptions=True)
            if isinstance(found, Exception):
                broken.append(found)
            said += found is True
    if said:
        deps.sender.wake()
    if broken:
        raise ExceptionGroup("not every weekly page could be drawn", broken)
    return said


def _due(tx: Connection, deps: Deps, team_id: str) -> list[Due]:
    now = deps.now()
    workspace = deps.workspaces.get(tx, team_id, now)
    if workspace is None:
        return []
    return occurrences.unwritten(tx, team_id, [*digest.due(workspace, now), *digest_people.due(tx, workspace, now)])


def _post(tx: Connection, deps: Deps, team_id: str, due: Due) -> bool:
    now = deps.now()
    workspace = deps.workspaces.get(tx, team_id, now)
    page = digest if due.job == digest.JOB else digest_people
    return workspace is not None and page.post(tx, workspace, due, now)
