"""Is CareCue still installed? Asked once in a while, since nobody tells a process that does not run."""

from bot.deps import Deps
from bot.slack import uninstalls


async def look(deps: Deps) -> bool:
    """Whether Slack says that it is gone."""
    return await uninstalls.look(deps.db, deps.slack, deps.now())
