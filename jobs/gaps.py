"""What was missed is read from Slack, page by page, at the pace that Slack allows."""

import asyncio
import logging
from contextlib import suppress
from datetime import timedelta

from bot.deps import Deps
from bot.domain.gaps import Page
from bot.slack import history
from bot.slack.channels import UNSEEN
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.people import learn_people
from bot.slack.refusals import TOKEN_PAUSE, TOKEN_TROUBLE
from bot.store import filling, gaps, listening
from bot.store.gaps import Gap, Pace
from jobs.taking import in_each

TRIES = 20  # with the pauses below: about an hour and a half
TRIES_WITH_NEW = 6  # of what nobody has missed: five minutes, since what happens there waits meanwhile
PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=5)
BLIND = "missing_scope"  # no waiting helps

log = logging.getLogger(__name__)


def pace(deps: Deps) -> Pace:
    """As fast as Slack lets this app read."""
    return gaps.SLOW if deps.settings.slow_history else gaps.TIER_3


async def fill(deps: Deps) -> int:
    """Read what may be read now; how many pages it were."""
    read = 0
    while gap := await deps.db.run(gaps.take, pace(deps), deps.now()):
        try:
            if not await _read(deps, gap):
                break
        except asyncio.CancelledError:  # whoever stops leaves the page to others, at once
            await deps.db.run(gaps.later, gap, deps.now(), gap.tries)
            raise
        read += 1
        deps.sender.wake()
    return read


async def welcome(deps: Deps) -> int:
    """Have the past of channels read that CareCue has just come to; how many they are."""
    return await in_each(deps, listening.welcome, gaps.with_new_channels)


async def _read(deps: Deps, gap: Gap) -> bool:
    """Whether Slack had an answer."""
    if gap.tries > TRIES:  # each time it broke off, for a reason of ours: its channel is not to be silent for good
        log.error("What was missed in channel %s cannot be taken in. It is left unread.", gap.channel)
        await deps.db.run(filling.forget, deps.workspaces, gap, deps.now())
        return True
    try:
        page: Page | None = await history.read(deps.slack, gap, pace(deps).limit, deps.now())
    except SlackError as error:
        if error.error != "thread_not_found":
            return await _trouble(deps, gap, error)
        page = None
    if page:
        await _meet(deps, gap, page)
    await deps.db.run(filling.learn, deps.workspaces, gap, page, deps.now())
    return True


async def _meet(deps: Deps, gap: Gap, page: Page) -> None:
    """Ask who wrote it. What was missed may be due at once, and is then told with the customer's name."""
    writers = {one.user for one in page.posted if not one.is_app}
    with suppress(SlackError):  # who is not known yet is asked about again, as after any message
        await learn_people(deps.db, deps.slack, gap.team_id, writers, deps.now())


async def _trouble(deps: Deps, gap: Gap, error: SlackError) -> bool:
    """Whether the next gap can be read: what Slack will never show is let go, and all else waits."""
    now = deps.now()
    if isinstance(error, RateLimited):
        until = now + timedelta(seconds=error.retry_after)
        await deps.db.run(lambda tx: gaps.later(tx, gap, until, gap.tries, limited=pace(deps)))
        return False
    if pause := _pause(gap, error):
        tries = gap.tries + isinstance(error, Unclear)  # a token that is not good says nothing of the channel
        await deps.db.run(gaps.later, gap, now + pause, tries)
        return False
    log.warning("What was missed in channel %s cannot be read: %s. It is left unread.", gap.channel, error)
    wholly = error.error in UNSEEN or not gap.root_ts or error.error == BLIND
    await deps.db.run(filling.give_up, deps.workspaces, gap, now, wholly)
    return True


def _pause(gap: Gap, error: SlackError) -> timedelta | None:
    """When to ask again; None where no waiting helps."""
    if isinstance(error, Unclear):
        tries = TRIES_WITH_NEW if gap.is_new else TRIES
        return min(PAUSE * 2**gap.tries, LONGEST_PAUSE) if gap.tries < tries else None
    return TOKEN_PAUSE if error.error in TOKEN_TROUBLE - {BLIND} else None
