"""The app manifest, made from the doors themselves, with the least scopes that work."""

from dataclasses import dataclass
from typing import Any

Json = dict[str, Any]

NAME = "CareCue"
COLOUR = "#0b5a4a"
EVENTS_PATH = "/slack/events"

# What each part of CareCue needs, from the reference pages of the methods and events.
METHOD_SCOPES = {
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.open": ("im:write",),
    "conversations.history": ("channels:history", "groups:history", "im:history"),
    "conversations.info": ("channels:read", "groups:read"),
    "conversations.members": ("channels:read", "groups:read"),
    "users.conversations": ("channels:read", "groups:read"),
    "users.info": ("users:read",),
    "usergroups.users.list": ("usergroups:read",),
}
EVENT_SCOPES = {
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "member_joined_channel": ("channels:read", "groups:read"),
    "member_left_channel": ("channels:read", "groups:read"),
    "team_join": ("users:read",),
    "user_change": ("users:read",),
}
CHANNEL_EVENT_SCOPES = {"channel": ("channels:read",), "group": ("groups:read",)}


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command: its name with the slash, what it does, and the words it takes."""

    name: str
    description: str
    usage: str


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut in Slack's menus: of a message, or global."""

    callback_id: str
    name: str
    description: str
    on_message: bool


@dataclass(frozen=True, slots=True)
class Doors:
    """All ways into CareCue that Slack has to be told of."""

    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    events: tuple[str, ...]


def scopes(doors: Doors) -> list[str]:
    """The bot scopes that CareCue cannot do without."""
    needed = {scope for scopes in METHOD_SCOPES.values() for scope in scopes}
    for event in doors.events:
        needed.update(EVENT_SCOPES.get(event) or CHANNEL_EVENT_SCOPES[event.partition("_")[0]])
    if doors.commands or any(not shortcut.on_message for shortcut in doors.shortcuts):
        needed.add("commands")
    return sorted(needed)


def build(doors: Doors, url: str | None = None) -> Json:
    """The manifest for Socket Mode, or for HTTP mode at a public `url`."""
    request_url = f"{url.rstrip('/')}{EVENTS_PATH}" if url else None
    at = {"request_url": request_url} if request_url else {}
    return {
        "display_information": {
            "name": NAME,
            "description": "Notices customers who wait, and helps people care.",
            "background_color": COLOUR,
        },
        "features": {
            "app_home": {
                "home_tab_enabled": False,
                "messages_tab_enabled": True,
                "messages_tab_read_only_enabled": True,
            },
            "bot_user": {"display_name": NAME, "always_online": True},
            "slash_commands": [_command(command, request_url) for command in doors.commands],
        }
        | ({"shortcuts": [_shortcut(shortcut) for shortcut in doors.shortcuts]} if doors.shortcuts else {}),
        "oauth_config": {"scopes": {"bot": scopes(doors)}},
        "settings": {
            "event_subscriptions": {**at, "bot_events": sorted(doors.events)},
            "interactivity": {"is_enabled": True, **at},
            "org_deploy_enabled": False,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": False,
        },
    }


def _command(command: Command, request_url: str | None) -> Json:
    shown = {"command": command.name, "description": command.description, "usage_hint": command.usage}
    return shown | {"should_escape": True} | ({"url": request_url} if request_url else {})


def _shortcut(shortcut: Shortcut) -> Json:
    return {
        "name": shortcut.name,
        "type": "message" if shortcut.on_message else "global",
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }
