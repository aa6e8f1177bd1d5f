"""Slack tells that CareCue was taken out of the workspace, or that its token is good no longer."""

from bot.deps import Deps
from bot.slack import uninstalls


async def gone(deps: Deps) -> None:
    """Whether it is so is asked: who installs it again at once may be told of it only now."""
    await uninstalls.look(deps.db, deps.slack, deps.now())
