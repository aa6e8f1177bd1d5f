"""Which hours of a wait counted, and what paused the rest: every moment is in exactly one stretch."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import OFFICE, ROUND_THE_CLOCK, Schedule, Week
from bot.domain.pauses import Pause as Pausing
from bot.domain.pauses import elapsed
from bot.domain.spells import Pause, Spell, spells

LUNCH = Week("UTC", (((time(9), time(12)), (time(13), time(17))),) * 5 + ((), ()))
NIGHT_SHIFT = Week("Europe/Lisbon", (((time(22), time(6)),),) * 7)
NEVER = Week("UTC", ((),) * 7)
HOLIDAYS = {date(2026, 3, 4), date(2026, 3, 6)}


def at(day: int, hour: int, minute: int = 0) -> datetime:
    """In March 2026, of which the 2nd is a Monday."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


STORIES: list[tuple[str, Week, datetime, datetime, list[Spell]]] = [
    ("within a day", OFFICE, at(2, 10), at(2, 11), [Spell(at(2, 10), at(2, 11))]),
    ("nothing yet", OFFICE, at(2, 10), at(2, 10), []),
    (
        "before we open",
        OFFICE,
        at(2, 7),
        at(2, 10),
        [Spell(at(2, 7), at(2, 9), Pause.CLOSED), Spell(at(2, 9), at(2, 10))],
    ),
    ("after we close, so far", OFFICE, at(2, 18), at(2, 20), [Spell(at(2, 18), at(2, 20), Pause.CLOSED)]),
    (
        "over night",
        OFFICE,
        at(2, 16),
        at(3, 10),
        [Spell(at(2, 16), at(2, 17)), Spell(at(2, 17), at(3, 9), Pause.NIGHT), Spell(at(3, 9), at(3, 10))],
    ),
    (
        "over lunch",
        LUNCH,
        at(2, 11),
        at(2, 14),
        [Spell(at(2, 11), at(2, 12)), Spell(at(2, 12), at(2, 13), Pause.CLOSED), Spell(at(2, 13), at(2, 14))],
    ),
    (
        "over a holiday",
        OFFICE,
        at(3, 16),
        at(5, 10),
        [Spell(at(3, 16), at(3, 17)), Spell(at(3, 17), at(5, 9), Pause.HOLIDAY), Spell(at(5, 9), at(5, 10))],
    ),
    (
        "over a weekend",
        OFFICE,
        at(13, 16),
        at(16, 10),
        [Spell(at(13, 16), at(13, 17)), Spell(at(13, 17), at(16, 9), Pause.DAY_OFF), Spell(at(16, 9), at(16, 10))],
    ),
    ("round the clock", ROUND_THE_CLOCK, at(2, 10), at(9, 10), [Spell(at(2, 10), at(9, 10))]),
    ("a team that never works", NEVER, at(2, 10), at(3, 10), [Spell(at(2, 10), at(3, 10), Pause.DAY_OFF)]),
]


@pytest.mark.parametrize(("week", "since", "until", "told"), [s[1:] for s in STORIES], ids=[s[0] for s in STORIES])
def test_what_counted_and_what_paused_it(week: Week, since: datetime, until: datetime, told: list[Spell]) -> None:
    holidays = HOLIDAYS if week is not ROUND_THE_CLOCK else ()
    assert list(spells(Schedule(week, holidays), since, until)) == told


def test_while_we_wait_on_the_customer_nothing_counts_whatever_the_hours_are() -> None:
    paused = (Pausing(at(3, 12), at(5, 12)),)
    assert list(spells(Schedule(OFFICE), at(3, 10), at(5, 13), paused)) == [
        Spell(at(3, 10), at(3, 12)),
        Spell(at(3, 12), at(5, 12), Pause.CUSTOMER),
        Spell(at(5, 12), at(5, 13)),
    ]


@given(
    st.sampled_from([OFFICE, LUNCH, NIGHT_SHIFT, NEVER, ROUND_THE_CLOCK]),
    st.lists(st.integers(-600, 60 * 24 * 10), max_size=6, unique=True).map(sorted),
)
def test_the_stretches_that_counted_are_the_working_time_that_was_not_the_customers(
    week: Week, edges: list[int]
) -> None:
    schedule, since, until = Schedule(week, HOLIDAYS), at(1, 0), at(9, 0)
    places = [since + timedelta(minutes=edge) for edge in edges]
    paused = tuple(map(Pausing, places[::2], places[1::2]))
    told = list(spells(schedule, since, until, paused))
    assert (told[0].since, told[-1].until) == (since, until)
    assert all(one.until == other.since for one, other in pairwise(told))
    counted = sum((one.until - one.since for one in told if one.pause is None), timedelta())
    assert counted == elapsed(schedule, since, until, paused)


@given(
    st.sampled_from([OFFICE, LUNCH, NIGHT_SHIFT, NEVER, ROUND_THE_CLOCK]),
    st.integers(0, 60 * 24 * 40),
    st.integers(0, 60 * 24 * 20),
)
def test_the_stretches_lie_side_by_side_and_those_that_counted_are_the_working_time(
    week: Week, start: int, length: int
) -> None:
    schedule = Schedule(week, HOLIDAYS)
    since = at(1, 0) + timedelta(minutes=start)
    until = since + timedelta(minutes=length)
    told = list(spells(schedule, since, until))
    assert [one.since for one in told[:1]] + [one.until for one in told[-1:]] == ([since, until] if length else [])
    assert all(one.until == other.since for one, other in pairwise(told))
    assert all((one.pause is None) != (other.pause is None) for one, other in pairwise(told))
    counted = sum((one.until - one.since for one in told if one.pause is None), timedelta())
    assert counted == schedule.elapsed(since, until)
