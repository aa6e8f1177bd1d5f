"""Pauses: somebody waits on the customer, and the clock of a wait stands still meanwhile.

One begins at the press and ends when the customer writes, when somebody resumes, or by itself.
"""

from collections.abc import Iterable
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.moments import moment, ts_of

WORKING_DAYS = 2  # after which a pause ends by itself


class Pause(NamedTuple):
    """From `since` on nothing counts, until `until`. Those of one conversation are in order and never overlap."""

    since: datetime
    until: datetime
    cut: bool = False  # somebody ended it; else it ends by itself


Pauses = tuple[Pause, ...]


def due(schedule: Schedule, start: datetime, working: timedelta, pauses: Pauses = ()) -> datetime:
    """The moment by which `working` working time has passed since `start`, but for pauses. Raises NoWorkingTime."""
    for pause in pauses:
        at = schedule.due(start, working)
        if at <= pause.since:
            return at
        working -= schedule.elapsed(start, pause.since)
        start = max(start, pause.until)
    return schedule.due(start, working)


def elapsed(schedule: Schedule, start: datetime, end: datetime, pauses: Pauses = ()) -> timedelta:
    """Working time from `start` to `end`, but for pauses."""
    worked = schedule.elapsed(start, end)
    for pause in pauses:
        worked -= schedule.elapsed(max(start, pause.since), min(end, pause.until))
    return worked


def running(pauses: Pauses, at: datetime) -> datetime | None:
    """When the pause ends that runs at this moment, if one does."""
    return pauses[-1].until if pauses and pauses[-1].since <= at < pauses[-1].until else None


def within(pauses: Iterable[Pause], from_ts: str, to_ts: str | None) -> Pauses:
    """Those that lie, at least in part, in a wait from and to these messages."""
    start, end = moment(from_ts), moment(to_ts) if to_ts else None
    return tuple(one for one in pauses if one.until > start and (end is None or one.since < end))


def expiry(schedule: Schedule, now: datetime) -> datetime:
    """When a pause that begins now ends by itself: two working days later, by the same clock where that is open."""
    zone = ZoneInfo(schedule.week.zone)
    try:
        day = begins = schedule.next_open(now).astimezone(zone)
        for _ in range(WORKING_DAYS):
            midnight = datetime.combine(day.date() + timedelta(days=1), datetime.min.time(), zone)
            day = schedule.next_open(midnight).astimezone(zone)
        return schedule.next_open(datetime.combine(day.date(), begins.timetz()))
    except NoWorkingTime:
        return now + timedelta(days=WORKING_DAYS)


def written(pauses: Pauses) -> str:
    """As a text to be stored, empty for none; `read` gives them back, but for who ended them."""
    return " ".join(f"{ts_of(pause.since)}-{ts_of(pause.until)}" for pause in pauses)


def read(text: str) -> Pauses:
    """What `written` made."""
    spans = (span.split("-") for span in text.split())
    return tuple(Pause(moment(since), moment(until)) for since, until in spans)
