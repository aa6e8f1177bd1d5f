"""Figures of waits, week by week: a team's, one's own, and what a manager plans with."""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from bot.domain.setup import Team
from bot.domain.statistics import Counts, Figures, Load, all_of, told
from bot.domain.weeks import Week, days_of, last_weeks
from bot.store import channels, counting
from bot.store.tables import waits
from bot.store.waiting import TOLD, Desk
from bot.store.workspaces import Workspace
from bot.views.nudges import Waiting


def weekly(tx: Connection, workspace: Workspace, team_key: str, weeks: Sequence[Week], now: datetime) -> list[Figures]:
    """A team's figures as the team may hear them, in the order of `weeks`."""
    counted = counting.answers(tx, _of_team(workspace, team_key), weeks, now)
    return [_told(workspace, team_key, counts) for counts in counted]


def by_team(
    tx: Connection, workspace: Workspace, teams: Iterable[Team], count: int, now: datetime
) -> Iterator[tuple[str, Figures]]:
    """The last `count` weeks that are over, team by team, oldest first; each with the team's key."""
    for team in teams:
        weeks = last_weeks(team.week.zone, now, count)
        yield from ((team.key, figures) for figures in weekly(tx, workspace, team.key, weeks, now))


def mine(tx: Connection, workspace: Workspace, user: str, weeks: Sequence[Week], now: datetime) -> list[Figures]:
    """What one person answered, for whichever team: for nobody's eyes but theirs."""
    teams = [team.key for team in workspace.setup.teams]
    whose = (waits.c.team_id == workspace.team_id) & waits.c.team.in_(teams)
    return [all_of(counts) for counts in counting.answers(tx, whose, weeks, now, user)]


def load(tx: Connection, workspace: Workspace, team_key: str, weeks: Sequence[Week], now: datetime) -> list[Load]:
    """How much a team had to do, in the order of `weeks`, oldest first; days are those of the team's zone."""
    team = workspace.setup.team(team_key)
    if team is None or not weeks:
        return []
    began = counting.arrivals(tx, _of_team(workspace, team_key), weeks[0].start, min(weeks[-1].end, now))
    counted = [counting.totals(tx, _of_team(workspace, team_key), week, now) for week in weeks]
    return [
        Load(
            week=counts.week,
            by_weekday=_by_day(began, days_of(team.week.zone, counts.week)),
            answers=counts.answers,
            conversations=counts.conversations,
            after_hours=_told(workspace, team_key, counts).after_hours,
        )
        for counts in counted
    ]


def open_waits(
    tx: Connection, workspace: Workspace, team_key: str, now: datetime, limit: int
) -> tuple[list[Waiting], int]:
    """The customers who wait for a team, longest first, at most `limit`; and how many there are in all."""
    here = _of_team(workspace, team_key) & waits.c.ended_at.is_(None)
    found = tx.execute(select(waits.c.channel, func.count()).where(here).group_by(waits.c.channel))
    counted: dict[str, int] = {row[0]: row[1] for row in found}
    known = channels.get_many(tx, workspace.team_id, counted)
    theirs = [one for one in counted if _is_customers(workspace, known.get(one), one)]
    order = (waits.c.started_at, waits.c.id)
    longest = tx.execute(select(waits.c.id).where(here, waits.c.channel.in_(theirs)).order_by(*order).limit(limit))
    rows = tx.execute(TOLD.where(waits.c.id.in_(longest.scalars().all())).order_by(*order)).all()
    desk = Desk(tx, workspace, rows)
    return [desk.describe(row, now) for row in rows], sum(counted[channel] for channel in theirs)


def _is_customers(workspace: Workspace, known: channels.Channel | None, channel: str) -> bool:
    return workspace.kind(channel, known is not None and known.is_ext_shared) == "customer"


def _of_team(workspace: Workspace, team_key: str) -> ColumnElement[bool]:
    return (waits.c.team_id == workspace.team_id) & (waits.c.team == team_key)


def _told(workspace: Workspace, team_key: str, counts: Counts) -> Figures:
    return told(counts, _size(workspace, team_key), council=workspace.setup.works_council)


def _size(workspace: Workspace, team_key: str) -> int:
    team = workspace.setup.team(team_key)
    return len(workspace.people(team.people)) if team else 0


def _by_day(began: Mapping[datetime, int], days: Sequence[datetime]) -> tuple[int, ...]:
    """How many of these lie between each day's beginning and the next one's."""
    counted = [0] * (len(days) - 1)
    for at, count in began.items():
        if days[0] <= at < days[-1]:
            counted[bisect_right(days, at) - 1] += count
    return tuple(counted)
