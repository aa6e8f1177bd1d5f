"""Where a message belongs after people have said otherwise: "these are one conversation", "split here".

Each such word is a move of the conversation that it was said of. A message that comes later goes the way that it would
have gone had it been there: from where it came to, along all that was said of the places that it was in, in order.
"""

from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from bot.domain.conversations import SPOKEN, Conversation, Kind, Move

SAID = (Kind.SPLIT, Kind.JOINED)


Said = Callable[[str], Sequence[Move]]  # what people said of the messages of a conversation, by its `root_ts`


def follow(root_ts: str, ts: str, thread_ts: str, said_of: Said) -> str:
    """The conversation in which a message is that had come to `root_ts`, and stands below `thread_ts` or nowhere."""
    last = ""
    while move := _next(said_of(root_ts), ts, thread_ts, last):
        root_ts, last = move.about, move.ts
    return root_ts


def _next(said: Sequence[Move], ts: str, thread_ts: str, last: str) -> Move | None:
    later = (move for move in said if move.ts > last)
    return min((move for move in later if move.kind is Kind.JOINED or _goes(ts, thread_ts, move)), default=None)


def _goes(ts: str, thread_ts: str, split: Move) -> bool:
    """What is said below a message stays with it, unless that is where the cut is."""
    return (ts if split.threaded else thread_ts or ts) >= split.about


def without_said(conversation: Conversation) -> Conversation:
    """What people said of where messages belong is no part of what happened there."""
    return replace(conversation, moves=tuple(move for move in conversation.moves if move.kind not in SAID))


def going(moves: Sequence[Move], split: Move) -> list[Move]:
    """The moves that go along where their conversation is split: messages, and what was done about them."""
    along = {move.ts: _goes(move.ts, move.about, split) for move in moves if move.kind in SPOKEN}
    return [
        move for move in moves if along.get(move.ts if move.kind in SPOKEN else move.about, move.about >= split.about)
    ]


def continuable(nearby: Iterable[Conversation], said_of: Said, ts: str) -> list[Conversation]:
    """Those that a customer's top-level message of then may continue.

    Not what its last words were split from, nor what was split off from later ones.
    """
    known = list(nearby)
    cuts = {c.root_ts: [move.about for move in said_of(c.root_ts) if move.kind is Kind.SPLIT] for c in known}
    later = {cut for found in cuts.values() for cut in found if cut > ts}
    return [c for c in known if c.root_ts not in later and not _is_cut_off(c, cuts[c.root_ts], ts)]


def _is_cut_off(conversation: Conversation, cuts: Sequence[str], ts: str) -> bool:
    last = max((cut for cut in cuts if cut <= ts), default="")
    return bool(last) and not any(last <= move.ts for move in conversation.moves if move.kind in SPOKEN)
