"""CareCue's Home tab: opened, looked around in, and followed."""

from collections.abc import Callable
from functools import partial
from typing import Any

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.homes import show
from bot.store import home as store
from bot.store import homes, roles
from bot.views import home as views
from bot.views import home_digest
from bot.views import home_forms as forms
from bot.views.home import Drawn
from handlers import kudos_pages
from handlers.doors import Body, Knock, Turned, open_form


async def opened(deps: Deps, knock: Knock) -> None:
    """One of ours opened it."""
    await _open(deps, knock.workspace.team_id, knock.user, knock.body)


async def opened_outside(deps: Deps, team_id: str, user: str, body: Body) -> None:
    """Somebody else did."""
    if await deps.db.run(deps.workspaces.get, team_id, deps.now()):
        await _open(deps, team_id, user, body)


async def follow(deps: Deps, knock: Knock) -> None:
    """A button there was pressed: the same page shows what is true now."""
    if view := _home_of(knock):
        await (all_kudos if views.shows_kudos(view) else back)(deps, knock)


async def all_kudos(deps: Deps, knock: Knock) -> None:
    """The whole page of my kudos, in the Home tab."""
    now = deps.now()

    def read(tx: Connection) -> Callable[[], Drawn]:
        homes.pressed(tx, knock.workspace.team_id, knock.user, now)
        return partial(views.kudos, kudos_pages.page_of(tx, knock.workspace, knock.user, now))

    await show(deps.db, deps.slack, knock.workspace.team_id, knock.user, read)


async def back(deps: Deps, knock: Knock) -> None:
    """Back to where the tab opens."""
    await deps.db.run(homes.pressed, knock.workspace.team_id, knock.user, deps.now())
    await _show(deps, knock.workspace.team_id, knock.user)


async def hours(deps: Deps, knock: Knock) -> None:
    """My team's hours, to be read."""
    teams = store.hours(knock.workspace, knock.user, deps.now())
    view = forms.hours(teams, await deps.db.run(roles.admins, knock.workspace))
    await open_form(deps, knock, view)


async def digest(deps: Deps, knock: Knock) -> None:
    """What comes to me once a week, and when."""
    chosen = await deps.db.run(store.digest, knock.workspace, knock.user, deps.now())
    view = home_digest.form(chosen, leads=bool(knock.workspace.led_by(knock.user)))
    await open_form(deps, knock, view)


async def choose_digest(deps: Deps, knock: Knock) -> Turned:
    """That was sent off."""
    chosen = home_digest.read(knock.body["view"])
    await deps.db.run(store.choose_digest, knock.workspace, knock.user, chosen, deps.now())
    return Turned(home_digest.saved())


async def _open(deps: Deps, team_id: str, user: str, body: Body) -> None:
    event = body["event"]
    if event.get("tab") == "home":
        seen = (event.get("view") or {}).get("hash")
        await deps.db.run(homes.opened, team_id, user, deps.now(), seen)
        await _show(deps, team_id, user)


async def _show(deps: Deps, team_id: str, user: str) -> None:
    now = deps.now()
    await show(deps.db, deps.slack, team_id, user, lambda tx: store.read(tx, deps.workspaces, team_id, user, now))


def _home_of(knock: Knock) -> Any:
    view = knock.body.get("view") or {}
    return view if view.get("type") == "home" else None
