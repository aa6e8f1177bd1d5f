"""Whose Home tab is open, as far as Slack tells, and what it shows.

A row's digest says what stands there: UNSURE where nobody knows, None while its owner looks at another page, which is
left alone until they come back.
"""

from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, case, delete, select, update

from bot.store.digest_tables import homes
from bot.store.standing import is_here
from bot.store.tables import people
from bot.store.upserts import new, upsert

UNSURE = ""


class Standing(NamedTuple):
    """What was published last: Slack's hash of it, our digest of what it shows, and how many times that was."""

    hash: str | None = None
    digest: str | None = UNSURE
    published: int = 0


def opened(tx: Connection, team_id: str, user: str, now: datetime, seen: str | None) -> None:
    """Somebody opened their Home and found a view with the hash `seen` there, or (None) an empty tab."""
    row = {"team_id": team_id, "user_id": user, "opened_at": now, "hash": seen, "digest": UNSURE}
    statement = new(tx, homes).values(row)
    as_left = (homes.c.hash == statement.excluded.hash) & homes.c.digest.is_not(None)
    fresh = {"opened_at": now, "hash": seen, "digest": case((as_left, homes.c.digest), else_=UNSURE)}
    tx.execute(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=fresh))


def pressed(tx: Connection, team_id: str, user: str, now: datetime) -> None:
    """Somebody did something there, so it is open."""
    row = {"team_id": team_id, "user_id": user, "opened_at": now, "digest": UNSURE}
    upsert(tx, homes, [row], keep=("digest",))


def get(tx: Connection, team_id: str, user: str) -> Standing:
    """What stands there."""
    columns = [homes.c[name] for name in Standing._fields]
    row = tx.execute(select(*columns).where(_of(team_id, user))).first()
    return Standing(*row) if row else Standing()


def shown(tx: Connection, team_id: str, user: str, before: Standing, view_hash: str | None, digest: str | None) -> None:
    """Remember what was published, which went out when `before` stood there.

    Where somebody else published meanwhile, nobody can tell which of the two came last.
    """
    alone = homes.c.published == before.published
    values = {"hash": case((alone, view_hash), else_=None), "digest": case((alone, digest), else_=UNSURE)}
    tx.execute(update(homes).where(_of(team_id, user)).values(published=homes.c.published + 1, **values))


def followed(tx: Connection, since: datetime) -> list[tuple[str, str]]:
    """The (team_id, person) of every Home opened since then, the last first, but for those that show another page."""
    open_ = (homes.c.opened_at >= since) & homes.c.digest.is_not(None) & is_here(homes)
    rows = tx.execute(select(homes.c.team_id, homes.c.user_id).where(open_).order_by(homes.c.opened_at.desc()))
    return [(row.team_id, row.user_id) for row in rows]


def left_behind(tx: Connection, nothing: str) -> list[tuple[str, str]]:
    """Those who became guests and whose Home shows something else than `nothing` (its digest), however old."""
    same = (people.c.team_id == homes.c.team_id) & (people.c.user_id == homes.c.user_id)
    theirs = people.c.is_guest & homes.c.digest.is_distinct_from(nothing) & is_here(homes)
    rows = tx.execute(select(homes.c.team_id, homes.c.user_id).join_from(homes, people, same).where(theirs))
    return [(row.team_id, row.user_id) for row in rows]


def forget(tx: Connection, team_id: str, user: str) -> None:
    """Slack shows nothing of CareCue's to them any more."""
    tx.execute(delete(homes).where(_of(team_id, user)))


def _of(team_id: str, user: str) -> ColumnElement[bool]:
    return (homes.c.team_id == team_id) & (homes.c.user_id == user)
