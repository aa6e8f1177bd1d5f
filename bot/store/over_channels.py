"""Channels in which no customer is looked after any more: archived, left, or no customers' any more.

Nobody is reminded of who waits there. After the grace period all that is known of its conversations goes, but figures;
where the channel is again what it was before that, they go on.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, delete, select

from bot.store import channels, filling, setup
from bot.store.channels import Channel
from bot.store.gap_tables import listened_channels
from bot.store.presence_tables import departures
from bot.store.retention_tables import over_channels
from bot.store.tables import channels as table
from bot.store.tables import conversations, members
from bot.store.upserts import upsert
from bot.store.workspaces import Workspace


class Changes(NamedTuple):
    """Channels that are over since they were last looked at, and those that were, and are back."""

    over: set[str]
    back: set[str]


def is_over(workspace: Workspace, known: Channel | None) -> bool:
    """By what is known for certain."""
    if known is None or known.is_stale:
        return False
    return _is_over(workspace, known)


def _is_over(workspace: Workspace, known: Channel | Row[Any]) -> bool:
    here = known.is_member and not known.is_archived
    return not here or workspace.kind(known.channel, known.is_ext_shared) != "customer"


def changes(tx: Connection, every: Mapping[str, Workspace]) -> dict[str, Changes]:
    """By workspace, where there are any, of channels with conversations. Only reads; asked once for all of them."""
    noted: dict[str, set[str]] = defaultdict(set)
    for row in tx.execute(_NOTED):
        noted[row.team_id].add(row.channel)
    over, unsure = defaultdict[str, set[str]](set), defaultdict[str, set[str]](set)
    for row in tx.execute(_TALKED_IN):
        if row.team_id in every and (row.is_stale or _is_over(every[row.team_id], row)):
            (unsure if row.is_stale else over)[row.team_id].add(row.channel)
    found = {one: Changes(over[one] - noted[one], noted[one] - over[one] - unsure[one]) for one in every}
    return {team_id: one for team_id, one in found.items() if one.over or one.back}


def note(tx: Connection, workspace: Workspace, found: Changes, now: datetime) -> None:
    """Remember it, and have lists and reminders follow."""
    rows = [{"team_id": workspace.team_id, "channel": channel, "since": now} for channel in sorted(found.over)]
    if found.back:
        setup.hold(tx, workspace.team_id)
    upsert(tx, over_channels, rows, keep=None)
    tx.execute(delete(over_channels).where(_of(workspace.team_id), over_channels.c.channel.in_(sorted(found.back))))
    for channel in sorted(found.over | found.back):
        filling.tell_readers(tx, workspace, channel, now)
    if found.back:
        setup.move_waits(tx, workspace.team_id, now)


def ended(tx: Connection, workspace: Workspace, now: datetime) -> list[str]:
    """Those whose grace period is over; not where one is back since it was last looked at, or may be."""
    before = now - timedelta(days=workspace.setup.retention.grace)
    here = _of(workspace.team_id) & (over_channels.c.since <= before)
    noted = tx.execute(select(over_channels.c.channel).where(here).order_by(over_channels.c.channel)).scalars().all()
    known = channels.get_many(tx, workspace.team_id, noted)
    return [channel for channel in noted if channel not in known or is_over(workspace, known[channel])]


def find(tx: Connection, team_id: str, channel: str, limit: int) -> Sequence[Any]:
    """The keys of conversations that are left there, at most `limit`."""
    here = (conversations.c.team_id == team_id) & (conversations.c.channel == channel) & _AT_ANY_TIME
    return tx.execute(select(*conversations.primary_key).where(here).limit(limit)).all()


def forget(tx: Connection, workspace: Workspace, channel: str) -> None:
    """Nothing is left of its conversations: what is known of a channel that CareCue is not in goes with them."""
    known = channels.get(tx, workspace.team_id, channel)
    gone = [over_channels]
    if known is not None and (known.is_archived or not known.is_member):
        gone += [members, departures, listened_channels, table]
    for one in gone:
        tx.execute(delete(one).where(one.c.team_id == workspace.team_id, one.c.channel == channel))


# Of a channel that is not known nothing is sure.
_NOTED = select(*over_channels.c["team_id", "channel"]).join_from(
    over_channels, table, (table.c.team_id == over_channels.c.team_id) & (table.c.channel == over_channels.c.channel)
)
_AT_ANY_TIME = conversations.c.last_ts > ""  # all: so that the index by channel and time is used
# One look into an index for each channel, not for each conversation.
_TALKS = select(conversations.c.channel).where(
    conversations.c.team_id == table.c.team_id, conversations.c.channel == table.c.channel, _AT_ANY_TIME
)
_TALKED_IN = select(*table.c["team_id", "channel", "is_member", "is_archived", "is_ext_shared", "is_stale"]).where(
    _TALKS.exists()
)


def _of(team_id: str) -> ColumnElement[bool]:
    return over_channels.c.team_id == team_id
