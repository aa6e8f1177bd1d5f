"""When a list may ring, and when it is edited where it stands."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import OFFICE, ROUND_THE_CLOCK, Schedule, Week
from bot.domain.living_list import (
    AGES,
    BETWEEN_EDITS,
    BETWEEN_PINGS,
    Budget,
    Fresh,
    Rung,
    ages_at,
    counts,
    edits_at,
    local_day,
    rings_at,
)
from bot.domain.presence import Away, Mode, Quiet, Reason, off_work

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
OWN, LEADING, BOTH = Fresh(own=True), Fresh(leading=True), Fresh(own=True, leading=True)
USUAL = Budget(6)
CARDS = Schedule(OFFICE, [date(2026, 3, 3)])  # Tuesday is a holiday
TUESDAYS = Schedule(Week("UTC", ((), ((time(9), time(17)),), *((),) * 5)))


def quiet(
    schedule: Schedule = CARDS,
    mode: Mode = Mode.LOUD,
    away: Away | None = None,
    dnd_until: datetime | None = None,
    zone: str = "UTC",
) -> Quiet:
    return Quiet(mode, away, dnd_until, schedule, zone)


def at(hours: float, minutes: float = 0) -> datetime:
    return MONDAY + timedelta(hours=hours, minutes=minutes)


NOW = [
    ("something is new", OWN, Rung(), quiet(), USUAL, at(0)),
    ("nothing is", Fresh(), Rung(), quiet(), USUAL, None),
    ("the last ping was ten minutes ago", OWN, Rung(at(0, -10)), quiet(), USUAL, at(0, 20)),
    ("the last ping was half an hour ago", OWN, Rung(at(0, -30)), quiet(), USUAL, at(0)),
    ("these are no hours of theirs", OWN, Rung(), quiet(TUESDAYS),
     USUAL, datetime(2026, 3, 3, 9, tzinfo=UTC)),
    ("the half hour ends in the evening", OWN, Rung(at(6, 45)), quiet(), USUAL, datetime(2026, 3, 4, 9, tzinfo=UTC)),
    ("Slack is silent for them", OWN, Rung(), quiet(dnd_until=at(2)), USUAL, at(2)),
    ("they are away for a while", OWN, Rung(), quiet(away=Away(Reason.PAUSED, at(3))), USUAL, at(3)),
    ("they are away until nobody knows when", OWN, Rung(), quiet(away=Away(Reason.STATUS)), USUAL, None),
    ("they want the list alone", OWN, Rung(), quiet(mode=Mode.QUIET), USUAL, None),
    ("they want no list", BOTH, Rung(), quiet(mode=Mode.DIGEST_ONLY), USUAL, None),
    ("six pings were today", OWN, Rung(at(-1), MONDAY.date(), 6), quiet(), USUAL,
     datetime(2026, 3, 4, 9, tzinfo=UTC)),
    ("six pings were yesterday", OWN, Rung(at(-20), date(2026, 3, 1), 6), quiet(), USUAL, at(0)),
    ("the cap is none", OWN, Rung(), quiet(Schedule(ROUND_THE_CLOCK)), Budget(0), datetime(2026, 3, 3, tzinfo=UTC)),
    ("the manager's step is outside the cap", LEADING, Rung(at(-1), MONDAY.date(), 6), quiet(), USUAL, at(0)),
    ("they have too much, and have not heard of it", OWN, Rung(), quiet(), Budget(6, too_much=True), at(0)),
    ("they have too much, and have heard", OWN, Rung(at(-1), MONDAY.date(), 1), quiet(), Budget(6, too_much=True),
     datetime(2026, 3, 4, 9, tzinfo=UTC)),
    ("they have too much, and lead", BOTH, Rung(at(-1), MONDAY.date(), 1), quiet(), Budget(6, too_much=True), at(0)),
    ("they never work", OWN, Rung(), quiet(Schedule(Week("UTC", ((),) * 7))), USUAL, None),
]  # fmt: skip


@pytest.mark.parametrize(
    ("fresh", "rung", "reader", "budget", "rings"), [row[1:] for row in NOW], ids=[row[0] for row in NOW]
)
def test_when_a_list_may_ring(fresh: Fresh, rung: Rung, reader: Quiet, budget: Budget, rings: datetime | None) -> None:
    assert rings_at(fresh, rung, reader, budget, MONDAY) == rings


def test_the_day_of_the_cap_is_the_readers() -> None:
    """Six in the evening in Lisbon is three in the morning of the next day in Tokyo."""
    reader = quiet(Schedule(ROUND_THE_CLOCK), zone="Asia/Tokyo")
    evening = datetime(2026, 3, 2, 18, tzinfo=UTC)
    assert local_day(evening, reader) == date(2026, 3, 3)
    assert rings_at(OWN, Rung(at(0), date(2026, 3, 2), 6), reader, USUAL, evening) == evening
    assert rings_at(OWN, Rung(at(0), date(2026, 3, 3), 6), reader, USUAL, evening) == evening + timedelta(hours=21)


def test_what_leads_alone_takes_nothing_from_the_cap() -> None:
    assert counts(OWN, Rung(), quiet(), USUAL, MONDAY)
    assert counts(BOTH, Rung(), quiet(), USUAL, MONDAY)
    assert not counts(LEADING, Rung(), quiet(), USUAL, MONDAY)
    assert not counts(BOTH, Rung(at(-1), MONDAY.date(), 6), quiet(), USUAL, MONDAY)


EDITS = [
    ("nothing has changed", None, at(0), False, None),
    ("it was drawn a while ago", at(0), at(-1), False, at(0)),
    ("it was just drawn", at(0), at(0, -1), False, at(0, 4)),
    ("it was just drawn, and something is done", at(0), at(0, -1), True, at(0)),
]


@pytest.mark.parametrize(
    ("changed", "drawn", "urgent", "edits"), [row[1:] for row in EDITS], ids=[row[0] for row in EDITS]
)
def test_when_what_stands_is_edited(
    changed: datetime | None, drawn: datetime, urgent: bool, edits: datetime | None
) -> None:
    assert edits_at(changed, drawn, urgent=urgent) == edits


def test_what_stands_ages_while_its_reader_works() -> None:
    assert ages_at(MONDAY, quiet()) == at(0, 15)
    assert ages_at(at(6, 50), quiet()) == datetime(2026, 3, 4, 9, tzinfo=UTC)
    assert ages_at(MONDAY, quiet(away=Away(Reason.PAUSED, at(2)))) == at(2)
    assert ages_at(MONDAY, quiet(away=Away(Reason.GONE))) is None


ZONES = ("UTC", "America/New_York", "Australia/Lord_Howe", "Europe/Lisbon")


@given(
    news=st.lists(st.tuples(st.integers(0, 14 * 24 * 60), st.sampled_from([OWN, OWN, LEADING])), max_size=60),
    zone=st.sampled_from(ZONES),
    cap=st.integers(1, 3),
)
def test_never_more_than_the_cap_never_outside_hours_and_nothing_is_forgotten(
    news: list[tuple[int, Fresh]], zone: str, cap: int
) -> None:
    """Two weeks around the night in which Europe's and America's clocks differ, as news come."""
    begins = datetime(2026, 3, 20, tzinfo=UTC)
    schedule = Schedule(Week(zone, (((time(9), time(12)), (time(13), time(18))),) * 5 + ((), ())))
    look, rung, fresh = begins, Rung(), Fresh()
    pings: list[tuple[datetime, bool]] = []
    for minute, what in [*sorted(news, key=lambda one: one[0]), (30 * 24 * 60, Fresh())]:
        now = begins + timedelta(minutes=minute)
        while fresh and look <= now:  # it is looked at when it was said to be
            reader = quiet(schedule, zone=zone, away=off_work(schedule, look))
            rings = rings_at(fresh, rung, reader, Budget(cap), look)
            assert rings is not None
            if rings == look:
                pings.append((look, counts(fresh, rung, reader, Budget(cap), look)))
                rung, fresh = rung.again(local_day(look, reader), look, counts=pings[-1][1]), Fresh()
            assert rings >= look
            look = rings
        fresh, look = Fresh(fresh.own or what.own, fresh.leading or what.leading), now
    assert not fresh
    assert all(schedule.is_open(at) for at, _ in pings)
    assert all(later - earlier >= BETWEEN_PINGS for (earlier, _), (later, _) in pairwise(pings))
    days = [local_day(at, quiet(schedule, zone=zone)) for at, counted in pings if counted]
    assert all(days.count(day) <= cap for day in days)


@given(st.integers(0, 600), st.integers(0, 600))
def test_edits_keep_their_distance(changed: int, drawn: int) -> None:
    edits = edits_at(at(0, changed), at(0, drawn), urgent=False)
    assert edits is not None
    assert edits >= at(0, drawn) + BETWEEN_EDITS
    assert edits <= max(at(0, changed), at(0, drawn) + BETWEEN_EDITS)
    assert AGES > BETWEEN_EDITS
