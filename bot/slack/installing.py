"""Somebody lets CareCue in: what Slack gives for it is asked who it is, kept, and the workspace known from then on."""

import logging
from collections.abc import Collection
from contextlib import suppress
from datetime import datetime

from bot.slack.client import Slack
from bot.slack.errors import SlackError
from bot.slack.installed import Installed
from bot.slack.oauth import METHOD
from bot.store import installations, setup
from bot.store.db import Db
from bot.store.installations import Grant
from bot.store.workspaces import Installation

log = logging.getLogger(__name__)


class NotInvited(Exception):
    """CareCue is not for this workspace, by its settings: it was handed back at once, and nothing is kept."""


async def install(
    db: Db, installed: Installed, code: str, allowed: Collection[str], now: datetime
) -> tuple[Grant, Installation]:
    """By the code with which Slack sent somebody back. `allowed` are workspaces and organizations; none: all are.

    Raises SlackError, NotInvited.
    """
    grant = await installed.oauth.granted(code)
    slack = installed.slack(grant.tokens.token)
    here = (await slack.identity()).installation
    if allowed and not {grant.team_id, here.enterprise_id} & set(allowed):
        with suppress(SlackError):
            await slack.revoke()
        raise NotInvited(grant.team_id)
    # Of an organization's token Slack's reference does not say which of the two is named as its place.
    if grant.team_id not in ({here.team_id, here.enterprise_id} if grant.is_org else {here.team_id}):
        raise SlackError(METHOD, "another_team")
    await db.run(installations.save, installed.box, grant, here, now)
    installed.look_again()
    log.info("CareCue is installed in %s (%s).", here.name, grant.team_id)
    with suppress(SlackError):  # it is installed; what else there is to know comes with the next hour, or with events
        await _look_around(db, slack, grant, now)
    return grant, here


async def _look_around(db: Db, slack: Slack, grant: Grant, now: datetime) -> None:
    """The workspaces of an organization; the channels in which CareCue still is from an earlier time."""
    if grant.is_org:
        for team_id, name in (await slack.teams()).items():
            await db.run(installations.meet, team_id, grant.team_id, name)
        return
    for facts in await slack.joined():
        await db.run(setup.save_channel, grant.team_id, facts, now, now)
