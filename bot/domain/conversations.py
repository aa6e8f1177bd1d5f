"""Whose turn is it? A conversation is the list of its moves in time; all else follows from reading them in order.

Slack promises no order and may repeat itself, so nothing here depends on when a move was heard of: the same moves
give the same conversation, however they arrived.
"""

from bisect import insort
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.arrivals import Deleted, Posted, Reacted
from bot.domain.policy import Policy

OWNING_EMOJI = {"eyes"}
CLOSING_EMOJI = {"white_check_mark", "heavy_check_mark", "ballot_box_with_check"}


class Turn(StrEnum):
    """Who has the next word."""

    OURS = "ours"
    THEIRS = "theirs"
    CLOSED = "closed"


class Side(StrEnum):
    """Whose people an author belongs to; an app belongs to neither unless it relays customers' mail."""

    OURS = "ours"
    THEIRS = "theirs"
    APP = "app"


class Kind(StrEnum):
    """What a move does."""

    THEIRS = "theirs"  # a customer wrote
    OURS = "ours"  # one of us wrote
    CLAIM = "claim"  # one of us took it on
    UNCLAIM = "unclaim"
    CLOSE = "close"  # one of us said that no reply is needed
    UNCLOSE = "unclose"
    DELETE = "delete"  # the message `about` was taken back
    BOUNDARY = "boundary"  # one of us called a boundary: from here on nobody is to be reminded of this customer's words
    UNBOUNDARY = "unboundary"


class EndedBy(StrEnum):
    """How a wait ended."""

    ANSWER = "answer"
    CLOSED = "closed"
    DELETED = "deleted"
    BOUNDARY = "boundary"  # so it was called, whatever had ended it before: such a conversation is in no figure


class Move(NamedTuple):
    """One thing that somebody did, at `ts`. `about` is the message that a claim, close or deletion concerns."""

    ts: str
    kind: Kind
    user: str
    about: str = ""
    needs_reply: bool = True
    reason: str = ""
    threaded: bool = False


class Wait(NamedTuple):
    """From the oldest unanswered customer message to the answer. `target` is working time."""

    from_ts: str
    first: bool
    target: timedelta
    to_ts: str | None = None
    ended_by: EndedBy | None = None
    by: str | None = None

    @property
    def open(self) -> bool:
        """Whether the customer still waits."""
        return self.to_ts is None


@dataclass(frozen=True, slots=True)
class Conversation:
    """One thing a customer asked. `customer` is None while only we have spoken."""

    channel: str
    root_ts: str
    moves: tuple[Move, ...] = ()
    customer: str | None = None
    turn: Turn = Turn.THEIRS
    waits: tuple[Wait, ...] = ()
    claimed_by: str | None = None
    answered_by: str | None = None

    @property
    def wait(self) -> Wait | None:
        """The wait that is open now."""
        return self.waits[-1] if self.waits and self.waits[-1].open else None

    @property
    def last_ts(self) -> str:
        """When something last happened."""
        return self.moves[-1].ts if self.moves else self.root_ts

    @property
    def in_thread(self) -> bool:
        """Whether the customer last wrote in a thread."""
        return next((move.threaded for move in reversed(self.moves) if move.kind is Kind.THEIRS), False)

    def holds(self, ts: str) -> bool:
        """Whether this message is part of the conversation."""
        return ts == self.root_ts or any(m.ts == ts and m.kind in (Kind.THEIRS, Kind.OURS) for m in self.moves)


def apply(state: Conversation, arrival: Move, policy: Policy) -> Conversation:
    """The conversation with one more move. A move that it already has changes nothing."""
    if arrival in state.moves:
        return state
    moves = list(state.moves)
    insort(moves, arrival)
    return _told(state.channel, state.root_ts, moves, policy)


def read(state: Conversation, policy: Policy) -> Conversation:
    """The conversation as its moves, read in order, make it."""
    return _told(state.channel, state.root_ts, state.moves, policy)


def _told(channel: str, root_ts: str, moves: Sequence[Move], policy: Policy) -> Conversation:
    """The conversation that these moves, in order, make."""
    call = _boundary(moves)
    story = _Story(policy, _taken_back(moves))
    for move in moves:
        if _counts(move, call):
            story.tell(move)
    if call:
        story.waits = [wait._replace(ended_by=EndedBy.BOUNDARY) for wait in story.waits]
    return Conversation(
        channel,
        root_ts,
        tuple(moves),
        story.customer,
        story.turn,
        tuple(story.waits),
        story.claims[-1].user if story.claims else None,
        story.answered_by,
    )


def posted_move(arrival: Posted, side: Side) -> Move | None:
    """What a message is worth as a move: nothing when an app wrote it."""
    if side is Side.APP:
        return None
    kind = Kind.THEIRS if side is Side.THEIRS else Kind.OURS
    return Move(
        arrival.ts,
        kind,
        arrival.user,
        needs_reply=arrival.needs_reply,
        reason=arrival.reason,
        threaded=arrival.threaded,
    )


def reacted_move(arrival: Reacted, side: Side) -> Move | None:
    """👀 from one of us owns, ✅ closes; nobody else's emoji counts."""
    if side is not Side.OURS:
        return None
    if arrival.emoji in OWNING_EMOJI:
        kind = Kind.UNCLAIM if arrival.taken_back else Kind.CLAIM
    elif arrival.emoji in CLOSING_EMOJI:
        kind = Kind.UNCLOSE if arrival.taken_back else Kind.CLOSE
    else:
        return None
    return Move(arrival.at_ts, kind, arrival.user, about=arrival.ts)


def deleted_move(arrival: Deleted) -> Move:
    """A message of either side was taken back."""
    return Move(arrival.at_ts, Kind.DELETE, "", about=arrival.ts)


def _taken_back(moves: Sequence[Move]) -> dict[str, str]:
    """When which message was deleted."""
    return {move.about: move.ts for move in moves if move.kind is Kind.DELETE}


def _boundary(moves: Sequence[Move]) -> Move | None:
    """The call that holds: the last one, unless it was withdrawn."""
    calls = [move for move in moves if move.kind in (Kind.BOUNDARY, Kind.UNBOUNDARY)]
    return calls[-1] if calls and calls[-1].kind is Kind.BOUNDARY else None


def _counts(move: Move, call: Move | None) -> bool:
    """Of the calls only the one that holds; after it, nothing that would have the customer wait again."""
    if move.kind in (Kind.BOUNDARY, Kind.UNBOUNDARY):
        return move is call
    return call is None or move.ts < call.ts or move.kind not in (Kind.THEIRS, Kind.UNCLOSE)


@dataclass(slots=True)
class _Story:
    """The moves read so far."""

    policy: Policy
    taken_back: dict[str, str]
    customer: str | None = None
    turn: Turn = Turn.THEIRS
    waits: list[Wait] = field(default_factory=list)
    unanswered: list[Move] = field(default_factory=list)
    claims: list[Move] = field(default_factory=list)
    closed: dict[tuple[str, str], Wait | None] = field(default_factory=dict)
    answered_by: str | None = None
    answered: bool = False

    def tell(self, move: Move) -> None:
        match move.kind:
            case Kind.THEIRS:
                self._theirs(move)
            case Kind.OURS:
                self._ours(move)
            case Kind.CLAIM:
                self.claims.append(move)
            case Kind.UNCLAIM:
                self.claims = [c for c in self.claims if (c.user, c.about) != (move.user, move.about)]
            case Kind.CLOSE | Kind.BOUNDARY:
                self._close(move)
            case Kind.UNCLOSE:
                self._unclose(move)
            case Kind.DELETE:
                self._delete(move)

    def _theirs(self, move: Move) -> None:
        self.customer = self.customer or move.user
        if self.unanswered:
            # While one question is open, "thanks!" neither answers it nor asks another.
            self.unanswered += [move] if move.needs_reply else []
        elif move.needs_reply:
            self.unanswered = [move]
            self.turn = Turn.OURS
            first = not self.answered
            self.waits.append(Wait(move.ts, first, self.policy.target(first)))
        else:
            self.turn = Turn.CLOSED

    def _ours(self, move: Move) -> None:
        if move.ts in self.taken_back:
            return  # whoever takes an answer back has not answered
        self.answered, self.answered_by = True, move.user
        self._end(move, EndedBy.ANSWER)
        self.turn = Turn.THEIRS

    def _close(self, move: Move) -> None:
        self.closed[move.user, move.about] = self.waits[-1] if self.unanswered else None
        self._end(move, EndedBy.CLOSED)
        self.turn = Turn.CLOSED

    def _unclose(self, move: Move) -> None:
        """A ✅ taken back was a slip: if nothing came since, the customer waits again from where they did."""
        wait = self.closed.pop((move.user, move.about), None)
        if wait is None or self.turn is not Turn.CLOSED or self.waits[-1].from_ts != wait.from_ts:
            return
        self.waits[-1] = wait
        self.unanswered = [Move(wait.from_ts, Kind.THEIRS, self.customer or "")]
        self.turn = Turn.OURS

    def _delete(self, move: Move) -> None:
        if not any(m.ts == move.about for m in self.unanswered):
            return
        self.unanswered = [m for m in self.unanswered if m.ts != move.about]
        if self.unanswered:
            self.waits[-1] = self.waits[-1]._replace(from_ts=self.unanswered[0].ts)
            return
        self._close_wait(move, EndedBy.DELETED)
        self.turn = Turn.CLOSED

    def _end(self, move: Move, how: EndedBy) -> None:
        if self.unanswered:
            self._close_wait(move, how)
        self.unanswered = []

    def _close_wait(self, move: Move, how: EndedBy) -> None:
        wait = self.waits[-1]
        self.waits[-1] = Wait(wait.from_ts, wait.first, wait.target, move.ts, how, move.user or None)
