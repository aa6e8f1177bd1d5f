"""Working time, by example and against an oracle that reads the clock on the wall minute by minute."""

from collections.abc import Collection
from datetime import UTC, date, datetime, time, timedelta, timezone
from zoneinfo import ZoneInfo

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

from bot.domain.hours import OFFICE, ROUND_THE_CLOCK, BadHours, Day, NoWorkingTime, Schedule, Week

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)

DAYTIME: Day = ((time(9), time(17)),)
LUNCH: Day = ((time(9), time(12)), (time(13), time(17)))
NIGHT: Day = ((time(22), time(6)),)
ALL_DAY: Day = ((time(0), time(0)),)
NEVER = Week("UTC", ((), (), (), (), (), (), ()))


def every_day(day: Day, zone: str = "UTC") -> Week:
    return Week(zone, (day,) * 7)


def weekdays(day: Day, zone: str = "UTC") -> Week:
    return Week(zone, (day, day, day, day, day, (), ()))


def utc(written: str) -> datetime:
    return datetime.fromisoformat(written).replace(tzinfo=UTC)


# 2026-10-23 is a Friday.
@pytest.mark.parametrize(
    ("week", "start", "hours", "due"),
    [
        pytest.param(weekdays(DAYTIME), "2026-10-23 10:00", 2, "2026-10-23 12:00", id="inside a block"),
        pytest.param(weekdays(DAYTIME), "2026-10-23 16:00", 2, "2026-10-26 10:00", id="over a weekend"),
        pytest.param(weekdays(DAYTIME), "2026-10-23 15:00", 2, "2026-10-23 17:00", id="at the block's end"),
        pytest.param(weekdays(DAYTIME), "2026-10-23 17:00", 1, "2026-10-26 10:00", id="asked at the end"),
        pytest.param(weekdays(DAYTIME), "2026-10-24 12:00", 1, "2026-10-26 10:00", id="asked on Saturday"),
        pytest.param(weekdays(DAYTIME), "2026-10-23 10:00", 0, "2026-10-23 10:00", id="nothing, while open"),
        pytest.param(weekdays(DAYTIME), "2026-10-23 17:00", 0, "2026-10-26 09:00", id="nothing, after hours"),
        pytest.param(weekdays(LUNCH), "2026-10-23 11:30", 1, "2026-10-23 13:30", id="over lunch"),
        pytest.param(weekdays(NIGHT), "2026-10-23 23:00", 3, "2026-10-24 02:00", id="over midnight"),
        pytest.param(weekdays(NIGHT), "2026-10-24 05:00", 2, "2026-10-26 23:00", id="Friday's shift to Monday's"),
        pytest.param(every_day(ALL_DAY), "2026-10-23 23:00", 50, "2026-10-26 01:00", id="round the clock"),
        pytest.param(weekdays(DAYTIME), "2026-10-23 09:00", 40 * 52, "2027-10-21 17:00", id="a year of weeks"),
    ],
)
def test_due(week: Week, start: str, hours: int, due: str) -> None:
    working = timedelta(hours=hours)
    found = Schedule(week).due(utc(start), working)
    assert found == utc(due)
    assert Schedule(week).elapsed(utc(start), found) == working


@pytest.mark.parametrize(
    ("week", "start", "end", "hours"),
    [
        pytest.param("Europe/Berlin", "2026-03-28 12:00", "2026-03-29 12:00", 7, id="a night of spring, an hour short"),
        pytest.param("Europe/Berlin", "2026-10-24 12:00", "2026-10-25 12:00", 9, id="a night of autumn, one longer"),
        pytest.param("Australia/Lord_Howe", "2026-04-04 03:00", "2026-04-05 03:00", 8.5, id="half an hour back"),
        pytest.param("Australia/Lord_Howe", "2026-10-03 03:00", "2026-10-04 03:00", 7.5, id="half an hour ahead"),
        pytest.param("America/Sao_Paulo", "2018-11-03 12:00", "2018-11-04 12:00", 7, id="a midnight that is not"),
        pytest.param("America/Sao_Paulo", "2018-02-17 12:00", "2018-02-18 12:00", 9, id="an evening that is twice"),
        pytest.param("Africa/Cairo", "2026-04-23 12:00", "2026-04-24 12:00", 7, id="midnight skipped in Cairo"),
        pytest.param("Asia/Beirut", "2026-03-28 12:00", "2026-03-29 12:00", 7, id="midnight skipped in Beirut"),
        pytest.param("Pacific/Apia", "2011-12-29 12:00", "2011-12-31 12:00", 16, id="a date that never was"),
    ],
)
def test_a_night_shift_is_as_long_as_its_clock_showed(week: str, start: str, end: str, hours: float) -> None:
    schedule = Schedule(every_day(NIGHT, week))
    assert schedule.elapsed(utc(start), utc(end)) == timedelta(hours=hours)


CHRISTMAS = date(2026, 12, 25)  # a Friday


@pytest.mark.parametrize(
    ("at", "open_"),
    [
        ("2026-12-24 23:59", True),
        ("2026-12-25 00:00", False),
        ("2026-12-25 03:00", False),
        ("2026-12-25 23:59", False),
        ("2026-12-26 00:00", True),
        ("2026-12-26 05:59", True),
        ("2026-12-26 06:00", False),
    ],
)
def test_a_holiday_empties_its_own_date_of_night_shifts_and_no_more(at: str, open_: bool) -> None:
    assert Schedule(every_day(NIGHT), {CHRISTMAS}).is_open(utc(at)) is open_


def test_a_holiday_is_the_local_date() -> None:
    schedule = Schedule(every_day(ALL_DAY, "Asia/Tokyo"), [CHRISTMAS])
    assert schedule.closes(utc("2026-12-24 10:00")) == utc("2026-12-24 15:00")
    assert schedule.next_open(utc("2026-12-24 15:00")) == utc("2026-12-25 15:00")


def test_a_block_closes_where_it_was_written_to() -> None:
    """Also over midnight and over the edges of what was computed so far; blocks that touch stay two."""
    nights, first = Schedule(every_day(NIGHT)), utc("2026-01-01 23:00")
    nights.is_open(first)
    days = [first - HOUR / 2 + n * DAY for n in range(800)]
    assert [nights.closes(at) for at in days] == [at + 7.5 * HOUR for at in days]
    assert Schedule(weekdays(LUNCH)).closes(utc("2026-10-23 12:00")) == utc("2026-10-23 17:00")
    assert Schedule(ROUND_THE_CLOCK).closes(utc("2026-10-23 12:00")) == utc("2026-10-24 00:00")


def test_a_clock_change_is_found_to_the_second() -> None:
    schedule = Schedule(every_day(((time(3), time(5)),), "Europe/Berlin"))
    schedule.is_open(utc("2026-03-01 10:00:00.7"))
    assert schedule.next_open(utc("2026-03-29 00:00")) == utc("2026-03-29 01:00")


def test_next_open_is_now_when_open() -> None:
    office = Schedule(OFFICE)
    assert office.next_open(utc("2026-10-23 09:00")) == utc("2026-10-23 09:00")
    assert office.next_open(utc("2026-10-23 17:00")) == utc("2026-10-26 09:00")


def test_moments_of_any_zone_give_utc() -> None:
    kolkata = timezone(timedelta(hours=5, minutes=30))
    found = Schedule(OFFICE).due(datetime(2026, 10, 23, 15, 30, tzinfo=kolkata), HOUR)
    assert (found, found.tzinfo) == (utc("2026-10-23 11:00"), UTC)


def test_a_moment_without_a_zone_is_refused() -> None:
    schedule, naive = Schedule(OFFICE), utc("2026-10-23 10:00").replace(tzinfo=None)
    for ask in (schedule.is_open, schedule.next_open, schedule.closes):
        with pytest.raises(ValueError, match="zone"):
            ask(naive)
    with pytest.raises(ValueError, match="zone"):
        schedule.due(naive, HOUR)
    with pytest.raises(ValueError, match="zone"):
        schedule.elapsed(naive, naive)


def test_negative_working_time_is_refused() -> None:
    with pytest.raises(ValueError, match="negative"):
        Schedule(OFFICE).due(utc("2026-10-23 10:00"), -MINUTE)


def test_a_team_that_never_works_is_told_so() -> None:
    never, at = Schedule(NEVER), utc("2026-10-23 10:00")
    assert not never.is_open(at)
    assert never.elapsed(at, at + timedelta(days=30)) == timedelta(0)
    for working in (timedelta(0), HOUR):
        with pytest.raises(NoWorkingTime):
            never.due(at, working)
    for ask in (never.next_open, never.closes):
        with pytest.raises(NoWorkingTime):
            ask(at)


def test_long_holidays_are_waited_out_but_not_for_ever() -> None:
    sabbatical = [date(2026, 1, 1) + timedelta(days=n) for n in range(3 * 365)]
    assert Schedule(OFFICE, sabbatical).due(utc("2026-01-01 10:00"), HOUR) == utc("2029-01-01 10:00")
    with pytest.raises(NoWorkingTime):
        Schedule(OFFICE).due(utc("2026-01-01 10:00"), timedelta(days=365 * 50))


@pytest.mark.parametrize(
    ("days", "sentence"),
    [
        (((time(9), time(12)), (time(11), time(13))), "09:00–12:00 overlaps 11:00–13:00"),
        (((time(22), time(6)), (time(5), time(7))), "22:00–06:00 overlaps 05:00–07:00"),
        (((time(0), time(0)), (time(5), time(7))), "00:00–00:00 overlaps 05:00–07:00"),
        (((time(9), time(9)), (time(22), time(6))), "overlaps"),
    ],
)
def test_blocks_that_overlap_are_refused_with_a_sentence(days: Day, sentence: str) -> None:
    with pytest.raises(BadHours, match=sentence):
        every_day(days)


def test_a_sunday_shift_may_not_run_into_mondays() -> None:
    with pytest.raises(BadHours, match="Monday: 22:00–06:00 overlaps 05:00–09:00"):
        Week("UTC", (((time(5), time(9)),), (), (), (), (), (), NIGHT))


@pytest.mark.parametrize("zone", ["", "Europe", "Mars/Base", "../zone", "UTC\0", "/etc/localtime"])
def test_a_zone_nobody_knows_is_refused_with_a_sentence(zone: str) -> None:
    with pytest.raises(BadHours, match="is not a time zone such as"):
        every_day(DAYTIME, zone)


def test_schedules_of_the_same_hours_are_equal_and_hash_alike() -> None:
    one, other = Schedule(OFFICE, [CHRISTMAS]), Schedule(OFFICE, {CHRISTMAS})
    one.due(utc("2026-10-23 10:00"), HOUR)
    assert (one == other, hash(one) == hash(other)) == (True, True)
    assert one != Schedule(OFFICE)
    assert one != OFFICE


# The oracle

TRICKY = [
    ("Europe/Berlin", "2026-03-28"),
    ("Europe/Berlin", "2026-10-24"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-04-04"),
    ("Australia/Lord_Howe", "2026-10-03"),
    ("America/Sao_Paulo", "2018-11-03"),
    ("America/Sao_Paulo", "2018-02-17"),
    ("Africa/Cairo", "2026-04-23"),
    ("Africa/Cairo", "2026-10-29"),
    ("Asia/Beirut", "2026-03-28"),
    ("Africa/Casablanca", "2026-02-14"),
    ("America/Nuuk", "2026-03-28"),
    ("Pacific/Apia", "2011-12-29"),
    ("Asia/Kathmandu", "2026-12-31"),
]
WINDOW = 4 * 24 * 60  # minutes


def shows_work(local: datetime, week: Week, holidays: Collection[date]) -> bool:
    """Whether the wall clock stands in a block: the rule itself, straight from its words."""
    clock, weekday = local.time(), local.weekday()
    if local.date() in holidays:
        return False
    begun_today = any(opens <= clock and (clock < shuts or shuts <= opens) for opens, shuts in week.days[weekday])
    return begun_today or any(clock < shuts <= opens for opens, shuts in week.days[weekday - 1])


@st.composite
def weeks(draw: st.DrawFn, zone: str) -> Week:
    """Blocks between cuts of the week that lie less than a day apart, on odd minutes too."""
    cuts = sorted(draw(st.lists(st.integers(0, 7 * 1440 - 1), max_size=24, unique=True)))
    days: list[list[tuple[time, time]]] = [[] for _ in range(7)]
    for opens, shuts in zip(cuts[::2], cuts[1::2], strict=False):
        if shuts - opens <= 1440:
            days[opens // 1440].append((clock(opens), clock(shuts)))
    monday, tuesday, wednesday, thursday, friday, saturday, sunday = map(tuple, days)
    return Week(zone, (monday, tuesday, wednesday, thursday, friday, saturday, sunday))


def clock(minute: int) -> time:
    return time(minute // 60 % 24, minute % 60)


@st.composite
def cases(draw: st.DrawFn) -> tuple[Week, frozenset[date], datetime]:
    zone, day = draw(st.sampled_from(TRICKY))
    start = utc(day) + draw(st.integers(-2 * 1440, 1440)) * MINUTE
    usual = st.sampled_from([every_day(day, zone) for day in (DAYTIME, LUNCH, NIGHT, ALL_DAY)])
    holidays = draw(st.frozensets(st.integers(-1, 5), max_size=2))
    return (
        draw(st.one_of(usual, weeks(zone))),
        frozenset(start.date() + timedelta(days=n) for n in holidays),
        start,
    )


@settings(max_examples=60)
@given(cases(), st.lists(st.integers(0, WINDOW - 1), min_size=1, max_size=8))
def test_every_answer_agrees_with_the_clock_on_the_wall(
    case: tuple[Week, frozenset[date], datetime], places: list[int]
) -> None:
    week, holidays, start = case
    schedule, zone = Schedule(week, holidays), ZoneInfo(week.zone)
    minutes = [start + n * MINUTE for n in range(WINDOW)]
    works = [shows_work(at.astimezone(zone), week, holidays) for at in minutes]
    worked = [0]
    for work in works:
        worked.append(worked[-1] + work)
    for n in places:
        assert schedule.is_open(minutes[n]) is works[n]
        assert schedule.elapsed(start, minutes[n]) == worked[n] * MINUTE
        if worked[n]:
            assert schedule.due(start, worked[n] * MINUTE) == start + worked.index(worked[n]) * MINUTE
        if True in works[n:]:
            opens = works.index(True, n)
            assert schedule.next_open(minutes[n]) == minutes[opens]
            closes = schedule.closes(minutes[n])
            assert schedule.elapsed(minutes[opens], closes) == closes - minutes[opens]


MOMENTS = st.datetimes(
    datetime.fromisoformat("2010-01-01"), datetime.fromisoformat("2040-01-01"), timezones=st.just(UTC)
)
SCHEDULES = st.sampled_from([zone for zone, _ in TRICKY]).flatmap(weeks).map(Schedule)


@settings(max_examples=60)
@given(SCHEDULES, MOMENTS, st.timedeltas(MINUTE / 7, timedelta(days=20)), st.timedeltas(MINUTE / 7, HOUR))
def test_due_and_elapsed_undo_each_other_to_the_microsecond(
    schedule: Schedule, start: datetime, first: timedelta, second: timedelta
) -> None:
    """And waiting in two parts is waiting once."""
    assume(schedule.elapsed(start, start + 10 * DAY) > 8 * HOUR)
    halfway = schedule.due(start, first)
    assert schedule.elapsed(start, halfway) == first
    assert schedule.due(halfway, second) == schedule.due(start, first + second)


@settings(max_examples=20)
@given(SCHEDULES, st.lists(MOMENTS, min_size=2, max_size=4))
def test_what_was_asked_before_changes_no_answer(schedule: Schedule, moments: list[datetime]) -> None:
    for start in moments:
        for end in moments:
            fresh = Schedule(schedule.week)
            assert schedule.elapsed(start, end) == fresh.elapsed(start, end)
            assert schedule.is_open(start) == fresh.is_open(start)
