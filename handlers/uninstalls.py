"""Slack tells that CareCue was taken out of a workspace, or that its token is good no longer.

Or, where organizations install it as a whole, that it may or may not be in some of their workspaces.
"""

from bot.deps import Deps
from bot.slack import uninstalls
from bot.store import installations
from handlers.doors import Body


async def gone(deps: Deps, body: Body) -> None:
    """Whether it is so is asked: who installs it again at once may be told of it only now."""
    if deps.installed is None:
        await uninstalls.look(deps.db, deps.slack, deps.now())
        return
    for key in _keys(body):
        if standing := await deps.db.read(installations.get, key):
            await uninstalls.ask(deps.db, deps.installed, standing, deps.now())


def _keys(body: Body) -> list[str]:
    """By whose installation the event came: the workspace's, the organization's, or either.

    The workspace first: without a token of its own it may be its organization's.
    """
    return [str(body[name]) for name in ("team_id", "enterprise_id") if body.get(name)]
