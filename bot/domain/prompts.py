"""Which prompt comes: called by the week where one of its signals is heard, else by the turn of the seven dimensions.

Never the same within a quarter. A dimension that has been silent for as long goes first, so that a year serves all.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from hashlib import sha256

from bot.domain.prompt_book import Dimension, Prompt, Signal
from bot.domain.signals import Heard

QUARTER = 13  # weeks
LATELY = 4  # weeks after which a signal is as new
MOST = 3  # prompts a week to the same reader: the first, and two others for the asking


class Became(StrEnum):
    """What was made of a prompt."""

    TAKEN = "taken"
    PASSED = "passed"  # not this week
    ANOTHER = "another"


class Outcome(StrEnum):
    """What came of one, as the manager says."""

    DONE = "done"
    PARTLY = "partly"
    NOT_YET = "not_yet"


@dataclass(frozen=True, slots=True)
class Told:
    """A prompt that somebody was shown, by the Monday of the week it was chosen from."""

    prompt: str
    signal: Signal | None
    monday: date


@dataclass(frozen=True, slots=True)
class Turn:
    """It was its dimension's turn, last served so many weeks ago (None: never yet). `quiet`: no signal was heard."""

    weeks: int | None
    quiet: bool


@dataclass(frozen=True, slots=True)
class Chosen:
    """A prompt, and the true reason for it."""

    prompt: Prompt
    reason: Heard | Turn


def active(
    book: Iterable[Prompt], own: Iterable[Prompt], retired: Iterable[str], teams: Mapping[str, Sequence[str]]
) -> tuple[Prompt, ...]:
    """The prompts that somebody may get who leads these teams: by each one's key, what that team has retired.

    One that only some of the teams have retired is not wanted by whoever leads them.
    """
    gone = {*retired, *(prompt for of_team in teams.values() for prompt in of_team)}
    theirs = {one.id: one for one in (*book, *own) if one.team is None or one.team in teams}
    return tuple(one for one in theirs.values() if one.id not in gone)


def choose(
    prompts: Iterable[Prompt],
    heard: Sequence[Heard],
    told: Sequence[Told],
    monday: date,
    reader: str,
    dimensions: Mapping[str, Dimension],
) -> Chosen | None:
    """The prompt for the week that began on `monday`; None where all were shown within the quarter.

    `told` is everything shown before, also earlier in the same week; `dimensions` those of all prompts that there
    ever were, as far as known. Readers take different paths through the book.
    """
    recent = {one.prompt for one in told if _weeks(one.monday, monday) < QUARTER}
    left = [one for one in prompts if one.id not in recent]
    served = _served(told, dimensions)
    by_turn = sorted(left, key=lambda one: (_age(served.get(one.dimension), monday), _path(reader, one.id)))
    can_come = {one.dimension for one in left if one.anytime}
    overdue = {one for one in can_come if _is_overdue(one, served, told, monday)}
    for signal in _in_turn(heard, told, monday):
        called = [one for one in by_turn if signal.signal in one.signals]
        wanted = [one for one in called if one.dimension in overdue or not overdue]
        if wanted:
            return Chosen(wanted[0], signal)
    return _next(by_turn, served, monday, quiet=not heard)


def _next(left: Sequence[Prompt], served: Mapping[Dimension, date], monday: date, *, quiet: bool) -> Chosen | None:
    for one in left:
        if one.anytime:
            last = served.get(one.dimension)
            return Chosen(one, Turn(_weeks(last, monday) if last else None, quiet))
    return None


def _in_turn(heard: Sequence[Heard], told: Sequence[Told], monday: date) -> list[Heard]:
    """The most pressing first, but what called lately lets the others speak."""
    called = [one for one in told if one.signal and _weeks(one.monday, monday) <= LATELY]
    lately = {one.signal: one.monday for one in sorted(called, key=lambda one: one.monday)}
    return sorted(heard, key=lambda one: lately.get(one.signal, date.min))


def _served(told: Iterable[Told], dimensions: Mapping[str, Dimension]) -> dict[Dimension, date]:
    """When each dimension was last served."""
    in_order = sorted(told, key=lambda one: one.monday)
    return {dimensions[one.prompt]: one.monday for one in in_order if one.prompt in dimensions}


def _is_overdue(one: Dimension, served: Mapping[Dimension, date], told: Sequence[Told], monday: date) -> bool:
    """Silent for a quarter; where nothing was ever told there is no hurry."""
    since = served.get(one) or min((before.monday for before in told), default=monday)
    return _weeks(since, monday) >= QUARTER


def _weeks(before: date, monday: date) -> int:
    return (monday - before).days // 7


def _age(last: date | None, monday: date) -> int:
    """What sorts the longest silence first."""
    return -_weeks(last, monday) if last else -10_000


def _path(reader: str, prompt: str) -> str:
    return sha256(f"{reader} {prompt}".encode()).hexdigest()


def reminder_day(today: date) -> date:
    """The day that is offered to be reminded on: the day after tomorrow, or the Monday after a weekend."""
    day = today + timedelta(days=2)
    return day + timedelta(days=max(0, 7 - day.weekday())) if day.weekday() > 4 else day
