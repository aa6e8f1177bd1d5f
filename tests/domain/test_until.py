"""Until when somebody wants peace: what people type for it, by the clock where they are."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.hours import OFFICE, Schedule, Week
from bot.domain.meant_times import LATEST
from bot.domain.until import Refused, Unclear, read

ZONE = "Europe/Berlin"
BERLIN = Schedule(Week(ZONE, OFFICE.days))
NOW = datetime(2026, 3, 4, 13, 40, tzinfo=UTC)  # a Wednesday, twenty to three in Berlin

TYPED = """\
                          | Thu 05 Mar 09:00
tomorrow                  | Thu 05 Mar 09:00
until tomorrow            | Thu 05 Mar 09:00
until tomorrow morning    | Thu 05 Mar 09:00
tomorrow 10am             | Thu 05 Mar 10:00
tomorrow at 10            | Thu 05 Mar 10:00
until tomorrow 10:30      | Thu 05 Mar 10:30
tomorrow afternoon        | Thu 05 Mar 13:00
until friday              | Fri 06 Mar 09:00
friday                    | Fri 06 Mar 09:00
Until  FRIDAY             | Fri 06 Mar 09:00
till fri                  | Fri 06 Mar 09:00
until friday noon         | Fri 06 Mar 12:00
until monday 9:00         | Mon 09 Mar 09:00
until monday 7:15         | Mon 09 Mar 07:15
monday afternoon          | Mon 09 Mar 13:00
until wednesday           | Wed 11 Mar 09:00
until saturday            | Mon 09 Mar 09:00
until next friday         | Fri 13 Mar 09:00
until next week           | Mon 09 Mar 09:00
next week                 | Mon 09 Mar 09:00
until the end of the week | Mon 09 Mar 09:00
today                     | Thu 05 Mar 09:00
until end of day          | Thu 05 Mar 09:00
until this evening        | Wed 04 Mar 18:00
until 16:30               | Wed 04 Mar 16:30
16:30                     | Wed 04 Mar 16:30
until 4pm                 | Wed 04 Mar 16:00
until 5                   | Wed 04 Mar 17:00
until 9                   | Thu 05 Mar 09:00
until march 12 at 14:00   | Thu 12 Mar 14:00
until march 12            | Thu 12 Mar 09:00
until 12 march            | Thu 12 Mar 09:00
until 2026-03-12          | Thu 12 Mar 09:00
until 2026-03-12 14:00    | Thu 12 Mar 14:00
for 2 h                   | Wed 04 Mar 16:40
for 2h                    | Wed 04 Mar 16:40
2 h                       | Wed 04 Mar 16:40
2 hours                   | Wed 04 Mar 16:40
for two hours             | Wed 04 Mar 16:40
for an hour               | Wed 04 Mar 15:40
for half an hour          | Wed 04 Mar 15:10
30 min                    | Wed 04 Mar 15:10
for 90m                   | Wed 04 Mar 16:10
1h30m                     | Wed 04 Mar 16:10
1 h 30 min                | Wed 04 Mar 16:10
for 2 days                | Fri 06 Mar 14:40
3 days                    | Sat 07 Mar 14:40
for a week                | Wed 11 Mar 14:40
for 2 weeks               | Wed 18 Mar 14:40
for 3 working days        | Mon 09 Mar 09:00
until 9:00 est            | Wed 04 Mar 15:00
bis freitag               | Fri 06 Mar 09:00
morgen früh               | Thu 05 Mar 09:00
"""


@pytest.mark.parametrize("row", TYPED.splitlines(), ids=lambda row: row.split(" | ")[0].strip() or "nothing")
def test_what_people_type_is_a_moment_on_their_clock(row: str) -> None:
    typed, meant = row.split(" | ") if " | " in row else ("", row.strip("| "))
    until = read(typed, NOW, ZONE, BERLIN)
    assert isinstance(until, datetime), until
    assert f"{until.astimezone(ZoneInfo(ZONE)):%a %d %b %H:%M}" == meant.strip()


@pytest.mark.parametrize(
    ("typed", "refused"),
    [
        ("until firday", Refused(Unclear.WORDS, "until friday")),
        ("untill tomorow", Refused(Unclear.WORDS, "until tomorrow")),
        ("for 2 huors", Refused(Unclear.WORDS, "for 2 hours")),
        ("3", Refused(Unclear.WORDS, "for 3 h")),
        ("for 3", Refused(Unclear.WORDS, "for 3 h")),
        ("until", Refused(Unclear.WORDS)),
        ("please", Refused(Unclear.WORDS)),
        ("until the cows come home", Refused(Unclear.WORDS)),
        ("until friday or so with cake", Refused(Unclear.WORDS)),
        ("until monday and tuesday", Refused(Unclear.WORDS)),
        ("until february 30", Refused(Unclear.WORDS)),
        ("for friday", Refused(Unclear.WORDS)),
        ("0 h", Refused(Unclear.PAST)),
        ("until today 9:00", Refused(Unclear.PAST)),
        ("until march 3", Refused(Unclear.TOO_FAR)),
        ("for 365 days", Refused(Unclear.TOO_FAR)),
    ],
)
def test_what_cannot_be_meant_is_refused_with_what_probably_was(typed: str, refused: Refused) -> None:
    assert read(typed, NOW, ZONE, BERLIN) == refused


def test_on_a_part_time_week_a_day_off_is_no_morning_to_come_back_on() -> None:
    mornings = Schedule(Week(ZONE, (OFFICE.days[0], OFFICE.days[1], OFFICE.days[2], (), (), (), ())))
    assert read("", NOW, ZONE, mornings) == datetime(2026, 3, 9, 8, tzinfo=UTC)


def test_who_never_works_comes_back_at_nine() -> None:
    never = Schedule(Week(ZONE, ((),) * 7))
    assert read("until friday", NOW, ZONE, never) == datetime(2026, 3, 6, 8, tzinfo=UTC)


ZONES = ("Europe/Berlin", "America/New_York", "Australia/Lord_Howe", "Asia/Kolkata", "UTC", "America/St_Johns")
TEXTS = [row.split("|")[0].strip() for row in TYPED.splitlines()]
NIGHTS = (
    datetime(2026, 3, 28, 20, tzinfo=UTC),
    datetime(2026, 10, 24, 20, tzinfo=UTC),
    datetime(2026, 4, 4, 8, tzinfo=UTC),
)
MOMENTS = st.one_of(
    st.integers(0, 700 * 24 * 60).map(lambda minutes: NOW + timedelta(minutes=minutes)),
    st.builds(lambda night, minutes: night + timedelta(minutes=minutes), st.sampled_from(NIGHTS), st.integers(0, 900)),
)


@given(MOMENTS, st.sampled_from(ZONES), st.sampled_from(TEXTS))
def test_whatever_is_understood_lies_ahead_also_in_the_nights_when_clocks_change(
    now: datetime, zone: str, typed: str
) -> None:
    until = read(typed, now, zone, Schedule(Week(zone, OFFICE.days)))
    if isinstance(until, datetime):
        assert now < until <= now + LATEST
        assert until.utcoffset() == timedelta(0)
        if typed in ("tomorrow", "until friday", "until monday 9:00"):
            assert until.astimezone(ZoneInfo(zone)).hour == 9
    else:
        assert until.why is Unclear.PAST or typed.startswith(("until 2026", "until march", "until 12"))


@given(st.text(max_size=100), MOMENTS, st.sampled_from(ZONES))
def test_any_text_is_understood_or_refused(typed: str, now: datetime, zone: str) -> None:
    until = read(typed, now, zone, Schedule(Week(zone, OFFICE.days)))
    assert isinstance(until, Refused) or now < until <= now + LATEST
