"""The people and apps that CareCue has met, as Slack last described them."""

from collections.abc import Collection, Sequence
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select, update

from bot.domain.arrivals import Account, Status
from bot.domain.people import Person
from bot.store import lists
from bot.store.db import is_sqlite
from bot.store.tables import people, workspaces
from bot.store.upserts import new
from bot.views.language import ENGLISH, understood


def save(tx: Connection, team_id: str, account: Account, now: datetime) -> None:
    """Replace what is known of one account by what Slack said; `now` is when it was asked, or told us."""
    save_many(tx, team_id, [account], now)


def save_many(tx: Connection, team_id: str, accounts: Sequence[Account], now: datetime) -> None:
    """As `save`, for many at once. What is older than what is known changes nothing.

    Their `dm_channel` stays, and so does the locale where Slack does not say it.
    """
    if not accounts:
        return
    statement = new(tx, people)
    rows = [_row(team_id, account, now) for account in accounts]
    fresh: dict[str, ColumnElement[Any]] = {
        name: statement.excluded[name] for name in rows[0] if name not in ("team_id", "user_id")
    }
    fresh["locale"] = func.coalesce(func.nullif(statement.excluded.locale, ""), people.c.locale)
    newer = people.c.read_at <= statement.excluded.read_at
    tx.execute(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=fresh, where=newer), rows)


def get(tx: Connection, team_id: str, user_id: str) -> Person | None:
    """None for someone whom CareCue has not met."""
    return get_many(tx, team_id, [user_id]).get(user_id)


def get_many(tx: Connection, team_id: str, user_ids: Collection[str]) -> dict[str, Person]:
    """Those of them that are known, by their id."""
    if not user_ids:
        return {}
    rows = tx.execute(_of_ids(is_sqlite(tx)), {"team": team_id, "users": lists.packed(user_ids)})
    return {row.user_id: _person(row) for row in rows}


def glance_of(on_sqlite: bool) -> Select[Any]:
    """The same in brief, each as a Glance after its id, for the people in the parameter `users`."""
    here = people.c.user_id.in_(lists.texts(on_sqlite, "users"))
    facts = people.c["user_id", "home_team", "enterprise_id", "is_guest", "is_app", "zone"]
    return select(*facts).where(people.c.team_id == bindparam("team"), here)


@cache
def _of_ids(on_sqlite: bool) -> Select[Any]:
    here = people.c.user_id.in_(lists.texts(on_sqlite, "users"))
    facts = [column for column in people.c if column.name != "team_id"]  # in the order of Person's
    return select(*facts).where(people.c.team_id == bindparam("team"), here)


def admins_of(tx: Connection, team_id: str) -> tuple[str, ...]:
    """The admins of the workspace itself that CareCue has met."""
    here = (people.c.team_id == team_id) & (people.c.home_team == team_id) & people.c.is_admin & ~people.c.is_gone
    return tuple(tx.execute(select(people.c.user_id).where(here).order_by(people.c.user_id)).scalars())


def languages(tx: Connection, team_id: str, users: Collection[str]) -> dict[str, str]:
    """What each of them reads: the language of their Slack where CareCue speaks it, else what channels are told in."""
    if not users:
        return {}
    rows = tx.execute(_locales(is_sqlite(tx)), {"team": team_id, "users": lists.packed(set(users))}).all()
    usual = next((row.usual for row in rows if row.usual), ENGLISH)
    return dict.fromkeys(users, usual) | {row.user_id: understood(row.locale, usual) for row in rows if row.user_id}


def language(tx: Connection, team_id: str, user: str) -> str:
    """The same of one."""
    return languages(tx, team_id, [user])[user]


@cache
def _locales(on_sqlite: bool) -> Select[Any]:
    here = people.c.user_id.in_(lists.texts(on_sqlite, "users"))
    known = workspaces.outerjoin(people, (people.c.team_id == workspaces.c.team_id) & here)
    facts = (workspaces.c.setup["language"].as_string().label("usual"), people.c.user_id, people.c.locale)
    return select(*facts).select_from(known).where(workspaces.c.team_id == bindparam("team"))


def set_dm_channel(tx: Connection, team_id: str, user_id: str, channel: str | None) -> None:
    """Remember where CareCue talks with someone that it has met."""
    here = (people.c.team_id == team_id) & (people.c.user_id == user_id)
    tx.execute(update(people).where(here).values(dm_channel=channel))


def _person(row: Row[Any]) -> Person:
    *facts, emoji, until, locale = tuple(row)
    return Person(*facts, status=Status(emoji, until), locale=locale)


def _row(team_id: str, account: Account, now: datetime) -> dict[str, object]:
    return {
        "team_id": team_id,
        "user_id": account.user,
        "home_team": account.home_team,
        "enterprise_id": account.enterprise,
        "name": account.name,
        "zone": account.zone,
        "is_guest": account.is_guest,
        "is_app": account.is_app,
        "is_stranger": account.is_stranger,
        "is_admin": account.is_admin,
        "is_gone": account.is_gone,
        "read_at": now,
        "status_emoji": account.status.emoji,
        "status_until": account.status.until,
        "locale": account.locale,
    }
