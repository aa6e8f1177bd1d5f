"""The weekly prompts: whatever restarts, sleeps or runs at the same time, each comes once."""

from collections.abc import Iterable

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import prompts
from bot.store.occurrences import Due
from bot.store.workspaces import Workspace
from jobs import weekly


async def post(deps: Deps) -> int:
    """Put into the outbox what is due by now, one transaction each; how many there were to say."""

    def due(tx: Connection, workspace: Workspace) -> Iterable[Due]:
        return prompts.due(tx, workspace, deps.now())

    def write(tx: Connection, workspace: Workspace, one: Due) -> bool:
        return prompts.post(tx, workspace, one, deps.now())

    return await weekly.said(deps, due, write)
