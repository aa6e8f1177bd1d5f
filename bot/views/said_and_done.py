"""You said, we did: the part of a team's page that closes loops in sight of everybody."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from slack_sdk.models.blocks import Block

from bot.domain.asks import Outcome
from bot.views.blocks import MOST_TEXT, context, glimpse, section
from bot.views.words import common
from bot.views.words import said_and_done as words

FAIR = 3  # answers, from which on a leader's time is told
MOST_SNAGS, MOST_OPEN, MOST_COMMITMENTS, MOST_TIMES = 5, 3, 3, 3


class Snag(NamedTuple):
    """A snag for everybody's eyes: nobody is named. `people` is how many have it; `outcome` None: no word yet."""

    id: int
    line: str
    people: int
    opened_at: datetime
    outcome: Outcome | None = None
    answer: str = ""


class LeaderTime(NamedTuple):
    """How soon a leader, by name, usually answered, and how many times: only with their leave."""

    name: str
    usual: timedelta
    answers: int


@dataclass(frozen=True, slots=True)
class Done:
    """What of a team's asks came to an end in a week. `commitments` are lines of what leaders let their team know."""

    snags: tuple[Snag, ...] = ()
    helped: int = 0
    boundaries: int = 0
    times: tuple[LeaderTime, ...] = ()
    open: tuple[Snag, ...] = ()
    commitments: tuple[str, ...] = ()

    @property
    def worth_saying(self) -> bool:
        """Whether anything happened; snags that are merely open are no news."""
        return bool(self.snags or self.helped or self.boundaries or self.commitments)


NOTHING = Done()


def part(of: Done) -> Iterator[Block]:
    """The part, or nothing."""
    lines = [*_snags(of), *_commitments(of), *_counts(of)]
    if lines:
        yield section("\n".join(_fitting([words.TITLE(), *lines])))
    if of.open:
        yield section("\n".join([words.OPEN(), *(f"• {_open(one)}" for one in of.open[:MOST_OPEN])]))
        yield context(words.HOW())


def said(of: Done) -> str:
    """The same in a notification."""
    return words.said(len(of.snags), of.helped) if of.snags or of.helped else ""


def _fitting(lines: Sequence[str]) -> Iterator[str]:
    """Whole lines, as many as a section takes."""
    length = 0
    for line in lines:
        length += len(line) + 1
        if length <= MOST_TEXT:
            yield line


def _snags(of: Done) -> list[str]:
    told = [f"• {words.closed(one.outcome, glimpse(one.line), glimpse(one.answer))}" for one in of.snags if one.outcome]
    left = len(told) - MOST_SNAGS
    return [*told[:MOST_SNAGS], *([words.and_more(left)] if left > 0 else [])]


def _commitments(of: Done) -> list[str]:
    return [f"• {line}" for line in of.commitments[:MOST_COMMITMENTS]]


def _counts(of: Done) -> Iterator[str]:
    if of.helped:
        yield f"• {words.helped(of.helped)}"
    for one in of.times[:MOST_TIMES]:
        yield f"• {words.time(common.bold(common.shortened(one.name)), one.usual)}"
    if of.boundaries:
        yield f"• {words.boundaries(of.boundaries)}"


def _open(one: Snag) -> str:
    return words.still_open(glimpse(one.line), one.people, glimpse(one.answer) if one.outcome is Outcome.WHEN else "")
