"""The leader's clock: asks are taken when a step falls due, and those who lead hear of it."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import groupby

from sqlalchemy import Connection, select, update

from bot.domain.asks import LADDER, Asked, Leaders, audience, climbed, due_steps, next_at
from bot.store import ask_notes, ask_rows, set_aside
from bot.store.leading_tables import asks
from bot.store.set_aside import Due
from bot.store.standing import is_here
from bot.store.workspaces import Workspace, Workspaces

DUE = Due("ask", asks.c.next_nudge_at, asks.c.id)


def take_due(tx: Connection, workspaces: Workspaces, now: datetime, limit: int) -> int:
    """Take the asks that are due, and let the lists of those who lead ring for them; how many were taken."""
    due = select(asks).where(asks.c.next_nudge_at <= now, is_here(asks)).order_by(asks.c.next_nudge_at).limit(limit)
    rows = sorted(tx.execute(due.with_for_update(skip_locked=True)), key=lambda row: str(row.team_id))
    set_aside.taking(tx, DUE, rows)
    for team_id, group in groupby(rows, key=lambda row: str(row.team_id)):
        found = [ask_rows.as_asked(row) for row in group]
        workspace = workspaces.get(tx, team_id, now)
        for asked in found:
            if workspace:
                take(tx, workspace, asked, now)
            else:
                _write(tx, asked, None)
    return len(rows)


def next_due(tx: Connection) -> datetime | None:
    """When the next ask is to be looked at; None when none is."""
    due = select(asks.c.next_nudge_at).where(asks.c.next_nudge_at.is_not(None), is_here(asks))
    return tx.execute(due.order_by(asks.c.next_nudge_at).limit(1)).scalar()


def take(tx: Connection, workspace: Workspace, asked: Asked, now: datetime) -> None:
    """Take the steps that are due; outside the team's hours none is, whenever it was looked at."""
    hours, calls = workspace.schedule(asked.ask.team), ask_rows.leaders(tx, workspace, asked.ask)
    if not hours.is_open(now) or (asked.snoozed_until and asked.snoozed_until > now):
        again = next_at(asked, calls, hours)
        _write(tx, asked, max(again, hours.next_open(now)) if again else None)
        return
    steps = due_steps(asked, calls, hours, now)
    fresh = replace(asked, steps_done=climbed(asked, hours, now), snoozed_until=None)
    _write(tx, fresh, next_at(fresh, calls, hours))
    ask_notes.to_leaders(tx, workspace, fresh, {*_called(asked, calls, steps), *_woken(asked, steps)}, now)
    ask_notes.redraw(tx, workspace, fresh, now)


def _write(tx: Connection, asked: Asked, again: datetime | None) -> None:
    changed = {"steps_done": asked.steps_done, "snoozed_until": asked.snoozed_until, "next_nudge_at": again}
    tx.execute(update(asks).where(asks.c.id == asked.id).values(changed))


def _called(asked: Asked, calls: Leaders, steps: Sequence[int]) -> Iterator[str]:
    for step in steps:
        yield from audience(asked, calls, step)


def _woken(asked: Asked, steps: Sequence[int]) -> Iterator[str]:
    """Whoever snoozes asks to be told again, also when the ladder has nothing new to say to them."""
    reminded = any(LADDER[step].level == 0 for step in steps)
    if asked.snoozed_until and asked.owner and not reminded:
        yield asked.owner
