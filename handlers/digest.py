"""/care digest: what comes once a week, when, and a look at it beforehand."""

from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.care_command import Order, Verb
from bot.domain.setup import Team
from bot.domain.weekly import Weekly
from bot.store import digest as store
from bot.store import digest_choices, roles, statistics
from bot.store import digest_people as own
from bot.store.workspaces import Workspace
from bot.views import digest as pages
from bot.views import digest_answers as views
from bot.views import figures_export
from bot.views.digest_answers import Own, TeamsPage
from bot.views.message import Message, one_line
from bot.views.words import digest_answers as words
from handlers.doors import Knock

WEEKS_EXPORTED = 52


async def digest(deps: Deps, knock: Knock, order: Order) -> Message:
    """An order about digests."""
    now = deps.now()
    if order.verb is Verb.NOW:
        return await deps.db.run(_preview, knock.workspace, knock.user, now)
    if order.verb is not Verb.SAY:
        refusal = await deps.db.run(_change, deps, knock, order, now)
        if refusal:
            return one_line(refusal)
    return await deps.db.run(_standing, deps, knock, now)


async def export(deps: Deps, knock: Knock) -> Message:
    """The figures of my teams, week by week, as a file in a direct message."""
    teams = await deps.db.run(_mine, knock.workspace, knock.user)
    if not teams:
        return one_line(words.NO_TEAM())
    table = await deps.db.run(_exported, knock.workspace, teams, deps.now())
    files = {"weeks.csv": table.encode("utf-8-sig")}
    slack = await knock.slack(deps)
    await slack.upload(await slack.open_dm(knock.user), files, words.EXPORTED())
    return one_line(words.EXPORT_SENT())


def _standing(tx: Connection, deps: Deps, knock: Knock, now: datetime) -> Message:
    """Read anew, since the order may have changed it."""
    workspace = knock.workspace_now(tx, deps)
    teams = [
        TeamsPage(team.name, team.home, store.upcoming(tx, workspace, team, now))
        for team in _mine(tx, workspace, knock.user)
    ]
    mine = own.standing(tx, workspace, knock.user, now)
    changes = bool(roles.teams_changed_by(tx, workspace, knock.user))
    return views.standing(teams, [Own(job == own.MANAGERS, at) for job, at in mine.items()], changes)


def _exported(tx: Connection, workspace: Workspace, teams: tuple[Team, ...], now: datetime) -> str:
    return figures_export.table(statistics.by_team(tx, workspace, teams, WEEKS_EXPORTED, now))


def _preview(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Message:
    found = [_teams_page(tx, workspace, team, now) for team in _mine(tx, workspace, user)[: views.MOST_TEAMS]]
    for job, wanted in own.standing(tx, workspace, user, now).items():
        page = own.draw(tx, workspace, job, user, now, now)
        found += [page] if page else [views.nothing_yet(None)] if job == own.MINE and wanted else []
    return views.preview(found) if found else one_line(words.NO_TEAM())


def _teams_page(tx: Connection, workspace: Workspace, team: Team, now: datetime) -> Message:
    told = store.week_of(tx, workspace, team, now, now)
    return pages.page(told, preview=True) if told.worth_saying else views.nothing_yet(team.name)


def _change(tx: Connection, deps: Deps, knock: Knock, order: Order, now: datetime) -> str | None:
    """Of the setup as it is now, since whoever changes a team's page writes all of it."""
    workspace = knock.workspace_now(tx, deps)
    return (_of_team if order.team else _of_mine)(tx, workspace, knock.user, order, now)


def _of_mine(tx: Connection, workspace: Workspace, user: str, order: Order, now: datetime) -> str | None:
    """Change what comes to me; a sentence where that cannot be."""
    if not _mine(tx, workspace, user):
        return words.NO_TEAM()
    before = digest_choices.get(tx, workspace.team_id, user)
    wanted = order.verb is not Verb.OFF
    hour = _hour(order, before.hour) if wanted else before.hour
    own.choose(tx, workspace, user, digest_choices.Choice(wanted, wanted, hour), now)
    return None if wanted else words.SAVED_OFF()


def _of_team(tx: Connection, workspace: Workspace, user: str, order: Order, now: datetime) -> str | None:
    """Change a team's page; a sentence where that cannot be."""
    led = {team.key: team for team in roles.teams_changed_by(tx, workspace, user)}
    if not led:
        return words.NOT_YOURS()
    if order.key not in led and (order.key or len(led) > 1):
        return words.which_team(list(led))
    team = led[order.key] if order.key else next(iter(led.values()))
    if team.home is None:
        return words.NO_HOME()
    hour = None if order.verb is Verb.OFF else _hour(order, team.digest) or Weekly()
    store.change(tx, workspace, team, hour, now, user)
    return None


def _hour(order: Order, before: Weekly | None) -> Weekly | None:
    """The hour that is wanted: on the same day as before, where none was named. *Weekly* is whatever is usual."""
    if order.verb is Verb.WEEKLY:
        return before if order.team else None
    usual = before or Weekly()
    return Weekly(usual.weekday if order.weekday is None else order.weekday, order.minute)


def _mine(tx: Connection, workspace: Workspace, user: str) -> tuple[Team, ...]:
    """The teams that somebody is in, or may change."""
    return tuple(dict.fromkeys((*workspace.teams_of(user), *roles.teams_changed_by(tx, workspace, user))))
