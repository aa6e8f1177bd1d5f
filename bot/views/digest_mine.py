"""The weekly pages of one person: my own week, for nobody else; and to a manager the load of the teams."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from statistics import median

from slack_sdk.models.blocks import Block, DividerBlock

from bot.domain.digest import Compared, compared
from bot.domain.statistics import Figures, Load, usual
from bot.domain.weeks import Week
from bot.views import expectations
from bot.views.blocks import context, header, section
from bot.views.digest import (
    TWO_CONVERSATIONS,
    dates,
    speed,
    waiting_lines,
)
from bot.views.expectations import Expectation
from bot.views.message import Message
from bot.views.nudges import Waiting
from bot.views.words import common, days
from bot.views.words import digest as digest_words
from bot.views.words import digest_mine as words

MOST_TEAMS = 5
MOST_WAITING = 3  # of each team
A_FEW = 3  # answers, from which on they say something of a week; of one alone nothing is fast or slow
MANY = 10  # questions in a week, from which on a busiest day means something


@dataclass(frozen=True, slots=True)
class MyWeek:
    """All that my own page tells. `figures` and `before` are mine alone; `thanked` counts the kudos that I got.

    `waited` is whether one of those who wait did when the week was over.
    """

    week: Week
    figures: Figures
    before: tuple[Figures, ...]
    waiting: tuple[Waiting, ...] = ()
    waiting_count: int = 0
    waited: bool = False
    thanked: int = 0

    @property
    def worth_saying(self) -> bool:
        """Whether anything happened."""
        return bool(self.figures.answers or self.waited or self.thanked)


@dataclass(frozen=True, slots=True)
class TeamLoad:
    """One of a manager's teams. `waiting` are the first of `waiting_count`; `days_off` working days to come."""

    name: str
    load: Load
    before: tuple[Load, ...]
    waiting: tuple[Waiting, ...]
    waiting_count: int
    days_off: tuple[date, ...]
    expected: Expectation | None = None

    @property
    def worth_saying(self) -> bool:
        """Whether anything happened, or did before a week with a day off."""
        return bool(self.load.arrivals or self.load.answers or (self.before and (self.waiting_count or self.days_off)))


def mine(of: MyWeek) -> Message:
    """My own week."""
    blocks: list[Block] = [header(words.TITLE()), context(dates(of.week), words.ONLY_YOU()), *_mine(of)]
    text = f"{words.TITLE()} ({dates(of.week)}): {_answered(of)} {_speed(of)}"
    return Message(_spoken(text), (*blocks, context(words.SETTINGS())))


def managers(week: Week, teams: tuple[TeamLoad, ...]) -> Message:
    """The load of the teams that somebody leads."""
    title = words.LOAD_TITLE() if len(teams) == 1 else words.LOADS_TITLE()
    blocks: list[Block] = [header(title), context(dates(week), words.ONLY_MANAGERS())]
    for place, team in enumerate(teams[:MOST_TEAMS]):
        blocks += [*([DividerBlock()] if place else []), *_load(team)]
    if left := [common.escape(common.shortened(team.name)) for team in teams[MOST_TEAMS:]]:
        blocks.append(context(words.more_teams(left)))
    said = " ".join(f"{common.escape(common.shortened(team.name))}: {_came_in(team)}" for team in teams[:MOST_TEAMS])
    return Message(_spoken(f"{title} ({dates(week)}): {said}"), (*blocks, context(words.SETTINGS())))


def _spoken(text: str) -> str:
    return " ".join(text.replace("*", "").split())


def _answered(of: MyWeek) -> str:
    if not of.figures.answers:
        return words.QUIET()
    if of.figures.answers < A_FEW:
        return words.you_answered(of.figures.answers, Compared())
    before = [float(week.answers) for week in of.before]
    sentence = words.you_answered(of.figures.answers, compared(of.figures.answers, before, TWO_CONVERSATIONS))
    if of.figures.within_target is None:
        return sentence
    return f"{sentence} {digest_words.in_time(of.figures.within_target, of.figures.answers)}"


def _speed(of: MyWeek) -> str:
    """Mine, against other weeks in which there was something to measure."""
    return my_speed(
        of.figures, [week if week.conversations >= A_FEW else replace(week, median_s=None) for week in of.before]
    )


def my_speed(figures: Figures, before: Sequence[Figures] = ()) -> str:
    """How fast one person was, once there are a few first replies to say it of."""
    return speed(figures, before) if figures.conversations >= A_FEW else ""


def _mine(of: MyWeek) -> Iterator[Block]:
    yield section(_answered(of))
    if how_fast := _speed(of):
        yield section(how_fast)
    if of.thanked:
        yield section(words.thanked(of.thanked))
    if of.waiting_count:
        yield section(f"{words.WAITING()}\n{waiting_lines(of.waiting, of.waiting_count)}")
    if of.figures.after_hours:
        yield context(words.after_hours_of_yours(of.figures.after_hours))


def _load(team: TeamLoad) -> Iterator[Block]:
    yield section(f"{common.bold(common.shortened(team.name))}\n{_came_in(team)}")
    if team.waiting_count:
        lines = waiting_lines(team.waiting, team.waiting_count, MOST_WAITING)
        yield section(f"{digest_words.WAITING()}\n{lines}")
    if team.load.after_hours:
        before = [None if load.after_hours is None else float(load.after_hours) for load in team.before]
        yield section(words.after_hours(team.load.after_hours, compared(team.load.after_hours, before, 1)))
    yield context(" ".join(_ahead(team)))
    if team.expected:
        yield from expectations.blocks(team.expected)


def _came_in(team: TeamLoad) -> str:
    before = [float(load.arrivals) for load in team.before]
    sentences = [words.load(team.load.arrivals, compared(team.load.arrivals, before, TWO_CONVERSATIONS))]
    sentences.append(words.answers(team.load.conversations, team.load.answers - team.load.conversations))
    by_weekday = team.load.by_weekday
    if team.load.arrivals >= MANY and max(by_weekday) > team.load.arrivals / 4:
        sentences.append(words.busiest(by_weekday.index(max(by_weekday))))
    return " ".join(sentences)


def _ahead(team: TeamLoad) -> Iterator[str]:
    """The days off of the coming week, against what such days usually bring."""
    by_weekday = usual(team.before)
    for day in team.days_off:
        yield words.day_off(days.named(day))
        if count := digest_words.around(by_weekday[day.weekday()]):
            yield words.usually(day.weekday(), count)
    if not team.days_off:
        yield words.AHEAD_QUIET()
        # The median, as the usual is wherever a week is compared with it.
        if count := digest_words.around(median(load.arrivals for load in team.before) if team.before else 0):
            yield words.usual_week(count)
