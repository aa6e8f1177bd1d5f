"""A small world, the page over it, and the page served on loopback."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime
from typing import Any

import pytest
from aiohttp import ClientSession

from bot.sandbox.clock import Clock
from bot.sandbox.page import Page
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.windows import Windows
from bot.sandbox.world import World

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOT = "U0SANDBOXBOT"
MANIFEST: dict[str, Any] = {
    "display_information": {"name": "CareCue"},
    "features": {
        "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
        "slash_commands": [{"command": "/care", "description": "Who waits?"}],
        "shortcuts": [{"name": "CareCue…", "type": "message", "callback_id": "menu"}],
    },
    "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": True},
}
DATA: dict[str, Any] = {
    "app": {"team_id": "T1", "manifest": MANIFEST},
    "workspaces": [
        {"team_id": "T1", "name": "Northwind", "domain": "northwind"},
        {"team_id": "T2", "name": "Fabrikam", "domain": "fabrikam"},
    ],
    "people": [
        {"id": "U1", "team_id": "T1", "name": "ann", "real_name": "Ann Lee", "tz": "Europe/Lisbon"},
        {"id": "U2", "team_id": "T1", "name": "bo", "real_name": "Bo Hill"},
        {"id": "U3", "team_id": "T1", "name": "gus", "real_name": "Gus Ray", "is_ultra_restricted": True},
        {"id": "U9", "team_id": "T2", "name": "cy", "real_name": "Cy Fox", "tz": "Asia/Tokyo"},
    ],
    "channels": [
        {"id": "C1", "name": "fabrikam", "members": ["U1", "U2", "U9", BOT], "shared_with": ["T2"]},
        {"id": "C2", "name": "secret", "members": ["U1"], "is_private": True},
        {"id": "C3", "name": "lobby", "members": ["U1", "U2"]},
    ],
}


@pytest.fixture
def sandbox() -> Sandbox:
    return Sandbox(World.from_dict(DATA), Clock(MONDAY, speed=0))


@pytest.fixture
def world(sandbox: Sandbox) -> World:
    return sandbox.world


@pytest.fixture
def windows(sandbox: Sandbox) -> Windows:
    return sandbox.windows


@pytest.fixture
def page(sandbox: Sandbox) -> Page:
    return Page(sandbox)


@pytest.fixture
async def browser(sandbox: Sandbox, page: Page) -> AsyncIterator[ClientSession]:
    """A client at the sandbox's own address, with the page on it."""
    await sandbox.start(pages=page.routes())
    async with ClientSession(sandbox.url) as session:
        yield session
    await sandbox.stop()
