"""Conversations in and out of the tables, many at a time."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Row, func, or_, select, tuple_

from bot.domain.conversations import Conversation, Kind, Move, Turn
from bot.store.tables import conversations, moves
from bot.store.upserts import upsert

Place = tuple[str, str]  # a channel and the `root_ts` of a conversation in it, or the `ts` of a message

NEARBY = 30  # how many of a channel's latest conversations a top-level message may belong to


def rooted(tx: Connection, team_id: str, messages: Iterable[Place]) -> dict[Place, Place]:
    """The conversation that holds each of these messages, for those that one does."""
    places = sorted(set(messages))
    if not places:
        return {}
    spoken = moves.c.kind.in_([Kind.THEIRS, Kind.OURS])
    here = tuple_(moves.c.channel, moves.c.ts).in_(places)
    rows = tx.execute(
        select(moves.c.channel, moves.c.ts, moves.c.root_ts).where(moves.c.team_id == team_id, here, spoken)
    )
    return {(row.channel, row.ts): (row.channel, row.root_ts) for row in rows}


def nearby(
    tx: Connection, team_id: str, channels: Iterable[str], since_ts: str, customers: Iterable[str]
) -> set[Place]:
    """The conversations that top-level messages in these channels may belong to: of late, waiting, or theirs."""
    latest = func.row_number().over(partition_by=conversations.c.channel, order_by=conversations.c.last_ts.desc())
    candidates = (
        select(conversations.c.channel, conversations.c.root_ts, latest.label("place"))
        .where(
            conversations.c.team_id == team_id,
            conversations.c.channel.in_(sorted(set(channels))),
            or_(
                conversations.c.last_ts >= since_ts,
                conversations.c.turn == Turn.OURS,
                conversations.c.customer.in_(sorted(set(customers))),
            ),
        )
        .subquery()
    )
    found = tx.execute(select(candidates.c.channel, candidates.c.root_ts).where(candidates.c.place <= NEARBY))
    return {(row.channel, row.root_ts) for row in found}


def load(tx: Connection, team_id: str, places: Iterable[Place]) -> dict[Place, Conversation]:
    """These conversations with their moves, for those that exist. Their waits follow from the moves."""
    wanted = sorted(set(places))
    if not wanted:
        return {}
    told: dict[Place, list[Move]] = defaultdict(list)
    here = tuple_(moves.c.channel, moves.c.root_ts).in_(wanted)
    for row in tx.execute(select(moves).where(moves.c.team_id == team_id, here)):
        told[row.channel, row.root_ts].append(_move(row))
    return {(channel, root): Conversation(channel, root, tuple(sorted(told[channel, root]))) for channel, root in told}


def save(
    tx: Connection, team_id: str, changed: Mapping[Place, Conversation], added: Sequence[tuple[Place, Move]]
) -> None:
    """Write conversations as they are now, and the moves that made them so."""
    new = new_customers(tx, team_id, changed.values())
    rows = [_row(team_id, c) | {"new_here": c.root_ts == new.get(c.customer or "")} for c in changed.values()]
    upsert(tx, conversations, rows, keep=("new_here",))
    upsert(tx, moves, [_move_row(team_id, place, move) for place, move in added], keep=None)


def new_customers(tx: Connection, team_id: str, changed: Iterable[Conversation]) -> dict[str, str]:
    """Customers who have no conversation yet, with the `root_ts` of their first."""
    first: dict[str, str] = {}
    for c in changed:
        if c.customer:
            first[c.customer] = min(c.root_ts, first.get(c.customer, c.root_ts))
    if not first:
        return {}
    here = (conversations.c.team_id == team_id) & conversations.c.customer.in_(sorted(first))
    known = set(tx.execute(select(conversations.c.customer).where(here).distinct()).scalars())
    return {customer: root for customer, root in first.items() if customer not in known}


def _row(team_id: str, c: Conversation) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "channel": c.channel,
        "root_ts": c.root_ts,
        "customer": c.customer,
        "turn": c.turn,
        "claimed_by": c.claimed_by,
        "answered_by": c.answered_by,
        "last_ts": c.last_ts,
    }


def _move_row(team_id: str, place: Place, move: Move) -> dict[str, Any]:
    channel, root_ts = place
    return {
        "team_id": team_id,
        "channel": channel,
        "root_ts": root_ts,
        "ts": move.ts,
        "kind": move.kind,
        "user_id": move.user,
        "about": move.about,
        "needs_reply": move.needs_reply,
        "reason": move.reason,
        "threaded": move.threaded,
    }


def _move(row: Row[Any]) -> Move:
    return Move(
        ts=row.ts,
        kind=Kind(row.kind),
        user=row.user_id,
        about=row.about,
        needs_reply=row.needs_reply,
        reason=row.reason,
        threaded=row.threaded,
    )
