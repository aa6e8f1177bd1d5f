"""Conversations in and out of the tables, many at a time."""

from collections import defaultdict
from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import (
    Connection,
    Insert,
    Select,
    Subquery,
    bindparam,
    case,
    false,
    func,
    literal_column,
    or_,
    select,
    true,
    tuple_,
)

from bot.domain.conversations import SPOKEN, Conversation, Kind, Move
from bot.store import lists
from bot.store.db import is_sqlite
from bot.store.tables import conversations, moves
from bot.store.upserts import insert_into

Place = tuple[str, str]  # a channel and the `root_ts` of a conversation in it, or the `ts` of a message

# As Move has them.
_FACTS = ("user_id", "about", "needs_reply", "reason", "threaded", "leaves", "closes_after", "promise", "routed")
_KINDS = {kind.value: kind for kind in Kind}


def rooted(tx: Connection, team_id: str, messages: Iterable[Place]) -> dict[Place, Place]:
    """The conversation that holds each of these messages, for those that one does."""
    rows = tx.execute(_rooted(is_sqlite(tx), "places"), {"team": team_id, "places": lists.packed(messages)})
    return {(channel, ts): (channel, root_ts) for channel, ts, root_ts in rows}


def load(tx: Connection, team_id: str, places: Collection[Place]) -> dict[Place, Conversation]:
    """These conversations with their moves, for those that exist. Their waits follow from the moves."""
    return told(tx, _load(is_sqlite(tx)), {"team": team_id, "places": lists.packed(places)}) if places else {}


def told(tx: Connection, moves_there: Select[Any], given: Mapping[str, Any]) -> dict[Place, Conversation]:
    """The conversations that a statement made with `moves_of` finds."""
    found: dict[Place, list[Move]] = defaultdict(list)
    for channel, root_ts, ts, kind, *facts in tx.execute(moves_there, given).all():
        found[channel, root_ts].append(Move(ts, _KINDS[kind], *facts))
    return {place: Conversation(*place, tuple(sorted(moves))) for place, moves in found.items()}


def save(
    tx: Connection,
    team_id: str,
    changed: Mapping[Place, Conversation],
    added: Sequence[tuple[Place, Move]],
    before: Container[Place] = (),
) -> None:
    """Write conversations as they are now, and the moves that made them so; those of `before` are there already."""
    first = _first_of_customers(c for place, c in changed.items() if place not in before)
    rows = [_row(team_id, c) | {"new_here": c.root_ts == first.get(c.customer or "")} for c in changed.values()]
    lists.write(tx, _save_conversations(is_sqlite(tx)), rows)
    lists.write(tx, _save_moves(is_sqlite(tx)), [_move_row(team_id, place, move) for place, move in added])


def _first_of_customers(changed: Iterable[Conversation]) -> dict[str, str]:
    """The `root_ts` of each customer's first conversation among these."""
    first: dict[str, str] = {}
    for c in changed:
        if c.customer:
            first[c.customer] = min(c.root_ts, first.get(c.customer, c.root_ts))
    return first


def _row(team_id: str, c: Conversation) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "channel": c.channel,
        "root_ts": c.root_ts,
        "customer": c.customer,
        "turn": c.turn,
        "claimed_by": c.claimed_by,
        "answered_by": c.answered_by,
        "helped_by": c.helped_by,
        "last_ts": c.last_ts,
        "in_thread": c.in_thread,
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
        "leaves": move.leaves,
        "closes_after": move.closes_after,
        "promise": move.promise,
        "routed": move.routed,
    }


# The statements. They are made once a database, since making them costs more than running them.


@cache
def _rooted(on_sqlite: bool, name: str) -> Select[Any]:
    spoken = or_(*(moves.c.kind == literal_column(f"'{kind}'") for kind in SPOKEN))
    wanted = select(moves.c.channel, moves.c.ts, moves.c.root_ts).where(moves.c.team_id == bindparam("team"), spoken)
    return lists.of_pairs(on_sqlite, wanted, moves.c.channel, moves.c.ts, name)


def rooted_in(on_sqlite: bool, name: str) -> Select[Any]:
    """The conversations that hold the messages in the parameter `name`."""
    found = _rooted(on_sqlite, name).subquery()
    return select(found.c.channel, found.c.root_ts)


@cache
def _load(on_sqlite: bool) -> Select[Any]:
    return moves_of(on_sqlite, lists.pairs(on_sqlite, "places").subquery())


def moves_of(on_sqlite: bool, places: Subquery) -> Select[Any]:
    """The moves of the conversations at these places, each looked up in the index."""
    channel, root_ts = places.c
    move = select(*moves.c["channel", "root_ts", "ts", "kind"], *moves.c[_FACTS])
    here = move.where(moves.c.team_id == bindparam("team"))
    if on_sqlite:
        return here.where(tuple_(moves.c.channel, moves.c.root_ts).in_(select(places)))
    return lists.for_each(places, here.where(moves.c.channel == channel, moves.c.root_ts == root_ts).offset(0))


@cache
def _save_conversations(on_sqlite: bool) -> Insert:
    """Whether a customer is new here is said once, when their first conversation begins."""
    row = lists.rows(on_sqlite, list(conversations.c)).subquery()
    earlier = conversations.alias("earlier")
    theirs = (earlier.c.team_id == row.c.team_id) & (earlier.c.customer == row.c.customer)
    # Not EXISTS, for which PostgreSQL may prefer to read everybody's.
    first = select(func.min(earlier.c.last_ts)).where(theirs).scalar_subquery()
    new_here = case((row.c.new_here, first.is_(None)), else_=false())  # asked of those alone that may be
    values = [new_here if one.name == "new_here" else row.c[one.name] for one in conversations.c]
    given = insert_into(on_sqlite, conversations).from_select(list(conversations.c), select(*values).where(true()))
    key, kept = list(conversations.primary_key), {*conversations.primary_key, conversations.c.new_here}
    fresh = {column.name: given.excluded[column.name] for column in conversations.c if column not in kept}
    return given.on_conflict_do_update(index_elements=key, set_=fresh)


@cache
def _save_moves(on_sqlite: bool) -> Insert:
    given = lists.rows(on_sqlite, list(moves.c))
    return insert_into(on_sqlite, moves).from_select(list(moves.c), given).on_conflict_do_nothing()
