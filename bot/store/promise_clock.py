"""Promises are taken when it is time to bring them up, and what their makers press about them.

What a button answers is None, or the sentence that says why it did nothing.
"""

from datetime import datetime, timedelta
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, select, update

from bot.domain.conversations import Kind, Move
from bot.domain.moments import ts_of
from bot.domain.nudges import Snooze, snoozed_until
from bot.store import boundary, gaps, living_lists, promise_notes, promises, set_aside
from bot.store.ledger import Ledger
from bot.store.living_lists import News
from bot.store.locks import lock_channels
from bot.store.promise_tables import promises as table
from bot.store.promises import TOLD, Stored
from bot.store.set_aside import Due
from bot.store.standing import is_here
from bot.store.waiting import Desk
from bot.store.workspaces import Workspace, Workspaces
from bot.views.words import promises as words

Refusal = str

DUE = Due("promise", table.c.next_nudge_at, table.c.id)
REST = timedelta(hours=1)  # after which somebody who takes a breath is looked at again


def take_due(tx: Connection, workspaces: Workspaces, now: datetime, limit: int) -> int:
    """Take the promises that are to be brought up, and let their makers' lists ring for them; how many were taken."""
    is_due = (table.c.next_nudge_at <= now) & gaps.is_whole(table, now) & is_here(table)
    due = TOLD.where(is_due).order_by(table.c.next_nudge_at).limit(limit)
    rows = sorted(tx.execute(due.with_for_update(of=table, skip_locked=True)), key=lambda row: str(row.team_id))
    set_aside.taking(tx, DUE, rows)
    for team_id, group in groupby(rows, key=lambda row: str(row.team_id)):
        workspace, found = workspaces.get(tx, team_id, now), list(group)
        desk = Desk(tx, workspace, found) if workspace else None
        for row in found:
            again = _take(tx, desk, row, now) if desk else {"next_nudge_at": None}
            tx.execute(update(table).where(table.c.id == row.id).values(again))
    return len(rows)


def next_due(tx: Connection) -> datetime | None:
    """When the next promise is to be brought up; None when none is."""
    due = select(table.c.next_nudge_at).where(table.c.next_nudge_at.is_not(None), is_here(table))
    return tx.execute(due.order_by(table.c.next_nudge_at).limit(1)).scalar()


def done(tx: Connection, workspace: Workspace, promise_id: int, user: str, now: datetime) -> Refusal | None:
    """*Done*: it was kept elsewhere. Whether the customer waits for something else is another matter."""
    made = _mine(tx, workspace, promise_id, user)
    if isinstance(made, str):
        return made
    ledger = Ledger(tx, workspace)
    ledger.open([(made.channel, made.root_ts)])
    ledger.tell((made.channel, made.root_ts), Move(ts_of(now), Kind.KEPT, user, about=made.ts))
    ledger.save(now)
    return None


def on_it(
    tx: Connection, workspace: Workspace, promise_id: int, user: str, choice: Snooze, now: datetime
) -> Refusal | None:
    """*I'm on it…*: it is brought up again then, in the working time of the team."""
    made = _mine(tx, workspace, promise_id, user)
    if isinstance(made, str):
        return made
    until = snoozed_until(choice, now, Desk(tx, workspace, [made]).policy(made.channel).schedule)
    tx.execute(update(table).where(table.c.id == made.id).values(snoozed_until=until, next_nudge_at=until))
    promise_notes.redraw(tx, workspace, [made.id], now)
    return None


def _take(tx: Connection, desk: Desk, row: Stored, now: datetime) -> dict[str, Any]:
    """Bring it up, unless its maker rests or the team does: then later. What there is to write."""
    workspace, policy = desk.workspace, desk.policy(row.channel)
    if not (desk.is_customer_channel(row.channel) and policy.on_team(row.by)):
        return {"next_nudge_at": None}
    if promise_notes.customer_waits(tx, row):
        return {"next_nudge_at": None}  # the end of the wait brings it back
    rests = row.by in boundary.resting(tx, workspace.team_id, now)
    if rests or not policy.schedule.is_open(now):
        return {"next_nudge_at": policy.schedule.next_open(now + REST if rests else now)}
    living_lists.note(tx, workspace.team_id, [row.by], News.RING, now)
    return {"next_nudge_at": None, "nudged_at": now, "snoozed_until": None}


def _mine(tx: Connection, workspace: Workspace, promise_id: int, user: str) -> Stored | Refusal:
    """The promise, if it is this person's and still open; nobody else changes it meanwhile."""
    made = promises.get(tx, workspace.team_id, promise_id)
    if made is None:
        return words.OVER_ALREADY()
    if made.by != user:
        return words.NOT_YOURS()
    lock_channels(tx, workspace.team_id, [made.channel])
    held = promises.get(tx, workspace.team_id, promise_id, hold=True)
    return held if held is not None and held.ended_at is None else words.OVER_ALREADY()
