"""Conversations in and out of the tables, many at a time."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    CursorResult,
    Executable,
    Row,
    Select,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from bot.domain.conversations import Conversation, Kind, Move
from bot.domain.moments import moment, ts_of
from bot.store.tables import conversations, moves
from bot.store.upserts import upsert

Place = tuple[str, str]  # a channel and the `root_ts` of a conversation in it, or the `ts` of a message

NEARBY = 30  # how many of a channel's waiting conversations a top-level message may belong to
NEARBY_OF_ONE = 3  # the same for a customer who writes or is mentioned
REMEMBERED = timedelta(days=30)  # a mention of someone who was silent for longer begins something new


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


def of_customers(
    tx: Connection, team_id: str, channels: Collection[str], customers: Collection[str], since_ts: str
) -> set[Place]:
    """The last conversations of these customers in these channels."""
    if not customers:
        return set()
    theirs = _in(team_id, channels) & conversations.c.customer.in_(sorted(customers))
    lately = conversations.c.last_ts >= ts_of(moment(since_ts) - REMEMBERED)
    return _places(tx, _latest(theirs & lately, NEARBY_OF_ONE, conversations.c.customer))


def answerable(tx: Connection, team_id: str, channels: Collection[str], since_ts: str) -> set[Place]:
    """The conversations in these channels in which the customer waits, and those of late."""
    if not channels:
        return set()
    here = _in(team_id, channels)
    of_late = select(conversations.c.channel, conversations.c.root_ts).where(here, conversations.c.last_ts >= since_ts)
    waiting = _latest(here & (conversations.c.turn == literal_column("'ours'")), NEARBY)
    return _places(tx, union_all(of_late, waiting))


def _in(team_id: str, channels: Collection[str]) -> ColumnElement[bool]:
    return (conversations.c.team_id == team_id) & conversations.c.channel.in_(sorted(channels))


def _places(tx: Connection, which: Executable) -> set[Place]:
    found: CursorResult[Any] = tx.execute(which)
    return {(row.channel, row.root_ts) for row in found}


def _latest(which: ColumnElement[bool], count: int, *of_each: ColumnElement[Any]) -> Select[Any]:
    """The last so many in each channel, or of each customer in it."""
    order = conversations.c.last_ts.desc()
    rank = func.row_number().over(partition_by=[conversations.c.channel, *of_each], order_by=order)
    found = select(conversations.c.channel, conversations.c.root_ts, rank.label("rank")).where(which).subquery()
    return select(found.c.channel, found.c.root_ts).where(found.c.rank <= count)


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
