"""The weekly pages: whatever restarts, sleeps or runs at the same time, each comes once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import digest, digest_people
from bot.store.occurrences import Due
from bot.store.workspaces import Workspace
from jobs import weekly


async def post(deps: Deps) -> int:
    """Put into the outbox what is due by now, one transaction each; how many had something to say.

    A page that cannot be drawn holds up no other.
    """

    def due(tx: Connection, workspace: Workspace, now: datetime) -> Iterable[Due]:
        return [*digest.due(workspace, now), *digest_people.due(tx, workspace, now)]

    def write(tx: Connection, workspace: Workspace, one: Due) -> bool:
        post_one = digest.post if one.job == digest.JOB else digest_people.post
        return post_one(tx, workspace, one, deps.now())

    return await weekly.said(deps, digest.JOB, due, write)
