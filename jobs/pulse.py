"""The pulse: rounds open every other week and close the week after, each once."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import pulse
from bot.store.occurrences import Due
from bot.store.workspaces import Workspace
from jobs import weekly
from jobs.taking import in_each


async def turn(deps: Deps) -> int:
    """Close and open what is due by now, each round in a transaction of its own; how many were."""
    closed = await in_each(deps, pulse.close_due, pulse.over)
    if closed:
        deps.sender.wake()

    def due(_tx: Connection, workspace: Workspace, now: datetime) -> Iterable[Due]:
        return pulse.due(workspace, now)

    def begin(tx: Connection, workspace: Workspace, one: Due) -> bool:
        return pulse.begin(tx, workspace, one, deps.now())

    return closed + await weekly.said(deps, pulse.JOB, due, begin)
