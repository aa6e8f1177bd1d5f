"""The conversations that top-level messages may belong to, found in one statement however many messages they are."""

from collections import Counter
from collections.abc import Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    Column,
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

OF_CHANNEL = 5  # how many of a channel's waiting conversations a message of ours may belong to
OF_ONE = 3  # the same for a customer who writes or is mentioned
NEVER = "~"  # after every ts


class Said(NamedTuple):
    """A message at top level, and whose."""

    posted: Posted
    side: Side


def nearby(tx: Connection, team_id: str, said: Sequence[Said]) -> set[Place]:
    """The customers' own, those in which somebody of these joined in of late, and those that wait in the channel."""
    if not said:
        return set()
    since = _since(said)
    given = {
        "team": team_id,
        "customers": lists.packed(since),
        "since": min(since.values(), default=NEVER),
        "people": lists.packed({(one.channel, user) for one, _ in said for user in (one.user, *one.mentions)}),
        "lately": min(_before(one.posted, TALK) for one in said),
        "answered": lists.packed({one.posted.channel for one in said if one.side is Side.OURS}),
        "most": OF_CHANNEL + max(Counter(posted.channel for posted, _ in said).values()),
    }
    found = tx.execute(_nearby(is_sqlite(tx)), given)
    return {
        (channel, root_ts)
        for channel, root_ts, customer, last_ts, why in found
        if why != "theirs" or last_ts >= since.get((channel, customer), NEVER)
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
    return union_all(
        _of_customers(on_sqlite),
        _lately_with(on_sqlite, conversations.c.answered_by),
        _lately_with(on_sqlite, conversations.c.helped_by),
        _waiting(on_sqlite),
    )


def _of_customers(on_sqlite: bool) -> Select[Any]:
    theirs = _HERE & (conversations.c.last_ts >= bindparam("since"))
    of_one = (conversations.c.channel, conversations.c.customer)
    if on_sqlite:
        return _ranked(theirs & tuple_(*of_one).in_(lists.pairs(True, "customers")), of_one, OF_ONE, "theirs")
    given = lists.pairs(False, "customers").subquery()
    one = (of_one[0] == given.c.first) & (of_one[1] == given.c.second)
    return lists.for_each(given, _newest(theirs & one, "theirs").limit(OF_ONE))


def _lately_with(on_sqlite: bool, whom: Column[Any]) -> Select[Any]:
    lately = _HERE & _AT_TOP & (conversations.c.last_ts >= bindparam("lately"))
    return lists.of_pairs(on_sqlite, _because("lately").where(lately), conversations.c.channel, whom, "people")


def _waiting(on_sqlite: bool) -> Select[Any]:
    waiting = _HERE & _AT_TOP & (conversations.c.turn == literal_column("'ours'"))
    channel = conversations.c.channel
    if on_sqlite:
        here = waiting & channel.in_(lists.texts(True, "answered"))
        return _ranked(here, (channel,), bindparam("most"), "waiting")
    given = lists.texts(False, "answered").subquery()
    return lists.for_each(given, _newest(waiting & (channel == given.c.value), "waiting").limit(bindparam("most")))


def _because(why: str) -> Select[Any]:
    facts: tuple[ColumnElement[Any], ...] = (*_FACTS, literal_column(f"'{why}'").label("why"))
    return select(*facts)


def _newest(which: ColumnElement[bool], why: str) -> Select[Any]:
    return _because(why).where(which).order_by(conversations.c.last_ts.desc())


def _ranked(which: ColumnElement[bool], of_each: Sequence[ColumnElement[Any]], most: Any, why: str) -> Select[Any]:
    """The newest of those that have these columns alike."""
    rank = func.row_number().over(partition_by=of_each, order_by=conversations.c.last_ts.desc())
    found = _because(why).add_columns(rank.label("rank")).where(which).subquery()
    return select(*(one for one in found.c if one.name != "rank")).where(found.c.rank <= most)
