"""Weeks by the clock on the wall, in every zone there is."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo, available_timezones

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.weeks import Week, days_of, last_weeks, week_of

HOUR = timedelta(hours=1)
ZONES = st.sampled_from(sorted(available_timezones() - {"localtime"}))
MOMENTS = st.datetimes(
    datetime(1990, 1, 1, tzinfo=UTC).replace(tzinfo=None), datetime(2050, 1, 1, tzinfo=UTC).replace(tzinfo=None)
).map(lambda at: at.replace(tzinfo=UTC))


@pytest.mark.parametrize(
    ("zone", "at", "hours"),
    [
        ("Europe/Berlin", "2026-03-25T12:00:00+01:00", 167),
        ("Europe/Berlin", "2026-10-21T12:00:00+02:00", 169),
        ("Europe/Berlin", "2026-06-03T12:00:00+02:00", 168),
        ("Australia/Lord_Howe", "2026-04-01T12:00:00+11:00", 168.5),
        ("UTC", "2026-03-25T12:00:00+00:00", 168),
    ],
)
def test_a_week_is_as_long_as_its_clocks_showed(zone: str, at: str, hours: float) -> None:
    week = week_of(zone, datetime.fromisoformat(at))
    assert (week.end - week.start) / HOUR == hours


def test_a_week_begins_on_monday_where_the_team_is() -> None:
    """It is Sunday evening in London when Monday has begun in Tokyo."""
    at = datetime(2026, 6, 7, 20, 0, tzinfo=UTC)
    assert week_of("Asia/Tokyo", at).period == "2026-06-08"
    assert week_of("Europe/London", at).period == "2026-06-01"


def test_a_week_that_is_over_is_the_last_one() -> None:
    nine = datetime(2026, 6, 8, 9, 0, tzinfo=ZoneInfo("Europe/Berlin"))
    assert [week.period for week in last_weeks("Europe/Berlin", nine, 3)] == ["2026-05-18", "2026-05-25", "2026-06-01"]
    midnight = nine.replace(hour=0)
    assert last_weeks("Europe/Berlin", midnight, 1)[0].end == midnight
    assert last_weeks("Europe/Berlin", midnight - timedelta(microseconds=1), 1)[0].period == "2026-05-25"


@given(zone=ZONES, at=MOMENTS)
def test_every_moment_is_in_its_week_and_weeks_follow_each_other(zone: str, at: datetime) -> None:
    week = week_of(zone, at)
    assert at in week
    assert week.start.astimezone(ZoneInfo(zone)).date() == week.monday
    *_, before, last = last_weeks(zone, at, 3)
    assert (before.end, last.end) == (last.start, week.start)
    assert week_of(zone, week.end).start == week.end


@given(zone=ZONES, at=MOMENTS)
def test_a_week_is_its_seven_days(zone: str, at: datetime) -> None:
    week = week_of(zone, at)
    days = days_of(zone, week)
    assert (days[0], days[-1]) == (week.start, week.end)
    assert all(a <= b for a, b in pairwise(days))
    assert len(days) == 8


def test_its_end_is_not_in_a_week() -> None:
    week = week_of("UTC", datetime(2026, 6, 3, tzinfo=UTC))
    assert week == Week(
        datetime(2026, 6, 1, tzinfo=UTC), datetime(2026, 6, 8, tzinfo=UTC), datetime(2026, 6, 1, tzinfo=UTC).date()
    )
    assert week.start in week
    assert week.end not in week
