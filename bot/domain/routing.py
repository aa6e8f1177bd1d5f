"""Which conversation does a message belong to? A thread's, the burst that it continues, or the one that it answers."""

from collections.abc import Iterable, Sequence

from bot.domain.arrivals import Posted
from bot.domain.conversations import Conversation, Kind, Side
from bot.domain.moments import moment
from bot.domain.policy import AFTERTHOUGHT, BURST


def route(arrival: Posted, side: Side, nearby: Sequence[Conversation]) -> str:
    """The `root_ts` of the conversation that a message belongs to, its own where it begins one.

    `nearby` are the conversations of the channel that may matter: the thread's, and those of late.
    """
    if arrival.threaded:
        holder = next((c for c in nearby if c.holds(arrival.root_ts)), None)
        return holder.root_ts if holder else arrival.root_ts
    found = _joined_by_customer(arrival, nearby) if side is Side.THEIRS else _answered_by_us(arrival, nearby)
    return found.root_ts if found else arrival.ts


def _joined_by_customer(arrival: Posted, nearby: Sequence[Conversation]) -> Conversation | None:
    own = [c for c in nearby if c.customer == arrival.user and not c.in_thread]
    if not arrival.needs_reply:
        return _latest(c for c in own if moment(arrival.ts) - moment(c.last_ts) <= AFTERTHOUGHT)
    return _latest(c for c in own if _continues(c, arrival))


def _continues(conversation: Conversation, arrival: Posted) -> bool:
    """A burst: the customer's last words are at most five minutes off, and none of ours came between."""
    spoken = [m for m in conversation.moves if m.kind in (Kind.THEIRS, Kind.OURS)]
    before = [m for m in spoken if m.ts <= arrival.ts]
    neighbour = before[-1] if before else spoken[0]
    return (
        neighbour.kind is Kind.THEIRS
        and neighbour.user == arrival.user
        and abs(moment(arrival.ts) - moment(neighbour.ts)) <= BURST
    )


def _answered_by_us(arrival: Posted, nearby: Sequence[Conversation]) -> Conversation | None:
    """Top-level words of ours answer whom they mention, else the customer who wrote last and waits."""
    mentioned = _latest(c for c in nearby if c.customer in arrival.mentions and c.root_ts <= arrival.ts)
    if mentioned:
        return mentioned
    outside = [c for c in nearby if not c.in_thread]
    waiting = _latest(c for c in outside if _waits_at(c, arrival.ts))
    if waiting:
        return waiting
    own = [c for c in outside if c.answered_by == arrival.user and c.last_ts <= arrival.ts]
    return _latest(c for c in own if moment(arrival.ts) - moment(c.last_ts) <= BURST)


def _waits_at(conversation: Conversation, ts: str) -> bool:
    """Whether the customer waited when this was written, as far as we know by now."""
    return any(w.from_ts < ts and (w.to_ts is None or ts < w.to_ts) for w in conversation.waits[-1:])


def _latest(conversations: Iterable[Conversation]) -> Conversation | None:
    return max(conversations, key=lambda c: c.last_ts, default=None)
