"""The stage: a sandbox and a bot that talk over real HTTP and WebSocket, and a clock that the script moves."""

import asyncio
import json
import tempfile
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection
from starlette.routing import BaseRoute

from bot.app import Bot, NotSetUp, assembled, introduce, listening, serving
from bot.demo import place
from bot.deps import Deps
from bot.domain.moments import ts_of
from bot.sandbox import Clock, Sandbox, World, empty
from bot.sandbox.page import Page, Tour
from bot.settings import Settings
from bot.slack.manifest import build
from bot.slack.pace import Pace
from bot.store import (
    ask_clock,
    boundary_calls,
    digest_choices,
    ladder,
    list_clock,
    migrate,
    outbox,
    presence_choices,
    promise_clock,
    setup,
)
from bot.store import gaps as unread
from bot.store import listening as heard
from bot.store import prompts as prompt_store
from bot.store import pulse as pulse_store
from handlers import DOORS
from jobs import (
    asks,
    boundary,
    channel_questions,
    channels,
    digest,
    gaps,
    homes,
    living_lists,
    loads,
    nudges,
    people,
    presence,
    privacy,
    promises,
    prompts,
    pulse,
)

ROUNDS = 20  # after so many, what still moves will not come to rest


@dataclass(frozen=True, slots=True)
class Stage:
    """`settle` after every act: then all that follows from it has happened."""

    sandbox: Sandbox
    clock: Clock
    bot: Bot

    async def settle(self) -> None:
        """Let everything that is under way come to rest: deliveries, questions to Slack, what is due, the outbox."""
        for _ in range(ROUNDS):
            await self.sandbox.settled()
            await _answered()
            if not await _work(self.bot.deps):
                return
        raise RuntimeError("the demo does not come to rest")

    async def say(self, user: str, channel: str, text: str, thread_ts: str | None = None) -> str:
        """Someone writes; the message's `ts`."""
        message = self.sandbox.world.say(user, channel, text, thread_ts=thread_ts)
        await self.settle()
        return message.ts

    async def press(self, user: str, message: dict[str, Any], action_id: str, value: str | None = None) -> None:
        """Someone presses a button, or chooses, in their direct message from CareCue."""
        channel = self.sandbox.world.direct(user, place.BOT).id
        await self.sandbox.press(user, channel, message["ts"], action_id, value)
        await self.settle()

    async def wait(self, **span: float) -> None:
        """Time passes, and what falls due on the way is done at its time."""
        await self.until(self.clock.now() + timedelta(**span))

    async def until(self, moment: datetime) -> None:
        """As `wait`, to a moment."""
        deps = self.bot.deps
        while (now := self.clock.now()) < moment:
            due = await deps.db.run(_due, deps)
            self.clock.advance_to(min([moment, *(at for at in due if at > now)]))
            if not self.sandbox.deliveries.deaf:
                await deps.db.run(heard.go_on, self.clock.now())
            await self.settle()

    async def morning(self, days: int = 1) -> None:
        """The next working day at ten, in the team's zone."""
        day = self.clock.now().astimezone(place.ZONE).date() + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        await self.until(datetime.combine(day, time(10), place.ZONE))

    def dm(self, user: str) -> list[dict[str, Any]]:
        """What CareCue's messages to a person say now, by Slack's own record."""
        return [message for message in self.sandbox.record.dm(user) if message["user"] == place.BOT]


@asynccontextmanager
async def stage(
    speed: float = 0.0, tour: Tour | None = None, port: int = 0, begins: datetime = place.BEGINNING
) -> AsyncIterator[Stage]:
    """The demo's: `speed` is sandbox seconds per second; at 0 the clock moves only when the script moves it.

    With a `tour` there is a page to look at, at the sandbox's address. Raises NotSetUp where `port` is taken.
    """
    with tempfile.TemporaryDirectory(prefix="carecue-demo-") as folder:
        clock = Clock(begins, speed)
        async with _sandbox(clock, port, tour) as sandbox, played(sandbox, f"sqlite:///{folder}/carecue.db") as on:
            yield on


@asynccontextmanager
async def played(sandbox: Sandbox, database_url: str, *, http: bool = False) -> AsyncIterator[Stage]:
    """A bot with the demo's setup beside a sandbox that has started, by Socket Mode or at an address of its own."""
    async with assembled(_settings(sandbox, database_url), sandbox.clock.now, Pace(gap=0)) as bot:
        await _set_up(bot)
        async with _over_http(bot, sandbox) if http else _by_socket(bot, sandbox):
            yield Stage(sandbox, sandbox.clock, bot)


@asynccontextmanager
async def first_day(begins: datetime) -> AsyncIterator[Stage]:
    """A workspace of its own in which CareCue has just been installed: nobody has set anything up."""
    async with Sandbox(empty.world(), Clock(begins, speed=0)) as sandbox:
        sandbox.world.create_app(json.dumps(build(DOORS)))
        sandbox.world.install()
        with tempfile.TemporaryDirectory(prefix="carecue-demo-") as folder:
            settings = _settings(sandbox, f"sqlite:///{folder}/carecue.db")
            async with assembled(settings, sandbox.clock.now, Pace(gap=0)) as bot:
                migrate.upgrade(bot.deps.db.engine)
                await introduce(bot.deps)
                async with _by_socket(bot, sandbox):
                    yield Stage(sandbox, sandbox.clock, bot)


@asynccontextmanager
async def _sandbox(clock: Clock, port: int, tour: Tour | None) -> AsyncIterator[Sandbox]:
    sandbox = Sandbox(World.from_dict(place.world()), clock)
    try:
        await sandbox.start(port, _page(sandbox, tour) if tour else None)
    except OSError as error:
        raise NotSetUp(f"Port {port} cannot be listened on: {error.strerror}. --port 0 takes a free one.") from None
    try:
        yield sandbox
    finally:
        await sandbox.stop()


def _page(sandbox: Sandbox, tour: Tour) -> list[BaseRoute]:
    """What was said before the place's beginning, everybody has read."""
    return Page(sandbox, tour, ts_of(place.BEGINNING)).routes()


@asynccontextmanager
async def _by_socket(bot: Bot, sandbox: Sandbox) -> AsyncIterator[None]:
    async with listening(bot):
        await sandbox.sockets.wait_for()
        yield


@asynccontextmanager
async def _over_http(bot: Bot, sandbox: Sandbox) -> AsyncIterator[None]:
    async with serving(bot, "127.0.0.1", 0) as port:
        sandbox.world.app.manifest = build(DOORS, f"http://127.0.0.1:{port}")
        yield


async def _work(deps: Deps) -> int:
    """What the jobs and the sender find to do at this moment, once each; how much it was."""
    asked = await people.learn(deps) + await channels.refresh(deps) + await gaps.welcome(deps) + await gaps.fill(deps)
    asked += await presence.notice(deps) + await channel_questions.ask(deps)
    asked += await privacy.erase(deps)
    due = await nudges.sweep(deps) + await asks.sweep(deps) + await digest.post(deps) + await pulse.turn(deps)
    due += await boundary.check_in(deps) + await promises.sweep(deps)
    due += await prompts.post(deps) + await loads.watch(deps) + await living_lists.sweep(deps)
    return asked + due + await deps.sender.drain() + await homes.follow(deps)


def _due(tx: Connection, deps: Deps) -> list[datetime]:
    """When the jobs have something to do next: nudges, what is to be said again, the weekly pages."""
    known = [ladder.next_due(tx), ask_clock.next_due(tx), boundary_calls.next_due(tx), outbox.next_due(tx)]
    known += [
        presence_choices.next_due(tx, deps.now()),
        promise_clock.next_due(tx),
        list_clock.next_due(tx),
        unread.next_due(tx),
    ]
    return [*(at for at in known if at), *_pages(tx, deps)]


def _pages(tx: Connection, deps: Deps) -> Iterator[datetime]:
    """The next hours that teams and people have chosen for their pages, and those of the pulse."""
    workspace = deps.workspaces.get(tx, place.OURS, deps.now())
    yield from pulse_store.next_due(tx, workspace, deps.now()) if workspace else ()
    yield from prompt_store.next_due(tx, workspace, deps.now()) if workspace else ()
    for team in workspace.setup.teams if workspace else ():
        if team.digest:
            yield team.digest.upcoming(team.week.zone, deps.now())
    for choice in digest_choices.get_many(tx, place.OURS, place.STAFF).values():
        if choice.hour:
            yield choice.hour.upcoming(place.ZONE.key, deps.now())


async def _answered() -> None:
    """Bolt acknowledges first and lets its listeners work on: until they are done."""
    while listeners := [task for task in asyncio.all_tasks() if "AsyncioListenerRunner" in repr(task.get_coro())]:
        await asyncio.wait(listeners)


async def _set_up(bot: Bot) -> None:
    migrate.upgrade(bot.deps.db.engine)
    team_id = await introduce(bot.deps)
    wanted = setup.read(place.CARE_FILE)
    await bot.deps.db.run(setup.apply, team_id, wanted, bot.deps.now(), None)
    await people.meet_teams(bot.deps)
    await bot.deps.db.run(heard.known_for_good, team_id, place.CUSTOMERS, bot.deps.now())


def _settings(sandbox: Sandbox, database_url: str) -> Settings:
    app = sandbox.world.app
    return Settings.stated(
        bot_token=SecretStr(app.bot_token),
        app_token=SecretStr(app.app_token),
        signing_secret=SecretStr(app.signing_secret),
        slack_url=f"{sandbox.url}/api/",
        database_url=database_url,
    )
