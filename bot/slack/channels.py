"""Learning from Slack what a channel is and who is in it."""

from datetime import datetime

from bot.slack.clients import Clients
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.people import learn_people
from bot.store import channels, setup
from bot.store.channels import Channel
from bot.store.db import Db

UNSEEN = {"channel_not_found", "not_in_channel", "team_access_not_granted", "access_denied"}


async def learn_channel(db: Db, slack: Clients, team_id: str, channel: str, now: datetime) -> Channel | None:
    """Ask Slack what it is and remember; None where that has to be tried again later."""
    await db.run(lambda tx: channels.begin_reading(tx, team_id, channel, now))
    try:
        facts = await (await slack.of(team_id)).channel(channel)
    except (RateLimited, Unclear):
        return None
    except SlackError as error:
        if error.error not in UNSEEN:
            raise
        await db.run(lambda tx: channels.gone(tx, team_id, channel, now))
    else:
        await db.run(lambda tx: setup.save_channel(tx, team_id, facts, now, now))
    return await db.run(lambda tx: channels.get(tx, team_id, channel))


async def learn_insiders(db: Db, slack: Clients, team_id: str, channel: str, now: datetime) -> None:
    """Who is in a private channel that CareCue is in too, if it has not asked for them yet."""
    found = await db.run(channels.get, team_id, channel)
    if found and found.is_private and found.is_member and found.members_read_at is None:
        await learn_members(db, slack, team_id, channel, now)


async def learn_members(db: Db, slack: Clients, team_id: str, channel: str, now: datetime) -> bool:
    """Ask Slack what it is, who is in it, and who they are. False where that has to be tried again later."""
    found = await learn_channel(db, slack, team_id, channel, now)
    if found is None:
        return False
    if not found.is_member:
        return True
    try:
        users = await (await slack.of(team_id)).members(channel)
    except SlackError as error:
        if isinstance(error, RateLimited | Unclear) or error.error in UNSEEN:
            return False
        raise
    if not await learn_people(db, slack, team_id, users, now):
        return False
    await db.run(lambda tx: channels.set_members(tx, team_id, channel, users, now))
    return True
