"""The living list: of all that waits for a person one message stands, and it is brought up to date where it stands.

Here is what everybody may say of it. `list_clock` draws it, `list_rows` knows what stands in it.
"""

from collections.abc import Iterable
from datetime import datetime
from enum import StrEnum
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Insert, case, delete, func, insert, select, update

from bot.domain.someone import is_someone
from bot.store.db import is_sqlite
from bot.store.list_tables import list_news, living_lists
from bot.store.upserts import insert_into


class News(StrEnum):
    """What there is to know of a list before it is drawn."""

    RING = "ring"  # something became due for its reader
    DONE = "done"  # something is over: to be edited at once
    CHANGED = "changed"  # it says something else now: to be edited within five minutes


ASKED = "asked"  # its reader asks to see it


def note(tx: Connection, team_id: str, users: Iterable[str], news: News, now: datetime) -> None:
    """There is news for these people's lists. The job draws them, from the tables as they are by then.

    Whoever is away, quiet or over the limit no longer is news too: a list that may not ring is not looked at before
    it is known to.
    """
    _put(tx, team_id, users, news, now)


def show(tx: Connection, team_id: str, user: str, now: datetime) -> None:
    """Its reader asks for it: where none stands, it is posted, and does not count as a ping."""
    _put(tx, team_id, [user], ASKED, now)


def is_done_with(tx: Connection, team_id: str, user: str) -> bool:
    """Whether something in it is over of which the job has not heard yet."""
    here = (list_news.c.team_id == team_id) & (list_news.c.user_id == user) & (list_news.c.news == News.DONE)
    return tx.execute(select(list_news.c.id).where(here).limit(1)).first() is not None


def take_up(tx: Connection, limit: int) -> int:
    """Bring the news to the lists that they are of; how many news these were."""
    oldest = select(list_news).order_by(list_news.c.id).limit(limit)
    rows = tx.execute(oldest.with_for_update(skip_locked=True)).all()
    known: dict[tuple[str, str], dict[str, Any]] = {}
    for row in rows:
        known[row.team_id, row.user_id] = _told(known.get((row.team_id, row.user_id)), row)
    if rows:
        tx.execute(_taking_up(is_sqlite(tx)), [known[key] for key in sorted(known)])
        tx.execute(delete(list_news).where(list_news.c.id.in_([row.id for row in rows])))
    return len(rows)


def next_news(tx: Connection) -> datetime | None:
    """Since when news wait to be taken up."""
    return tx.execute(select(func.min(list_news.c.at))).scalar()


def wake(tx: Connection, now: datetime) -> None:
    """Look at every list: the clock has been set back, and what was to be in an hour may be hours away."""
    later = update(living_lists).where(living_lists.c.look_at > now)
    tx.execute(later.values(look_at=now))


def _put(tx: Connection, team_id: str, users: Iterable[str], news: str, now: datetime) -> None:
    readers = sorted(user for user in set(users) if not is_someone(user))
    rows = [{"team_id": team_id, "user_id": user, "news": news, "at": now} for user in readers]
    if rows:
        tx.execute(insert(list_news), rows)


def _told(known: dict[str, Any] | None, row: Any) -> dict[str, Any]:
    """All news of one list, in the columns that they change."""
    fresh = known or {"team_id": row.team_id, "user_id": row.user_id, "news_at": None, "changed_at": row.at}
    news_at = min(fresh["news_at"] or row.at, row.at) if row.news == News.RING else fresh["news_at"]
    return fresh | {
        "news_at": news_at,
        "changed_at": min(fresh["changed_at"], row.at),
        "look_at": min(fresh["changed_at"], row.at),
        "urgent": fresh.get("urgent", False) or row.news == News.DONE,
        "wanted": fresh.get("wanted", False) or row.news == ASKED,
    }


@cache
def _taking_up(on_sqlite: bool) -> Insert:
    """On top of what is known already: the earliest counts."""
    given = insert_into(on_sqlite, living_lists)
    fresh: dict[str, Any] = {}
    for name in ("news_at", "changed_at", "look_at"):
        fresh[name] = _earliest(living_lists.c[name], given.excluded[name])
    for name in ("urgent", "wanted"):
        fresh[name] = living_lists.c[name] | given.excluded[name]
    return given.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=fresh)


def _earliest(known: ColumnElement[Any], told: ColumnElement[Any]) -> ColumnElement[Any]:
    return case((known <= told, known), else_=func.coalesce(told, known))
