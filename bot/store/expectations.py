"""What can reasonably be expected of a team, read from its own last weeks; and the target that follows from it."""

from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from sqlalchemy import Column, Connection, Row, func, select

from bot.domain.conversations import EndedBy
from bot.domain.expectations import Day, Pace, Wait, fit, out_of_reach, too_fast
from bot.domain.hours import Schedule
from bot.domain.setup import Targets, Team
from bot.domain.statistics import AGAIN
from bot.domain.weeks import Week, days_of, last_weeks
from bot.store import roles, setup
from bot.store.counting import UNCOUNTED
from bot.store.tables import conversations, waits
from bot.store.waiting import is_of
from bot.store.workspaces import Workspace
from bot.views.expectations import Expectation, Offer
from bot.views.words import common
from bot.views.words import expectations as words

WEEKS = 8
MOST_WAITS = 10_000  # that are read, in half a second; a team with more than that is known well enough from fewer weeks

Refusal = str


class _Span(NamedTuple):
    """Working days as UTC moments: when each begins and ends."""

    schedule: Schedule
    since: datetime
    days: tuple[tuple[datetime, datetime], ...]


def read(tx: Connection, workspace: Workspace, team: Team, now: datetime) -> Expectation | None:
    """What there is to tell whoever leads the team; None where all is within reach, or too little is known."""
    weeks = _weeks(tx, workspace, team, now)
    rows = _rows(tx, workspace, team, weeks[0].start)
    span = _span(workspace, team, weeks)
    answered = [row for row in rows if row.ended_by == EndedBy.ANSWER and row.ended_user]
    # How long somebody would have waited whose own turn it was for a while, nobody can tell.
    ours_alone = [row for row in answered if row.started_at >= span.since and not row.pauses]
    model = fit(_days(span), [_wait(workspace, team, span, row) for row in ours_alone])
    reach = out_of_reach(model, _target(workspace, team)) if model else None
    haste = too_fast(_paces(span, rows, answered, now))
    return Expectation(team.key, reach, haste) if reach or haste else None


def take(tx: Connection, workspace: Workspace, offer: Offer, user: str, now: datetime) -> Refusal | None:
    """Make this the team's target for first answers; a sentence where that cannot be."""
    team = workspace.setup.team(offer.team)
    if team is None or team not in roles.teams_changed_by(tx, workspace, user):
        return words.NOT_YOURS()
    if _target(workspace, team) != offer.before:
        return words.CHANGED()
    first, usual = timedelta(seconds=offer.target), team.targets or workspace.setup.targets
    targets = Targets(first, max(first, usual.next))
    setup.change(tx, workspace, [offer.team], lambda team: replace(team, targets=targets), now, user)
    return None


def taken(workspace: Workspace, offer: Offer) -> str:
    """The sentence for who took it."""
    team = workspace.setup.team(offer.team)
    target, before = timedelta(seconds=offer.target), timedelta(seconds=offer.before)
    return words.taken(common.bold(common.shortened(team.name if team else "")), target, before)


def _target(workspace: Workspace, team: Team) -> int:
    return round((team.targets or workspace.setup.targets).first.total_seconds())


def _weeks(tx: Connection, workspace: Workspace, team: Team, now: datetime) -> Sequence[Week]:
    """The last eight that are over, or fewer where that is more than can be read."""
    weeks = last_weeks(team.week.zone, now, WEEKS)
    while len(weeks) > 1:
        here = (waits.c.team_id == workspace.team_id) & (waits.c.team == team.key)
        since = select(waits.c.id).where(here, waits.c.ended_at >= weeks[0].start).limit(MOST_WAITS + 1).subquery()
        if tx.execute(select(func.count()).select_from(since)).scalar_one() <= MOST_WAITS:
            break
        weeks = weeks[len(weeks) // 2 :]
    return weeks


def _rows(tx: Connection, workspace: Workspace, team: Team, since: datetime) -> Sequence[Row[Any]]:
    """What customers asked, and counts: answered since then, or still open."""
    names = ("channel", "root_ts", "started_at", "ended_at", "ended_by", "ended_user", "first", "last_answer_at")
    here = (waits.c.team_id == workspace.team_id) & (waits.c.team == team.key)
    ended = (waits.c.ended_at >= since) & waits.c.ended_by.not_in(UNCOUNTED)
    columns: list[Column[Any]] = [*waits.c[*names, "pauses"], conversations.c.customer]
    told = select(*columns).join_from(waits, conversations, is_of(waits), isouter=True)
    asked = told.where(here, ended | waits.c.ended_at.is_(None))
    return tx.execute(asked.order_by(waits.c.started_at, waits.c.id)).all()


def _span(workspace: Workspace, team: Team, weeks: Sequence[Week]) -> _Span:
    schedule = workspace.schedule(team.key)
    bounds = [days_of(team.week.zone, week) for week in weeks]
    days = [(day[place], day[place + 1]) for day in bounds for place in range(7)]
    worked = ((begins, ends) for begins, ends in days if schedule.elapsed(begins, ends))
    return _Span(schedule, weeks[0].start, tuple(worked))


def _days(span: _Span) -> list[Day]:
    return [
        Day(
            weekday=_weekday(span, begins),
            begins=_worked(span, begins),
            length=round(span.schedule.elapsed(begins, ends).total_seconds()),
        )
        for begins, ends in span.days
    ]


def _weekday(span: _Span, begins: datetime) -> int:
    """By the clock on the wall; noon, since midnights shift."""
    days = round((begins - span.since) / timedelta(days=1))
    return days % 7


def _worked(span: _Span, at: datetime) -> int:
    return round(span.schedule.elapsed(span.since, at).total_seconds())


def _wait(workspace: Workspace, team: Team, span: _Span, row: Row[Any]) -> Wait:
    same = workspace.setup.targets_for(row.channel, row.customer).first.total_seconds() == _target(workspace, team)
    return Wait(_worked(span, row.started_at), _worked(span, row.ended_at), row.ended_user, row.first and same)


def _paces(span: _Span, rows: Sequence[Row[Any]], answered: Sequence[Row[Any]], now: datetime) -> Iterator[Pace]:
    """Day by day, of the answers that are old enough to tell whether somebody asked again."""
    begins, followed = [day[0] for day in span.days], _followed(rows)
    by_day: dict[int, list[tuple[str, bool]]] = defaultdict(list)
    for row in answered:
        place = bisect_right(begins, row.ended_at) - 1
        if place >= 0 and row.ended_at < min(span.days[place][1], now - AGAIN):
            by_day[place].append((row.ended_user, (row.channel, row.root_ts, row.ended_at) in followed))
    for place, answers in sorted(by_day.items()):
        hours = span.schedule.elapsed(*span.days[place]).total_seconds() / 3600
        yield Pace(len(answers), len({by for by, _ in answers}), hours, sum(again for _, again in answers))


def _followed(rows: Sequence[Row[Any]]) -> set[tuple[str, str, datetime]]:
    """The answers, by conversation and moment, after which another question came within a day."""
    later = (row for row in rows if row.last_answer_at)
    soon = (row for row in later if row.started_at <= row.last_answer_at + AGAIN)
    return {(row.channel, row.root_ts, row.last_answer_at) for row in soon}
