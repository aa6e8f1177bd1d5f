"""CareCue's edge to Slack meets a pretend Slack over real HTTP; time stands still until a test moves it."""

from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.domain.setup import Setup, Team
from bot.sandbox import Clock, Sandbox, World
from bot.slack.client import Slack
from bot.store import workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation
from tests.slack.bench import Bench, Wall

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BOT = "U0SANDBOXBOT"
SCOPES = [
    *("channels:history", "channels:read", "groups:history", "groups:read", "im:history", "im:write"),
    *("chat:write", "users:read", "usergroups:read"),
]
WORLD: dict[str, Any] = {
    "app": {
        "team_id": "T1",
        "manifest": {
            "display_information": {"name": "CareCue"},
            "features": {
                "app_home": {"home_tab_enabled": True, "messages_tab_enabled": True},
                "bot_user": {"display_name": "CareCue"},
            },
            "oauth_config": {"scopes": {"bot": SCOPES}},
            "settings": {"interactivity": {"is_enabled": True}, "socket_mode_enabled": True},
        },
    },
    "workspaces": [
        {"team_id": "T1", "name": "Northwind", "domain": "northwind"},
        {"team_id": "T2", "name": "Fabrikam", "domain": "fabrikam"},
    ],
    "people": [
        {"id": "U1", "team_id": "T1", "name": "ann", "real_name": "Ann Lee"},
        {"id": "U2", "team_id": "T1", "name": "bo"},
        {"id": "U3", "team_id": "T1", "name": "guest", "is_ultra_restricted": True},
        {"id": "U9", "team_id": "T2", "name": "cy"},
    ],
    "channels": [
        {"id": "C1", "name": "fabrikam", "members": ["U1", "U9", BOT], "shared_with": ["T2"]},
        {"id": "C2", "name": "secret", "members": ["U1"], "is_private": True},
        {"id": "C4", "name": "care-home", "members": ["U1", "U2", BOT], "is_private": True},
    ],
    "user_groups": [{"id": "S1", "handle": "care", "name": "Care", "users": ["U1", "U2"]}],
}


@pytest.fixture
async def sandbox() -> AsyncIterator[Sandbox]:
    async with Sandbox(World.from_dict(deepcopy(WORLD)), Clock(MONDAY, speed=0)) as sandbox:
        yield sandbox


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


@pytest.fixture
def wall() -> Wall:
    return Wall()


@pytest.fixture
def slack(sandbox: Sandbox, session: aiohttp.ClientSession, wall: Wall) -> Slack:
    return Slack(sandbox.world.app.bot_token, f"{sandbox.url}/api/", session, wall.sleep)


@pytest.fixture
def bench(sandbox: Sandbox, db: Db, slack: Slack, wall: Wall) -> Bench:
    with db.begin() as tx:
        here = Installation("T1", "Northwind", "https://northwind.slack.com/", None, BOT, "B0SANDBOX")
        workspaces.install(tx, here)
        workspaces.save_setup(tx, "T1", Setup(teams=(Team("care", "Care", agents=("U1", "U2"), home="C4"),)))
    return Bench(sandbox, db, slack, wall)
