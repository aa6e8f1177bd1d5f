"""The weekly pages: whatever restarts, sleeps or runs at the same time, each comes once."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import digest, digest_people, occurrences, workspaces
from bot.store.occurrences import Due


async def post(deps: Deps) -> int:
    """Put into the outbox what is due by now, one transaction each; how many had something to say."""
    said = 0
    for team_id in await deps.db.run(workspaces.all_ids):
        for due in await deps.db.run(_due, deps, team_id):
            said += await deps.db.run(_post, deps, team_id, due)
    if said:
        deps.sender.wake()
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
