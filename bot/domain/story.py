"""The moves of a conversation read in order: whose turn it is after them, who waited, and who took it on."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.domain.closings import Before
from bot.domain.moments import moment
from bot.domain.moves import TO_CUSTOMER, Kind, Move
from bot.domain.pauses import Pause, Pauses, within
from bot.domain.policy import Policy

SOLVED = {"works", "declined"}  # the rules of closings by which a question is taken back


class Turn(StrEnum):
    """Who has the next word."""

    OURS = "ours"
    THEIRS = "theirs"
    CLOSED = "closed"


class EndedBy(StrEnum):
    """How a wait ended."""

    ANSWER = "answer"
    CLOSED = "closed"
    DELETED = "deleted"
    BOUNDARY = "boundary"  # so it was called, whatever had ended it before: such a conversation is in no figure
    NEVER = "never"  # told otherwise since, nobody waited here: an answer came late, or how it was read was corrected


class Wait(NamedTuple):
    """From the oldest unanswered customer message to the answer. `target` is working time."""

    from_ts: str
    first: bool
    target: timedelta
    to_ts: str | None = None
    ended_by: EndedBy | None = None
    by: str | None = None
    pauses: Pauses = ()

    @property
    def open(self) -> bool:
        """Whether the customer still waits."""
        return self.to_ts is None


class Heard(NamedTuple):
    """How a customer's message counts, after what we last said (`after`, a Before)."""

    needs_reply: bool
    after: str


_PAUSING = (Kind.PAUSE, Kind.RESUME)
# What tells how others are to be read, also those before it.
_TELLING = (Kind.DELETE, Kind.NEEDED, Kind.NOT_NEEDED, Kind.BOUNDARY, Kind.UNBOUNDARY)


def told(moves: Sequence[Move], policy: Policy) -> "Story":
    """What these moves, read in order, come to."""
    telling = [move for move in moves if move.kind in _TELLING]
    call = boundary(telling)
    story = Story(policy, moves, _taken_back(telling), corrections(telling), call)
    for move in moves:
        if not telling or _counts(move, call):
            story.tell(move)
    if story.pauses:
        paused = story.pauses
        story.waits = [wait._replace(pauses=within(paused, wait.from_ts, wait.to_ts)) for wait in story.waits]
    if call:
        story.waits = [wait._replace(ended_by=EndedBy.BOUNDARY) for wait in story.waits]
    return story


def corrections(moves: Sequence[Move]) -> dict[str, Move]:
    """By the message, what one of us last said of how it is to be read."""
    return {move.about: move for move in moves if move.kind in (Kind.NEEDED, Kind.NOT_NEEDED)}


def _taken_back(moves: Sequence[Move]) -> dict[str, str]:
    """When which message was deleted."""
    return {move.about: move.ts for move in moves if move.kind is Kind.DELETE}


def boundary(moves: Sequence[Move]) -> Move | None:
    """The call that holds: the last one, unless it was withdrawn."""
    calls = [move for move in moves if move.kind in (Kind.BOUNDARY, Kind.UNBOUNDARY)]
    return calls[-1] if calls and calls[-1].kind is Kind.BOUNDARY else None


def _counts(move: Move, call: Move | None) -> bool:
    """Of the calls only the one that holds; after it, nothing that would have the customer wait again."""
    if move.kind in (Kind.BOUNDARY, Kind.UNBOUNDARY):
        return move is call
    return call is None or move.ts < call.ts or move.kind not in (Kind.THEIRS, Kind.UNCLOSE)


def _is_solved(move: Move) -> bool:
    """ "Works now", "never mind": said of one's own question. On its own it would be said of something unknown."""
    return Before.RESULT in move.closes_after and move.reason.removeprefix("only_") in SOLVED


@dataclass(slots=True)
class Story:
    """The moves read so far, and what they come to."""

    policy: Policy
    moves: Sequence[Move]
    taken_back: dict[str, str]
    corrected: dict[str, Move]
    call: Move | None  # the boundary that holds
    customer: str | None = None
    turn: Turn = Turn.THEIRS
    waits: list[Wait] = field(default_factory=list)
    unanswered: list[Move] = field(default_factory=list)
    claims: list[Move] = field(default_factory=list)
    closed: dict[tuple[str, str], Wait | None] = field(default_factory=dict)
    answered_by: str | None = None
    answered: bool = False
    left: str = Before.ALONE  # what we last said leaves a weak closing to be
    helped_by: str | None = None
    helper: str | None = None  # the customer who spoke to another since our last word
    heard: dict[str, Heard] = field(default_factory=dict)  # how each of the customer's messages counts
    pauses: list[Pause] = field(default_factory=list)

    def then(self, move: Move) -> "Story | None":
        """What comes of it with one more move, that is later than these; None where all are to be read anew."""
        if move.kind in _TELLING + _PAUSING or self.call or self.pauses:
            return None
        further = Story(
            self.policy,
            (*self.moves, move),
            self.taken_back,
            self.corrected,
            self.call,
            self.customer,
            self.turn,
            [*self.waits],
            [*self.unanswered],
            [*self.claims],
            {**self.closed},
            self.answered_by,
            self.answered,
            self.left,
            self.helped_by,
            self.helper,
            {**self.heard},
        )
        further.tell(move)
        return further

    def tell(self, move: Move) -> None:
        """Read the next move."""
        match move.kind:
            case Kind.THEIRS:
                self._theirs(move)
            case Kind.OURS:
                self._ours(move)
            case Kind.CLAIM | Kind.UNCLAIM:
                self._claim(move)
            case Kind.CLOSE | Kind.BOUNDARY:
                self._close(move)
            case Kind.UNCLOSE:
                self._unclose(move)
            case Kind.DELETE:
                self._delete(move)
            case Kind.PAUSE | Kind.RESUME:
                self._pause(move)

    def _theirs(self, move: Move) -> None:
        self.customer = self.customer or move.user
        if self.pauses:
            self._go_on(move)
        self.helped_by = move.user if move.user != self.customer else self.helped_by
        asks = self._asks(move)
        if asks and self.unanswered:
            self.unanswered.append(move)
        elif asks:
            self.unanswered = [move]
            first = not self.answered
            self.waits.append(Wait(move.ts, first, self.policy.target(first, self.customer)))
        elif self._needs_no_more(move):
            self._end(move._replace(user=""), EndedBy.CLOSED)
        # While one question is open, "thanks!" neither answers it nor asks another.
        self.turn = Turn.OURS if self.unanswered else Turn.CLOSED
        if move.reason == TO_CUSTOMER:
            self.helper = move.user

    def _needs_no_more(self, move: Move) -> bool:
        """Whether who waits takes leave of us: another customer has helped, or they have helped themselves."""
        waiting = {asked.user for asked in self.unanswered} == {move.user}
        return waiting and (self._thanks_helper(move) or _is_solved(move))

    def _thanks_helper(self, move: Move) -> bool:
        """Another customer has helped, and whoever asked takes leave: nobody waits for us any more."""
        closes = Before.ALONE in move.closes_after or not (move.needs_reply or move.reason == TO_CUSTOMER)
        return closes and self.helper not in (None, move.user)

    def _asks(self, move: Move) -> bool:
        """Whether a reply is needed, after what we last said; what one of us says of it wins."""
        depends = move.closes_after and move.reason != TO_CUSTOMER
        asks = self.left not in move.closes_after if depends else move.needs_reply
        if said := self.corrected.get(move.ts):
            asks = said.kind is Kind.NEEDED
        elif self._helps_on(move) or (self.unanswered and _is_solved(move)):
            asks = False
        self.heard[move.ts] = Heard(asks, self.left)
        return asks

    def _helps_on(self, move: Move) -> bool:
        """What one customer goes on to tell another is nothing for us, unless it asks."""
        return self.helper == move.user != self.customer and move.reason == "unsure"

    def _claim(self, move: Move) -> None:
        if move.kind is Kind.CLAIM:
            self.claims.append(move)
            return
        self.claims = [c for c in self.claims if (c.user, c.about) != (move.user, move.about)]

    def _pause(self, move: Move) -> None:
        """Whoever pauses anew waits from now on."""
        self._go_on(move)
        if move.kind is Kind.PAUSE:
            self.pauses.append(Pause(moment(move.ts), moment(move.promise)))

    def _go_on(self, move: Move) -> None:
        """A pause that runs is over."""
        at = moment(move.ts)
        if self.pauses and self.pauses[-1].until > at:
            self.pauses[-1] = self.pauses[-1]._replace(until=at, cut=True)

    def _ours(self, move: Move) -> None:
        if move.ts in self.taken_back:
            return  # whoever takes an answer back has not answered
        self.answered, self.answered_by = True, move.user
        self.left, self.helper = move.leaves or Before.ALONE, None
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
