"""Is CareCue still installed? Slack's own answer counts: an event may come late, twice, or never."""

import logging
from collections.abc import Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.slack.clients import Clients
from bot.slack.errors import SlackError
from bot.slack.installed import Installed
from bot.store import installations, uninstalls, workspaces
from bot.store.db import Db
from bot.store.installations import Standing

GOODBYE = (
    "CareCue is not installed in %s any more. All that it keeps is deleted after %s; until then it only has to be "
    "installed again."
)
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


async def ask(db: Db, installed: Installed, standing: Standing, now: datetime) -> list[str]:
    """The same for one installation among many; the workspaces that CareCue is gone from."""
    try:
        known = await installed.by(standing)
    except SlackError:
        return []
    standing = known.standing
    before = await db.read(installations.covered, standing.key)  # what comes while Slack is asked is not gone
    try:
        teams = await known.slack.teams() if standing.is_org else None
        await known.slack.identity()
    except SlackError as error:
        if error.error not in GONE:
            return []
        left = await db.run(installations.take_back, standing, now)
    else:
        left = await db.run(_follow, standing.key, teams, before, now) if teams is not None else []
    installed.look_again()
    await _tell(db, left)
    return left


def _follow(tx: Connection, org: str, teams: Mapping[str, str], before: Collection[str], now: datetime) -> list[str]:
    """The workspaces of an organization that its token is good for; those that it is not any more."""
    for team_id, name in teams.items():
        installations.meet(tx, team_id, org, name)
    return installations.leave(tx, org, set(before) - set(teams), now)


async def _tell(db: Db, left: Collection[str]) -> None:
    for one in await db.read(uninstalls.all_of_them):
        if one.team_id in left:
            log.warning(GOODBYE, one.name, f"{one.goes_at:%Y-%m-%d %H:%M} UTC")


async def noticed(db: Db, error: SlackError, now: datetime) -> bool:
    """Whether this is what Slack says to whom was taken out of the one workspace that is known; it is remembered."""
    if error.error not in GONE:
        return False
    gone = await db.run(_note, now)
    if gone:
        log.warning(GOODBYE, gone.name, f"{gone.goes_at:%Y-%m-%d %H:%M} UTC")
    return gone is not None


def _note(tx: Connection, now: datetime) -> uninstalls.Uninstall | None:
    """With several workspaces there is no telling whose token it was."""
    team_id = uninstalls.only_workspace(tx)
    if team_id is None:
        return None
    uninstalls.note(tx, team_id, now)
    return next(one for one in uninstalls.all_of_them(tx) if one.team_id == team_id)
