"""The message shortcut *CareCue…*, and the forms that its menu turns into."""

from typing import Any

from bot.deps import Deps
from bot.domain.asks import Kind
from bot.domain.roles import may
from bot.views import menu as views
from bot.views.forms import told
from bot.views.words import ask_forms as words
from handlers import asks, boundary, kudos
from handlers.doors import Knock, open_form
from handlers.roles import least


async def open_menu(deps: Deps, knock: Knock) -> None:
    """The shortcut was used on a message: what may be done about it by whoever used it."""
    offered = [door for door in views.DOORS if may(knock.roles, least(door))]
    view = views.menu(views.read_message(knock.body), offered)
    await open_form(deps, knock, view)


async def ask(deps: Deps, knock: Knock) -> None:
    """*Ask for help.*"""
    await _turn(deps, knock, await asks.form_for(deps, knock, Kind.HELP, views.read_menu(knock.body)[1].source))


async def snag(deps: Deps, knock: Knock) -> None:
    """*Tell a snag.*"""
    await _turn(deps, knock, await asks.form_for(deps, knock, Kind.SNAG, views.read_menu(knock.body)[1].source))


async def boundary_call(deps: Deps, knock: Knock) -> None:
    """*Call a boundary.*"""
    await _turn(deps, knock, boundary.form_for(knock, views.read_menu(knock.body)[1].source))


async def thank(deps: Deps, knock: Knock) -> None:
    """*Give kudos.*"""
    picked = views.read_menu(knock.body)[1]
    await _turn(deps, knock, await kudos.form_for(deps, knock, picked.source, picked.author))


async def _turn(deps: Deps, knock: Knock, view: dict[str, Any] | str) -> None:
    """The menu becomes a form, or a sentence where that cannot be."""
    view_id, _ = views.read_menu(knock.body)
    shown = told(words.MENU_TITLE(), view) if isinstance(view, str) else view
    await (await knock.slack(deps)).update_view(view_id, shown)
