"""Whose turn is it? A conversation is the list of its moves in time; all else follows from reading them in order.

Slack promises no order and may repeat itself, so nothing here depends on when a move was heard of: the same moves
give the same conversation, however they arrived.
"""

from bisect import bisect_left
from dataclasses import dataclass, field

from bot.domain.keeping import Promised, promised
from bot.domain.moves import CLOSING_EMOJI as CLOSING_EMOJI
from bot.domain.moves import OWNING_EMOJI as OWNING_EMOJI
from bot.domain.moves import SPOKEN as SPOKEN
from bot.domain.moves import Kind as Kind
from bot.domain.moves import Move as Move
from bot.domain.moves import Side as Side
from bot.domain.moves import deleted_move as deleted_move
from bot.domain.moves import posted_move as posted_move
from bot.domain.moves import reacted_move as reacted_move
from bot.domain.policy import Policy
from bot.domain.story import EndedBy as EndedBy
from bot.domain.story import Story, told
from bot.domain.story import Turn as Turn
from bot.domain.story import Wait as Wait


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
    promises: tuple[Promised, ...] = ()
    helped_by: str | None = None  # another customer, who last joined in
    story: Story | None = field(default=None, compare=False, repr=False)  # how far its moves have been read

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
        return ts == self.root_ts or any(m.ts == ts and m.kind in SPOKEN for m in self.moves)


def apply(state: Conversation, arrival: Move, policy: Policy) -> Conversation:
    """The conversation with one more move. A move that it already has changes nothing, however it is read by now."""
    identity = arrival[:3]  # its `ts`, kind and user
    at = bisect_left(state.moves, identity)
    if at < len(state.moves) and state.moves[at][:3] == identity:
        return state
    story = state.story
    if story and at == len(story.moves) and story.moves is state.moves and story.policy is policy:
        further = story.then(arrival)
        if further:
            return _told(state, further)
    return _told(state, told((*state.moves[:at], arrival, *state.moves[at:]), policy))


def read(state: Conversation, policy: Policy) -> Conversation:
    """The conversation as its moves, read in order, make it."""
    return _told(state, told(state.moves, policy))


def _told(state: Conversation, story: Story) -> Conversation:
    """The conversation that this story makes."""
    return Conversation(
        state.channel,
        state.root_ts,
        tuple(story.moves),
        story.customer,
        story.turn,
        tuple(story.waits),
        story.claims[-1].user if story.claims else None,
        story.answered_by,
        promised(story.moves, story.policy),
        story.helped_by,
        story,
    )
