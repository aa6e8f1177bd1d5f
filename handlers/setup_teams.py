"""A team's page of the setup and its forms; whoever manages the team may change it, an admin every one."""

import asyncio
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.setup import Setup, Team
from bot.domain.setup_edits import put_team, remove_team
from bot.slack.errors import SlackError
from bot.store import calendars, people, roles
from bot.store.workspaces import Workspace, save_group
from bot.views import setup_effect
from bot.views import setup_forms as sheets
from bot.views import setup_team as views
from bot.views import setup_team_forms as forms
from bot.views.setup_team_forms import Topic
from bot.views.setup_team_people import Known
from bot.views.words import setup_team as words
from handlers import setup_flow
from handlers.doors import Knock, Pushed, Turned, Wrong

PATIENCE = 1.0  # seconds for Slack to say which user groups there are: what opens a modal is good for three
GROUPED = (Topic.PEOPLE, Topic.ROTA)  # whose forms offer user groups

View = dict[str, Any]


def page(tx: Connection, workspace: Workspace, user: str, key: str) -> View | None:
    """A team as whoever may change it sees it; None for everybody else, and for a team that is gone."""
    team = workspace.setup.team(key)
    if team is None or team not in roles.teams_changed_by(tx, workspace, user):
        return None
    return views.page(team, workspace.setup, may_remove=roles.administers(tx, workspace, user))


async def change(deps: Deps, knock: Knock) -> None:
    """A button of the page opens its form."""
    topic, key = views.pressed(knock.action)
    groups = await _groups(deps, knock) if topic in GROUPED else {}

    def draw(tx: Connection) -> View:
        workspace = knock.workspace_now(tx, deps)
        team = workspace.setup.team(key)
        if team is None or topic is None:
            return setup_effect.not_saved(words.GONE())
        if team not in roles.teams_changed_by(tx, workspace, knock.user):
            return setup_effect.not_saved(words.NOT_YOURS())
        return forms.form(topic, team, _known(tx, workspace, team, groups), views.name(key))

    await _push(deps, knock, await deps.db.run(draw))


async def send(deps: Deps, knock: Knock) -> Wrong | Turned | Pushed:
    """A form was sent off: what was typed is laid over the team as it is by now."""
    view = knock.body["view"]
    topic, carried = forms.topic_of(view), sheets.carried(view)
    team = knock.workspace.setup.team(carried.key)
    if team is None:
        return Turned(setup_effect.not_saved(words.GONE()))
    wanted, found = forms.changed(team, forms.read(topic, view, team))
    await _meet(deps, knock, wanted)

    def edit(setup: Setup) -> Setup:
        now = setup.team(carried.key)
        return put_team(setup, forms.changed(now, forms.read(topic, view, now))[0]) if now else setup

    return await setup_flow.proposed(deps, knock, edit, forms.beside(topic, view), carried.page, found)


async def begin(deps: Deps, knock: Knock) -> None:
    """*New team*."""
    groups = await _groups(deps, knock)

    def draw(tx: Connection) -> View:
        workspace = knock.workspace_now(tx, deps)
        if not roles.administers(tx, workspace, knock.user):
            return setup_effect.not_saved(words.ADMINS_ONLY())
        return forms.new(Known(workspace.setup, groups), views.MAIN)

    await _push(deps, knock, await deps.db.run(draw))


async def add(deps: Deps, knock: Knock) -> Wrong | Turned | Pushed:
    """A new team was described."""
    view = knock.body["view"]
    wanted, found = forms.read_new(view, knock.workspace.setup)
    await _meet(deps, knock, wanted)

    def edit(setup: Setup) -> Setup:
        return put_team(setup, forms.read_new(view, setup)[0])

    return await setup_flow.proposed(deps, knock, edit, forms.beside_new(view), sheets.carried(view).page, found)


async def remove(deps: Deps, knock: Knock) -> None:
    """*Remove this team…*: what that does is shown first."""
    key = views.read_press(knock.action)
    await setup_flow.pressed(deps, knock, lambda setup: remove_team(setup, key), views.MAIN)


async def _push(deps: Deps, knock: Knock, view: View) -> None:
    await (await knock.slack(deps)).push_view(str(knock.body["trigger_id"]), view)


async def _groups(deps: Deps, knock: Knock) -> dict[str, str]:
    """The workspace's user groups by id; none where Slack takes its time: those that are chosen are offered anyway."""
    with suppress(SlackError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            return await (await knock.slack(deps)).groups()
    return {}


async def _meet(deps: Deps, knock: Knock, team: Team) -> None:
    """Who is in user groups that the setup does not name yet: what the change does is reckoned with them.

    Where Slack does not say it in time, they come a few minutes later, as changes in groups that it names do.
    """
    workspace = knock.workspace
    named = {one for one in (*team.people, *team.rota) if one.startswith("S")}
    with suppress(SlackError, TimeoutError):
        async with asyncio.timeout(PATIENCE):
            for group in sorted(named - set(workspace.setup_groups)):
                users = await (await knock.slack(deps)).group_members(group)
                await deps.db.run(save_group, workspace.team_id, group, users)


def _known(tx: Connection, workspace: Workspace, team: Team, groups: dict[str, str]) -> Known:
    """What a form of this team offers."""
    ids = workspace.people((*team.rota, *team.people))
    names = {user: person.name for user, person in people.get_many(tx, workspace.team_id, ids).items()}
    return Known(workspace.setup, groups, names, calendars.countries())
