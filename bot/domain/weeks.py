"""Weeks as people count them: from Monday to Monday by the clock on the wall, so that one may have 167 or 169 hours."""

from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

WEEK = timedelta(weeks=1)


@dataclass(frozen=True, slots=True)
class Week:
    """From `start` up to, not including, `end`: UTC moments. `monday` is the local date on which it begins."""

    start: datetime
    end: datetime
    monday: date

    @property
    def period(self) -> str:
        """Its name in tables and files: 2026-06-01."""
        return self.monday.isoformat()

    def __contains__(self, at: datetime) -> bool:
        return self.start <= at < self.end


def week_of(zone: str, at: datetime) -> Week:
    """The week of an IANA zone that an aware moment lies in."""
    today = at.astimezone(ZoneInfo(zone)).date()
    return _beginning(zone, today - timedelta(days=today.weekday()))


def last_weeks(zone: str, at: datetime, count: int) -> tuple[Week, ...]:
    """The last `count` weeks that were over at `at`, oldest first."""
    this = week_of(zone, at).monday
    return tuple(_beginning(zone, this - back * WEEK) for back in range(count, 0, -1))


def days_of(zone: str, week: Week) -> tuple[datetime, ...]:
    """When its seven local days begin, and when the last one ends: eight UTC moments."""
    return tuple(_midnight(zone, week.monday + timedelta(days=day)) for day in range(8))


def _beginning(zone: str, monday: date) -> Week:
    return Week(_midnight(zone, monday), _midnight(zone, monday + WEEK), monday)


def _midnight(zone: str, day: date) -> datetime:
    """The first moment of a local date; where the clocks skip midnight, that is when they do."""
    return datetime.combine(day, time.min, ZoneInfo(zone)).astimezone(UTC)
