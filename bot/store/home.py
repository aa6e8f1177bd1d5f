"""What somebody's Home tab shows, read in one transaction."""

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial
from itertools import islice
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.domain.people import Person
from bot.domain.setup import Team
from bot.domain.statistics import Figures
from bot.domain.weekly import Weekly
from bot.domain.weeks import last_weeks, week_of
from bot.store import (
    ask_rows,
    asks,
    digest_choices,
    digest_people,
    health,
    kudos_lists,
    people,
    presence,
    promises,
    prompt_rows,
    roles,
    statistics,
    waiting,
)
from bot.store.workspaces import Workspace, Workspaces
from bot.views import home as views
from bot.views.asks import Told
from bot.views.home import Drawn, Page
from bot.views.home_digest import Chosen
from bot.views.home_forms import MOST_DAYS_OFF, Hours
from bot.views.home_teams import MOST_TEAMS, MOST_WAITING, Led
from bot.views.language import speaking


def read(tx: Connection, workspaces: Workspaces, team_id: str, user: str, now: datetime) -> Callable[[], Drawn] | None:
    """What draws it, by who this person is in this moment; a guest gets `views.nothing`, and so does the unknown.

    None where CareCue is not installed, and for who is gone.
    """
    workspace = workspaces.get(tx, team_id, now)
    person = people.get(tx, team_id, user)
    if workspace is None or (person and person.is_gone):
        return None
    if person is None or not workspace.has(person):
        return views.nothing
    language = people.language(tx, team_id, user)
    with speaking(language):
        return partial(_drawn, language, page(tx, workspace, person, now))


def _drawn(language: str, shown: Page) -> Drawn:
    with speaking(language):
        return views.home(shown)


def page(tx: Connection, workspace: Workspace, person: Person, now: datetime) -> Page:
    """One of ours, who may be agent, manager and admin at once."""
    user = person.user
    teams = workspace.teams_of(user)
    own = bool(teams) and not workspace.setup.works_council
    last, this = _mine(tx, workspace, user, teams[0].week.zone, now) if own else (None, None)
    shown, waits = waiting.mine(tx, workspace, user, now, views.MOST_WAITING)
    stories, _ = kudos_lists.mine(tx, workspace, user, views.MOST_STORIES)
    led = workspace.led_by(user)
    return Page(
        at=now,
        in_team=bool(teams),
        is_agent=any(user in workspace.people((*team.agents, *team.rota)) for team in teams),
        waiting=tuple(shown),
        waits=waits,
        promised=tuple(promises.mine(tx, workspace, user, now)),
        this_week=this,
        last_week=last,
        asked=tuple(_asked(tx, workspace, user, now)),
        led=tuple(_led(tx, workspace, team, now) for team in led[:MOST_TEAMS]),
        more_led=tuple(team.name for team in led[MOST_TEAMS:]),
        prompt=prompt_rows.current(tx, workspace, user, now),
        stories=stories,
        quiet=presence.quiet(tx, workspace, user, now),
        health=health.read(tx, workspace, person.zone, now) if roles.is_admin(workspace, person) else None,
    )


def _asked(tx: Connection, workspace: Workspace, user: str, now: datetime) -> list[Told]:
    found = asks.on_clock(tx, workspace, user)
    return [ask_rows.tell(tx, workspace, one, now) for one in found[: views.MOST_ASKED]]


def hours(workspace: Workspace, user: str, now: datetime) -> list[Hours]:
    """Of each of my teams, with the days off that come."""
    return [
        Hours(team.name, team.week, tuple(islice(workspace.days_off(team, now), MOST_DAYS_OFF)))
        for team in workspace.teams_of(user)
    ]


def digest(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Chosen:
    """What somebody wants once a week, by the clock where they are."""
    choice = digest_choices.get(tx, workspace.team_id, user)
    return Chosen(choice.mine, choice.managers, choice.hour or _with_team(tx, workspace, user, now))


def choose_digest(tx: Connection, workspace: Workspace, user: str, chosen: Chosen, now: datetime) -> None:
    """From now on. Whoever leaves the hour at the team's goes on with the team, and keeps what was not offered."""
    hour = None if chosen.at == _with_team(tx, workspace, user, now) else chosen.at
    before = digest_choices.get(tx, workspace.team_id, user)
    managers = chosen.managers if workspace.led_by(user) else before.managers
    digest_people.choose(tx, workspace, user, digest_choices.Choice(chosen.mine, managers, hour), now)


def _with_team(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Weekly:
    """The hour of their first team's page, as the clock shows it where they are."""
    team = next(iter(workspace.teams_of(user)), None)
    person = people.get(tx, workspace.team_id, user)
    if team is None or team.digest is None or person is None:
        return Weekly()
    at = team.digest.upcoming(team.week.zone, now).astimezone(ZoneInfo(person.zone))
    return Weekly(at.weekday(), 60 * at.hour + at.minute)


def _mine(tx: Connection, workspace: Workspace, user: str, zone: str, now: datetime) -> tuple[Figures, Figures]:
    weeks = (*last_weeks(zone, now, 1), week_of(zone, now))
    last, this = statistics.mine(tx, workspace, user, weeks, now)
    return last, this


def _led(tx: Connection, workspace: Workspace, team: Team, now: datetime) -> Led:
    weeks = (*last_weeks(team.week.zone, now, 1), week_of(team.week.zone, now))
    last, this = statistics.weekly(tx, workspace, team.key, weeks, now)
    longest, waits = statistics.open_waits(tx, workspace, team.key, now, MOST_WAITING)
    days, council = workspace.setup.kudos.unthanked_after_days, workspace.setup.works_council
    without = kudos_lists.unthanked(tx, workspace, team.key, now - timedelta(days=days))
    return Led(
        name=team.name,
        waiting=tuple(longest),
        waits=waits,
        longest=longest[0].waited if longest else None,
        last_week=last,
        so_far=this.conversations,
        unthanked=None if council else tuple(replace(one, links=one.links[:1]) for one in without),
        unthanked_days=days,
    )
