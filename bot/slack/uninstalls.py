"""Is CareCue still installed? Slack's own answer counts: an event may come late, twice, or never."""

import logging
from datetime import datetime

from sqlalchemy import Connection

from bot.slack.clients import Clients
from bot.slack.errors import SlackError
from bot.store import uninstalls, workspaces
from bot.store.db import Db

GONE = {"token_revoked", "account_inactive"}  # what Slack says of the token of an app that was taken out

log = logging.getLogger(__name__)


async def look(db: Db, slack: Clients, now: datetime) -> bool:
    """Ask Slack, and remember. Whether it has told for certain that CareCue is gone."""
    try:
        installation = (await (await slack.of("")).identity()).installation
    except SlackError as error:
        return await noticed(db, error, now)
    if await db.run(uninstalls.back, installation.team_id):
        await db.run(workspaces.install, installation)
        log.warning("CareCue is installed in %s again; all that was kept is there.", installation.name)
    return False


async def noticed(db: Db, error: SlackError, now: datetime) -> bool:
    """Whether this is what Slack says to whom was taken out of the one workspace that is known; it is remembered."""
    if error.error not in GONE:
        return False
    gone = await db.run(_note, now)
    if gone:
        log.warning(
            "CareCue is not installed in %s any more. All that it keeps is deleted after %s; until then it only has "
            "to be installed again.",
            gone.name,
            f"{gone.goes_at:%Y-%m-%d %H:%M} UTC",
        )
    return gone is not None


def _note(tx: Connection, now: datetime) -> uninstalls.Uninstall | None:
    """With several workspaces there is no telling whose token it was."""
    team_id = uninstalls.only_workspace(tx)
    if team_id is None:
        return None
    uninstalls.note(tx, team_id, now)
    return next(one for one in uninstalls.all_of_them(tx) if one.team_id == team_id)
