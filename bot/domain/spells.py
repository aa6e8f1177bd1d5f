"""The stretches of time that a wait lay in: those that counted, and those between, each with why it did not."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from bot.domain import pauses
from bot.domain.hours import NoWorkingTime, Schedule

MOMENT = timedelta(microseconds=1)
DAY = timedelta(days=1)


class Pause(StrEnum):
    """Why time did not count."""

    NIGHT = "night"
    CLOSED = "closed"  # outside the hours of a working day
    DAY_OFF = "day_off"  # a day of the week without hours
    HOLIDAY = "holiday"
    CUSTOMER = "customer"  # we waited on the customer


class Spell(NamedTuple):
    """Time in one piece. `pause` is None where it counted."""

    since: datetime
    until: datetime
    pause: Pause | None = None


def spells(schedule: Schedule, since: datetime, until: datetime, paused: pauses.Pauses = ()) -> Iterator[Spell]:
    """All that lies between two moments, in order and without a gap. Blocks that touch are one."""
    at = since
    for pause in paused:
        begins, ends = max(pause.since, at), min(pause.until, until)
        if begins < ends:
            yield from _by_hours(schedule, at, begins)
            yield Spell(begins, ends, Pause.CUSTOMER)
            at = ends
    yield from _by_hours(schedule, at, until)


def _by_hours(schedule: Schedule, at: datetime, until: datetime) -> Iterator[Spell]:
    while at < until:
        opens = _next_open(schedule, at, until)
        if opens > at:
            yield Spell(at, opens, _pause(schedule, at, opens))
        at = _shuts(schedule, opens, until)
        if at > opens:
            yield Spell(opens, at)


def _shuts(schedule: Schedule, opens: datetime, until: datetime) -> datetime:
    at = opens
    while at < until and schedule.is_open(at):
        at = min(schedule.closes(at), until)
    return at


def _next_open(schedule: Schedule, at: datetime, until: datetime) -> datetime:
    try:
        return min(schedule.next_open(at), until)
    except NoWorkingTime:
        return until


def _pause(schedule: Schedule, since: datetime, until: datetime) -> Pause:
    days = list(_days(since, until, ZoneInfo(schedule.week.zone)))
    if not schedule.holidays.isdisjoint(days):
        return Pause.HOLIDAY
    if not all(schedule.week.days[day.weekday()] for day in days):
        return Pause.DAY_OFF
    return Pause.NIGHT if len(days) > 1 else Pause.CLOSED


def _days(since: datetime, until: datetime, zone: ZoneInfo) -> Iterator[date]:
    """The local dates that a stretch touches."""
    day, last = since.astimezone(zone).date(), (until - MOMENT).astimezone(zone).date()
    while day <= last:
        yield day
        day += DAY
