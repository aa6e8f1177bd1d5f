"""Public holidays: which days a team does not work, by country and region."""

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

import pytest

from bot.domain.care_file import BadSetup, read
from bot.domain.hours import OFFICE, Days
from bot.domain.setup import PersonSetup, Setup, Team
from bot.store import calendars

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


MORNINGS: Days = (((time(9), time(13)),),) * 3 + ((), (), (), ())


def test_a_persons_own_country_and_hours_take_the_place_of_the_teams() -> None:
    ben = PersonSetup("U0BEN", country="US", region="CA")
    own = calendars.own(BERLIN, ben, MORNINGS, "America/Los_Angeles", YEARS)
    assert own.is_open(datetime(2026, 10, 5, 17, 0, tzinfo=UTC))  # ten in the morning on a Monday there
    assert not own.is_open(datetime(2026, 10, 5, 21, 0, tzinfo=UTC))
    assert not own.is_open(datetime(2026, 10, 8, 17, 0, tzinfo=UTC))  # a Thursday
    assert not own.is_open(datetime(2026, 3, 31, 17, 0, tzinfo=UTC))  # César Chávez, a Tuesday
    assert calendars.own(BERLIN, ben, MORNINGS, "America/Los_Angeles", YEARS) is own


def test_without_their_own_a_person_has_the_teams_hours_on_their_own_clock_and_its_holidays() -> None:
    team = replace(BERLIN, week=OFFICE, days_off=(date(2026, 12, 23),))
    own = calendars.own(team, PersonSetup("U0ANA", days_off=(date(2026, 6, 1),)), None, "Asia/Tokyo", YEARS)
    assert own.is_open(datetime(2026, 6, 2, 0, 30, tzinfo=UTC))  # half past nine in Tokyo
    for day in (date(2026, 6, 1), date(2026, 12, 23), date(2026, 12, 25)):
        assert not own.is_open(datetime.combine(day, time(2), UTC))


@pytest.mark.parametrize(
    ("country", "region", "sentence"),
    [
        ("XX", None, "the holidays of `XX` are not known"),
        ("DE", "XX", "`XX` is not a region of `DE` with holidays of its own: leave it out, or choose of BB, BE,"),
        ("DE", "US-CA", "`US-CA` is not a region of `DE`"),
        ("AD", "XX", "`XX` is not a region of `AD`"),
    ],
)
def test_an_unknown_country_or_region_is_told(country: str, region: str | None, sentence: str) -> None:
    (found,) = calendars.findings(Setup(teams=(replace(BERLIN, country=country, region=region),)))
    assert sentence in str(found)


def test_what_the_library_knows_no_longer_leaves_the_countrys_holidays_or_none() -> None:
    """A setup of before an upgrade stops nobody's work."""
    assert calendars.public("DE", "XX", YEARS) == calendars.public("DE", None, YEARS)
    assert calendars.public("XX", None, YEARS) == frozenset()


def test_the_file_is_told_the_line_of_an_unknown_country_or_region() -> None:
    text = (
        '[team.care]\ncountry = "XX"\n\n[team.night]\ncountry = "DE"\nregion = "Ohio"\n\n'
        '[person.U0ANA]\ncountry = "YY"\n'
    )
    with pytest.raises(BadSetup) as caught:
        read(text, calendars.findings)
    first, second, third = caught.value.problems
    assert first == (2, "team care, country: the holidays of `XX` are not known")
    assert (second.line, second.sentence.partition(":")[0]) == (6, "team night, region")
    assert third == (9, "person U0ANA, country: the holidays of `YY` are not known")
