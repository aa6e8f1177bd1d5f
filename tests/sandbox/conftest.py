"""A small Slack for the sandbox's own tests: two companies, one shared channel, one app."""

from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Clock, Sandbox, World

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "Bell"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False},
        "bot_user": {"display_name": "Bell"},
        "slash_commands": [{"command": "/bell", "description": "Ring", "should_escape": True}],
        "shortcuts": [
            {"name": "Ring", "type": "message", "callback_id": "ring_message", "description": "Ring"},
            {"name": "Ring", "type": "global", "callback_id": "ring_anywhere", "description": "Ring"},
        ],
    },
    "oauth_config": {
        "scopes": {
            "bot": [
                *("channels:history", "channels:read", "channels:join", "groups:history", "groups:read"),
                *("im:history", "im:read", "im:write", "mpim:read", "chat:write", "commands", "files:write"),
                *("reactions:read", "reactions:write", "team:read", "usergroups:read", "users:read", "dnd:read"),
            ]
        }
    },
    "settings": {
        "event_subscriptions": {
            "bot_events": [
                *("message.channels", "message.groups", "message.im", "reaction_added", "reaction_removed"),
                *("member_joined_channel", "member_left_channel", "channel_shared", "channel_unshared"),
                *("user_change", "team_join", "app_home_opened", "app_uninstalled", "tokens_revoked", "channel_rename"),
            ]
        },
        "interactivity": {"is_enabled": True},
        "socket_mode_enabled": True,
    },
}
BOT = "U0SANDBOXBOT"
WORLD: dict[str, Any] = {
    "app": {"team_id": "T1", "manifest": MANIFEST},
    "workspaces": [
        {"team_id": "T1", "name": "Northwind", "domain": "northwind"},
        {"team_id": "T2", "name": "Fabrikam", "domain": "fabrikam"},
    ],
    "people": [
        {"id": "U1", "team_id": "T1", "name": "ann", "real_name": "Ann Lee", "email": "ann@example.com"},
        {"id": "U2", "team_id": "T1", "name": "bo", "is_ultra_restricted": True},
        {"id": "U3", "team_id": "T1", "name": "dee", "is_admin": True},
        {"id": "U9", "team_id": "T2", "name": "cy", "real_name": "Cy Fox"},
    ],
    "channels": [
        {"id": "C1", "name": "fabrikam", "members": ["U1", "U9", BOT], "shared_with": ["T2"]},
        {"id": "C2", "name": "secret", "members": ["U1"], "is_private": True},
        {"id": "C3", "name": "lobby", "members": ["U1"]},
        {"id": "C4", "name": "team", "members": ["U1", "U3", BOT], "is_private": True},
    ],
    "user_groups": [{"id": "S1", "handle": "care", "name": "Care", "users": ["U1", "U3"]}],
}


def a_world(**settings: Any) -> World:
    """`settings` replace those of the manifest: an http app has other ones."""
    data = deepcopy(WORLD)
    data["app"]["manifest"]["settings"] |= settings
    return World.from_dict(data)


@pytest.fixture
def world() -> World:
    return a_world()


@pytest.fixture
async def sandbox(world: World) -> AsyncIterator[Sandbox]:
    async with Sandbox(world, Clock(MONDAY, speed=0), ack_timeout=1.0) as sandbox:
        yield sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def web(sandbox: Sandbox, session: aiohttp.ClientSession) -> AsyncWebClient:
    """Slack's own client, as the app uses it."""
    return AsyncWebClient(
        token=sandbox.world.app.bot_token, base_url=f"{sandbox.url}/api/", session=session, retry_handlers=[]
    )
