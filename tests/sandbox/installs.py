"""An app that is let into several workspaces of the sandbox by OAuth, and the calls that come by its tokens."""

import base64
from collections.abc import AsyncIterator
from copy import deepcopy
from datetime import UTC, datetime
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import aiohttp
import pytest

from bot.sandbox import Clock, Sandbox, World
from tests.sandbox.conftest import WORLD

Json = dict[str, Any]

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)
BACK = "https://bell.example/slack/oauth_redirect"
SECRET = "sandbox-client-secret"
ORG = [
    {"team_id": "T3", "name": "Paper", "domain": "paper", "enterprise_id": "E1", "enterprise_name": "Grid"},
    {"team_id": "T4", "name": "Pencils", "domain": "pencils", "enterprise_id": "E1", "enterprise_name": "Grid"},
]


def several(**settings: Any) -> World:
    data = deepcopy(WORLD)
    manifest = data["app"]["manifest"]
    manifest["oauth_config"]["redirect_urls"] = [BACK]
    manifest["settings"] |= settings
    manifest["settings"]["event_subscriptions"]["bot_events"] += ["team_access_granted"]
    data["workspaces"] += ORG
    data["people"] += [
        {"id": "U8", "team_id": "T2", "name": "di", "is_primary_owner": True},
        {"id": "W1", "team_id": "T3", "name": "eve", "is_primary_owner": True},
        {"id": "W2", "team_id": "T4", "name": "fay"},
    ]
    data["channels"] += [
        {"id": "C7", "name": "mill", "team_id": "T2", "members": ["U9", "U8"]},
        {"id": "C8", "name": "ink", "team_id": "T4", "members": ["W2"]},
        {"id": "C6", "name": "wood", "team_id": "T3", "members": ["W1"]},
    ]
    return World.from_dict(data)


@pytest.fixture
def world(request: pytest.FixtureRequest) -> World:
    return several(**getattr(request, "param", {}))


@pytest.fixture
async def sandbox(world: World) -> AsyncIterator[Sandbox]:
    async with Sandbox(world, Clock(MONDAY, speed=0), ack_timeout=0.2) as sandbox:
        yield sandbox


def address(**changed: str | None) -> str:
    query = {"client_id": "1.1", "scope": "chat:write,users:read", "redirect_uri": BACK, "state": "s/1"}
    return "/oauth/v2/authorize?" + urlencode({k: v for k, v in (query | changed).items() if v is not None})


def code_of(where: str) -> str:
    return parse_qs(urlsplit(where).query)["code"][0]


async def exchange(sandbox: Sandbox, *, client_id: str = "1.1", client_secret: str = SECRET, **args: str) -> Json:
    given = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
    headers = {"authorization": f"Basic {given}"}
    url = f"{sandbox.url}/api/oauth.v2.access"
    async with aiohttp.ClientSession() as session, session.post(url, data=args, headers=headers) as answer:
        return dict(await answer.json())


async def installed(sandbox: Sandbox, user: str, **changed: Any) -> Json:
    where = sandbox.world.allow(user, address(), **changed)
    return await exchange(sandbox, code=code_of(where), redirect_uri=BACK)


async def asked(sandbox: Sandbox, method: str, token: str, **args: Any) -> Json:
    headers = {"authorization": f"Bearer {token}"}
    url = f"{sandbox.url}/api/{method}"
    async with aiohttp.ClientSession() as session, session.post(url, data=args, headers=headers) as answer:
        return dict(await answer.json())


def heard(sandbox: Sandbox, event: str) -> list[tuple[str | None, str | None]]:
    """(where it happened, the installation that is named) of every delivery of such an event."""
    sent = sandbox.record.events(event)
    return [(one.payload.get("team_id"), one.payload["authorizations"][0]["team_id"]) for one in sent]
