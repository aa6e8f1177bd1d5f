"""Absences in a calendar: whose an event is, and when it begins where they are."""

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.absences import Absence, Event, absence, whose

NAMES = {"U0ANA": "Ana", "U0REIS": "Ana Reis", "U0BEN": "Ben Öster", "U0LEE": "Lee"}
DAY = date(2026, 3, 29)


def event(summary: str = "", *attendees: str) -> Event:
    return Event(summary, DAY, DAY + timedelta(days=1), attendees)


@pytest.mark.parametrize(
    ("found", "user"),
    [
        (event("Vacation: Lee"), "U0LEE"),
        (event("LEE (vacation)"), "U0LEE"),
        (event("ben oster sick"), "U0BEN"),
        (event("Ben Öster – parental leave"), "U0BEN"),
        (event("Ben away"), None),
        (event("Ana Reis: training"), "U0REIS"),
        (event("Ana: training"), "U0ANA"),
        (event("Leeds office closed"), None),
        (event("Lee and Ana in Berlin"), None),
        (event("Christmas party"), None),
        (event(""), None),
        (event("Out of office", "Lee"), "U0LEE"),
        (event("Lee is covered by me", "Ana Reis"), "U0REIS"),
        (event("Lee's holiday", "Somebody Else"), "U0LEE"),
        (event("Team day", "Lee", "Ben Öster"), None),
    ],
)
def test_an_event_is_of_the_one_person_whom_it_names(found: Event, user: str | None) -> None:
    assert whose(found, NAMES) == user


def test_a_whole_day_is_one_where_the_person_is_also_when_the_clocks_change() -> None:
    begun = datetime(2026, 3, 28, 23, tzinfo=UTC)
    assert absence(event(), "U0LEE", "Europe/Berlin") == Absence("U0LEE", begun, begun + timedelta(hours=23))


def test_a_time_has_its_own_zone_or_else_the_persons() -> None:
    nine = datetime(2026, 3, 2, 9)  # noqa: DTZ001  # as a calendar has it that names no zone
    floating, fixed = (
        Event("", nine, nine.replace(hour=17)),
        Event("", nine.replace(tzinfo=UTC), nine.replace(hour=17, tzinfo=UTC)),
    )
    assert absence(floating, "U0LEE", "America/New_York") == Absence(
        "U0LEE", datetime(2026, 3, 2, 14, tzinfo=UTC), datetime(2026, 3, 2, 22, tzinfo=UTC)
    )
    assert absence(fixed, "U0LEE", "America/New_York") == Absence("U0LEE", fixed.starts, fixed.ends)  # type: ignore[arg-type]


def test_what_takes_no_time_is_no_absence() -> None:
    nine = datetime(2026, 3, 2, 9, tzinfo=UTC)
    assert absence(Event("", nine, nine), "U0LEE", "UTC") is None
