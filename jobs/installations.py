"""Where workspaces let CareCue in by OAuth: tokens are changed in time, and Slack asked whether it is still there."""

import logging

from bot.deps import Deps
from bot.slack import uninstalls
from bot.slack.errors import SlackError
from bot.slack.installed import Installed
from bot.store import installations, renewals

GROUP = 20

log = logging.getLogger(__name__)


async def renew(deps: Deps) -> int:
    """How many tokens were changed for new ones."""
    if deps.installed is None:
        return 0
    renewed = 0
    while keys := await deps.db.read(renewals.due, deps.now(), GROUP):
        tried = [await _renew(deps.installed, key) for key in keys]
        renewed += sum(tried)
        if not any(tried):
            break
    return renewed


async def look(deps: Deps) -> int:
    """Each installation once an hour, by one process; how many workspaces CareCue is gone from."""
    if deps.installed is None:
        return 0
    gone = 0
    while standing := await deps.db.run(installations.to_ask, deps.now(), GROUP):
        for one in standing:
            gone += len(await uninstalls.ask(deps.db, deps.installed, one, deps.now()))
    return gone


async def _renew(installed: Installed, key: str) -> bool:
    try:
        return await installed.renew(key)
    except SlackError as error:
        log.warning("The token of %s was not renewed: %s.", key, error)
        return False
