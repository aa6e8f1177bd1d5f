"""Works-council mode: who had a customer, and who answered, is kept only while the wait is open.

A wait forgets it as it ends (bot.store.waits). What else tells of it is needed a little longer, to read rightly what
comes next: that forgets it once the conversation has rested for a day. All in small steps, and what there is to do is
looked for by who only reads, so that nobody waits while a table is searched.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Table,
    Text,
    Update,
    case,
    cast,
    exists,
    or_,
    select,
    update,
)

from bot.domain.moments import ts_of
from bot.domain.moves import Kind
from bot.domain.someone import SOMEONE
from bot.store import erasing
from bot.store.locks import lock_channels
from bot.store.promise_tables import promises
from bot.store.tables import conversations, moves, nudges, outbox, waits

RESTS = timedelta(days=1)
AT_A_TIME = 200

Found = Sequence[Any]  # rows with their `id`


class Named(NamedTuple):
    """One of ours, by name in a conversation that is over."""

    channel: str
    root_ts: str
    user: str


def named(tx: Connection, team_id: str, since: datetime, now: datetime) -> list[Named]:
    """Some of those who are still named where nobody is to be, and something was said `since`. Writes nothing."""
    of_moves = (moves.c.channel == conversations.c.channel) & (moves.c.root_ts == conversations.c.root_ts)
    of_moves &= moves.c.team_id == conversations.c.team_id
    ours = moves.c.kind.not_in((Kind.THEIRS, Kind.DELETE)) & _is_named(moves.c.user_id)
    rests = (conversations.c.team_id == team_id) & (conversations.c.last_ts < ts_of(now - RESTS))
    wanted = select(moves.c.channel, moves.c.root_ts, moves.c.user_id).join_from(conversations, moves, of_moves)
    rests &= conversations.c.last_ts >= ts_of(since)
    over = rests & ours & ~_is_open(waits) & ~_is_open(promises)
    return [Named(*row) for row in tx.execute(wanted.where(over).distinct().limit(AT_A_TIME))]


def forget(tx: Connection, team_id: str, one: Named) -> bool:
    """They were never there by name; False where a customer waits by now."""
    lock_channels(tx, team_id, [one.channel])
    here = (waits.c.team_id == team_id) & (waits.c.channel == one.channel) & (waits.c.root_ts == one.root_ts)
    if tx.execute(select(waits.c.id).where(here, waits.c.ended_at.is_(None))).first():
        return False
    erasing.leave(tx, team_id, one.user, [(one.channel, one.root_ts)])
    return True


def find_waits(tx: Connection, team_id: str, _now: datetime) -> Found:
    """Waits that were over before the mode began and tell whose they were, or who answered."""
    w = waits.c
    had = or_(w.owner.is_not(None), w.covers_for.is_not(None), w.because.is_not(None), w.had_by != "")
    over = w.ended_at.is_not(None) & (had | _is_named(w.ended_user))
    here = (w.team_id == team_id) & (over | _is_named(w.last_answer_by))
    return tx.execute(select(w.id, w.channel).where(here).limit(AT_A_TIME)).all()


def forget_waits(tx: Connection, team_id: str, found: Found) -> None:
    """Of those that are over all of it; of those that go on, who answered before."""
    lock_channels(tx, team_id, {row.channel for row in found})
    w, some = waits.c, _of(waits, found)
    tx.execute(some.values(last_answer_by=_someone(w.last_answer_by)))
    nobody = {"owner": None, "covers_for": None, "because": None, "assigned_at": None, "had_by": ""}
    tx.execute(some.where(w.ended_at.is_not(None)).values(nobody | {"ended_user": _someone(w.ended_user)}))


def find_nudges(tx: Connection, team_id: str, now: datetime) -> Found:
    """Nudges to people about waits that have rested."""
    ended = (waits.c.id == nudges.c.wait_id) & (waits.c.ended_at < now - RESTS)
    person = (nudges.c.team_id == team_id) & or_(nudges.c.to.startswith("U"), nudges.c.to.startswith("W"))
    return tx.execute(select(nudges.c.id).join_from(nudges, waits, ended).where(person).limit(AT_A_TIME)).all()


def forget_nudges(tx: Connection, _team_id: str, found: Found) -> None:
    """Who was nudged; that there was a nudge stays, and whether it was needed."""
    tx.execute(_of(nudges, found).values(erasing.NUDGED_NOBODY))


def find_sayings(tx: Connection, team_id: str, now: datetime) -> Found:
    """What CareCue said, and does not need any more."""
    settled = (outbox.c.team_id == team_id) & outbox.c.due_at.is_(None) & (outbox.c.created_at < now - RESTS)
    said = settled & (cast(outbox.c.payload, Text) != "{}")
    return tx.execute(select(outbox.c.id).where(said).limit(AT_A_TIME)).all()


def forget_sayings(tx: Connection, _team_id: str, found: Found) -> None:
    """That it was said stays, so that it is not said again."""
    tx.execute(_of(outbox, found).values(payload={}))


TRACES = ((find_waits, forget_waits), (find_nudges, forget_nudges), (find_sayings, forget_sayings))


def _of(table: Table, found: Found) -> Update:
    return update(table).where(table.c.id.in_([row.id for row in found]))


def _is_open(table: Table) -> ColumnElement[bool]:
    here = (table.c.team_id == conversations.c.team_id) & (table.c.channel == conversations.c.channel)
    here &= table.c.root_ts == conversations.c.root_ts
    return exists().where(here, table.c.ended_at.is_(None))


def _is_named(column: Column[str]) -> ColumnElement[bool]:
    return column.is_not(None) & (column != "") & ~column.startswith(SOMEONE)


def _someone(column: Column[str]) -> ColumnElement[str]:
    return case((column.is_not(None), SOMEONE), else_=None)
