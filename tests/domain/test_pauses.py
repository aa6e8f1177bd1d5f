"""Time that a wait did not count because we waited on the customer, held to the clock on the wall minute by minute."""

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain import pauses
from bot.domain.conversations import Wait
from bot.domain.hours import NoWorkingTime, Schedule, Week
from bot.domain.moments import ts_of
from bot.domain.nudges import NEVER_AGAIN, cues, due_steps, next_at
from bot.domain.pauses import Pause
from bot.domain.policy import Policy

MINUTE = timedelta(minutes=1)
OFFICE = ((time(9), time(17)),)
LUNCH = ((time(9), time(12)), (time(15), time(18)))
NIGHT = ((time(22), time(6)),)
ROUND = ((time(0), time(0)),)
MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
LISBON = Schedule(Week("Europe/Lisbon", (OFFICE,) * 5 + ((), ())))
NEVER = Schedule(Week("UTC", ((),) * 7))
POLICY = Policy(schedule=LISBON)


def at(day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("paused", "due"),
    [
        ([], at(2, 11)),
        ([(at(2, 10, 30), at(2, 12))], at(2, 12, 30)),
        ([(at(2, 10, 30), at(4, 10, 30))], at(4, 11)),
        ([(at(2, 10, 30), at(2, 20))], at(3, 9, 30)),
        ([(at(2, 10, 15), at(2, 10, 30)), (at(2, 10, 45), at(2, 11))], at(2, 11, 30)),
        ([(at(2, 11), at(2, 14))], at(2, 11)),
        ([(at(2, 9), at(2, 9, 30))], at(2, 11)),
    ],
)
def test_a_deadline_moves_by_what_the_customer_took(paused: list[tuple[datetime, datetime]], due: datetime) -> None:
    spans = tuple(Pause(*span) for span in paused)
    assert pauses.due(LISBON, MONDAY, timedelta(hours=1), spans) == due


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        (at(3, 10), at(5, 10)),  # on Tuesday at ten: until Thursday at ten
        (at(5, 16, 59), at(9, 16, 59)),  # over the weekend
        (at(3, 20), at(6, 9)),  # in the evening: as if it were pressed the next morning
        (at(7, 12), at(11, 9)),  # on Saturday: from Monday on
    ],
)
def test_a_pause_ends_by_itself_after_two_working_days(now: datetime, ends: datetime) -> None:
    assert pauses.expiry(LISBON, now) == ends


def test_a_holiday_is_no_working_day_for_a_pause_either() -> None:
    assert pauses.expiry(Schedule(LISBON.week, [date(2026, 3, 4)]), at(3, 10)) == at(6, 10)


def test_the_clock_on_the_wall_decides_when_a_pause_ends_also_where_it_is_put_forward() -> None:
    """In Lisbon the clocks go forward on the last Sunday of March: ten o'clock is an hour earlier then."""
    assert pauses.expiry(LISBON, at(27, 10)) == datetime(2026, 3, 31, 9, tzinfo=UTC)


def test_a_team_that_never_works_waits_two_days() -> None:
    assert pauses.expiry(NEVER, MONDAY) == MONDAY + timedelta(days=2)


def test_while_the_clock_stands_nobody_looks_at_a_wait_before_the_pause_is_over() -> None:
    wait = Wait(ts_of(MONDAY), first=True, target=timedelta(hours=1))
    until = at(4, 10)
    paused = wait._replace(pauses=(Pause(at(2, 10, 50), until),))
    assert next_at(paused, POLICY, 1, paused_until=until) == until
    assert next_at(paused, POLICY, 1, snoozed_until=at(4, 12), paused_until=until) == at(4, 12)
    assert [cue.at for cue in cues(paused, POLICY)][:2] == [at(2, 10, 45), at(4, 10, 10)]
    assert due_steps(paused, POLICY, 1, until) == ()
    assert next_at(paused, POLICY, 1) == at(4, 10, 10)  # somebody was told that it is over


def test_of_a_wait_whose_nudges_are_not_needed_nobody_hears_again() -> None:
    wait = Wait(ts_of(MONDAY), first=True, target=timedelta(hours=1))
    assert next_at(wait, POLICY, NEVER_AGAIN, at(3, 10), at(3, 10)) is None
    assert due_steps(wait, POLICY, NEVER_AGAIN, at(9, 10)) == ()


def test_a_team_without_hours_has_nothing_due_when_a_pause_ends() -> None:
    wait = Wait(ts_of(MONDAY), first=True, target=timedelta(hours=1), pauses=(Pause(MONDAY, at(4, 10)),))
    assert due_steps(wait, Policy(schedule=NEVER), 0, at(4, 10)) == ()


@pytest.mark.parametrize(
    "spans", [(), (Pause(MONDAY, at(4, 10)),), (Pause(MONDAY, at(3, 9)), Pause(at(3, 9), at(6, 9)))]
)
def test_what_is_stored_is_read_back(spans: pauses.Pauses) -> None:
    assert pauses.read(pauses.written(spans)) == spans


# -- by the clock on the wall --------------------------------------------------------------------------------------

WINDOW = 3 * 1440  # minutes
# The night in which the clocks go forward or back lies within the window.
STARTS = [
    ("Europe/Berlin", datetime(2026, 3, 27, tzinfo=UTC)),
    ("America/New_York", datetime(2026, 10, 30, tzinfo=UTC)),
]
DAYS = st.sampled_from([OFFICE, LUNCH, NIGHT, ROUND])


@st.composite
def cases(draw: st.DrawFn) -> tuple[Schedule, datetime, pauses.Pauses]:
    zone, day = draw(st.sampled_from(STARTS))
    schedule = Schedule(Week(zone, (draw(DAYS),) * 7), draw(st.sampled_from([[], [date(2026, 3, 28)]])))
    start = day + draw(st.integers(0, 1440)) * MINUTE
    ends = sorted(draw(st.lists(st.integers(-60, WINDOW), max_size=8, unique=True)))
    spans = zip(ends[::2], ends[1::2], strict=False)
    return schedule, start, tuple(Pause(start + since * MINUTE, start + until * MINUTE) for since, until in spans)


@settings(max_examples=60)
@given(cases(), st.lists(st.integers(0, WINDOW - 1), min_size=1, max_size=5))
def test_every_sum_agrees_with_the_minutes_that_were_worked_and_not_paused(
    case: tuple[Schedule, datetime, pauses.Pauses], places: list[int]
) -> None:
    schedule, start, spans = case
    worked = [0]
    for minute in (start + n * MINUTE for n in range(WINDOW)):
        stands = any(pause.since <= minute < pause.until for pause in spans)
        worked.append(worked[-1] + (schedule.is_open(minute) and not stands))
    for n in places:
        assert pauses.elapsed(schedule, start, start + n * MINUTE, spans) == worked[n] * MINUTE
        if worked[n]:
            due = pauses.due(schedule, start, worked[n] * MINUTE, spans)
            assert due == start + worked.index(worked[n]) * MINUTE


@settings(max_examples=40)
@given(cases(), st.timedeltas(timedelta(seconds=1), timedelta(hours=30)))
def test_what_is_due_has_elapsed_to_the_microsecond_and_never_falls_into_a_pause(
    case: tuple[Schedule, datetime, pauses.Pauses], working: timedelta
) -> None:
    schedule, start, spans = case
    due = pauses.due(schedule, start, working, spans)
    assert pauses.elapsed(schedule, start, due, spans) == working
    assert not any(pause.since < due <= pause.until for pause in spans)


@settings(max_examples=40)
@given(cases(), st.integers(0, WINDOW))
def test_a_pause_lasts_two_days_with_hours_and_ends_while_the_team_works(
    case: tuple[Schedule, datetime, pauses.Pauses], later: int
) -> None:
    schedule, start, _ = case
    now = start + later * MINUTE
    ends, zone = pauses.expiry(schedule, now), ZoneInfo(schedule.week.zone)
    assert schedule.is_open(ends)
    begins = schedule.next_open(now)
    assert (ends.astimezone(zone).date() - begins.astimezone(zone).date()).days >= pauses.WORKING_DAYS
    assert schedule.elapsed(begins, ends) > timedelta(0)


def test_working_time_that_never_comes_is_due_never() -> None:
    with pytest.raises(NoWorkingTime):
        pauses.due(NEVER, MONDAY, MINUTE, (Pause(MONDAY, at(3, 9)),))
