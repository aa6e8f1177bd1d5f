"""The counting of a replay, as its conversations pass by. Of these it keeps numbers and times, and nobody's words."""

from array import array
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from heapq import nlargest
from itertools import zip_longest
from typing import Any, NamedTuple, TypeVar

from bot.domain.conversations import EndedBy, Kind, Turn
from bot.domain.moments import moment
from bot.domain.setup import Targets
from bot.domain.someone import in_figures
from bot.replay.stories import AS_AGREED, Nudge, Story, WaitTold

SOON = timedelta(minutes=2)  # a nudge this close before the answer would have reminded of what was under way
LISTED = 30  # of the waits that nobody ever answered, the latest so many are listed

Name = TypeVar("Name")


class Unanswered(NamedTuple):
    """A wait that nobody ended, from when, below which message, and for how much working time so far."""

    from_ts: str
    channel: str
    thread_ts: str
    customer: str
    took: timedelta


def _seconds() -> "array[float]":
    return array("d")


@dataclass(slots=True)
class Bucket:
    """What customers asked in one week, or in one hour of the day. `times` are of first replies, by `people`."""

    asked: int = 0
    kept: int = 0
    missed: int = 0
    times: "array[float]" = field(default_factory=_seconds)
    people: set[str] = field(default_factory=set)

    def add(self, other: "Bucket") -> None:
        self.asked += other.asked
        self.kept += other.kept
        self.missed += other.missed
        self.times += other.times
        self.people |= other.people


def _buckets() -> "defaultdict[Any, Bucket]":
    return defaultdict(Bucket)


def _counters() -> "defaultdict[Any, Counter[str]]":
    return defaultdict(Counter)


@dataclass(slots=True)
class Waited:
    """What first or later waits took in working seconds: `answered` in the end, or `never`, so far."""

    answered: "array[float]" = field(default_factory=_seconds)
    never: "array[float]" = field(default_factory=_seconds)

    def add(self, other: "Waited") -> None:
        self.answered += other.answered
        self.never += other.never


@dataclass(slots=True)
class Cued:
    """The nudges that would have gone out under one target. `private` are those to whoever should answer, by day."""

    steps: list[int] = field(default_factory=list)
    days: Counter[date] = field(default_factory=Counter)
    private: Counter[date] = field(default_factory=Counter)
    soon_answered: int = 0

    def count(self, nudges: Sequence[Nudge], story: Story, told: WaitTold) -> None:
        """Those of one wait."""
        answered = moment(told.wait.to_ts) if told.wait.to_ts and told.wait.ended_by is EndedBy.ANSWER else None
        for nudge in nudges:
            day = nudge.at.astimezone(story.zone).date()
            self.steps += [0] * (nudge.step + 1 - len(self.steps))
            self.steps[nudge.step] += 1
            self.days[day] += 1
            self.private[day] += nudge.audience == "owner"
            self.soon_answered += answered is not None and answered - nudge.at <= SOON

    def add(self, other: "Cued") -> None:
        self.steps = [sum(pair) for pair in zip_longest(self.steps, other.steps, fillvalue=0)]
        self.days += other.days
        self.private += other.private
        self.soon_answered += other.soon_answered


@dataclass(slots=True)
class Tally:
    """Counts under each of the targets in `tries`; None is the target that each wait has.

    `days` are those on which one of ours wrote to customers: in how many conversations each of them did.
    """

    tries: tuple[Targets | None, ...] = AS_AGREED
    turns: Counter[Turn] = field(default_factory=Counter)
    waits: int = 0
    within: int = 0
    first: Waited = field(default_factory=Waited)
    next: Waited = field(default_factory=Waited)
    cued: list[Cued] = field(default_factory=list)
    weeks: dict[date, Bucket] = field(default_factory=_buckets)
    hours: dict[int, Bucket] = field(default_factory=_buckets)
    busy: Counter[tuple[int, int]] = field(default_factory=Counter)  # customers' messages by weekday and hour
    days: dict[date, Counter[str]] = field(default_factory=_counters)
    answerers: set[str] = field(default_factory=set)
    unanswered: int = 0
    listed: list[Unanswered] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.cued = self.cued or [Cued() for _ in self.tries]

    def add(self, story: Story) -> None:
        """Count one conversation. One with a boundary call counts in nothing."""
        if any(told.wait.ended_by is EndedBy.BOUNDARY for told in story.waits):
            return
        self.turns[story.conversation.turn] += 1
        self._add_messages(story)
        for told in story.waits:
            self.waits += 1
            self._add_wait(story, told)
            for cued, nudges in zip(self.cued, told.nudges, strict=True):
                cued.count(nudges, story, told)

    def merge(self, other: "Tally") -> None:
        """Add what another has counted, of other conversations under the same targets."""
        self.turns += other.turns
        self.waits, self.within = self.waits + other.waits, self.within + other.within
        self.first.add(other.first)
        self.next.add(other.next)
        for mine, theirs in zip(self.cued, other.cued, strict=True):
            mine.add(theirs)
        _merge(self.weeks, other.weeks)
        _merge(self.hours, other.hours)
        self.busy += other.busy
        for day, agents in other.days.items():
            self.days[day] += agents
        self.answerers |= other.answerers
        self.unanswered += other.unanswered
        self.listed = _latest([*self.listed, *other.listed])

    @property
    def latest(self) -> list[Unanswered]:
        """The latest of the waits that nobody ever answered, the last first."""
        return _latest(self.listed)

    def _add_messages(self, story: Story) -> None:
        met: set[tuple[date, str]] = set()
        for move in story.conversation.moves:
            at = moment(move.ts).astimezone(story.zone)
            if move.kind is Kind.THEIRS:
                self.busy[at.weekday(), at.hour] += 1
            elif move.kind is Kind.OURS:
                met.add((at.date(), in_figures(move.user) or ""))
        for day, agent in met:
            self.days[day][agent] += 1

    def _add_wait(self, story: Story, told: WaitTold) -> None:
        began = moment(told.wait.from_ts).astimezone(story.zone)
        buckets = (self.weeks[_monday(began)], self.hours[began.hour])
        for bucket in buckets:
            bucket.asked += 1
        waited, took = self.first if told.wait.first else self.next, told.took.total_seconds()
        if told.wait.ended_by is EndedBy.ANSWER:
            waited.answered.append(took)
            self._add_answer(told, took, buckets)
        elif told.wait.open:
            waited.never.append(took)
            if told.took > self._target(told):
                self._add_unanswered(story, told)
                for bucket in buckets:
                    bucket.missed += 1

    def _add_answer(self, told: WaitTold, took: float, buckets: Sequence[Bucket]) -> None:
        kept = told.took <= self._target(told)
        self.within += kept
        self.answerers.add(in_figures(told.wait.by) or "")
        for bucket in buckets:
            bucket.kept += kept
            bucket.missed += not kept
            if told.wait.first:
                bucket.times.append(took)
                bucket.people.add(in_figures(told.wait.by) or "")

    def _add_unanswered(self, story: Story, told: WaitTold) -> None:
        here, from_ts = story.conversation, told.wait.from_ts
        thread_ts = next((m.about or here.root_ts for m in here.moves if m.ts == from_ts and m.threaded), from_ts)
        one = Unanswered(from_ts, here.channel, thread_ts, here.customer or "", told.took)
        self.unanswered += 1
        self.listed.append(one)
        if len(self.listed) > 8 * LISTED:
            self.listed = _latest(self.listed)

    def _target(self, told: WaitTold) -> timedelta:
        """What is looked at in all but the comparison of targets: the first of those tried."""
        first = self.tries[0]
        if first is None:
            return told.wait.target
        return first.first if told.wait.first else first.next


def _merge(buckets: dict[Name, Bucket], more: dict[Name, Bucket]) -> None:
    for name, bucket in more.items():
        buckets[name].add(bucket)


def _latest(found: Sequence[Unanswered]) -> list[Unanswered]:
    return nlargest(LISTED, found)


def _monday(local: datetime) -> date:
    return local.date() - timedelta(days=local.weekday())
