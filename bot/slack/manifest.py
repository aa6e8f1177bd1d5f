"""The Slack app manifest, made from the constants that the doors are hung from."""

from dataclasses import dataclass
from typing import Any, Literal

from bot.slack.scopes import needed

Json = dict[str, Any]

PATH = "/slack/events"  # one request URL for events, interactivity and commands
INSTALL, REDIRECT = "/slack/install", "/slack/oauth_redirect"  # by OAuth, where there are many workspaces
NAME = "CareCue"
DESCRIPTION = "Notices when a customer waits, and tells the right person in private."
LONG_DESCRIPTION = (
    "CareCue looks after teams that look after customers in Slack. It follows whose turn it is in the channels that "
    "it is invited to, and tells the right person in private before a customer has waited too long, once and with an "
    "offer of help. It keeps times and ids, never what a customer wrote, and it ranks nobody."
)
COLOUR = "#1f5c4d"


@dataclass(frozen=True, slots=True)
class Command:
    """A slash command, its slash included; `hint` shows what may follow it."""

    name: str
    description: str
    hint: str = ""


@dataclass(frozen=True, slots=True)
class Shortcut:
    """A shortcut on a message, or a global one."""

    callback_id: str
    name: str
    description: str
    kind: Literal["message", "global"] = "message"


@dataclass(frozen=True, slots=True)
class Doors:
    """Everything by which Slack and its people reach the bot."""

    commands: tuple[Command, ...]
    shortcuts: tuple[Shortcut, ...]
    events: tuple[str, ...]
    org_events: tuple[str, ...] = ()  # which only an app that organizations install as a whole is told of


def build(doors: Doors, url: str | None = None, *, many: bool = False) -> Json:
    """For Socket Mode, or for HTTP where `url` is the public address of the web process.

    `many`: to be installed in many workspaces by OAuth, which needs the address.
    """
    request_url = {"request_url": url.rstrip("/") + PATH} if url else {}
    return {
        "display_information": {
            "name": NAME,
            "description": DESCRIPTION,
            "long_description": LONG_DESCRIPTION,
            "background_color": COLOUR,
        },
        "features": _features(doors, request_url.get("request_url")),
        "oauth_config": _back(url, many) | {"scopes": {"bot": needed(doors.events)}},
        "settings": {
            "event_subscriptions": request_url
            | {"bot_events": sorted((*doors.events, *(doors.org_events if many else ())))},
            "interactivity": request_url | {"is_enabled": True},
            "org_deploy_enabled": many,
            "socket_mode_enabled": url is None,
            "token_rotation_enabled": many,
        },
    }


def _back(url: str | None, many: bool) -> Json:
    """Where Slack sends the browser of whoever installs it."""
    return {"redirect_urls": [url.rstrip("/") + REDIRECT]} if many and url else {}


def _features(doors: Doors, request_url: str | None) -> Json:
    features: Json = {
        "app_home": {
            "home_tab_enabled": "app_home_opened" in doors.events,
            "messages_tab_enabled": True,
            # Where nobody listens, Slack had better say so than let people write into the void.
            "messages_tab_read_only_enabled": "message.im" not in doors.events,
        },
        "bot_user": {"display_name": NAME, "always_online": True},
    }
    if doors.commands:
        features["slash_commands"] = [_command(command, request_url) for command in doors.commands]
    if doors.shortcuts:
        features["shortcuts"] = [_shortcut(shortcut) for shortcut in doors.shortcuts]
    return features


def _command(command: Command, url: str | None) -> Json:
    # Escaped, people and channels arrive as ids: names may be those of someone else by now.
    shown: Json = {"command": command.name, "description": command.description, "should_escape": True}
    if command.hint:
        shown["usage_hint"] = command.hint
    return shown | ({"url": url} if url else {})


def _shortcut(shortcut: Shortcut) -> Json:
    return {
        "name": shortcut.name,
        "type": shortcut.kind,
        "callback_id": shortcut.callback_id,
        "description": shortcut.description,
    }
