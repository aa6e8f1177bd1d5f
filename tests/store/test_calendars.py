"""Public holidays: which days a team does not work, by country and region."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.care_file import BadSetup, read
from bot.domain.setup import Team
from bot.store import calendars
from bot.store.calendars import UnknownCalendar

YEARS = range(2025, 2028)
BERLIN = Team("care", "Care", country="DE", region="BE")


@pytest.mark.parametrize(
    ("country", "region", "day", "off"),
    [
        ("DE", None, date(2026, 10, 3), True),
        ("DE", None, date(2026, 3, 8), False),
        ("DE", "BE", date(2026, 3, 8), True),  # women's day: in Berlin, not in Bavaria
        ("DE", "DE-BE", date(2026, 3, 8), True),
        ("DE", "BY", date(2026, 3, 8), False),
        ("US", None, date(2026, 7, 3), True),  # the fourth is a Saturday, so the Friday is off
        ("US", "US-CA", date(2026, 3, 31), True),  # César Chávez
        ("US", "NY", date(2026, 3, 31), False),
        ("GB", "SCT", date(2026, 11, 30), True),  # St Andrew
        ("GB", "ENG", date(2026, 11, 30), False),
        ("FR", None, date(2027, 7, 14), True),
        ("FR", None, date(2028, 7, 14), False),  # a year that was not asked for
        (None, None, date(2026, 1, 1), False),
    ],
)
def test_a_day_is_off_where_it_is_a_holiday(country: str | None, region: str | None, day: date, off: bool) -> None:
    assert (day in calendars.public(country, region, YEARS)) is off


def test_the_teams_schedule_skips_holidays_and_its_own_days_off() -> None:
    team = replace(BERLIN, days_off=(date(2026, 12, 24),))
    wednesday = datetime(2026, 12, 23, 16, 30, tzinfo=UTC)  # half an hour before closing
    due = calendars.schedule(team, YEARS).due(wednesday, timedelta(hours=1))
    assert due == datetime(2026, 12, 28, 9, 30, tzinfo=UTC)  # after Christmas Eve, Christmas and the weekend


def test_the_same_team_gets_the_same_schedule_back() -> None:
    assert calendars.schedule(replace(BERLIN), YEARS) is calendars.schedule(BERLIN, YEARS)
    assert calendars.schedule(replace(BERLIN, region="BY"), YEARS) != calendars.schedule(BERLIN, YEARS)


@pytest.mark.parametrize(
    ("country", "region", "sentence"),
    [
        ("XX", None, "the holidays of `XX` are not known"),
        ("DE", "XX", "`XX` is not a region of `DE` with holidays of its own: leave it out, or choose of BB, BE,"),
        ("DE", "US-CA", "`US-CA` is not a region of `DE`"),
        ("AD", "XX", "`XX` is not a region of `AD`"),
    ],
)
def test_an_unknown_country_or_region_is_refused(country: str, region: str | None, sentence: str) -> None:
    with pytest.raises(UnknownCalendar) as caught:
        calendars.schedule(replace(BERLIN, country=country, region=region), YEARS)
    assert sentence in str(caught.value)


def test_the_file_is_told_the_line_of_an_unknown_country_or_region() -> None:
    text = (
        '[team.care]\ncountry = "XX"\n\n[team.night]\ncountry = "DE"\nregion = "Ohio"\n\n[team.day]\ncountry = "FR"\n'
    )
    with pytest.raises(BadSetup) as caught:
        read(text, calendars.findings)
    first, second = caught.value.problems
    assert first == (2, "team care, country: the holidays of `XX` are not known")
    assert (second.line, second.sentence.partition(":")[0]) == (6, "team night, region")
