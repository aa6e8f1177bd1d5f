"""Whether the nudges about what a rule reads as a question are worth a ping: as those say who got them.

A rule is the `reason` by which the message that began a wait was read (bot.domain.moves.Move).
"""

from collections.abc import Collection, Iterable
from typing import NamedTuple

from bot.domain.moves import Kind, Move
from bot.domain.story import Story

LATELY = 20
"""Waits, the last ones that somebody was nudged about. So few that a rule which annoys is found out within days."""

MOSTLY = 12
"""Of them marked as not needed. A rule that is right three times of four comes to so many once in a thousand."""


class Lately(NamedTuple):
    """Of the last waits by one rule that somebody was nudged about, how many were marked as not needed."""

    nudged: int
    not_needed: int

    @property
    def needed(self) -> int:
        """Of how many nobody said that they were not."""
        return self.nudged - self.not_needed

    @property
    def is_mostly_wrong(self) -> bool:
        """Whether the rule is to fall silent."""
        return self.not_needed >= MOSTLY


def rests_on(story: Story, silent: Collection[str]) -> bool:
    """Whether an open wait rests on rules alone that have fallen silent: nobody said otherwise, no other rule did."""
    return bool(story.unanswered) and all(_by(move, silent, story) for move in story.unanswered)


def _by(move: Move, silent: Collection[str], story: Story) -> bool:
    said = story.corrected.get(move.ts)
    return move.reason in silent and not (said and said.kind is Kind.NEEDED)


def lately(waits: Iterable[bool]) -> Lately:
    """From whether each was marked, the last ones."""
    marked = list(waits)[:LATELY]
    return Lately(len(marked), sum(marked))
