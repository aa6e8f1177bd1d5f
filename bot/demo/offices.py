"""Two companies that have nothing to do with each other, one customer of both, and one CareCue for all of them."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

import aiohttp
from pydantic import SecretStr

from bot.app import assembled, serving
from bot.demo.stage import Stage
from bot.sandbox import Clock, Sandbox, World
from bot.sandbox.installed import App
from bot.sandbox.page import Page
from bot.settings import Settings
from bot.slack.manifest import INSTALL, build
from bot.slack.pace import Pace
from bot.store import listening, migrate, setup
from bot.store.token_box import new_key
from handlers import DOORS

Json = dict[str, Any]

LINDEN, HARBOUR, ACME = "T0LINDEN", "T0HARBOUR", "T0ACME"
NIA, ANA, TOM, IDA, ADA = "U0NIA", "U0ANA", "U0TOM", "U0IDA", "U0ADA"
ROOMS = {LINDEN: "C0LINDEN", HARBOUR: "C0HARBOUR"}  # each shared with Acme, where Ada asks
OWNERS = {LINDEN: NIA, HARBOUR: TOM}
AGENTS = {LINDEN: ANA, HARBOUR: IDA}

_LISBON = {"tz": "Europe/Lisbon", "locale": "en-GB"}
_PEOPLE = (
    (NIA, LINDEN, "Nia Costa"),
    (ANA, LINDEN, "Ana Reis"),
    (TOM, HARBOUR, "Tom Brandt"),
    (IDA, HARBOUR, "Ida Holm"),
    (ADA, ACME, "Ada Obi"),
)


@dataclass(frozen=True, slots=True)
class Visit:
    """What somebody's browser showed in the end."""

    status: int
    page: str


@dataclass(frozen=True, slots=True)
class Offices(Stage):
    """`address` is where CareCue is to be reached from outside."""

    address: str

    async def install(self, team_id: str, *, answer: str = "allow") -> Visit:
        """The owner's browser: to CareCue, to Slack's page, where they answer, and back to CareCue."""
        async with browser() as session:
            async with session.get(self.address + INSTALL, allow_redirects=False) as sent:
                consent = sent.headers["location"]
            form = {"answer": answer, "user": OWNERS[team_id]}
            async with session.post(consent, data=form, allow_redirects=False) as answered:
                back = answered.headers["location"]
            async with session.get(back) as shown:
                return Visit(shown.status, await shown.text())

    async def set_up(self, team_id: str) -> None:
        """Who looks after Acme, there; and CareCue is invited to the channel."""
        wanted = setup.read(_care_file(team_id))
        await self.bot.deps.db.run(setup.apply, team_id, wanted, self.clock.now(), None)
        self.sandbox.world.invite(OWNERS[team_id], ROOMS[team_id], self.app(team_id).bot_user_id)
        await self.settle()
        await self.bot.deps.db.run(listening.known_for_good, team_id, [ROOMS[team_id]], self.clock.now())

    def app(self, team_id: str) -> App:
        """CareCue in one workspace, by Slack's own book. Raises ValueError where it is not installed."""
        app = self.sandbox.world.apps.get(team_id)
        if app is None or not app.installed:
            raise ValueError(f"CareCue is not installed in {team_id}")
        return app

    def told(self, user: str) -> list[Json]:
        """What CareCue's messages to a person say now."""
        return [message for message in self.sandbox.record.dm(user) if message.get("bot_id")]


@asynccontextmanager
async def offices(begins: datetime, *, with_page: bool = False) -> AsyncIterator[Offices]:
    """Both as they are before anybody has heard of CareCue, which is reached by HTTP and has no token of anybody's."""
    sandbox = Sandbox(_world(), Clock(begins, speed=0))
    await sandbox.start(pages=Page(sandbox).routes() if with_page else None)
    try:
        with tempfile.TemporaryDirectory(prefix="carecue-demo-") as folder:
            async with _reached(sandbox, f"sqlite:///{folder}/carecue.db") as there:
                yield there
    finally:
        await sandbox.stop()


@asynccontextmanager
async def _reached(sandbox: Sandbox, database_url: str) -> AsyncIterator[Offices]:
    async with assembled(_settings(sandbox, database_url), sandbox.clock.now, Pace(gap=0)) as bot:
        migrate.upgrade(bot.deps.db.engine)
        async with serving(bot, "127.0.0.1", 0) as port:
            address = f"http://127.0.0.1:{port}"
            sandbox.world.app.manifest = build(DOORS, address, many=True)
            yield Offices(sandbox, sandbox.clock, bot, address)


def browser() -> aiohttp.ClientSession:
    """Somebody's, with no cookies yet; it takes those of loopback, too."""
    return aiohttp.ClientSession(cookie_jar=aiohttp.CookieJar(unsafe=True))


def _world() -> World:
    world = World.from_dict(
        {
            "app": {"team_id": LINDEN, "manifest": {}, "bot_user_id": "U0CARECUE", "app_id": "A0CARECUE"},
            "workspaces": [
                {"team_id": LINDEN, "name": "Linden", "domain": "linden"},
                {"team_id": HARBOUR, "name": "Harbour", "domain": "harbour"},
                {"team_id": ACME, "name": "Acme Travel", "domain": "acme-travel"},
            ],
            "people": [_person(user, team_id, name) for user, team_id, name in _PEOPLE],
            "channels": [
                {
                    "id": room,
                    "team_id": team_id,
                    "name": "ext-acme",
                    "members": [OWNERS[team_id], AGENTS[team_id], ADA],
                    "shared_with": [ACME],
                }
                for team_id, room in ROOMS.items()
            ],
        }
    )
    world.app.installed, world.app.token_revoked, world.bot.deleted = False, True, True
    return world


def _person(user: str, team_id: str, name: str) -> Json:
    is_owner = user in OWNERS.values()
    named = {"id": user, "team_id": team_id, "name": name.split()[0].lower(), "real_name": name}
    return named | {"is_primary_owner": is_owner} | _LISBON


def _care_file(team_id: str) -> str:
    return f"""\
[team.care]
name = "Care"
agents = ["{AGENTS[team_id]}"]
managers = ["{OWNERS[team_id]}"]

[team.care.hours]
zone = "Europe/Lisbon"
mon-fri = ["09:00-17:00"]

[channel.{ROOMS[team_id]}]
kind = "customer"
team = "care"
owner = "{AGENTS[team_id]}"
"""


def _settings(sandbox: Sandbox, database_url: str) -> Settings:
    app = sandbox.world.app
    return Settings.stated(
        client_id=app.client_id,
        client_secret=SecretStr(app.client_secret),
        token_keys=SecretStr(new_key()),
        signing_secret=SecretStr(app.signing_secret),
        slack_url=f"{sandbox.url}/api/",
        database_url=database_url,
    )
