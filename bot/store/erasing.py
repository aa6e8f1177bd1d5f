"""Somebody is forgotten: as bot.store.kept says of each column, a few conversations at a time.

What is asked for stands in a table until it is done, so that it may stop anywhere and go on anywhere.
"""

import json
import re
import secrets
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import JSON, ColumnElement, Connection, Text, bindparam, cast, delete, func, or_, select, union, update

from bot.domain.asks import Kind as AskKind
from bot.domain.asks import Outcome
from bot.domain.because import Cause
from bot.domain.someone import SOMEONE, apart
from bot.store import leaving, posts
from bot.store.conversations import Place
from bot.store.digest_tables import digest_stories
from bot.store.kept import KEPT, Goes, Kept, ids_of
from bot.store.kudos_tables import kudos, kudos_asks, kudos_receivers
from bot.store.leading_tables import asks
from bot.store.locks import lock_channels
from bot.store.privacy_tables import erasures
from bot.store.promise_tables import promises
from bot.store.tables import conversations, moves, nudges, waits
from bot.store.upserts import new

AT_A_TIME = 20  # conversations
PATIENCE = timedelta(minutes=1)  # for what is passed on to be somebody else's
_OF_PLACES = (moves, conversations, promises, waits)

# That somebody was nudged stays. By its key, which names them too, it is told from others still.
NUDGED_NOBODY = {"to": SOMEONE, "key": apart("") + cast(nudges.c.id, Text), "because": "", "channel": None, "ts": None}


class Asked(NamedTuple):
    """Somebody who wants to be forgotten."""

    team_id: str
    user: str
    at: datetime


def ask(tx: Connection, team_id: str, user: str, now: datetime) -> None:
    """Somebody asks to be forgotten: what is asked twice is done once."""
    row = {"team_id": team_id, "user_id": user, "asked_at": now}
    tx.execute(new(tx, erasures).values(row).on_conflict_do_nothing())


def asked(tx: Connection) -> list[Asked]:
    """Who is to be forgotten, whoever asked first first."""
    return [Asked(*row) for row in tx.execute(select(erasures).order_by(erasures.c.asked_at, erasures.c.user_id))]


def pass_on(tx: Connection, team_id: str, user: str, now: datetime) -> bool:
    """Customers who wait for this person are free for others, which the ladder sees to; whether there were any."""
    mine = (waits.c.team_id == team_id) & (waits.c.owner == user) & waits.c.ended_at.is_(None)
    lock_channels(tx, team_id, set(tx.execute(select(waits.c.channel).where(mine).distinct()).scalars()))
    rows = tx.execute(select(waits).where(mine).order_by(waits.c.id).with_for_update()).all()
    leaving.release(tx, team_id, rows, Cause.FREE, now)
    free = update(waits).where(waits.c.id.in_([row.id for row in rows]))
    tx.execute(free.values(covers_for=None, assigned_at=None))
    return bool(rows)


def places(tx: Connection, team_id: str, user: str) -> list[Place]:
    """The conversations in whose tables this person is named. Reads all that there is, and writes nothing."""
    named = [
        select(kept.column.table.c.channel, kept.column.table.c.root_ts).where(_names(kept, team_id, [user]))
        for kept in KEPT
        if kept.column.table in _OF_PLACES
    ]
    return sorted((row.channel, row.root_ts) for row in tx.execute(union(*named)))


def leave(tx: Connection, team_id: str, user: str, some: Collection[Place]) -> None:
    """From these conversations this person's name goes, in a way that they read as before."""
    lock_channels(tx, team_id, {channel for channel, _ in some})
    someones = {place: apart(secrets.token_hex(4)) for place in sorted(some)}
    for kept in KEPT:
        if kept.column.table in _OF_PLACES:
            _leave(tx, kept, team_id, user, someones)


def _leave(tx: Connection, kept: Kept, team_id: str, user: str, someones: Mapping[Place, str]) -> None:
    column, table = kept.column, kept.column.table
    if kept.inside:
        near = table.c.root_ts.in_({root_ts for _, root_ts in someones})
        _reword(tx, kept, _names(kept, team_id, [user]) & near, [user])
        return
    here = (table.c.channel == bindparam("in_channel")) & (table.c.root_ts == bindparam("in_root"))
    gone = update(table).where(table.c.team_id == team_id, here, column == user)
    values = _empty(kept) | {column.name: bindparam("instead", type_=column.type)}
    each = [
        {
            "in_channel": channel,
            "in_root": root_ts,
            "instead": someone if kept.goes is Goes.APART else _INSTEAD[kept.goes],
        }
        for (channel, root_ts), someone in someones.items()
    ]
    tx.execute(gone.values(values), each)


def finish(tx: Connection, team_id: str, user: str, now: datetime) -> None:
    """All else goes, and that it was asked for."""
    ids = ids_of(tx, team_id, user)
    _end_asks(tx, team_id, user)
    thanked = _thanked(tx, team_id, user)
    theirs = update(nudges).where(nudges.c.team_id == team_id, nudges.c.to == user)  # in one go: they are thousands
    tx.execute(theirs.values(NUDGED_NOBODY | {"cleared_at": func.coalesce(nudges.c.cleared_at, now)}))
    for kept in KEPT:
        if kept.column.table not in _OF_PLACES:
            _erase(tx, kept, team_id, ids)
    _drop_kudos(tx, team_id, thanked)


def _end_asks(tx: Connection, team_id: str, user: str) -> None:
    """Nobody is owed word any more; what a snag was about is the team's, all other lines were theirs."""
    mine = (asks.c.team_id == team_id) & (asks.c.by == user)
    over = {"ended_at": asks.c.opened_at, "outcome": Outcome.WITHDRAWN, "next_nudge_at": None, "working_s": 0}
    own = asks.c.kind != AskKind.SNAG
    tx.execute(update(asks).where(mine, own, asks.c.ended_at.is_(None)).values(over))
    tx.execute(update(asks).where(mine, own).values(line="", answer=None))


def _thanked(tx: Connection, team_id: str, user: str) -> Sequence[int]:
    here = (kudos_receivers.c.team_id == team_id) & (kudos_receivers.c.user_id == user)
    return tx.execute(select(kudos_receivers.c.kudos_id).where(here)).scalars().all()


def _drop_kudos(tx: Connection, team_id: str, ids: Iterable[int]) -> None:
    """Thanks that are nobody's any more."""
    left = set(tx.execute(select(kudos_receivers.c.kudos_id).where(kudos_receivers.c.kudos_id.in_(ids))).scalars())
    for kudos_id in set(ids) - left:
        posts.forget(tx, team_id, f"kudos:{kudos_id}")
        tx.execute(update(kudos_asks).where(kudos_asks.c.kudos_id == kudos_id).values(kudos_id=None))
        for one in (digest_stories.c.kudos_id, kudos.c.id):
            tx.execute(delete(one.table).where(one.table.c.team_id == team_id, one == kudos_id))


_INSTEAD = {Goes.EMPTY: None, Goes.SOMEONE: SOMEONE}


def _erase(tx: Connection, kept: Kept, team_id: str, ids: Sequence[str]) -> None:
    """As the registry says it of this column."""
    where = _names(kept, team_id, ids)
    if kept.goes is Goes.STAYS:
        return
    if kept.inside:
        _reword(tx, kept, where, ids)
    elif kept.goes is Goes.ROW:
        tx.execute(delete(kept.column.table).where(where))
    else:
        values = _empty(kept) | {kept.column.name: _INSTEAD[kept.goes]}
        tx.execute(update(kept.column.table).where(where).values(values))


def _empty(kept: Kept) -> dict[str, Any]:
    columns = kept.column.table.c
    return {name: None if columns[name].nullable else "" for name in kept.empties}


def _reword(tx: Connection, kept: Kept, where: ColumnElement[bool], ids: Sequence[str]) -> None:
    """Only the person goes from a longer text, unless it is a name that merely begins like theirs."""
    table, column = kept.column.table, kept.column
    key = list(table.primary_key)
    for row in tx.execute(select(*key, column.label("text")).where(where)).all():
        text = json.dumps(row.text) if isinstance(column.type, JSON) else str(row.text)
        after = _without(text, ids, apart(secrets.token_hex(4)) if kept.goes is Goes.APART else SOMEONE)
        this = [one == value for one, value in zip(key, row, strict=False)]
        if after != text and kept.goes is Goes.ROW:
            tx.execute(delete(table).where(*this))
        elif after != text:
            value = json.loads(after) if isinstance(column.type, JSON) else after
            tx.execute(update(table).where(*this).values({column.name: value}))


def _without(text: str, ids: Iterable[str], someone: str) -> str:
    for one in ids:
        text = re.sub(rf"<@{re.escape(one)}>|(?<![A-Z0-9]){re.escape(one)}(?![A-Z0-9])", someone, text)
    return text


def _names(kept: Kept, team_id: str, ids: Sequence[str]) -> ColumnElement[bool]:
    """The rows whose column names one of these, or may, where it is a longer text."""
    column, table = kept.column, kept.column.table
    if kept.inside:
        return (table.c.team_id == team_id) & or_(*(cast(column, Text).contains(one, autoescape=True) for one in ids))
    return (table.c.team_id == team_id) & column.in_(ids)
