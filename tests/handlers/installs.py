"""A pretend Slack of several workspaces, CareCue beside it that none of them has yet, and a browser."""

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from pydantic import SecretStr

from bot.app import Bot, assembled, serving
from bot.sandbox import Clock, Sandbox, World
from bot.settings import Settings
from bot.slack.manifest import REDIRECT, build
from bot.slack.pace import Pace
from bot.store import migrate, uninstalls, workspaces
from bot.store.token_box import new_key
from handlers import DOORS
from jobs import installations, nudges, people

MONDAY = datetime(2026, 3, 2, 10, tzinfo=UTC)
PUBLIC = "https://care.example.com"
KEY = new_key()
OTHERS = [
    {"team_id": "T3", "name": "Paper", "domain": "paper", "enterprise_id": "E1", "enterprise_name": "Grid"},
    {"team_id": "T4", "name": "Pencils", "domain": "pencils", "enterprise_id": "E1", "enterprise_name": "Grid"},
]
PLACES = {
    "workspaces": [
        {"team_id": "T1", "name": "Northwind", "domain": "northwind"},
        {"team_id": "T2", "name": "Fabrikam", "domain": "fabrikam"},
        *OTHERS,
    ],
    "people": [
        {"id": "U1", "team_id": "T1", "name": "ann", "is_primary_owner": True},
        {"id": "U2", "team_id": "T2", "name": "bo", "is_primary_owner": True},
        {"id": "W3", "team_id": "T3", "name": "cy", "is_primary_owner": True},
        {"id": "W4", "team_id": "T4", "name": "di"},
    ],
    "channels": [
        {"id": "C1", "name": "both", "team_id": "T1", "members": ["U1", "U2"], "shared_with": ["T2"]},
        {"id": "C3", "name": "paper", "team_id": "T3", "members": ["W3"]},
        {"id": "C4", "name": "ink", "team_id": "T4", "members": ["W4"]},
    ],
}


@dataclass
class Town:
    """`address` is where the bot is served; `browser` is the one of whoever installs it."""

    sandbox: Sandbox
    bot: Bot
    address: str
    browser: aiohttp.ClientSession

    async def asked(self, path: str, browser: aiohttp.ClientSession | None = None) -> tuple[int, str, str]:
        """The status, what the page shows, and where it sends the browser."""
        async with (browser or self.browser).get(self.address + path, allow_redirects=False) as answer:
            return answer.status, await answer.text(), answer.headers.get("Location", "")

    async def sent_back(self, user: str, *, org: bool = False) -> str:
        """Somebody went to Slack and let CareCue in: where their browser is sent."""
        status, _, where = await self.asked("/slack/install")
        assert status == 302
        return self.back(self.sandbox.world.allow(user, where, org=org))

    def back(self, where: str) -> str:
        parts = urlsplit(where)
        assert f"{parts.scheme}://{parts.netloc}{parts.path}" == PUBLIC + REDIRECT
        return f"{parts.path}?{parts.query}"

    async def install(self, user: str, *, org: bool = False) -> str:
        """All of it; the page at its end."""
        status, page, _ = await self.asked(await self.sent_back(user, org=org))
        assert status == 200, page
        return page

    async def settle(self) -> None:
        """Until what Slack has sent is answered, and what there is to do is done."""
        deps = self.bot.deps
        await self.sandbox.settled()
        await people.learn(deps)
        await nudges.sweep(deps)
        await deps.sender.drain()
        await self.sandbox.settled()

    async def later(self, **by: float) -> None:
        self.sandbox.clock.advance(timedelta(**by))
        await installations.look(self.bot.deps)
        await installations.renew(self.bot.deps)

    def here(self) -> list[str]:
        """Where CareCue is installed."""
        with self.bot.deps.db.begin() as tx:
            return workspaces.all_ids(tx)

    def gone(self) -> list[str]:
        with self.bot.deps.db.begin() as tx:
            return [one.team_id for one in uninstalls.all_of_them(tx)]

    def by_token(self, method: str) -> int:
        return len(self.sandbox.record.called(method))


@asynccontextmanager
async def town(database_url: str, *, rotation: bool = False, **settings: object) -> AsyncIterator[Town]:
    async with let_in({**PLACES, "app": {"team_id": "T1"}}, database_url, rotation=rotation, **settings) as found:
        yield found


@asynccontextmanager
async def let_in(
    places: Mapping[str, Any], database_url: str, *, rotation: bool = False, **settings: object
) -> AsyncIterator[Town]:
    """In a Slack of these places, whose `app` has not been installed anywhere."""
    manifest = build(DOORS, PUBLIC, many=True)
    manifest["settings"]["token_rotation_enabled"] = rotation
    world = World.from_dict({**places, "app": {**places["app"], "manifest": manifest, "installed": False}})
    async with (
        Sandbox(world, Clock(MONDAY, speed=0), ack_timeout=3.0) as sandbox,
        another_process(sandbox, database_url, **settings) as bot,
        serving(bot, "127.0.0.1", 0) as port,
        a_browser() as browser,
    ):
        migrate.upgrade(bot.deps.db.engine)
        at = f"http://127.0.0.1:{port}"
        here = build(DOORS, at, many=True)
        manifest |= {"settings": here["settings"] | {"token_rotation_enabled": rotation}, "features": here["features"]}
        yield Town(sandbox, bot, at, browser)


@asynccontextmanager
async def another_process(sandbox: Sandbox, database_url: str, **settings: object) -> AsyncIterator[Bot]:
    """Of the same CareCue."""
    app = sandbox.world.app
    stated = {
        "client_id": app.client_id,
        "client_secret": SecretStr(app.client_secret),
        "token_keys": SecretStr(KEY),
        "signing_secret": SecretStr(app.signing_secret),
        "slack_url": f"{sandbox.url}/api/",
        "database_url": database_url,
    }
    async with assembled(Settings.stated(**{**stated, **settings}), sandbox.clock.now, Pace(gap=0)) as bot:
        yield bot


def a_browser() -> aiohttp.ClientSession:
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))
