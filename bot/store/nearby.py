"""The conversations that top-level messages may belong to, found in one statement however many messages they are."""

from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    bindparam,
    func,
    literal_column,
    select,
    tuple_,
    union_all,
)

from bot.domain.arrivals import Posted
from bot.domain.conversations import Side
from bot.domain.moments import moment, ts_of
from bot.domain.routing import TALK, looks_back
from bot.store import lists
from bot.store.conversations import Place
from bot.store.db import is_sqlite
from bot.store.tables import conversations

OF_CHANNEL = 5  # how many of a channel's waiting conversations, and of those of late, a message may belong to
OF_ONE = 3  # the same for a customer who writes or is mentioned
NEVER = "~"  # after every ts


class Said(NamedTuple):
    """A message at top level, and whose."""

    posted: Posted
    side: Side


def nearby(tx: Connection, team_id: str, said: Sequence[Said]) -> set[Place]:
    """The customers' own, those of late in the same channel, and those that wait there."""
    if not said:
        return set()
    since = _since(said)
    given = {
        "team": team_id,
        "customers": lists.packed(since),
        "since": min(since.values(), default=NEVER),
        "channels": lists.packed({one.posted.channel for one in said}),
        "lately": min(_before(one.posted, TALK) for one in said),
        "answered": lists.packed({one.posted.channel for one in said if one.side is Side.OURS}),
        "most": OF_CHANNEL + len(said),
    }
    found = tx.execute(_nearby(is_sqlite(tx)), given)
    return {
        (row.channel, row.root_ts)
        for row in found
        if row.why != "theirs" or row.last_ts >= since.get((row.channel, row.customer), NEVER)
    }


def _since(said: Sequence[Said]) -> dict[tuple[str, str], str]:
    """Since when something must have happened in a customer's conversation, each by channel and person."""
    since: dict[tuple[str, str], str] = {}
    for posted, side in said:
        for user, span in looks_back(posted, side):
            key = (posted.channel, user)
            since[key] = min(_before(posted, span), since.get(key, posted.ts))
    return since


def _before(posted: Posted, span: timedelta) -> str:
    return ts_of(moment(posted.ts) - span)


# The statement. It is made once a database, since making it costs more than running it.

_HERE = conversations.c.team_id == bindparam("team")
_AT_TOP = ~conversations.c.in_thread
_FACTS = (conversations.c.channel, conversations.c.root_ts, conversations.c.customer, conversations.c.last_ts)


@cache
def _nearby(on_sqlite: bool) -> CompoundSelect[Any]:
    lately = _HERE & _AT_TOP & (conversations.c.last_ts >= bindparam("lately"))
    waiting = _HERE & _AT_TOP & (conversations.c.turn == literal_column("'ours'"))
    return union_all(
        _of_customers(on_sqlite),
        _of_channels(on_sqlite, lately, "channels"),
        _of_channels(on_sqlite, waiting, "answered"),
    )


def _of_customers(on_sqlite: bool) -> Select[Any]:
    theirs = _HERE & (conversations.c.last_ts >= bindparam("since"))
    of_one = (conversations.c.channel, conversations.c.customer)
    if on_sqlite:
        return _ranked(theirs & tuple_(*of_one).in_(lists.pairs(True, "customers")), of_one, OF_ONE, "theirs")
    given = lists.pairs(False, "customers").subquery()
    one = (of_one[0] == given.c.first) & (of_one[1] == given.c.second)
    return lists.for_each(given, _newest(theirs & one, "theirs").limit(OF_ONE))


def _of_channels(on_sqlite: bool, which: ColumnElement[bool], name: str) -> Select[Any]:
    channel = conversations.c.channel
    if on_sqlite:
        return _ranked(which & channel.in_(lists.texts(True, name)), (channel,), bindparam("most"), name)
    given = lists.texts(False, name).subquery()
    return lists.for_each(given, _newest(which & (channel == given.c.value), name).limit(bindparam("most")))


def _newest(which: ColumnElement[bool], why: str) -> Select[Any]:
    facts: tuple[ColumnElement[Any], ...] = (*_FACTS, literal_column(f"'{why}'").label("why"))
    return select(*facts).where(which).order_by(conversations.c.last_ts.desc())


def _ranked(which: ColumnElement[bool], of_each: Sequence[ColumnElement[Any]], most: Any, why: str) -> Select[Any]:
    """The newest of those that have these columns alike."""
    rank = func.row_number().over(partition_by=of_each, order_by=conversations.c.last_ts.desc())
    found = select(*_FACTS, literal_column(f"'{why}'").label("why"), rank.label("rank")).where(which).subquery()
    return select(*(one for one in found.c if one.name != "rank")).where(found.c.rank <= most)
