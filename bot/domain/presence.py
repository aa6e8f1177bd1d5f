"""Who is on duty, and who is to be left in peace: why somebody is away, and how much of CareCue they want."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.hours import NoWorkingTime, Schedule


class Reason(StrEnum):
    """Why somebody is not on duty; what weighs most comes first."""

    GONE = "gone"  # has left the company
    PAUSED = "paused"  # said so: /care pause
    CALENDAR = "calendar"  # away by the calendar file
    STATUS = "status"  # away by their Slack status
    BREATHER = "breather"  # takes a breath after a boundary call
    HOLIDAY = "holiday"  # a public holiday where they are, or a day off
    HOURS = "hours"  # outside their own working hours


class Mode(StrEnum):
    """How much of CareCue somebody wants while they are on duty."""

    LOUD = "loud"  # as usual
    QUIET = "quiet"  # the list alone: it is kept up to date, and never rings
    DIGEST_ONLY = "digest-only"  # no list either


@dataclass(frozen=True, slots=True)
class Away:
    """`until` is None where nobody knows: who has left, or a status without an end."""

    reason: Reason
    until: datetime | None = None


class Dnd(NamedTuple):
    """Slack's notification hours that are on, or come next: it keeps silent from `begins` until `ends`."""

    begins: datetime
    ends: datetime


@dataclass(frozen=True, slots=True)
class Quiet:
    """What decides whether something may ring for somebody now.

    `schedule` is their own working time and `zone` the IANA zone of their clock. `dnd_until` is set while Slack's own
    notification hours keep everything silent for them.
    """

    mode: Mode
    away: Away | None
    dnd_until: datetime | None
    schedule: Schedule
    zone: str


def weightiest(known: Iterable[Away]) -> Away | None:
    """Of several reasons, the one that is told; of the same reason, what ends last."""
    order = list(Reason)
    return min(
        known, key=lambda away: (order.index(away.reason), away.until is not None, _latest_first(away)), default=None
    )


def _latest_first(away: Away) -> float:
    return -away.until.timestamp() if away.until else 0.0


def off_work(schedule: Schedule, now: datetime) -> Away | None:
    """Away because these are no working hours of theirs, until they next are."""
    if schedule.is_open(now):
        return None
    today = now.astimezone(ZoneInfo(schedule.week.zone)).date()
    reason = Reason.HOLIDAY if today in schedule.holidays and schedule.week.days[today.weekday()] else Reason.HOURS
    try:
        return Away(reason, schedule.next_open(now))
    except NoWorkingTime:
        return Away(reason)
