"""What is known of a team's week that may call for a prompt, read from the tables that hold it."""

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import ColumnElement, Connection, func, select

from bot.domain.asks import Kind, Outcome
from bot.domain.digest import LOOK_BACK, since_known
from bot.domain.pulse import About, falling
from bot.domain.setup import Team
from bot.domain.signals import Facts
from bot.domain.weekly import WEEK
from bot.domain.weeks import Week, last_weeks
from bot.store import ask_rows, kudos_lists, pulse, snags, statistics
from bot.store.leading_tables import asks
from bot.store.tables import waits
from bot.store.workspaces import Workspace

NEW = timedelta(weeks=4)  # somebody is new for so long after the first answer
KNOWN = timedelta(weeks=52)  # and this far back it is looked for
PULSE_LASTS = timedelta(weeks=3)  # from the Monday of a round's week on


def facts(tx: Connection, workspace: Workspace, team: Team, at: datetime, now: datetime) -> Facts:
    """Of the last week that was over `at`."""
    weeks = last_weeks(team.week.zone, at, LOOK_BACK + 1)
    *before, load = statistics.load(tx, workspace, team.key, weeks, now)
    figures = statistics.weekly(tx, workspace, team.key, weeks, now)
    days = workspace.setup.kudos.unthanked_after_days
    asked = _asks(workspace, team)
    return Facts(
        team=team.key,
        arrivals=load.arrivals,
        arrivals_before=tuple(one.arrivals for one in since_known(before)),
        answers=figures[-1].answers,
        in_time=tuple(one.within_target for one in figures),
        after_hours=load.after_hours,
        unthanked=len(kudos_lists.unthanked(tx, workspace, team.key, at - timedelta(days=days))),
        thanks_days=days,
        slow_asks=_count(tx, asked & _answered_late(weeks[-1])) + _late_still(tx, workspace, team, at),
        open_snags=_count(tx, asked & (asks.c.kind == Kind.SNAG) & snags.UNSETTLED),
        boundary_calls=_count(tx, asked & _called_in(weeks[-1])),
        newcomers=_newcomers(tx, workspace, team, weeks),
        newcomer_weeks=NEW // WEEK,
        pulse_down=_pulse_down(tx, workspace, team, weeks[-1].monday),
    )


def _asks(workspace: Workspace, team: Team) -> ColumnElement[bool]:
    return (asks.c.team_id == workspace.team_id) & (asks.c.team == team.key)


def _called_in(week: Week) -> ColumnElement[bool]:
    then = (asks.c.opened_at >= week.start) & (asks.c.opened_at < week.end)
    return then & (asks.c.kind == Kind.BOUNDARY) & asks.c.outcome.is_distinct_from(Outcome.WITHDRAWN)


def _answered_late(week: Week) -> ColumnElement[bool]:
    then = (asks.c.ended_at >= week.start) & (asks.c.ended_at < week.end)
    return then & (asks.c.working_s > asks.c.target_s) & (asks.c.outcome != Outcome.WITHDRAWN)


def _late_still(tx: Connection, workspace: Workspace, team: Team, at: datetime) -> int:
    """How many wait by then, and longer than they should."""
    hours = workspace.schedule(team.key)
    waiting = ask_rows.find(tx, workspace.team_id, (asks.c.team == team.key) & asks.c.ended_at.is_(None))
    return sum(one.opened_at < at and hours.elapsed(one.opened_at, at) > one.target for one in waiting)


def _count(tx: Connection, which: ColumnElement[bool]) -> int:
    return int(tx.execute(select(func.count()).select_from(asks).where(which)).scalar_one())


def _newcomers(tx: Connection, workspace: Workspace, team: Team, weeks: Sequence[Week]) -> int:
    """How many of the team's agents gave their first answers lately, where others answered before them."""
    until = weeks[-1].end
    here = (waits.c.team_id == workspace.team_id) & (waits.c.team == team.key)
    lately = _answered_by(tx, here, until - NEW, until)
    before = _answered_by(tx, here, until - NEW - KNOWN, until - NEW)
    return len((lately - before) & set(workspace.people(team.agents))) if before else 0


def _answered_by(tx: Connection, here: ColumnElement[bool], since: datetime, until: datetime) -> set[str]:
    then = (waits.c.ended_at >= since) & (waits.c.ended_at < until) & waits.c.ended_user.is_not(None)
    return set(tx.execute(select(waits.c.ended_user).where(here, then).distinct()).scalars())


def _pulse_down(tx: Connection, workspace: Workspace, team: Team, monday: date) -> About | None:
    """What was told of lately as worse than before."""
    told = pulse.trend(tx, workspace.team_id, team.key)
    last = date.fromisoformat(told[-1].period) if told else None
    return falling(told) if last and monday - last <= PULSE_LASTS else None
