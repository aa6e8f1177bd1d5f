"""Figures of waits, week by week."""

from collections import Counter
from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select

from bot.domain.conversations import EndedBy
from bot.domain.statistics import AGAIN, SILENCE, Counts, Figures, Load, all_of, nearest_rank, told
from bot.domain.weeks import Week, days_of
from bot.store.tables import waits
from bot.store.waiting import TOLD, Desk
from bot.store.workspaces import Workspace
from bot.views.nudges import Waiting


def weekly(tx: Connection, workspace: Workspace, team_key: str, weeks: Sequence[Week], now: datetime) -> list[Figures]:
    """A team's figures as the team may hear them, a week each, in the order of `weeks` (which follow each other)."""
    size = _size(workspace, team_key)
    return [told(counts, size) for counts in _counted(tx, workspace, waits.c.team == team_key, weeks, now)]


def mine(tx: Connection, workspace: Workspace, user: str, weeks: Sequence[Week], now: datetime) -> list[Figures]:
    """What one person answered, in all teams: for nobody's eyes but theirs."""
    return [all_of(counts) for counts in _counted(tx, workspace, waits.c.ended_user == user, weeks, now)]


def load(tx: Connection, workspace: Workspace, team_key: str, weeks: Sequence[Week], now: datetime) -> list[Load]:
    """How much a team had to do, a week each; days are those of the team's zone."""
    size = _size(workspace, team_key)
    team = workspace.setup.team(team_key)
    zone = team.week.zone if team else "UTC"
    here = (waits.c.team_id == workspace.team_id) & (waits.c.team == team_key)
    here &= waits.c.ended_by.is_distinct_from(EndedBy.DELETED)
    began = list(tx.execute(select(waits.c.started_at).where(here, waits.c.started_at >= weeks[0].start)).scalars())
    loads = []
    for counts in _counted(tx, workspace, waits.c.team == team_key, weeks, now):
        days = days_of(zone, counts.week)
        by_day = tuple(sum(a <= at < b for at in began) for a, b in pairwise(days))
        loads.append(Load(counts.week, by_day, counts.answers, told(counts, size).after_hours))
    return loads


def open_waits(
    tx: Connection, workspace: Workspace, team_key: str, now: datetime, limit: int
) -> tuple[list[Waiting], int]:
    """The customers who wait for this team, longest first, at most `limit`; and how many there are in all."""
    here = (waits.c.team_id == workspace.team_id) & (waits.c.team == team_key) & waits.c.ended_at.is_(None)
    rows = tx.execute(TOLD.where(here).order_by(waits.c.started_at, waits.c.id)).all()
    desk = Desk(tx, workspace, rows)
    live = [row for row in rows if desk.is_customer_channel(row.channel)]
    return [desk.describe(row, now) for row in live[:limit]], len(live)


def _size(workspace: Workspace, team_key: str) -> int:
    team = workspace.setup.team(team_key)
    return len(workspace.people(team.people)) if team else 0


def _counted(
    tx: Connection, workspace: Workspace, whose: ColumnElement[bool], weeks: Sequence[Week], now: datetime
) -> list[Counts]:
    answered = (waits.c.team_id == workspace.team_id) & (waits.c.ended_by == EndedBy.ANSWER) & whose
    return [_of_week(tx, answered, week, now) for week in weeks]


def _of_week(tx: Connection, answered: ColumnElement[bool], week: Week, now: datetime) -> Counts:
    rows = tx.execute(select(waits).where(answered, waits.c.ended_at >= week.start, waits.c.ended_at < week.end)).all()
    firsts = Counter(row.working_s for row in rows if row.first and row.working_s is not None)
    settled = [row for row in rows if row.ended_at <= now - AGAIN]
    return Counts(
        week=week,
        conversations=sum(row.first for row in rows),
        answers=len(rows),
        answerers=len({row.ended_user for row in rows} - {None}),
        in_time=sum(row.working_s is not None and row.working_s <= row.target_s for row in rows),
        median_s=nearest_rank(firsts, 50),
        p90_s=nearest_rank(firsts, 90),
        settled=len(settled),
        asked_again=sum(_asked_again(tx, row) for row in settled),
        silence_broken=sum(row.ended_at - row.started_at > SILENCE for row in rows),
        after_hours=sum(bool(row.after_hours) for row in rows),
    )


def _asked_again(tx: Connection, row: Row[Any]) -> bool:
    same = (waits.c.team_id == row.team_id) & (waits.c.channel == row.channel) & (waits.c.root_ts == row.root_ts)
    later = (waits.c.started_at >= row.ended_at) & (waits.c.started_at <= row.ended_at + AGAIN)
    kept = waits.c.ended_by.is_distinct_from(EndedBy.DELETED)
    return tx.execute(select(waits.c.id).where(same, later, kept).limit(1)).first() is not None
