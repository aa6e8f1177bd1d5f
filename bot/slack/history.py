"""What was missed, read from Slack page by page; words go no further than this."""

from datetime import datetime

from bot.domain.gaps import Page, read_page
from bot.slack.clients import Clients
from bot.store.gaps import Gap


async def read(slack: Clients, gap: Gap, limit: int, now: datetime) -> Page:
    """The next page of a gap. Raises SlackError: `thread_not_found` where the whole thread is gone."""
    here = await slack.of(gap.team_id)
    if gap.root_ts:
        messages, more = await here.replies_page(gap.channel, gap.root_ts, gap.reached, limit)
        reached = max((str(message["ts"]) for message in messages), default=gap.reached)
    else:
        messages, more = await here.history_page(gap.channel, gap.read_from, gap.reached, limit)
        reached = min((str(message["ts"]) for message in messages), default=gap.reached)
    page = read_page(gap.channel, messages, gap.oldest, now)
    return page._replace(reached=reached if more and reached != gap.reached else "")
