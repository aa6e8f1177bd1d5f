"""Waits as people are told of them: with the customer's name, the link, and how long of how much."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Label, Row, Select, Table, case, select

from bot.domain import pauses
from bot.domain.conversations import EndedBy, Kind, Wait
from bot.domain.nudges import NEVER_AGAIN
from bot.domain.policy import Policy
from bot.store import channels, people
from bot.store.tables import conversations, moves, waits
from bot.store.workspaces import Workspace
from bot.views.nudges import Waiting

message = moves.alias("message")


def is_message(table: Table, ts: Column[str], kind: Kind) -> ColumnElement[bool]:
    """The message behind a row, to join it by."""
    here = (message.c.team_id == table.c.team_id) & (message.c.channel == table.c.channel)
    return here & (message.c.ts == ts) & (message.c.kind == kind)


def is_of(table: Table) -> ColumnElement[bool]:
    """The conversation of a row, to join it by."""
    here = (conversations.c.team_id == table.c.team_id) & (conversations.c.channel == table.c.channel)
    return here & (conversations.c.root_ts == table.c.root_ts)


def thread_of(table: Table, ts: Column[str]) -> Label[str]:
    """Below which message it stands, itself at top level: a conversation may be more than a thread, or less."""
    at_top = ~message.c.threaded
    return case((at_top, ts), (message.c.about != "", message.c.about), else_=table.c.root_ts).label("thread_ts")


# A wait with what its conversation knows, and where its message stands.
Told = Row[Any]
TOLD: Select[Any] = (
    select(
        waits,
        conversations.c.customer,
        conversations.c.new_here,
        conversations.c.claimed_by,
        thread_of(waits, waits.c.from_ts),
    )
    .join_from(waits, conversations, is_of(waits))
    .join(message, is_message(waits, waits.c.from_ts, Kind.THEIRS), isouter=True)
)


class Desk:
    """What it takes to speak of a workspace's waits, read once for all of them."""

    def __init__(self, tx: Connection, workspace: Workspace, rows: Sequence[Told]) -> None:
        self.workspace = workspace
        self._channels = channels.get_many(tx, workspace.team_id, {row.channel for row in rows})
        self._people = people.get_many(tx, workspace.team_id, {row.customer for row in rows if row.customer})

    def is_customer_channel(self, channel: str) -> bool:
        """Whether customers are still looked after there."""
        known = self._channels.get(channel)
        if known is not None and not known.is_stale and (known.is_archived or not known.is_member):
            return False
        return self.workspace.kind(channel, known is not None and known.is_ext_shared) == "customer"

    def is_private(self, channel: str) -> bool:
        """Whether nobody comes in there by themselves."""
        known = self._channels.get(channel)
        return known is not None and known.is_private

    def with_members(self) -> set[str]:
        """Those of the channels whose members are known."""
        return {channel for channel, known in self._channels.items() if known.members_read_at}

    def policy(self, channel: str) -> Policy:
        """What holds in this channel."""
        known = self._channels.get(channel)
        return self.workspace.policy(channel, known.invited_by if known else None)

    def name(self, customer: str | None) -> str | None:
        """The customer's, where it is known."""
        known = self._people.get(customer) if customer else None
        return known.name if known else None

    def describe(self, row: Told, now: datetime, owner: str | None = None) -> Waiting:
        """The wait for a person's eyes; one that is over tells how long it took. `owner` if not the one stored."""
        schedule = self.policy(row.channel).schedule
        return Waiting(
            channel=row.channel,
            customer=self.name(row.customer),
            link=self.workspace.link(row.channel, row.from_ts, row.thread_ts),
            waited=pauses.elapsed(schedule, row.started_at, row.ended_at or now, pauses.read(row.pauses)),
            target=timedelta(seconds=row.target_s),
            owner=owner or row.owner,
            new_here=row.new_here and row.first,
            snoozed_until=_ahead(row.snoozed_until, now),
            paused_until=_ahead(row.paused_until, now),
            covers_for=row.covers_for,
        )


def set_aside_until(row: Row[Any], now: datetime) -> datetime | None:
    """When a wait that is snoozed or waits on the customer is to be heard of again; None where it is not set aside."""
    return max(filter(None, (_ahead(row.snoozed_until, now), _ahead(row.paused_until, now))), default=None)


def why_unsaid(told: Told, now: datetime) -> str | None:
    """Why nobody is to be told of a wait; None where people are."""
    if told.ended_at is not None:
        return "the wait is over"
    if set_aside_until(told, now):
        return "the wait is snoozed or paused"
    return "it is not needed" if told.steps_done >= NEVER_AGAIN else None


def _ahead(until: datetime | None, now: datetime) -> datetime | None:
    return until if until and until > now else None


def as_wait(row: Told) -> Wait:
    """The wait for decisions."""
    return Wait(
        from_ts=row.from_ts,
        first=row.first,
        target=timedelta(seconds=row.target_s),
        to_ts=None if row.ended_at is None else row.from_ts,
        ended_by=EndedBy(row.ended_by) if row.ended_by else None,
        by=row.ended_user,
        pauses=pauses.read(row.pauses),
    )


def mine(tx: Connection, workspace: Workspace, user: str, now: datetime, limit: int) -> tuple[list[Waiting], int]:
    """The customers who wait for this person, longest first, at most `limit`; and how many there are in all."""
    here = (waits.c.team_id == workspace.team_id) & (waits.c.owner == user) & waits.c.ended_at.is_(None)
    # First which they are: PostgreSQL cannot tell how few, and would read all conversations of a large workspace.
    ids = tx.execute(select(waits.c.id).where(here)).scalars().all()
    rows = tx.execute(TOLD.where(waits.c.id.in_(ids)).order_by(waits.c.started_at)).all()
    desk = Desk(tx, workspace, rows)
    live = [row for row in rows if desk.is_customer_channel(row.channel)]
    return [desk.describe(row, now) for row in live[:limit]], len(live)
