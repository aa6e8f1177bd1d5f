"""views.*: modals and the App Home."""

from typing import Any

from bot.sandbox.api.call import Call, invalid
from bot.sandbox.api.content import check_blocks
from bot.sandbox.blocks import view_problems
from bot.sandbox.installed import App
from bot.sandbox.refused import Refused
from bot.sandbox.windows import View

Json = dict[str, Any]


def open_(call: Call) -> Json:
    stated = _stated(call)
    trigger = call.core.triggers.spend(_trigger_id(call), call.world.app)
    return _shown(call, call.core.windows.open(trigger.user, stated, _app(call, trigger.user)))


def push(call: Call) -> Json:
    stated = _stated(call)
    trigger = call.core.triggers.spend(_trigger_id(call), call.world.app)
    if trigger.view_id is None:
        raise Refused("not_found")
    return _shown(call, call.core.windows.push(trigger.user, stated))


def update(call: Call) -> Json:
    stated = _stated(call)
    windows = call.core.windows
    if external_id := call.text("external_id"):
        view = windows.by_external_id(external_id)
    else:
        view = windows.view(call.need("view_id"))
    if view.app is not None and not view.app.shares_bot(call.world.app):
        raise Refused("not_found")
    return _shown(call, windows.update(view, stated, seen=call.text("hash")))


def publish(call: Call) -> Json:
    person = call.person("user_id")
    if not call.world.app.home_tab:
        raise Refused("not_enabled")
    stated = _stated(call)
    return _shown(call, call.core.windows.publish(person.id, stated, seen=call.text("hash"), app=_app(call, person.id)))


def _app(call: Call, user: str) -> App:
    """Of a whole enterprise, the share of that person's workspace."""
    app = call.world.app
    return call.world.app_for(call.world.person(user).team_id) if app.org else app


def _trigger_id(call: Call) -> str:
    return call.text("trigger_id") or call.need("interactivity_pointer")


def _stated(call: Call) -> Json:
    stated, problems = stated_view(call.json("view", "invalid_arguments"))
    check_blocks(call.core, problems, stated.get("blocks"), "invalid_arguments")
    return stated


def stated_view(given: Any) -> tuple[Json, list[str]]:
    """The view and what is wrong with it."""
    if not isinstance(given, dict):
        raise invalid("missing required field: view")
    return given, view_problems(given)


def _shown(call: Call, view: View) -> Json:
    return {"view": call.core.windows.view_json(view)}
