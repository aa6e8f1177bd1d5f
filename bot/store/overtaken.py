"""What overtook the message that it belongs to: kept where that message will be, and brought home when it is there.

Slack promises no order: a ✅, a deletion or an answer may be here before the question, which it repeats for minutes.
"""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, select, update

from bot.domain.arrivals import Spoken
from bot.domain.conversations import Conversation, Kind
from bot.domain.moments import moment
from bot.store.conversations import Place
from bot.store.tables import conversations, moves

LATE = timedelta(seconds=2)  # within it no person answers what they have just read
HORIZON = timedelta(minutes=10)  # Slack gives a delivery up after six


def is_late(arrival: Spoken, now: datetime) -> bool:
    """Whether something may have overtaken it."""
    return now - moment(arrival.at_ts) > LATE


def may_come(ts: str, now: datetime) -> bool:
    """Whether a message that is not here yet may still come."""
    return now - moment(ts) < HORIZON


def ours_since(tx: Connection, team_id: str, channels: Collection[str], since_ts: str) -> set[Place]:
    """Conversations of these channels in which only we have spoken, and not before then."""
    here = (conversations.c.team_id == team_id) & conversations.c.channel.in_(sorted(channels))
    alone = conversations.c.customer.is_(None) & (conversations.c.last_ts > since_ts)
    found = tx.execute(select(conversations.c.channel, conversations.c.root_ts).where(here, alone))
    return {(row.channel, row.root_ts) for row in found}


def answer_to(ts: str, nearby: Collection[Conversation]) -> Conversation | None:
    """The first top-level word of ours after a late question: it answered what we could not see yet."""
    ours = [c for c in nearby if c.customer is None and c.root_ts > ts and _is_said_at_top(c)]
    return min(ours, key=lambda conversation: conversation.root_ts, default=None)


def bring_home(tx: Connection, team_id: str, strays: Mapping[Place, Place]) -> None:
    """From now on the moves of a stray are those of the conversation that it belongs to."""
    for (channel, stray_ts), (_, root_ts) in strays.items():
        told = (moves.c.team_id == team_id) & (moves.c.channel == channel) & (moves.c.root_ts == stray_ts)
        tx.execute(update(moves).where(told).values(root_ts=root_ts))
        here = (conversations.c.team_id == team_id) & (conversations.c.channel == channel)
        tx.execute(delete(conversations).where(here, conversations.c.root_ts == stray_ts))


def _is_said_at_top(conversation: Conversation) -> bool:
    first = conversation.moves[0] if conversation.moves else None
    return first is not None and first.kind is Kind.OURS and first.ts == conversation.root_ts
