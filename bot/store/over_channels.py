"""Channels in which no customer is looked after any more: archived, left, or no customers' any more.

Nobody is reminded of who waits there. After the grace period all that is known of its conversations goes, but figures;
where the channel is again what it was before that, they go on.
"""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, delete, select

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

    over: frozenset[str]
    back: frozenset[str]


def is_over(workspace: Workspace, known: Channel | None) -> bool:
    """By what is known for certain."""
    if known is None or known.is_stale:
        return False
    here = known.is_member and not known.is_archived
    return not here or workspace.kind(known.channel, known.is_ext_shared) != "customer"


def changes(tx: Connection, workspace: Workspace) -> Changes:
    """Of channels with conversations. Only reads."""
    of_talk = select(conversations.c.channel).where(conversations.c.team_id == workspace.team_id).distinct()
    talked_in = set(tx.execute(of_talk).scalars())
    known = channels.get_many(tx, workspace.team_id, talked_in)
    noted = {row.channel for row in tx.execute(select(over_channels).where(_of(workspace.team_id)))}
    over = {channel for channel, one in known.items() if is_over(workspace, one)}
    unsure = {channel for channel in noted & talked_in if channel not in known or known[channel].is_stale}
    return Changes(frozenset(over - noted), frozenset(noted - over - unsure))


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
    here = (conversations.c.team_id == team_id) & (conversations.c.channel == channel)
    return tx.execute(select(*conversations.primary_key).where(here).limit(limit)).all()


def forget(tx: Connection, workspace: Workspace, channel: str) -> None:
    """Nothing is left of its conversations: what is known of a channel that CareCue is not in goes with them."""
    known = channels.get(tx, workspace.team_id, channel)
    gone = [over_channels]
    if known is not None and (known.is_archived or not known.is_member):
        gone += [members, departures, listened_channels, table]
    for one in gone:
        tx.execute(delete(one).where(one.c.team_id == workspace.team_id, one.c.channel == channel))


def _of(team_id: str) -> ColumnElement[bool]:
    return over_channels.c.team_id == team_id
