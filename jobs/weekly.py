"""What comes once a week, whatever it is: each in a transaction of its own, and none holds up another."""

from collections.abc import Callable, Iterable
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import occurrences
from bot.store.occurrences import Due
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.apart import apart

AHEAD = timedelta(minutes=5)  # so long a workspace rests in which nothing falls due meanwhile

Dues = Callable[[Connection, Workspace, datetime], Iterable[Due]]
Post = Callable[[Connection, Workspace, Due], bool]


async def said(deps: Deps, job: str, dues: Dues, post: Post) -> int:
    """Put into the outbox what is due by now; how many had something to say."""
    count = 0
    for team_id in await deps.db.read(_awake, deps, job):
        due_here = deps.db.read(_due, deps, team_id, job, dues)
        for due in await apart(deps, Thing(team_id, job), due_here, list[Due]()):
            posting = deps.db.run(_post, deps, team_id, due, post)
            count += await apart(deps, Thing(team_id, job, due.key), posting, False)
    if count:
        deps.sender.wake()
    return count


def _awake(tx: Connection, deps: Deps, job: str) -> list[str]:
    now = deps.now()
    return [one.team_id for one in deps.workspaces.every(tx, now) if not one.rests(job, now)]


def _due(tx: Connection, deps: Deps, team_id: str, job: str, dues: Dues) -> list[Due]:
    """What is due by now. Where not even what comes in a while is unwritten, nobody need look until then."""
    now = deps.now()
    workspace = deps.workspaces.get(tx, team_id, now)
    if workspace is None:
        return []
    if not occurrences.unwritten(tx, team_id, dues(tx, workspace, now + AHEAD)):
        workspace.rest(job, now, now + AHEAD)
        return []
    return occurrences.unwritten(tx, team_id, dues(tx, workspace, now))


def _post(tx: Connection, deps: Deps, team_id: str, due: Due, post: Post) -> bool:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return workspace is not None and post(tx, workspace, due)
