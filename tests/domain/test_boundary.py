"""What follows from a boundary call, decided on values alone."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.boundary import Case, breather_ends, check_in_at, may_answer, own_words
from bot.domain.hours import OFFICE, Schedule, Week
from bot.domain.setup import BoundarySetup, CaseWords

LISBON = Schedule(Week("Europe/Lisbon", OFFICE.days))
NEVER = Schedule(Week("UTC", ((),) * 7))
YEAR = 365 * 24 * 60
MOMENTS = st.integers(0, YEAR).map(lambda minutes: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes))
HALF_HOUR = timedelta(minutes=30)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026, whose second day is a Monday; Lisbon is on UTC until its end."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("called", "ends"),
    [(at(2, 10), at(2, 10, 30)), (at(2, 16, 45), at(3, 9, 15)), (at(6, 20), at(9, 9, 30)), (at(7, 12), at(9, 9, 30))],
)
def test_a_breather_is_working_time(called: datetime, ends: datetime) -> None:
    assert breather_ends(called, HALF_HOUR, LISBON) == ends


@given(MOMENTS, st.integers(1, 8 * 60).map(lambda minutes: timedelta(minutes=minutes)))
def test_a_breather_is_never_shorter_than_the_team_has_set(called: datetime, length: timedelta) -> None:
    ends = breather_ends(called, length, LISBON)
    assert ends
    assert ends - called >= length
    assert LISBON.elapsed(called, ends) == length


def test_there_is_no_breather_where_none_is_set_or_nobody_ever_works() -> None:
    assert breather_ends(at(2, 10), timedelta(0), LISBON) is None
    assert breather_ends(at(2, 10), HALF_HOUR, NEVER) is None
    assert check_in_at(at(2, 10), NEVER) is None


@pytest.mark.parametrize(
    ("called", "asked"), [(at(2, 10), at(3, 9)), (at(2, 3), at(3, 9)), (at(6, 16), at(9, 9)), (at(7, 12), at(9, 9))]
)
def test_how_they_are_is_asked_on_the_next_working_morning(called: datetime, asked: datetime) -> None:
    assert check_in_at(called, LISBON) == asked


@given(MOMENTS)
def test_nobody_is_asked_on_the_day_of_the_call_or_outside_their_hours(called: datetime) -> None:
    asked = check_in_at(called, LISBON)
    assert asked
    assert asked.date() > called.date()
    assert LISBON.is_open(asked)


def test_who_is_right_need_not_ask_first() -> None:
    assert [case for case in Case if may_answer(case)] == [Case.RIGHT]


def test_each_case_has_words_of_its_own() -> None:
    words = {case: CaseWords(f"What holds: {case}.") for case in Case}
    setup = BoundarySetup(HALF_HOUR, words[Case.ABUSIVE], words[Case.RIGHT], words[Case.UNREASONABLE])
    assert {case: own_words(setup, case) for case in Case} == words
