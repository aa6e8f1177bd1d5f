"""Channels and who is in them, kept from events and read again from Slack when in doubt."""

from collections.abc import Collection
from dataclasses import asdict, dataclass
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, bindparam, case, delete, select, update
from sqlalchemy.sql.functions import coalesce

from bot.store import lists
from bot.store.db import is_sqlite
from bot.store.gap_tables import listened_channels
from bot.store.presence_tables import departures
from bot.store.standing import is_here
from bot.store.tables import channels, members
from bot.store.upserts import new, upsert


@dataclass(frozen=True, slots=True)
class Facts:
    """What Slack says of a channel (`conversations.info`)."""

    channel: str
    name: str
    is_private: bool
    is_ext_shared: bool
    is_pending_ext_shared: bool
    is_archived: bool
    is_member: bool


@dataclass(frozen=True, slots=True)
class Channel(Facts):
    """A channel as Slack described it when asked at `read_at`. `is_stale`: something may have changed since.

    `invited_by` brought CareCue there.
    """

    invited_by: str | None
    is_stale: bool
    read_at: datetime | None
    members_read_at: datetime | None


class Glance(NamedTuple):
    """What every message needs of its channel."""

    is_ext_shared: bool
    invited_by: str | None


def begin_reading(tx: Connection, team_id: str, channel: str, now: datetime) -> None:
    """Note that Slack is about to be asked about a channel, so that what changes meanwhile is not overlooked."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, read_at=now)


def save_channel(tx: Connection, team_id: str, facts: Facts, began: datetime) -> None:
    """Replace what is known of a channel by what Slack said when asked since `began`; members and inviter stay.

    It is no longer stale, unless something changed after `begin_reading`; an answer that is older than what is known
    changes nothing.
    """
    row = asdict(facts)
    statement = new(tx, channels).values(team_id=team_id, is_stale=False, read_at=began, **row)
    fresh: dict[str, object] = {name: statement.excluded[name] for name in row if name != "channel"}
    newest = channels.c.read_at.is_(None) | (channels.c.read_at <= began)
    fresh["is_stale"] = _stale_unless_read_since(began)
    tx.execute(statement.on_conflict_do_update(index_elements=["team_id", "channel"], set_=fresh, where=newest))


def get(tx: Connection, team_id: str, channel: str) -> Channel | None:
    """None for a channel that CareCue has not heard of."""
    return get_many(tx, team_id, [channel]).get(channel)


def get_many(tx: Connection, team_id: str, ids: Collection[str]) -> dict[str, Channel]:
    """Those of them that are known, by their id."""
    if not ids:
        return {}
    columns = [column for column in channels.c if column.name != "team_id"]
    here = (channels.c.team_id == team_id) & channels.c.channel.in_(sorted(ids))
    rows = tx.execute(select(*columns).where(here)).mappings()
    return {row["channel"]: Channel(**row) for row in rows}


def glance(tx: Connection, team_id: str, ids: Collection[str]) -> dict[str, Glance]:
    """The same in brief."""
    if not ids:
        return {}
    rows = tx.execute(_glance(is_sqlite(tx)), {"team": team_id, "channels": lists.packed(ids)})
    return {channel: Glance(*facts) for channel, *facts in rows}


@cache
def _glance(on_sqlite: bool) -> Select[Any]:
    here = channels.c.channel.in_(lists.texts(on_sqlite, "channels"))
    facts = select(channels.c.channel, channels.c.is_ext_shared, channels.c.invited_by)
    return facts.where(channels.c.team_id == bindparam("team"), here)


def mark_stale(tx: Connection, team_id: str, channel: str) -> None:
    """Something about it changed: ask Slack again before relying on it. Makes an unheard-of channel known."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, is_stale=True, read_at=None)


def stale(tx: Connection) -> list[tuple[str, str]]:
    """Every (team_id, channel) that Slack has to be asked about."""
    rows = tx.execute(select(*channels.c[:2]).where(channels.c.is_stale, is_here(channels)).order_by(*channels.c[:2]))
    return [(row.team_id, row.channel) for row in rows]


def gone(tx: Connection, team_id: str, channel: str, began: datetime) -> None:
    """Slack, asked since `began`, does not show the channel to CareCue (any more)."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, is_member=False, is_stale=_stale_unless_read_since(began))


def arrive(tx: Connection, team_id: str, channel: str, invited_by: str | None) -> None:
    """CareCue itself came into a channel, about which Slack has to be asked; its first inviter stays."""
    mark_stale(tx, team_id, channel)
    _set(tx, team_id, channel, is_member=True, invited_by=coalesce(channels.c.invited_by, invited_by))


def depart(tx: Connection, team_id: str, channel: str) -> None:
    """CareCue itself was taken out of a channel: events about it end, so nothing known of it can be relied on."""
    mark_stale(tx, team_id, channel)
    _set(tx, team_id, channel, is_member=False, members_read_at=None)
    past = (listened_channels.c.team_id == team_id) & (listened_channels.c.channel == channel)
    tx.execute(delete(listened_channels).where(past))
    tx.execute(delete(departures).where(departures.c.team_id == team_id, departures.c.channel == channel))


def join(tx: Connection, team_id: str, channel: str, user_id: str) -> None:
    """Someone else came into a channel; a list of members that is being read may not have them yet."""
    mark_stale(tx, team_id, channel)
    upsert(tx, members, [{"team_id": team_id, "channel": channel, "user_id": user_id}], keep=None)
    _are_back(tx, team_id, channel, [user_id])


def leave(tx: Connection, team_id: str, channel: str, user_id: str) -> None:
    """Someone else left a channel. Leaving out of order is repaired when the members are read again."""
    tx.execute(delete(members).where(_here(team_id, channel) & (members.c.user_id == user_id)))
    upsert(tx, departures, [{"team_id": team_id, "channel": channel, "user_id": user_id}], keep=None)


def _are_back(tx: Connection, team_id: str, channel: str, user_ids: Collection[str]) -> None:
    here = (departures.c.team_id == team_id) & (departures.c.channel == channel)
    tx.execute(delete(departures).where(here, departures.c.user_id.in_(sorted(user_ids))))


def get_members(tx: Connection, team_id: str, channel: str) -> set[str]:
    """Everyone known to be in a channel."""
    return set(tx.execute(select(members.c.user_id).where(_here(team_id, channel))).scalars())


def insiders(tx: Connection, team_id: str, ids: Collection[str], user_ids: Collection[str]) -> dict[str, set[str]]:
    """Which of these people are in these channels, by the channel."""
    found: dict[str, set[str]] = {channel: set() for channel in ids}
    if found and user_ids:
        given = {"team": team_id, "channels": lists.packed(ids), "users": lists.packed(user_ids)}
        for channel, user in tx.execute(_insiders(is_sqlite(tx)), given):
            found[channel].add(user)
    return found


def departed(tx: Connection, team_id: str, ids: Collection[str], user_ids: Collection[str]) -> dict[str, set[str]]:
    """Which of these people are known to have left which of these channels, where somebody has."""
    found: dict[str, set[str]] = {}
    if ids and user_ids:
        here = departures.c.channel.in_(sorted(ids)) & departures.c.user_id.in_(sorted(user_ids))
        for row in tx.execute(select(departures).where(departures.c.team_id == team_id, here)):
            found.setdefault(row.channel, set()).add(row.user_id)
    return found


@cache
def _insiders(on_sqlite: bool) -> Select[Any]:
    here = members.c.channel.in_(lists.texts(on_sqlite, "channels"))
    these = members.c.user_id.in_(lists.texts(on_sqlite, "users"))
    return select(members.c.channel, members.c.user_id).where(members.c.team_id == bindparam("team"), here, these)


def set_members(tx: Connection, team_id: str, channel: str, user_ids: Collection[str], began: datetime) -> None:
    """Replace the members by the full list that Slack gave since `began`; void if anything changed meanwhile."""
    before, after = get_members(tx, team_id, channel), set(user_ids)
    if before - after:
        tx.execute(delete(members).where(_here(team_id, channel) & members.c.user_id.in_(sorted(before - after))))
    added = [{"team_id": team_id, "channel": channel, "user_id": user} for user in sorted(after - before)]
    upsert(tx, members, added, keep=None)
    _are_back(tx, team_id, channel, after)
    _set(tx, team_id, channel, members_read_at=case((channels.c.read_at == began, began), else_=None))


def meet(tx: Connection, team_id: str, channel: str) -> None:
    """Make a channel known, with everything yet to be asked; one that is known stays as it is."""
    row = {
        "team_id": team_id,
        "channel": channel,
        "name": channel,
        "is_private": True,
        "is_ext_shared": False,
        "is_pending_ext_shared": False,
        "is_archived": False,
        "is_member": False,
        "is_stale": True,
    }
    upsert(tx, channels, [row], keep=None)


def _stale_unless_read_since(began: datetime) -> ColumnElement[bool]:
    return case((channels.c.read_at == began, False), else_=channels.c.is_stale)


def _set(tx: Connection, team_id: str, channel: str, **values: object) -> None:
    here = (channels.c.team_id == team_id) & (channels.c.channel == channel)
    tx.execute(update(channels).where(here).values(**values))


def _here(team_id: str, channel: str) -> ColumnElement[bool]:
    return (members.c.team_id == team_id) & (members.c.channel == channel)
