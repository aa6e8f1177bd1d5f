"""Works-council mode: who had a customer, and who answered, is kept only while the wait is open.

A wait forgets it as it ends (bot.store.waits). What else tells of it is needed a little longer, to read rightly what
comes next: that forgets it once the conversation has rested for a day. All in small steps; each says how much it did,
and finds nothing once it is done.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Column, ColumnElement, Connection, Table, Text, case, cast, exists, or_, select, update

from bot.domain.moments import ts_of
from bot.domain.moves import Kind
from bot.domain.someone import SOMEONE, apart
from bot.store import erasing
from bot.store.locks import lock_channels
from bot.store.promise_tables import promises
from bot.store.tables import conversations, moves, nudges, outbox, waits

RESTS = timedelta(days=1)
AT_A_TIME = 200


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


def forget_waits(tx: Connection, team_id: str, _now: datetime) -> int:
    """Of waits that were over before the mode began, whose they were and who answered; of all, who had them by turn."""
    w = waits.c
    had = or_(w.owner.is_not(None), w.covers_for.is_not(None), w.because.is_not(None), w.had_by != "")
    over = w.ended_at.is_not(None) & (had | _is_named(w.ended_user))
    here = (w.team_id == team_id) & (over | _is_named(w.last_answer_by))
    ids = tx.execute(select(w.id).where(here).limit(AT_A_TIME)).scalars().all()
    some = update(waits).where(w.id.in_(ids))
    tx.execute(some.values(last_answer_by=_someone(w.last_answer_by)))
    nobody = {"owner": None, "covers_for": None, "because": None, "assigned_at": None, "had_by": ""}
    tx.execute(some.where(w.ended_at.is_not(None)).values(nobody | {"ended_user": _someone(w.ended_user)}))
    return len(ids)


def forget_nudges(tx: Connection, team_id: str, now: datetime) -> int:
    """Who was nudged about waits that are over; that there was a nudge stays, and whether it was needed."""
    ended = (waits.c.id == nudges.c.wait_id) & (waits.c.ended_at < now - RESTS)
    person = (nudges.c.team_id == team_id) & or_(nudges.c.to.startswith("U"), nudges.c.to.startswith("W"))
    ids = tx.execute(select(nudges.c.id).join_from(nudges, waits, ended).where(person).limit(AT_A_TIME)).scalars().all()
    nobody = {"to": SOMEONE, "key": apart("") + cast(nudges.c.id, Text), "because": "", "channel": None, "ts": None}
    tx.execute(update(nudges).where(nudges.c.id.in_(ids)).values(nobody))
    return len(ids)


def forget_sayings(tx: Connection, team_id: str, now: datetime) -> int:
    """What CareCue said, and does not need any more; that it was said stays, so that it is not said again."""
    settled = (outbox.c.team_id == team_id) & outbox.c.due_at.is_(None) & (outbox.c.created_at < now - RESTS)
    said = settled & (cast(outbox.c.payload, Text) != "{}")
    ids = tx.execute(select(outbox.c.id).where(said).limit(AT_A_TIME)).scalars().all()
    tx.execute(update(outbox).where(outbox.c.id.in_(ids)).values(payload={}))
    return len(ids)


def _is_open(table: Table) -> ColumnElement[bool]:
    here = (table.c.team_id == conversations.c.team_id) & (table.c.channel == conversations.c.channel)
    here &= table.c.root_ts == conversations.c.root_ts
    return exists().where(here, table.c.ended_at.is_(None))


def _is_named(column: Column[str]) -> ColumnElement[bool]:
    return column.is_not(None) & (column != "") & ~column.startswith(SOMEONE)


def _someone(column: Column[str]) -> ColumnElement[str]:
    return case((column.is_not(None), SOMEONE), else_=None)
