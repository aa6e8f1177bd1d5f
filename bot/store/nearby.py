"""The conversations that messages may belong to, read in one question however many messages they are.

On PostgreSQL each question costs a way to the server, while everybody waits.
"""

from collections import Counter
from collections.abc import Collection, Sequence
from datetime import timedelta
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import (
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Select,
    Subquery,
    bindparam,
    func,
    literal_column,
    select,
    union,
)

from bot.domain.arrivals import Posted
from bot.domain.conversations import Conversation, Side
from bot.domain.moments import moment, ts_of
from bot.domain.routing import TALK, looks_back
from bot.store import lists
from bot.store.conversations import Place, moves_of, rooted_in, told
from bot.store.db import is_sqlite
from bot.store.tables import conversations

OF_CHANNEL = 5  # how many of a channel's waiting conversations a message of ours may belong to
OF_ONE = 3  # the same for a customer who writes or is mentioned


class Said(NamedTuple):
    """A message at top level, and whose."""

    posted: Posted
    side: Side


def around(tx: Connection, team_id: str, parts: Collection[Place], said: Sequence[Said]) -> dict[Place, Conversation]:
    """Those that hold these messages and, for what is said at top level, those where it may go on.

    They are the customers' own, those in which somebody of these joined in of late, and those that wait in the channel.
    """
    given = {
        "team": team_id,
        "parts": lists.packed(parts),
        "customers": lists.packed((channel, user, since) for (channel, user), since in _since(said).items()),
        "people": lists.packed({(one.channel, user) for one, _ in said for user in (one.user, *one.mentions)}),
        "lately": min((_before(one.posted, TALK) for one in said), default=""),
        "answered": lists.packed({one.posted.channel for one in said if one.side is Side.OURS}),
        "most": OF_CHANNEL + max(Counter(posted.channel for posted, _ in said).values(), default=0),
    }
    return told(tx, _around(is_sqlite(tx)), given)


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
_PLACE = (conversations.c.channel, conversations.c.root_ts)


@cache
def _around(on_sqlite: bool) -> Select[Any]:
    parts = (lists.pairs(on_sqlite, "parts"), rooted_in(on_sqlite, "parts"))
    with_them = (conversations.c.answered_by, conversations.c.helped_by)
    lately = (_lately_with(on_sqlite, whom) for whom in with_them)
    nearby = (_of_customers(on_sqlite), *lately, _waiting(on_sqlite))
    return moves_of(on_sqlite, union(*parts, *nearby).subquery())


def _of_customers(on_sqlite: bool) -> Select[Any]:
    given = lists.triples(on_sqlite, "customers").subquery()
    channel, user, since = given.c
    theirs = (conversations.c.channel == channel) & (conversations.c.customer == user)
    return _newest(on_sqlite, given, theirs & (conversations.c.last_ts >= since), OF_ONE)


def _lately_with(on_sqlite: bool, whom: Column[Any]) -> Select[Any]:
    lately = select(*_PLACE).where(_HERE & _AT_TOP & (conversations.c.last_ts >= bindparam("lately")))
    return lists.of_pairs(on_sqlite, lately, conversations.c.channel, whom, "people")


def _waiting(on_sqlite: bool) -> Select[Any]:
    given = lists.texts(on_sqlite, "answered").subquery()
    waiting = _AT_TOP & (conversations.c.turn == literal_column("'ours'"))
    return _newest(on_sqlite, given, waiting & (conversations.c.channel == given.c.value), bindparam("most"))


def _newest(
    on_sqlite: bool, given: Subquery, which: ColumnElement[bool], most: int | BindParameter[Any]
) -> Select[Any]:
    """So many conversations of each that is given, those in which something happened last."""
    last = conversations.c.last_ts.desc()
    if not on_sqlite:
        return lists.for_each(given, select(*_PLACE).where(_HERE, which).order_by(last).limit(most))
    rank = func.row_number().over(partition_by=[*given.c], order_by=last).label("rank")
    ranked = select(*_PLACE, rank).select_from(given.join(conversations, _HERE & which)).subquery()
    return select(ranked.c.channel, ranked.c.root_ts).where(ranked.c.rank <= most)
