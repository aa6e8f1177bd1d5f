"""The weekly page of each team: put into the outbox once a week, with what stands in the thread after it."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import ColumnElement, Connection, func, select

from bot.domain.behaviours import Behaviour
from bot.domain.conversations import Kind
from bot.domain.digest import LATE, LOOK_BACK, invitation, since_known
from bot.domain.moments import ts_of
from bot.domain.setup import Team
from bot.domain.weekly import Weekly
from bot.domain.weeks import Week, last_weeks
from bot.store import (
    digest_stories,
    kudos_lists,
    languages,
    lists,
    occurrences,
    outbox,
    said_and_done,
    setup,
    statistics,
)
from bot.store.db import is_sqlite
from bot.store.occurrences import Clock, Due
from bot.store.tables import channels, conversations, moves, waits
from bot.store.workspaces import Workspace
from bot.views import digest as views
from bot.views.digest import TeamWeek
from bot.views.language import speaking

JOB = "digest"
PREFIX = f"{JOB}:"
THREAD = "thread:"  # begins the key of what stands below a page
KIND_WORDS = ("thanks", "works", "pleased")  # readings of a closing that a customer need not have written
LATELY = 4  # weeks in which a behaviour may go unseen


def due(workspace: Workspace, now: datetime) -> Iterator[Due]:
    """The latest page of each team that has a home and wants one."""
    for team in workspace.setup.teams:
        if team.home and team.digest:
            yield clock(team, team.digest).due(JOB, team.key, now)


def clock(team: Team, hour: Weekly) -> Clock:
    """When the team's page comes, all in the team's zone."""
    return Clock(hour, team.week.zone, team.week.zone)


def upcoming(tx: Connection, workspace: Workspace, team: Team, now: datetime) -> datetime | None:
    """When a team's page comes next; None where none does."""
    if team.digest is None or team.home is None:
        return None
    return occurrences.upcoming(tx, workspace.team_id, clock(team, team.digest), JOB, team.key, now)


def change(tx: Connection, workspace: Workspace, team: Team, hour: Weekly | None, now: datetime, by: str) -> None:
    """Another hour for a team's page, or none (None). Where none came before, the first is that of the next week."""
    setup.change(tx, workspace, [team.key], lambda one: replace(one, digest=hour), now, by)
    if hour and team.digest is None:
        occurrences.take(tx, workspace.team_id, clock(team, hour).due(JOB, team.key, now))


def post(tx: Connection, workspace: Workspace, one: Due, now: datetime) -> bool:
    """Have this page said, if nobody else has; whether there was something to say."""
    team = workspace.setup.team(one.whose)
    if team is None or team.home is None or not occurrences.begin(tx, workspace.team_id, one):
        return False
    told = week_of(tx, workspace, team, one.at, now)
    if not told.worth_saying:
        return False
    digest_stories.remember(tx, workspace.team_id, team.key, one.period, told.stories)
    with speaking(languages.of_team(workspace, team)):
        payload = views.page(told).payload()
    occurrences.keep(tx, workspace.team_id, one, payload)
    outbox.put(tx, workspace.team_id, outbox.Saying(one.key, outbox.POST, team.home, payload, rank=outbox.PAGE), now)
    return True


def posted(tx: Connection, workspace: Workspace, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    """Slack has a page: what goes into its thread follows."""
    found = occurrences.stand(tx, row, channel, ts, now)
    team = workspace.setup.team(found.whose) if found else None
    if found is None or team is None:
        return
    weeks = last_weeks(team.week.zone, found.at, LOOK_BACK + 1)
    with speaking(languages.of_team(workspace, team)):
        payload = views.details(_figures(tx, workspace, team, weeks, now)).payload() | {"thread_ts": ts}
    outbox.put(
        tx, row.team_id, outbox.Saying(f"{THREAD}{row.key}", outbox.POST, channel, payload, rank=outbox.PAGE), now
    )


def week_of(tx: Connection, workspace: Workspace, team: Team, at: datetime, now: datetime) -> TeamWeek:
    """What a team's page tells that was to come `at`, of the last week that was over then."""
    weeks = last_weeks(team.week.zone, at, LOOK_BACK + 1)
    told = _figures(tx, workspace, team, weeks, now)
    waiting, count = statistics.open_waits(tx, workspace, team.key, now, views.MOST_WAITING)
    stories = digest_stories.pick(tx, workspace, team, weeks[-1])
    return TeamWeek(
        name=told.name,
        week=told.week,
        figures=told.figures,
        before=told.before,
        target=told.target,
        waiting=tuple(waiting),
        waiting_count=count,
        waited=bool(count) and waited(tx, workspace, waits.c.team == team.key, weeks[-1]),
        stories=tuple(stories),
        names=digest_stories.names(tx, workspace.team_id, stories),
        thanked=_kind_words(tx, workspace, team, weeks[-1]),
        invitation=_invitation(tx, workspace, team, weeks),
        done=said_and_done.of_week(tx, workspace, team.key, weeks[-1]),
        late=now - at > LATE,
    )


def waited(tx: Connection, workspace: Workspace, whose: ColumnElement[bool], week: Week) -> bool:
    """Whether somebody waits who did when that week was over: else there is nothing to say of it."""
    here = (waits.c.team_id == workspace.team_id) & waits.c.ended_at.is_(None) & (waits.c.started_at < week.end)
    return tx.execute(select(waits.c.id).where(here, whose).limit(1)).first() is not None


def _figures(tx: Connection, workspace: Workspace, team: Team, weeks: Sequence[Week], now: datetime) -> TeamWeek:
    *before, figures = statistics.weekly(tx, workspace, team.key, weeks, now)
    targets = team.targets or workspace.setup.targets
    return TeamWeek(team.name, weeks[-1], figures, tuple(since_known(before)), targets.first)


def _kind_words(tx: Connection, workspace: Workspace, team: Team, week: Week) -> int:
    """How many conversations a customer ended with them, after one of us had answered."""
    here = (moves.c.team_id == workspace.team_id) & moves.c.channel.in_(lists.texts(is_sqlite(tx), "channels"))
    then = (moves.c.ts >= ts_of(week.start)) & (moves.c.ts < ts_of(week.end))
    kind = (moves.c.kind == Kind.THEIRS) & moves.c.needs_reply.is_(False) & moves.c.reason.in_(KIND_WORDS)
    ended = select(moves.c.channel, moves.c.root_ts).join_from(
        moves,
        conversations,
        (conversations.c.team_id == moves.c.team_id)
        & (conversations.c.channel == moves.c.channel)
        & (conversations.c.root_ts == moves.c.root_ts),
    )
    counted = ended.where(here, then, kind, conversations.c.answered_by.is_not(None)).distinct().subquery()
    given = {"channels": lists.packed(_customer_channels(tx, workspace, team))}
    return tx.execute(select(func.count()).select_from(counted), given).scalar_one()


def _customer_channels(tx: Connection, workspace: Workspace, team: Team) -> list[str]:
    known = select(channels.c.channel, channels.c.is_ext_shared).where(channels.c.team_id == workspace.team_id)
    theirs = [row.channel for row in tx.execute(known) if workspace.kind(row.channel, row.is_ext_shared) == "customer"]
    return [channel for channel in theirs if workspace.setup.team_for(channel) == team]


def _invitation(tx: Connection, workspace: Workspace, team: Team, weeks: Sequence[Week]) -> Behaviour | None:
    since, until = weeks[-LATELY].start, weeks[-1].end
    counts: Counter[Behaviour] = Counter()
    for week in kudos_lists.balance(tx, workspace, team.key, since, until):
        counts.update(week)
    return invitation(counts, weeks[-1].monday.toordinal() // 7)
