"""The weekly prompts: whatever restarts, sleeps or runs at the same time, each comes once."""

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import prompts
from bot.store.occurrences import Due
from bot.store.prompt_posts import JOB
from bot.store.workspaces import Workspace
from jobs import weekly


async def post(deps: Deps) -> int:
    """Put into the outbox what is due by now, one transaction each; how many there were to say."""

    def write(tx: Connection, workspace: Workspace, one: Due) -> bool:
        return prompts.post(tx, workspace, one, deps.now())

    return await weekly.said(deps, JOB, prompts.due, write)
