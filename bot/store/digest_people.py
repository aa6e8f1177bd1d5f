"""The weekly pages by direct message: my own week for those who want it, the load of a team for those who lead it."""

from collections.abc import Iterator
from datetime import date, datetime, timedelta
from itertools import takewhile
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from sqlalchemy import Connection

from bot.domain.digest import LOOK_BACK, since_known
from bot.domain.people import Person
from bot.domain.setup import Team
from bot.domain.weekly import Weekly
from bot.domain.weeks import last_weeks
from bot.store import (
    digest,
    digest_choices,
    expectations,
    kudos_lists,
    languages,
    occurrences,
    outbox,
    people,
    statistics,
    waiting,
)
from bot.store.digest_choices import Choice
from bot.store.occurrences import Clock, Due
from bot.store.tables import waits
from bot.store.workspaces import Workspace
from bot.views import digest_mine as views
from bot.views.digest import MOST_WAITING
from bot.views.digest_mine import MyWeek, TeamLoad
from bot.views.message import Message

MINE, MANAGERS = "my_digest", "managers_digest"
PREFIXES = (f"{MINE}:", f"{MANAGERS}:")
COMING_DAYS = 7
MOST_KUDOS = 100  # in a week, of those that are counted


def due(tx: Connection, workspace: Workspace, now: datetime) -> Iterator[Due]:
    """The latest page of everyone who wants one. Who is in no team, or has left, gets none."""
    wanting = set(digest_choices.with_own_page(tx, workspace.team_id))
    leading = workspace.leading
    choices = digest_choices.get_many(tx, workspace.team_id, wanting | leading)
    known = people.get_many(tx, workspace.team_id, wanting | leading)
    for user in sorted(wanting | leading):
        person, choice = known.get(user), choices[user]
        if person is None or not workspace.has(person):
            continue
        if user in wanting and (teams := workspace.teams_of(user)) and not workspace.setup.works_council:
            yield due_for(MINE, person, choice, teams[0], now)
        if user in leading and choice.managers:
            yield due_for(MANAGERS, person, choice, workspace.led_by(user)[0], now)


def due_for(job: str, person: Person, choice: Choice, team: Team, now: datetime) -> Due:
    """One's latest page: at the hour of one's own choice where one is, else with the page of the first team."""
    return clock(person, choice, team).due(job, person.user, now)


def clock(person: Person, choice: Choice, team: Team) -> Clock:
    """When one's pages come."""
    if choice.hour:
        return Clock(choice.hour, person.zone if _is_zone(person.zone) else team.week.zone, team.week.zone)
    return Clock(team.digest or Weekly(), team.week.zone, team.week.zone)


def choose(tx: Connection, workspace: Workspace, user: str, choice: Choice, now: datetime) -> None:
    """From now on: what would have come by now comes no more."""
    digest_choices.choose(tx, workspace.team_id, user, choice)
    for one in due(tx, workspace, now):
        if one.whose == user:
            occurrences.take(tx, workspace.team_id, one)


def standing(tx: Connection, workspace: Workspace, user: str, now: datetime) -> dict[str, datetime | None]:
    """When each page that may be somebody's comes next; None for one that they do not want."""
    person = people.get(tx, workspace.team_id, user)
    choice = digest_choices.get(tx, workspace.team_id, user)
    found: dict[str, datetime | None] = {}
    mine = choice.mine and not workspace.setup.works_council
    pages = ((MINE, mine, workspace.teams_of(user)), (MANAGERS, choice.managers, workspace.led_by(user)))
    for job, wanted, teams in pages:
        if teams and person:
            when = clock(person, choice, teams[0])
            found[job] = occurrences.upcoming(tx, workspace.team_id, when, job, user, now) if wanted else None
    return found


def _is_zone(name: str) -> bool:
    """Whether it is one that this machine knows, too."""
    try:
        return bool(ZoneInfo(name).key)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return False


def post(tx: Connection, workspace: Workspace, one: Due, now: datetime) -> bool:
    """Have this page said, if nobody else has; whether there was something to say."""
    if not occurrences.begin(tx, workspace.team_id, one):
        return False
    message = draw(tx, workspace, one.job, one.whose, one.at, now)
    if message:
        outbox.put(
            tx,
            workspace.team_id,
            outbox.Saying(one.key, outbox.POST, one.whose, message.payload(), rank=outbox.PAGE),
            now,
        )
    return message is not None


def draw(tx: Connection, workspace: Workspace, job: str, user: str, at: datetime, now: datetime) -> Message | None:
    """What somebody's page tells that was to come `at`; None where nothing is worth saying."""
    with languages.to_person(tx, workspace.team_id, user):
        if job == MINE:
            told = _my_week(tx, workspace, user, at, now)
            return views.mine(told) if told and told.worth_saying else None
        return _load(tx, workspace, user, at, now)


def _my_week(tx: Connection, workspace: Workspace, user: str, at: datetime, now: datetime) -> MyWeek | None:
    teams = workspace.teams_of(user)
    if not teams or workspace.setup.works_council:
        return None
    weeks = last_weeks(teams[0].week.zone, at, LOOK_BACK + 1)
    *before, figures = statistics.mine(tx, workspace, user, weeks, now)
    lines, count = waiting.mine(tx, workspace, user, now, MOST_WAITING)
    received, _ = kudos_lists.mine(tx, workspace, user, MOST_KUDOS)
    thanked = sum(story.at in weeks[-1] for story in received)
    waited = bool(count) and digest.waited(tx, workspace, waits.c.owner == user, weeks[-1])
    return MyWeek(weeks[-1], figures, tuple(since_known(before)), tuple(lines), count, waited, thanked)


def _load(tx: Connection, workspace: Workspace, user: str, at: datetime, now: datetime) -> Message | None:
    led = workspace.led_by(user)
    if not led:
        return None
    loads = tuple(_team_load(tx, workspace, team, at, now) for team in led)
    (week,) = last_weeks(led[0].week.zone, at, 1)
    return views.managers(week, loads) if any(load.worth_saying for load in loads) else None


def _team_load(tx: Connection, workspace: Workspace, team: Team, at: datetime, now: datetime) -> TeamLoad:
    weeks = last_weeks(team.week.zone, at, LOOK_BACK + 1)
    *before, load = statistics.load(tx, workspace, team.key, weeks, now)
    lines, count = statistics.open_waits(tx, workspace, team.key, now, views.MOST_WAITING)
    expected = expectations.read(tx, workspace, team, at)
    days_off = tuple(_days_off(workspace, team, now))
    return TeamLoad(team.name, load, tuple(since_known(before)), tuple(lines), count, days_off, expected)


def _days_off(workspace: Workspace, team: Team, now: datetime) -> Iterator[date]:
    """In the coming seven days, today too."""
    until = now.astimezone(ZoneInfo(team.week.zone)).date() + timedelta(days=COMING_DAYS)
    return takewhile(lambda day: day < until, workspace.days_off(team, now))
