"""Promises of a conversation: made by one of us, kept by an answer in substance, and when to remind who made them.

Read from the moves like everything else, so that it does not matter in which order they were heard of.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.moments import moment
from bot.domain.moves import Kind, Move
from bot.domain.policy import Policy
from bot.domain.promises import SOMETIME

COURTESIES = {"thanks", "goodbye"}  # reasons: what says no more than that is no answer in substance
SOONEST = timedelta(hours=1)  # working time before a promise is due, at most, in which its maker is reminded
SHARE = 4  # of a shorter one, the last quarter
ENOUGH = timedelta(minutes=30)  # working time that there has to be before what falls due outside the hours


class Became(StrEnum):
    """How a promise ended."""

    KEPT = "kept"
    RENEWED = "renewed"  # its maker promised anew
    CLOSED = "closed"
    BOUNDARY = "boundary"
    NEVER = "never"  # the message was taken back, or read otherwise since


class Promised(NamedTuple):
    """Made at `ts`; `named` tells whether `due` was said, or follows from the target."""

    ts: str
    by: str
    due: datetime
    named: bool
    to_ts: str | None = None
    became: Became | None = None

    @property
    def open(self) -> bool:
        """Whether it is still to be kept."""
        return self.to_ts is None


def promised(moves: Sequence[Move], policy: Policy) -> tuple[Promised, ...]:
    """The promises that these moves, in order, hold: most conversations have none."""
    if not any(move.promise for move in moves):
        return ()
    told = _Told(policy, {move.about for move in moves if move.kind is Kind.DELETE})
    for move in moves:
        told.tell(move)
    return tuple(told.made)


def remind_at(made: Promised, schedule: Schedule) -> datetime | None:
    """When to remind who promised: before it is due, with time left to keep it, and while the team works.

    What falls due outside the hours is brought up before they end or, where it was made just before that, when they
    begin again. None where the team never works.
    """
    said = moment(made.ts)
    try:
        worked = schedule.elapsed(said, made.due)
        if worked < ENOUGH and not schedule.is_open(made.due):
            return schedule.next_open(made.due)
        return schedule.due(said, worked - min(SOONEST, worked / SHARE))
    except NoWorkingTime:
        return None


@dataclass(slots=True)
class _Told:
    """The moves read so far, and the promises in them."""

    policy: Policy
    taken_back: set[str]
    made: list[Promised] = field(default_factory=list)
    has_customer: bool = False
    has_boundary: bool = False
    closed: dict[tuple[str, str], str] = field(default_factory=dict)

    def tell(self, move: Move) -> None:
        match move.kind:
            case Kind.THEIRS:
                self.has_customer = True
            case Kind.OURS if move.ts not in self.taken_back:
                self._ours(move)
            case Kind.CLOSE:
                self.closed[move.user, move.about] = move.ts
                self._end(move, Became.CLOSED)
            case Kind.UNCLOSE:
                self._reopen(Became.CLOSED, self.closed.pop((move.user, move.about), ""))
            case Kind.KEPT:
                self._end(move, Became.KEPT, one=move.about)
            case Kind.BOUNDARY:
                self.has_boundary = True
                self._end(move, Became.BOUNDARY)
            case Kind.UNBOUNDARY:
                self.has_boundary = False
                self._reopen(Became.BOUNDARY)

    def _ours(self, move: Move) -> None:
        if move.promise:
            self._promise(move)
        elif move.reason not in COURTESIES:
            self._end(move, Became.KEPT)

    def _promise(self, move: Move) -> None:
        """Whoever promises anew has till then; without a time, at least as long as they had."""
        if not self.has_customer or self.has_boundary:
            return
        due, named = self._due(move)
        before = [one for one in self.made if one.open and one.by == move.user]
        if before and not named and before[-1].due > due:
            due, named = before[-1].due, before[-1].named
        self._end(move, Became.RENEWED, by=move.user)
        self.made.append(Promised(move.ts, move.user, due, named))

    def _due(self, move: Move) -> tuple[datetime, bool]:
        if move.promise != SOMETIME:
            return moment(move.promise), True
        said, target = moment(move.ts), self.policy.target(first=False)
        try:
            return self.policy.schedule.due(said, target), False
        except NoWorkingTime:
            return said + target, False

    def _end(self, move: Move, became: Became, by: str | None = None, one: str | None = None) -> None:
        """All that are open, or those `by` somebody, or the `one` of this message."""
        self.made = [
            made._replace(to_ts=move.ts, became=became)
            if made.open and by in (None, made.by) and one in (None, made.ts)
            else made
            for made in self.made
        ]

    def _reopen(self, became: Became, ts: str | None = None) -> None:
        """A ✅ or a call taken back was a slip: what it ended is still to be kept."""
        self.made = [
            one._replace(to_ts=None, became=None) if one.became is became and ts in (None, one.to_ts) else one
            for one in self.made
        ]
