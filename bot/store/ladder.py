"""The ladder: waits are taken when a step falls due, and whoever is to hear of it does."""

from collections.abc import Collection, Iterator, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import Connection, bindparam, select, update

from bot.domain.nudges import audience, due_steps, next_at, on_rota
from bot.domain.policy import Policy
from bot.store import boundary, rotas
from bot.store.nudges import Cue, say
from bot.store.tables import waits
from bot.store.waiting import TOLD, Desk, Told, as_wait
from bot.store.workspaces import Workspace, Workspaces
from bot.views.nudges import Waiting


def take_due(tx: Connection, workspaces: Workspaces, now: datetime, limit: int) -> int:
    """Take the waits that are due, longest overdue first, and put what is to be said about them in the outbox.

    Returns how many were taken; whoever does this at the same time takes others.
    """
    due = TOLD.where(waits.c.next_nudge_at <= now).order_by(waits.c.next_nudge_at).limit(limit)
    rows = tx.execute(due.with_for_update(of=waits, skip_locked=True)).all()
    by_team = sorted(rows, key=lambda row: row.team_id)
    for team_id, group in groupby(by_team, key=lambda row: row.team_id):
        workspace = workspaces.get(tx, team_id, now)
        if workspace:
            _take(tx, workspace, list(group), now)
    return len(rows)


def next_due(tx: Connection) -> datetime | None:
    """When the next wait is to be looked at; None when no customer waits whom anybody is still to hear of."""
    due = select(waits.c.next_nudge_at).where(waits.c.next_nudge_at.is_not(None))
    return tx.execute(due.order_by(waits.c.next_nudge_at).limit(1)).scalar()


def _take(tx: Connection, workspace: Workspace, rows: Sequence[Told], now: datetime) -> None:
    desk = Desk(tx, workspace, rows)
    resting = boundary.resting(tx, workspace.team_id, now)
    cues: list[Cue] = []
    waiting: dict[int, Waiting] = {}
    taken: list[dict[str, Any]] = []
    for row in rows:
        policy = desk.policy(row.channel)
        watched = desk.is_customer_channel(row.channel)
        keeps = policy.on_team(row.owner) and row.owner not in resting
        owner = row.owner if keeps else _next_on_rota(tx, workspace, policy, resting)
        steps = due_steps(as_wait(row), policy, row.steps_done, now) if watched else ()
        done = max(steps) + 1 if steps else row.steps_done
        due = next_at(as_wait(row), policy, done) if watched else None
        taken.append(
            {"wait_id": row.id, "owner": owner, "steps_done": done, "next_nudge_at": due, "snoozed_until": None}
        )
        waiting[row.id] = desk.describe(row, now, owner)
        cues += _cues_of(row, steps, owner, policy, row.owner in resting) if watched else ()
    tx.execute(update(waits).where(waits.c.id == bindparam("wait_id")), taken)
    say(tx, workspace, cues, waiting, now)


def _cues_of(row: Told, steps: Sequence[int], owner: str | None, policy: Policy, is_passed_on: bool) -> Iterator[Cue]:
    for number in steps:
        step = policy.ladder[number]
        for to in audience(step, owner, policy):
            yield Cue(row.id, f"nudge:{row.id}:{number}:{to}", step.say, to)
    reminded = any(policy.ladder[number].to == "owner" for number in steps)
    if owner is None or reminded:
        return
    if row.snoozed_until:
        # Whoever snoozes asks to be told again, also when the ladder has nothing new to say to them.
        yield Cue(row.id, f"snoozed:{row.id}:{row.snoozed_until.isoformat()}:{owner}", "reply", owner)
    elif is_passed_on and steps:
        yield Cue(row.id, f"passed:{row.id}:{max(steps)}:{owner}", "reply", owner)


def _next_on_rota(tx: Connection, workspace: Workspace, policy: Policy, resting: Collection[str]) -> str | None:
    """Whose turn it is, of those who are not taking a breath."""
    if policy.team is None:
        return None
    for _ in policy.rota or policy.agents:
        user = on_rota(policy, rotas.take_turn(tx, workspace.team_id, policy.team))
        if user not in resting:
            return user
    return None
