"""Figures of a week, and who may be told which: reply times only where at least three people stand behind them."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import timedelta
from math import ceil

from bot.domain.weeks import Week

FEWEST = 3  # people behind a figure: of fewer it would tell of one
FEWEST_IN_COUNCIL = 5  # in works-council mode, where who answered is not known: people of the team
AGAIN = timedelta(hours=24)  # a customer who has to ask again does so within a day
SILENCE = timedelta(hours=24)  # by the clock on the wall, nights and Sundays too: that is how customers wait


@dataclass(frozen=True, slots=True)
class Counts:
    """What there was to count, as it is. A wait counts in the week in which it was answered.

    `conversations` are those that got their first answer, so that each counts once in its life. `median_s` and `p90_s`
    are of these first answers: working seconds, nearest rank, None without any. `settled` are the answers that are a
    day old by now; after `asked_again` of these the customer had to write again within that day.
    """

    week: Week
    conversations: int = 0
    answers: int = 0
    answerers: int = 0
    in_time: int = 0
    median_s: int | None = None
    p90_s: int | None = None
    settled: int = 0
    asked_again: int = 0
    silence_broken: int = 0
    after_hours: int = 0
    first_answerers: int = 0


@dataclass(frozen=True, slots=True)
class Figures:
    """What may be told of a week. Shares are from 0 to 1, times working seconds; None is not told, or has no answers.

    `within_target` and `not_asked_again` are of all answers, the times of each conversation's first. `silence_broken`
    are answers that came after more than 24 hours; `after_hours` those outside the team's working time.
    """

    week: Week
    conversations: int
    answers: int
    answerers: int
    silence_broken: int
    within_target: float | None = None
    median_s: int | None = None
    p90_s: int | None = None
    not_asked_again: float | None = None
    after_hours: int | None = None

    @property
    def is_empty(self) -> bool:
        """Whether nothing was answered."""
        return not self.answers


@dataclass(frozen=True, slots=True)
class Load:
    """How much there was to do in a week: waits that began, and those that were answered.

    `conversations` are those of the answers that were first ones. `by_weekday` are the waits that began on each local
    day, Monday first. `after_hours` is None for a team so small that it would tell of people.
    """

    week: Week
    by_weekday: tuple[int, ...]
    answers: int
    conversations: int
    after_hours: int | None

    @property
    def arrivals(self) -> int:
        """In all."""
        return sum(self.by_weekday)

    @property
    def is_empty(self) -> bool:
        """Whether nothing began, and nothing was answered."""
        return not (self.arrivals or self.answers)


def told(counts: Counts, team_size: int, *, council: bool = False) -> Figures:
    """What a team may hear of itself: no time and no share unless three people and more stand behind it.

    In `council`, works-council mode, these are the team's, and at least five.
    """
    if council:
        counts = replace(counts, answerers=0)
        return all_of(counts) if team_size >= FEWEST_IN_COUNCIL else _bare(counts)
    if min(team_size, counts.answerers) >= FEWEST:
        told_of = all_of(counts)
        # Times are of first answers, behind which fewer people may stand.
        return told_of if counts.first_answerers >= FEWEST else replace(told_of, median_s=None, p90_s=None)
    return _bare(counts)


def _bare(counts: Counts) -> Figures:
    return Figures(counts.week, counts.conversations, counts.answers, counts.answerers, counts.silence_broken)


def all_of(counts: Counts) -> Figures:
    """Everything, for the eyes of the one person whose answers these are."""
    return Figures(
        week=counts.week,
        conversations=counts.conversations,
        answers=counts.answers,
        answerers=counts.answerers,
        silence_broken=counts.silence_broken,
        within_target=_share(counts.in_time, counts.answers),
        median_s=counts.median_s,
        p90_s=counts.p90_s,
        not_asked_again=_share(counts.settled - counts.asked_again, counts.settled),
        after_hours=counts.after_hours,
    )


def usual(loads: Iterable[Load]) -> tuple[float, ...]:
    """Waits that begin on each weekday, Monday first, on average; weeks before the first of them do not count."""
    known = list(loads)
    while known and not known[0].arrivals:
        known.pop(0)
    days = zip(*(load.by_weekday for load in known), strict=True)
    return tuple(sum(day) / len(known) for day in days) if known else (0.0,) * 7


def nearest_rank(counted: Mapping[int, int], percent: int) -> int | None:
    """The least value that `percent` of all do not exceed, of values counted by how often they occur."""
    rank = ceil(sum(counted.values()) * percent / 100)
    for value in sorted(counted):
        rank -= counted[value]
        if rank <= 0:
            return value
    return None


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None
