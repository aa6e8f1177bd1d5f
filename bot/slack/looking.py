"""Looking at a channel that CareCue has just come to: who can read it, and which apps write there."""

from datetime import datetime, timedelta

from bot.domain.channel_questions import Look, posters
from bot.domain.moments import ts_of
from bot.slack.clients import Clients
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.people import learn_people
from bot.store import channels, people
from bot.store.db import Db
from bot.store.workspaces import Workspace

MOST_PEOPLE = 100  # of a large channel that are asked about; guests are in small ones
MESSAGES = 15  # all that Slack gives at once to an app that reads slowly
AHEAD = timedelta(days=1)  # Slack's clock is not ours


async def look(db: Db, slack: Clients, workspace: Workspace, channel: str, now: datetime) -> Look | None:
    """What there is to be seen; None where that has to be tried again later."""
    found = await db.run(channels.get, workspace.team_id, channel)
    if found is None:
        return None
    try:
        guests = await _guests(db, slack, workspace, channel, now)
        oldest, latest = ts_of(now - timedelta(days=14)), ts_of(now + AHEAD)
        said, _ = await (await slack.of(workspace.team_id)).history_page(channel, oldest, latest, MESSAGES)
    except (RateLimited, Unclear):
        return None
    except SlackError:
        return Look(found.is_ext_shared, found.is_pending_ext_shared)  # it is gone again, or may not be read
    if guests is None:
        return None
    return Look(found.is_ext_shared, found.is_pending_ext_shared, guests, posters(said, workspace.bot_id))


async def _guests(db: Db, slack: Clients, workspace: Workspace, channel: str, now: datetime) -> int | None:
    """How many of those who are in it; people of other companies are not among them."""
    users = sorted(await (await slack.of(workspace.team_id)).members(channel))[:MOST_PEOPLE]
    if not await learn_people(db, slack, workspace.team_id, users, now):
        return None
    met = await db.run(people.get_many, workspace.team_id, users)
    return sum(person.is_guest and not person.is_gone for person in met.values())
