"""The pulse: one anonymous question to the agents of a team every other week, and what may be told of its answers.

What is told is one of five verdicts, never a number: a count beside another one, or beside one of last time, could be
turned into what a single person said. A verdict says the same of a team that is of one mind and of one in which a few
see it otherwise.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from functools import cache

from bot.domain.data_files import load
from bot.domain.weekly import WEEK, Weekly
from bot.domain.weeks import week_of

FLOOR = 5  # answers below which nothing is told; a team may ask for more, never for less
SKIP, STEPS = 0, (1, 2, 3, 4, 5)  # what can be pressed: no, rather no, in between, rather yes, yes
ANSWERS = (SKIP, *STEPS)

OPENS = Weekly(1, 10 * 60)  # on Tuesday at ten, by the team's clock
CLOSES = Weekly(2, 12 * 60)  # on Wednesday of the week after, at noon
MONDAYS_BEFORE = date(1, 1, 1).toordinal()  # a Monday


class About(StrEnum):
    """What is asked about."""

    LOAD = "load"
    TOOLS = "tools"
    BACKING = "backing"
    THANKS = "thanks"
    SAFETY = "safety"
    GROWTH = "growth"
    CLARITY = "clarity"


class Verdict(StrEnum):
    """All that is ever told of a round."""

    MOST_NO = "most_no"
    MORE_NO = "more_no"
    MIXED = "mixed"
    MORE_YES = "more_yes"
    MOST_YES = "most_yes"


WORST_FIRST = tuple(Verdict)


@dataclass(frozen=True, slots=True)
class Question:
    """`text` can be answered with five steps from no to yes; yes is good news."""

    id: str
    about: About
    text: str


@dataclass(frozen=True, slots=True)
class Span:
    """A round's time: UTC moments. `period` names it by the local Monday of the week in which it opens."""

    period: str
    opens: datetime
    closes: datetime


@dataclass(frozen=True, slots=True)
class Told:
    """A round that is over, as everybody may hear of it."""

    period: str
    question: Question
    verdict: Verdict


def span(zone: str, at: datetime) -> Span:
    """The latest round that has opened by then, whether it is over or not, in an IANA zone."""
    opens = OPENS.latest(zone, at)
    monday = week_of(zone, opens).monday
    if _weeks(monday) % 2:
        opens, monday = OPENS.latest(zone, opens - timedelta(days=1)), monday - WEEK
    return Span(monday.isoformat(), opens, CLOSES.upcoming(zone, CLOSES.upcoming(zone, opens)))


def following(zone: str, at: datetime) -> datetime:
    """When the next one opens after that (UTC)."""
    return OPENS.upcoming(zone, OPENS.upcoming(zone, span(zone, at).opens))


def asked_in(period: str) -> Question:
    """Whatever is asked in this round: in each team the same, so that the order is nobody's choice."""
    book = questions()
    return book[_weeks(date.fromisoformat(period)) // 2 % len(book)]


def verdict(counts: Mapping[int, int], floor: int = FLOOR) -> Verdict | None:
    """What may be told of so many answers of each step; None where they are too few.

    Two thirds are *most*. So no verdict says that all are of one mind, and none that some person is not.
    """
    given = sum(counts.get(step, 0) for step in STEPS)
    if given < max(floor, FLOOR):
        return None
    no, yes = (sum(counts.get(step, 0) for step in side) for side in ((1, 2), (4, 5)))
    if 3 * max(yes, no) >= 2 * given:
        return Verdict.MOST_YES if yes > no else Verdict.MOST_NO
    if 2 * max(yes, no) > given:
        return Verdict.MORE_YES if yes > no else Verdict.MORE_NO
    return Verdict.MIXED


def falling(rounds: Sequence[Told]) -> About | None:
    """What was told of as worse than the time before, if the last of these rounds (oldest first) was; else None."""
    if not rounds:
        return None
    *earlier, last = rounds
    before = [one.verdict for one in earlier if one.question.about is last.question.about]
    worse = before and WORST_FIRST.index(last.verdict) < WORST_FIRST.index(before[-1])
    return last.question.about if worse else None


@cache
def questions() -> tuple[Question, ...]:
    """All of them, in the order in which they are asked."""
    return tuple(Question(one["id"], About(one["about"]), one["text"]) for one in load("pulse")["question"])


def by_id(question_id: str) -> Question | None:
    """None for one that is not asked any more."""
    return next((one for one in questions() if one.id == question_id), None)


def _weeks(monday: date) -> int:
    """Since the first Monday of the calendar."""
    return (monday.toordinal() - MONDAYS_BEFORE) // WEEK.days
