"""The hour of the week: how it is written, and when it comes."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.weekly import Weekly, read_hour

ZONES = st.sampled_from(["UTC", "Europe/Berlin", "America/New_York", "Asia/Kathmandu", "Australia/Lord_Howe"])
HOURS = st.builds(Weekly, st.integers(0, 6), st.integers(0, 24 * 60 - 1))
MOMENTS = st.datetimes(datetime(2024, 1, 1), datetime(2030, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("mon 09:00", (0, 540)),
        ("fri 16:00", (4, 960)),
        ("Friday 4pm", (4, 960)),
        ("fridays at 4 pm", (4, 960)),
        ("8:30", (None, 510)),
        ("8.30", (None, 510)),
        ("8h30", (None, 510)),
        ("7", (None, 420)),
        ("7h", (None, 420)),
        ("12am", (None, 0)),
        ("12 pm", (None, 720)),
        ("  WED   23:59 ", (2, 1439)),
        ("t 9", None),  # Tuesday or Thursday?
        ("24:00", None),
        ("9:60", None),
        ("13pm", None),
        ("0am", None),
        ("noon", None),
        ("frix 9", None),
        ("", None),
    ],
)
def test_an_hour_is_read_as_people_write_it(typed: str, meant: tuple[int | None, int] | None) -> None:
    assert read_hour(typed) == meant


@given(HOURS)
def test_what_is_written_is_read_back(chosen: Weekly) -> None:
    assert read_hour(str(chosen)) == (chosen.weekday, chosen.minute)


@given(HOURS, ZONES, MOMENTS)
def test_it_comes_once_a_week_by_the_clock_on_the_wall(chosen: Weekly, zone: str, at: datetime) -> None:
    latest, upcoming = chosen.latest(zone, at), chosen.upcoming(zone, at)
    assert latest <= at < upcoming
    assert abs(upcoming - latest - timedelta(days=7)) <= timedelta(hours=1)
    assert chosen.latest(zone, upcoming) == upcoming
    assert chosen.latest(zone, upcoming - timedelta(microseconds=1)) == latest
    assert latest.astimezone(ZoneInfo(zone)).weekday() == chosen.weekday


@pytest.mark.parametrize(
    ("chosen", "at", "latest"),
    [
        # in spring 02:30 is skipped, in autumn it comes twice
        (Weekly(6, 150), "2026-03-29T12:00", "2026-03-29T01:30"),
        (Weekly(6, 150), "2026-10-25T12:00", "2026-10-25T00:30"),
        (Weekly(0, 540), "2026-03-30T06:59", "2026-03-23T08:00"),
        (Weekly(0, 540), "2026-03-30T07:00", "2026-03-30T07:00"),
    ],
)
def test_when_the_clocks_change(chosen: Weekly, at: str, latest: str) -> None:
    moment = datetime.fromisoformat(at).replace(tzinfo=UTC)
    assert chosen.latest("Europe/Berlin", moment) == datetime.fromisoformat(latest).replace(tzinfo=UTC)
