"""What somebody's Home tab shows, read in one transaction."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from bot.domain.conversations import Side
from bot.domain.people import Person, side
from bot.domain.setup import Team
from bot.domain.statistics import Figures
from bot.domain.weeks import last_weeks, week_of
from bot.store import health, kudos_lists, people, statistics, waiting
from bot.store.workspaces import Workspace, Workspaces
from bot.views import home as views
from bot.views.home import Drawn, Page
from bot.views.home_teams import MOST_TEAMS, Led


def draw(tx: Connection, workspaces: Workspaces, team_id: str, user: str, now: datetime) -> Drawn | None:
    """By who this person is in this moment: a guest gets the friendly nothing, and so does whoever nobody knows.

    None where CareCue is not installed, and for who is gone.
    """
    workspace = workspaces.get(tx, team_id, now)
    person = people.get(tx, team_id, user)
    if workspace is None or (person and person.is_gone):
        return None
    if person is None or side(person, team_id, workspace.enterprise_id) is not Side.OURS:
        return views.nothing()
    return views.home(page(tx, workspace, person, now))


def page(tx: Connection, workspace: Workspace, person: Person, now: datetime) -> Page:
    """One of ours, who may be agent, manager and admin at once."""
    user = person.user
    teams = workspace.teams_of(user)
    last, this = _mine(tx, workspace, user, teams[0].week.zone, now) if teams else (None, None)
    shown, waits = waiting.mine(tx, workspace, user, now, views.MOST_WAITING)
    stories, _ = kudos_lists.mine(tx, workspace, user, views.MOST_STORIES)
    led = workspace.led_by(user)
    is_admin = person.is_admin or user in workspace.people(workspace.setup.admins)
    return Page(
        at=now,
        in_team=bool(teams),
        is_agent=any(user in workspace.people((*team.agents, *team.rota)) for team in teams),
        waiting=tuple(shown),
        waits=waits,
        this_week=this,
        last_week=last,
        led=tuple(_led(tx, workspace, team, now) for team in led[:MOST_TEAMS]),
        more_led=tuple(team.name for team in led[MOST_TEAMS:]),
        stories=stories,
        health=health.read(tx, workspace, person.zone, now) if is_admin else None,
    )


def _mine(tx: Connection, workspace: Workspace, user: str, zone: str, now: datetime) -> tuple[Figures, Figures]:
    weeks = (*last_weeks(zone, now, 1), week_of(zone, now))
    last, this = statistics.mine(tx, workspace, user, weeks, now)
    return last, this


def _led(tx: Connection, workspace: Workspace, team: Team, now: datetime) -> Led:
    weeks = (*last_weeks(team.week.zone, now, 1), week_of(team.week.zone, now))
    last, this = statistics.weekly(tx, workspace, team.key, weeks, now)
    longest, waits = statistics.open_waits(tx, workspace, team.key, now, 1)
    days = workspace.setup.kudos.unthanked_after_days
    return Led(
        name=team.name,
        waits=waits,
        longest=longest[0].waited if longest else None,
        last_week=last,
        so_far=this.conversations,
        unthanked=tuple(kudos_lists.unthanked(tx, workspace, team.key, now - timedelta(days=days))),
        unthanked_days=days,
    )
