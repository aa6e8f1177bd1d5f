"""The living list: of all that waits for a person one message stands, and it is brought up to date where it stands."""

from collections.abc import Iterable
from datetime import datetime
from enum import Enum, auto
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, case, false, func, true

from bot.store.db import is_sqlite
from bot.store.list_tables import living_lists
from bot.store.upserts import insert_into


class News(Enum):
    """What there is to know of a list before it is drawn."""

    RING = auto()  # something became due for its reader
    DONE = auto()  # something is over: to be edited at once
    CHANGED = auto()  # it says something else now: to be edited within five minutes


def note(tx: Connection, team_id: str, users: Iterable[str], news: News, now: datetime) -> None:
    """There is news for these people's lists. The job draws them, from the tables as they are by then."""
    rows = [_row(team_id, user, news, now) for user in sorted(set(users))]
    if rows:
        tx.execute(_noting(is_sqlite(tx)), rows)


def _row(team_id: str, user: str, news: News, now: datetime) -> dict[str, Any]:
    return {
        "team_id": team_id,
        "user_id": user,
        "news_at": now if news is News.RING else None,
        "changed_at": now,
        "urgent": news is News.DONE,
        "look_at": now,
    }


@cache
def _noting(on_sqlite: bool) -> Insert:
    """News come on top of what is known already: the earliest counts."""
    given = insert_into(on_sqlite, living_lists)
    fresh: dict[str, Any] = {
        name: _earliest(living_lists.c[name], given.excluded[name]) for name in ("news_at", "changed_at", "look_at")
    }
    fresh["urgent"] = case((living_lists.c.urgent | given.excluded.urgent, true()), else_=false())
    return given.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=fresh)


def _earliest(known: ColumnElement[Any], told: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((known <= told, known), else_=func.coalesce(told, known))
