"""Channels and who is in them, kept from events and read again from Slack when in doubt."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, delete, select, update
from sqlalchemy.sql.functions import coalesce

from bot.store.tables import channels, members
from bot.store.upserts import upsert


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
    """A channel as it was known at `read_at`. `is_stale`: something has changed since; `invited_by` brought CareCue."""

    invited_by: str | None
    is_stale: bool
    read_at: datetime | None
    members_read_at: datetime | None


def save_channel(tx: Connection, team_id: str, facts: Facts, now: datetime) -> None:
    """Replace what is known of a channel by what Slack says now; its members and inviter stay."""
    row = {
        "team_id": team_id,
        "channel": facts.channel,
        "name": facts.name,
        "is_private": facts.is_private,
        "is_ext_shared": facts.is_ext_shared,
        "is_pending_ext_shared": facts.is_pending_ext_shared,
        "is_archived": facts.is_archived,
        "is_member": facts.is_member,
        "is_stale": False,
        "read_at": now,
    }
    upsert(tx, channels, [row])


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


def joined(tx: Connection, team_id: str) -> list[str]:
    """The channels that CareCue is in."""
    here = (channels.c.team_id == team_id) & channels.c.is_member
    return list(tx.execute(select(channels.c.channel).where(here).order_by(channels.c.channel)).scalars())


def mark_stale(tx: Connection, team_id: str, channel: str) -> None:
    """Something about it changed: ask Slack again before relying on it. Makes an unheard-of channel known."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, is_stale=True)


def stale(tx: Connection) -> list[tuple[str, str]]:
    """Every (team_id, channel) that Slack has to be asked about."""
    rows = tx.execute(
        select(channels.c.team_id, channels.c.channel).where(channels.c.is_stale).order_by(*channels.c[:2])
    )
    return [(row.team_id, row.channel) for row in rows]


def gone(tx: Connection, team_id: str, channel: str, now: datetime) -> None:
    """Slack does not show it to CareCue (any more)."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, is_stale=False, is_member=False, read_at=now)


def arrive(tx: Connection, team_id: str, channel: str, invited_by: str | None) -> None:
    """CareCue itself came into a channel, about which Slack has to be asked; its first inviter stays."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, is_stale=True, is_member=True, invited_by=coalesce(channels.c.invited_by, invited_by))


def depart(tx: Connection, team_id: str, channel: str) -> None:
    """CareCue itself was taken out of a channel: events about it end, so nothing known of it can be relied on."""
    meet(tx, team_id, channel)
    _set(tx, team_id, channel, is_stale=True, is_member=False, members_read_at=None)


def join(tx: Connection, team_id: str, channel: str, user_id: str) -> None:
    """Someone else came into a channel."""
    upsert(tx, members, [{"team_id": team_id, "channel": channel, "user_id": user_id}], keep=None)


def leave(tx: Connection, team_id: str, channel: str, user_id: str) -> None:
    """Someone else left a channel. Leaving out of order is repaired when the members are read again."""
    tx.execute(delete(members).where(_here(team_id, channel) & (members.c.user_id == user_id)))


def get_members(tx: Connection, team_id: str, channel: str) -> set[str]:
    """Everyone known to be in a channel."""
    return set(tx.execute(select(members.c.user_id).where(_here(team_id, channel))).scalars())


def set_members(tx: Connection, team_id: str, channel: str, user_ids: Collection[str], now: datetime) -> None:
    """Replace the members by the full list that Slack gave at `now`."""
    before, after = get_members(tx, team_id, channel), set(user_ids)
    if before - after:
        tx.execute(delete(members).where(_here(team_id, channel) & members.c.user_id.in_(sorted(before - after))))
    new = [{"team_id": team_id, "channel": channel, "user_id": user} for user in sorted(after - before)]
    upsert(tx, members, new, keep=None)
    _set(tx, team_id, channel, members_read_at=now)


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


def _set(tx: Connection, team_id: str, channel: str, **values: object) -> None:
    here = (channels.c.team_id == team_id) & (channels.c.channel == channel)
    tx.execute(update(channels).where(here).values(**values))


def _here(team_id: str, channel: str) -> ColumnElement[bool]:
    return (members.c.team_id == team_id) & (members.c.channel == channel)
