"""Is CareCue still installed? Asked once in a while, since nobody tells a process that does not run."""

from bot.deps import Deps
from bot.slack import uninstalls


async def look(deps: Deps) -> bool:
    """Whether Slack says that it is gone from the one workspace whose token is in the settings."""
    if deps.installed:
        return False  # jobs/installations.py asks for each
    return await uninstalls.look(deps.db, deps.slack, deps.now())
