"""Promises in the table, kept equal to what the conversations say, and as their makers are told of them."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, Select, insert, select, tuple_, update

from bot.domain.conversations import Conversation, Kind
from bot.domain.keeping import Became, Promised, remind_at
from bot.domain.moments import moment
from bot.domain.policy import Policy
from bot.store.conversations import Place
from bot.store.promise_tables import promises
from bot.store.tables import conversations
from bot.store.waiting import Desk, is_message, is_of, message, thread_of
from bot.store.workspaces import Workspace
from bot.views.promises import Owed

Stored = Row[Any]
TOLD: Select[Any] = (
    select(promises, conversations.c.customer, thread_of(promises, promises.c.ts))
    .join_from(promises, conversations, is_of(promises))
    .join(message, is_message(promises, promises.c.ts, Kind.OURS), isouter=True)
)


def sync(
    tx: Connection,
    team_id: str,
    changed: Mapping[Place, Conversation],
    policies: Mapping[str, Policy],
    before: Mapping[Place, Conversation] | None = None,
) -> list[int]:
    """Bring the promises of these conversations up to date; the ids of those that are over now.

    `before`: what is in the tables, where it is known. Where nobody promises or had promised, nothing is asked.
    """
    places = [place for place, told in changed.items() if told.promises or _may_have_had(place, before)]
    if not places:
        return []
    told = {(place[0], one.ts): (place, one) for place in places for one in changed[place].promises}
    stored = {(row.channel, row.ts): row for row in _stored(tx, team_id, places, told)}
    over: list[int] = []
    for key, (place, one) in told.items():
        over += _write(tx, team_id, changed[place], one, policies[place[0]], stored.pop(key, None))
    return over + _drop(tx, [row for row in stored.values() if row.ended_by != Became.NEVER])


def find(tx: Connection, team_id: str, here: ColumnElement[bool], *, hold: bool = False) -> Sequence[Stored]:
    """Promises with their customers, those due first; `hold`: nobody else changes them in this transaction's time."""
    wanted = TOLD.where(promises.c.team_id == team_id, here).order_by(promises.c.due_at, promises.c.id)
    return tx.execute(wanted.with_for_update(of=promises) if hold else wanted).all()


def get(tx: Connection, team_id: str, promise_id: int, *, hold: bool = False) -> Stored | None:
    """None where there is none."""
    return next(iter(find(tx, team_id, promises.c.id == promise_id, hold=hold)), None)


def tell(tx: Connection, workspace: Workspace, rows: Sequence[Stored], now: datetime) -> list[Owed]:
    """For their makers' eyes; what is in no customer channel any more is left out."""
    desk = Desk(tx, workspace, rows)
    return [_owed(desk, row, now) for row in rows if desk.is_customer_channel(row.channel)]


def mine(tx: Connection, workspace: Workspace, user: str, now: datetime) -> list[Owed]:
    """What this person has promised and not kept yet, what is due first at the top."""
    here = (promises.c.by == user) & promises.c.ended_at.is_(None)
    return tell(tx, workspace, find(tx, workspace.team_id, here), now)


def _may_have_had(place: Place, before: Mapping[Place, Conversation] | None) -> bool:
    return before is None or (place in before and bool(before[place].promises))


def _stored(tx: Connection, team_id: str, places: Sequence[Place], told: Collection[Place]) -> Sequence[Stored]:
    """Those of these conversations, and those that have come to them from others."""
    here = tuple_(promises.c.channel, promises.c.root_ts).in_(places)
    come = tuple_(promises.c.channel, promises.c.ts).in_(list(told))
    return tx.execute(select(promises).where(promises.c.team_id == team_id, here | come)).all()


def _write(
    tx: Connection, team_id: str, conversation: Conversation, one: Promised, policy: Policy, row: Stored | None
) -> list[int]:
    values = {
        "root_ts": conversation.root_ts,
        "by": one.by,
        "named": one.named,
        "due_at": one.due,
        "ended_at": moment(one.to_ts) if one.to_ts else None,
        "ended_by": one.became,
        "next_nudge_at": _next(conversation, one, policy, row),
    }
    if row is None:
        tx.execute(
            insert(promises).values(values | {"team_id": team_id, "channel": conversation.channel, "ts": one.ts})
        )
    elif any(getattr(row, name) != value for name, value in values.items()):
        tx.execute(update(promises).where(promises.c.id == row.id).values(values))
        return [row.id] if one.to_ts else []
    return []


def _next(conversation: Conversation, one: Promised, policy: Policy, row: Stored | None) -> datetime | None:
    """When to bring it up: once, and again after a snooze. While the customer waits, they hear of that instead."""
    if not one.open or conversation.wait:
        return None
    if row is not None and (row.snoozed_until or row.nudged_at):
        snoozed: datetime | None = row.snoozed_until
        return snoozed
    return remind_at(one, policy.schedule)


def _drop(tx: Connection, rows: Sequence[Stored]) -> list[int]:
    """Of these nothing is told any more: the message is gone, or in no conversation with a customer."""
    for row in rows:
        gone = {"ended_at": moment(row.ts), "ended_by": Became.NEVER, "next_nudge_at": None}
        tx.execute(update(promises).where(promises.c.id == row.id).values(gone))
    return [row.id for row in rows]


def _owed(desk: Desk, row: Stored, now: datetime) -> Owed:
    asleep = row.snoozed_until is not None and row.snoozed_until > now
    return Owed(
        id=row.id,
        channel=row.channel,
        customer=desk.name(row.customer),
        link=desk.workspace.link(row.channel, row.ts, row.thread_ts),
        due=row.due_at,
        named=row.named,
        late=row.due_at < now,
        on_it_until=row.snoozed_until if asleep else None,
    )
