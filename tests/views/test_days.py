"""Days and numbers read as they do in each language."""

from collections.abc import Callable
from datetime import date, datetime

import pytest

from bot.views.language import speaking
from bot.views.words import days, numbers

MONDAY = date(2026, 3, 2)


@pytest.mark.parametrize(
    ("language", "said"),
    [
        ("en", ["2 Mar", "2 Mar 2026", "2 to 8 Mar 2026", "30 Mar to 5 Apr 2026", "28 Dec 2026 to 3 Jan 2027"]),
        (
            "de",
            ["2. März", "2. März 2026", "2.–8. März 2026", "30. März – 5. Apr. 2026", "28. Dez. 2026 – 3. Jan. 2027"],
        ),
        ("fr", ["2 mars", "2 mars 2026", "2–8 mars 2026", "30 mars – 5 avr. 2026", "28 déc. 2026 – 3 janv. 2027"]),
        ("es", ["2 mar", "2 mar 2026", "2–8 mar 2026", "30 mar – 5 abr 2026", "28 dic 2026 – 3 ene 2027"]),
    ],
)
def test_days_and_weeks_read_as_they_are_written_there(language: str, said: list[str]) -> None:
    weeks = ((MONDAY, date(2026, 3, 8)), (date(2026, 3, 30), date(2026, 4, 5)), (date(2026, 12, 28), date(2027, 1, 3)))
    with speaking(language):
        told = [days.short(MONDAY), days.dated(MONDAY), *(days.between(*week) for week in weeks)]
    assert [one.replace("\u2009", " ").replace("\u202f", " ") for one in told] == said


def test_a_moment_by_the_clock_on_the_wall_in_english_is_as_ever() -> None:
    assert days.timed(datetime(2026, 3, 2, 9, 0)) == "Monday 2 Mar, 09:00"  # noqa: DTZ001  # on whatever clock


@pytest.mark.parametrize(
    ("say", "number", "english", "german"),
    [
        (numbers.whole, 12345, "12,345", "12.345"),
        (numbers.tenths, 3.5, "3.5", "3,5"),
        (numbers.tenths, 4.0, "4.0", "4,0"),
        (numbers.short, 3.5, "3.5", "3,5"),
        (numbers.short, 45.0, "45", "45"),
        (numbers.percent, 0.825, "82%", "82\u00a0%"),
        (numbers.percent, 1.0, "100%", "100\u00a0%"),
    ],
)
def test_numbers_too(say: Callable[[float], str], number: float, english: str, german: str) -> None:
    assert say(number) == english
    with speaking("de"):
        assert say(number) == german
