"""Waits that began before CareCue kept whose they are and what they took: filled in a few at a time.

What is filled in once is not found again, so it may stop anywhere and go on anywhere. It is reckoned by the hours and
the team that a channel has now: nobody has kept those of then.
"""

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, bindparam, select, update

from bot.domain.policy import Policy
from bot.store import channels
from bot.store.tables import waits
from bot.store.workspaces import Workspace

AT_A_TIME = 500


def complete(tx: Connection, workspace: Workspace, since: datetime) -> datetime | None:
    """Fill in some of the waits that ended at `since` or later, oldest first; where to go on, None when all are done.

    What somebody else holds just now is left for another time.
    """
    unknown = _without_team(workspace) & waits.c.ended_at.is_not(None) & waits.c.working_s.is_(None)
    found = select(waits.c.id, waits.c.channel, waits.c.started_at, waits.c.ended_at)
    some = found.where(unknown, waits.c.ended_at >= since).order_by(waits.c.ended_at, waits.c.id).limit(AT_A_TIME)
    rows = tx.execute(some.with_for_update(skip_locked=True)).all()
    if not rows:
        return None
    policies = _policies(tx, workspace, {row.channel for row in rows})
    tx.execute(
        update(waits).where(waits.c.id == bindparam("wait_id")), [_took(row, policies[row.channel]) for row in rows]
    )
    last: datetime = rows[-1].ended_at
    return last


def assign(tx: Connection, workspace: Workspace) -> None:
    """Say whose the open waits are that do not know it."""
    unknown = _without_team(workspace) & waits.c.ended_at.is_(None)
    found = set(tx.execute(select(waits.c.channel).where(unknown).distinct()).scalars())
    for channel, policy in _policies(tx, workspace, found).items():
        if policy.team:
            tx.execute(update(waits).where(unknown, waits.c.channel == channel).values(team=policy.team))


def _without_team(workspace: Workspace) -> ColumnElement[bool]:
    return (waits.c.team_id == workspace.team_id) & waits.c.team.is_(None)


def _policies(tx: Connection, workspace: Workspace, wanted: Iterable[str]) -> dict[str, Policy]:
    ids = sorted(wanted)
    known = channels.glance(tx, workspace.team_id, ids)
    return {one: workspace.policy(one, known[one].invited_by if one in known else None) for one in ids}


def _took(row: Row[*tuple[Any, ...]], policy: Policy) -> dict[str, Any]:
    """As bot.store.waits keeps it of those that end today."""
    took = policy.schedule.elapsed(row.started_at, row.ended_at).total_seconds()
    after_hours = not policy.schedule.is_open(row.ended_at)
    return {"wait_id": row.id, "team": policy.team, "working_s": int(took), "after_hours": after_hours}
