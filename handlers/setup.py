"""/care setup: the pages from which everything is set up, their forms, *Save*, and *Undo*."""

from collections.abc import Callable, Mapping
from contextlib import suppress
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.setup import Setup
from bot.slack.errors import SlackError
from bot.store import roles, setup_drafts, setup_history
from bot.store.workspaces import Workspace
from bot.views import (
    setup_channels,
    setup_customers,
    setup_effect,
    setup_forms,
    setup_home,
    setup_people,
    setup_rules,
    setup_workspace,
)
from bot.views import setup_history as history_views
from bot.views.message import read_press
from bot.views.setup_forms import Carried, Sheet
from bot.views.words import setup_effect as effect_words
from bot.views.words import setup_forms as words
from bot.views.words import setup_history as history_words
from handlers import setup_teams
from handlers.doors import Knock, Pushed, Turned, Wrong, open_form
from handlers.setup_flow import pressed, proposed

View = dict[str, Any]
Draw = Callable[[Setup, str], View]

PAGES: Mapping[str, Draw] = {
    "channels": setup_channels.channels,
    "rules": setup_rules.rules,
    "overrides": setup_customers.overrides,
    "customers": setup_customers.customers,
    "people": setup_people.people,
}
SHEETS: Mapping[str, Sheet] = {
    setup_channels.FORM: setup_channels.SHEET,
    setup_rules.FORM: setup_rules.SHEET,
    setup_customers.OVERRIDE_FORM: setup_customers.OVERRIDE_SHEET,
    setup_customers.CUSTOMER_FORM: setup_customers.CUSTOMER_SHEET,
    setup_people.FORM: setup_people.SHEET,
    setup_workspace.TARGETS_FORM: setup_workspace.TARGETS_SHEET,
    setup_workspace.KUDOS_FORM: setup_workspace.KUDOS_SHEET,
    setup_workspace.WORKSPACE_FORM: setup_workspace.WORKSPACE_SHEET,
    setup_workspace.RETENTION_FORM: setup_workspace.RETENTION_SHEET,
}


async def begin(deps: Deps, knock: Knock) -> None:
    """`/care setup`, or the button on the Home tab."""
    view = await deps.db.run(_page, deps, knock, setup_home.MAIN)
    await open_form(deps, knock, view or setup_home.not_for_you())


async def go(deps: Deps, knock: Knock) -> None:
    """A button leads to another page, which takes the place of this one."""
    view = await deps.db.run(_page, deps, knock, str(knock.action.get("value") or setup_home.MAIN))
    await (await knock.slack(deps)).update_view(str(knock.body["view"]["id"]), view or setup_home.not_for_you())


async def open_sheet(deps: Deps, knock: Knock) -> None:
    """A button opens a form over the page."""
    await _open(deps, knock, *setup_forms.pressed(knock.action))


async def pick(deps: Deps, knock: Knock) -> None:
    """Something was picked in a menu of the page: its form opens."""
    await _open(deps, knock, *setup_forms.picked(knock.action))


async def send(deps: Deps, knock: Knock) -> Wrong | Turned | Pushed:
    """A form was sent off: what it would change is shown, and waits for *Save*."""
    view = knock.body["view"]
    sheet, carried = SHEETS[view["callback_id"]], setup_forms.carried(view)
    read = sheet.read(view, carried)
    return await proposed(deps, knock, read.edit, sheet.fields, carried.page, read.found)


async def remove(deps: Deps, knock: Knock) -> None:
    """The button in a form that takes away what it is about."""
    view = knock.body["view"]
    sheet, carried = SHEETS[view["callback_id"]], setup_forms.carried(view)
    without = sheet.remove
    if without is not None:
        await pressed(deps, knock, lambda setup: without(setup, carried.key), carried.page)


async def save(deps: Deps, knock: Knock) -> Turned | None:
    """*Save* under what changes: from now on it counts; what stands beneath follows."""
    view = knock.body["view"]
    proposal = setup_effect.read(view)
    if proposal is None:
        return Turned(setup_effect.not_saved(words.GONE()))
    team_id, now = knock.workspace.team_id, deps.now()
    said = await deps.db.run(setup_drafts.confirm, team_id, proposal.draft, knock.user, now)
    if isinstance(said, str):
        return Turned(setup_effect.not_saved(said))
    root, previous = str(view.get("root_view_id") or ""), str(view.get("previous_view_id") or "")
    beneath = await deps.db.run(_page, deps, knock, proposal.page) if proposal.page else None
    if beneath:
        await _redraw(deps, knock, root, setup_forms.noted(beneath, effect_words.SAVED(), said))
    if not previous:
        return Turned(setup_effect.saved(said))
    if previous != root or beneath is None:
        await _redraw(deps, knock, previous, setup_effect.saved(said))
    return None


async def undo(deps: Deps, knock: Knock) -> None:
    """*Undo* beside a change of the history."""
    change, team_id = read_press(knock.action), knock.workspace.team_id
    if change is None:
        return

    def put_back(tx: Connection) -> tuple[View, tuple[str, ...] | str]:
        said = setup_history.undo(tx, team_id, change, knock.user, deps.now())
        return _history(tx, team_id, ""), said

    view, said = await deps.db.run(put_back)
    intro = history_words.NOT_PUT_BACK() if isinstance(said, str) else history_words.PUT_BACK()
    noted = setup_forms.noted(view, intro, (said,) if isinstance(said, str) else said)
    await _redraw(deps, knock, str(knock.body["view"]["id"]), noted)


async def _open(deps: Deps, knock: Knock, name: str, key: str) -> None:
    sheet, beneath = SHEETS.get(f"setup.{name}"), str(knock.body["view"].get("private_metadata") or "")
    view = sheet.draw(knock.workspace.setup, Carried(key, beneath)) if sheet else None
    await (await knock.slack(deps)).push_view(
        str(knock.body["trigger_id"]), view or setup_effect.not_saved(words.GONE())
    )


async def _redraw(deps: Deps, knock: Knock, view_id: str, view: View) -> None:
    """What was saved is saved, also where Slack does not show it."""
    with suppress(SlackError):
        await (await knock.slack(deps)).update_view(view_id, view)


def _page(tx: Connection, deps: Deps, knock: Knock, name: str) -> View | None:
    """None for who may not see it."""
    workspace = knock.workspace_now(tx, deps)
    kind, _, key = name.partition(":")
    admin = roles.administers(tx, workspace, knock.user)
    if kind == "team" and (of_team := setup_teams.page(tx, workspace, knock.user, key)):
        return of_team
    if kind in PAGES and admin:
        return PAGES[kind](workspace.setup, key)
    if kind == "history" and admin:
        return _history(tx, workspace.team_id, key)
    return _main(workspace, knock.user, is_admin=admin)


def _main(workspace: Workspace, user: str, *, is_admin: bool) -> View | None:
    teams = workspace.setup.teams if is_admin else workspace.led_by(user)
    if not teams and not is_admin:
        return None
    people = {team.key: len(workspace.people(team.people)) for team in teams}
    return setup_home.main(setup_home.Whole(workspace.setup, teams, is_admin, people))


def _history(tx: Connection, team_id: str, start: str) -> View:
    found = setup_history.latest(tx, team_id, history_views.MOST_CHANGES)
    changes = [
        history_views.Change(one.id, one.by, one.at, one.sentences, one.undoes is not None, one.undone) for one in found
    ]
    return history_views.history(changes, start)
