"""Interactions as the app receives them."""

from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.core import Core
from bot.sandbox.elements import Placed, initial_state
from bot.sandbox.messages import Message
from bot.sandbox.people import Person
from bot.sandbox.saying import message_json
from bot.sandbox.windows import View

Json = dict[str, Any]


def team_json(core: Core, team_id: str) -> Json:
    workspace = core.world.workspace(team_id)
    shown: Json = {"id": team_id, "domain": workspace.domain}
    if workspace.enterprise_id:
        shown |= {"enterprise_id": workspace.enterprise_id, "enterprise_name": workspace.enterprise_name or ""}
    return shown


def base(core: Core, kind: str, person: Person, team_id: str) -> Json:
    """`team_id`: the app's own workspace for what happens at a message, the person's own for views.

    Where the app is installed in a whole enterprise, no workspace is named at all.
    """
    enterprise = core.world.workspace(team_id).enterprise_id
    org = core.world.app.org is not None
    return {
        "type": kind,
        "team": None if org else team_json(core, team_id),
        "user": {"id": person.id, "username": person.name, "name": person.name, "team_id": person.team_id},
        "api_app_id": core.world.app.app_id,
        "token": core.world.app.verification_token,
        "enterprise": {"id": enterprise, "name": core.world.workspace(team_id).enterprise_name} if enterprise else None,
        "is_enterprise_install": org,
    }


def channel_name(core: Core, channel: Channel) -> str:
    special = {"im": "directmessage", "group": "privategroup"}
    return special.get(channel.kind) or channel.name_in(core.world.app.team_id)


def action_json(core: Core, one: Placed, choice: Json) -> Json:
    shown: Json = {"type": one.element["type"], "action_id": one.action_id, "block_id": one.block_id}
    if one.element["type"] == "button":
        shown |= {key: one.element[key] for key in ("text", "value", "style") if key in one.element}
    return shown | choice | {"action_ts": core.world.new_ts()}


def message_press(core: Core, person: Person, message: Message, one: Placed, choice: Json) -> Json:
    channel = core.world.channel(message.channel)
    ephemeral = message.ephemeral_to is not None
    container: Json = {"type": "message", "message_ts": message.ts, "channel_id": channel.id, "is_ephemeral": ephemeral}
    if message.thread_ts:
        container["thread_ts"] = message.thread_ts
    payload = base(core, "block_actions", person, core.world.app.team_id) | {
        "container": container,
        "trigger_id": core.triggers.issue(person.id, app=core.world.app),
        "channel": {"id": channel.id, "name": channel_name(core, channel)},
        "state": {"values": _values(message.blocks, message.state)},
        "response_url": core.url + core.hooks.issue(person.id, channel.id, message, core.world.app),
        "actions": [action_json(core, one, choice)],
    }
    return payload if ephemeral else payload | {"message": message_json(core.world, message)}


def view_press(core: Core, person: Person, view: View, one: Placed, choice: Json) -> Json:
    inside = view.id if view.type == "modal" else None
    return base(core, "block_actions", person, person.team_id) | {
        "container": {"type": "view", "view_id": view.id},
        "trigger_id": core.triggers.issue(person.id, inside, core.world.app),
        "view": core.windows.view_json(view),
        "actions": [action_json(core, one, choice)],
    }


def submission(core: Core, person: Person, view: View) -> Json:
    return base(core, "view_submission", person, person.team_id) | {
        "trigger_id": core.triggers.issue(person.id, view.id, core.world.app),
        "view": core.windows.view_json(view),
        "response_urls": [],
    }


def closing(core: Core, person: Person, view: View, *, is_cleared: bool) -> Json:
    whole = {"view": core.windows.view_json(view), "is_cleared": is_cleared}
    return base(core, "view_closed", person, person.team_id) | whole


def message_shortcut(core: Core, person: Person, callback_id: str, message: Message) -> Json:
    channel = core.world.channel(message.channel)
    return base(core, "message_action", person, core.world.app.team_id) | {
        "action_ts": core.world.new_ts(),
        "callback_id": callback_id,
        "trigger_id": core.triggers.issue(person.id, app=core.world.app),
        "response_url": core.url + core.hooks.issue(person.id, channel.id, message, core.world.app),
        "message_ts": message.ts,
        "message": message_json(core.world, message),
        "channel": {"id": channel.id, "name": channel_name(core, channel)},
    }


def global_shortcut(core: Core, person: Person, callback_id: str) -> Json:
    return base(core, "shortcut", person, core.world.app.team_id) | {
        "action_ts": core.world.new_ts(),
        "callback_id": callback_id,
        "trigger_id": core.triggers.issue(person.id, app=core.world.app),
    }


def suggestion(core: Core, person: Person, container: Json, one: Placed, typed: str) -> Json:
    ids = {"action_id": one.action_id, "block_id": one.block_id, "value": typed}
    return base(core, "block_suggestion", person, core.world.app.team_id) | {"container": container} | ids


def command(core: Core, person: Person, channel: Channel, name: str, text: str) -> Json:
    """Slack sends a command as a form: every value is text."""
    app, home = core.world.app, core.world.home
    fields: Json = {
        "token": app.verification_token,
        "team_id": home.team_id,
        "team_domain": home.domain,
        "channel_id": channel.id,
        "channel_name": channel_name(core, channel),
        "user_id": person.id,
        "user_name": person.name,
        "command": name,
        "text": text,
        "api_app_id": app.app_id,
        "is_enterprise_install": "true" if app.org else "false",
        "response_url": core.url + core.hooks.issue(person.id, channel.id, app=core.world.app),
        "trigger_id": core.triggers.issue(person.id, app=core.world.app),
    }
    if home.enterprise_id:
        fields |= {"enterprise_id": home.enterprise_id, "enterprise_name": home.enterprise_name or ""}
    return fields


def _values(blocks: list[Json], chosen: dict[str, Json]) -> dict[str, Json]:
    values = initial_state(blocks)
    for block_id, actions in chosen.items():
        if block_id in values:
            values[block_id] |= {action: choice for action, choice in actions.items() if action in values[block_id]}
    return values
