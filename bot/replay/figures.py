"""What a replay comes to, counted as its conversations pass by."""

from array import array
from collections.abc import Sequence
from dataclasses import dataclass, field
from math import ceil

from bot.domain.conversations import EndedBy, Turn
from bot.replay.stories import Story


@dataclass(frozen=True, slots=True)
class Times:
    """Reply times in working seconds; None where nobody was answered."""

    p50: float | None
    p90: float | None


@dataclass(frozen=True, slots=True)
class Result:
    """Conversations are answered, waiting or closed by whose turn it is in the end.

    `messages` are people's and apps'. `within_target` is a share, 0 to 1, of the waits that an answer ended; None
    where none was. `since` and `until` are the first and last `ts`.
    """

    agents_team: str
    channels: int
    since: str | None
    until: str | None
    messages: int
    conversations: int
    answered: int
    waiting: int
    closed: int
    waits: int
    nudges: int
    nudges_by_step: tuple[int, ...]
    within_target: float | None
    first_reply_s: Times
    next_reply_s: Times


@dataclass(slots=True)
class Tally:
    """The counting. It keeps a number for each wait, and of conversations nothing."""

    steps: list[int]
    turns: dict[Turn, int] = field(default_factory=lambda: dict.fromkeys(Turn, 0))
    waits: int = 0
    within: int = 0
    first: "array[float]" = field(default_factory=lambda: array("d"))
    next: "array[float]" = field(default_factory=lambda: array("d"))

    def add(self, story: Story) -> None:
        """Count one conversation."""
        self.turns[story.conversation.turn] += 1
        for told in story.waits:
            self.waits += 1
            for nudge in told.nudges:
                self.steps[nudge.step] += 1
            if told.wait.ended_by is EndedBy.ANSWER and told.working is not None:
                (self.first if told.wait.first else self.next).append(told.working.total_seconds())
                self.within += told.working <= told.wait.target

    def result(self, team_id: str, channels: int, messages: int, since: str | None, until: str | None) -> Result:
        """All of it."""
        answers = len(self.first) + len(self.next)
        return Result(
            agents_team=team_id,
            channels=channels,
            since=since,
            until=until,
            messages=messages,
            conversations=sum(self.turns.values()),
            answered=self.turns[Turn.THEIRS],
            waiting=self.turns[Turn.OURS],
            closed=self.turns[Turn.CLOSED],
            waits=self.waits,
            nudges=sum(self.steps),
            nudges_by_step=tuple(self.steps),
            within_target=self.within / answers if answers else None,
            first_reply_s=times(self.first),
            next_reply_s=times(self.next),
        )


def times(seconds: Sequence[float]) -> Times:
    """The percentiles that a replay tells."""
    ordered = sorted(seconds)
    return Times(nearest_rank(ordered, 50), nearest_rank(ordered, 90))


def nearest_rank(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least so many percent of all are not above; None of nothing."""
    return ordered[ceil(percent * len(ordered) / 100) - 1] if ordered else None
