"""What becomes of a row of the outbox that Slack did not take: it comes later, is dropped, or is set aside."""

import logging
from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.metrics import NOT_SAID
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.guard import is_person
from bot.store import limits, outbox, people, uninstalls
from bot.store.outbox import DELETE, UPDATE, Row

TRIES = 10
FIRST_PAUSE, LONGEST_PAUSE = timedelta(seconds=5), timedelta(minutes=30)
TOKEN_PAUSE = timedelta(minutes=10)

TOKEN_TROUBLE = {
    "invalid_auth",
    "not_authed",
    "token_revoked",
    "token_expired",
    "account_inactive",
    "missing_scope",
    "not_allowed_token_type",
}

log = logging.getLogger(__name__)


def settle(tx: Connection, row: Row, error: SlackError, now: datetime) -> None:
    """Note in the tables what Slack's answer means for it."""
    if isinstance(error, RateLimited):
        outbox.later(tx, row, now + timedelta(seconds=error.retry_after), str(error), untried=True)
        limits.limited(tx, row.team_id, error.method, row.target, now, error.retry_after)
    elif isinstance(error, Unclear):
        _try_again(tx, row, error, now)
    elif error.error in TOKEN_TROUBLE and uninstalls.is_noted(tx, row.team_id):
        outbox.dropped(tx, row, uninstalls.WHY)  # put since, for something that was heard late
    elif error.error in TOKEN_TROUBLE:
        needed = f" (needed: {error.needed})" if error.needed else ""
        log.error("Slack does not let CareCue in: %s%s. `carecue doctor` says what to do.", error, needed)
        outbox.later(tx, row, now + TOKEN_PAUSE, str(error), untried=True)
    elif error.error == "message_not_found" and row.method in (UPDATE, DELETE):
        outbox.dropped(tx, row, error.error)  # somebody took the message away: there is nothing to change
    elif error.error == "channel_not_found" and is_person(row.target) and row.attempts < 3:
        people.set_dm_channel(tx, row.team_id, row.target, None)
        outbox.later(tx, row, now, str(error))
    else:
        set_aside(tx, row, error.error)


def set_aside(tx: Connection, row: Row, why: str) -> None:
    """It is not said, and stays in the outbox until an engineer retries or drops it."""
    log.warning("Not said: %s to %s: %s. Reference: outbox %d.", row.method, row.target, why, row.id)
    outbox.failed(tx, row, why)
    NOT_SAID.labels(row.method).inc()


def _try_again(tx: Connection, row: Row, error: Unclear, now: datetime) -> None:
    """Only tries of the request itself are limited: looking for its message may go on while Slack is away."""
    if row.attempts >= TRIES and error.method == row.method:
        set_aside(tx, row, f"gave up after {row.attempts} tries: {error}")
    else:
        outbox.later(tx, row, now + _pause_after(row.attempts), str(error))


def _pause_after(attempts: int) -> timedelta:
    """5 s, 15 s, 45 s ... half an hour: long enough for Slack to have finished what it had begun."""
    tripled: int = 3 ** min(attempts - 1, 10)
    return min(LONGEST_PAUSE, FIRST_PAUSE * tripled)
