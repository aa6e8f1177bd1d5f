"""The stage: a sandbox and a bot that talk over real HTTP and WebSocket, and a clock that the script moves."""

import tempfile
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from pydantic import SecretStr

from bot.app import Bot, assembled, introduce, listening
from bot.demo import place
from bot.domain import care_file
from bot.sandbox import Clock, Sandbox, World
from bot.sandbox.page import Page, Tour
from bot.settings import Settings
from bot.slack.pace import Pace
from bot.store import calendars, migrate, setup
from jobs import channels, nudges, people

ROUNDS = 20  # after so many, what still moves will not come to rest


@dataclass(frozen=True, slots=True)
class Stage:
    """`settle` after every act: then all that follows from it has happened."""

    sandbox: Sandbox
    clock: Clock
    bot: Bot

    async def settle(self) -> None:
        """Let everything that is under way come to rest: deliveries, questions to Slack, what is due, the outbox."""
        deps = self.bot.deps
        for _ in range(ROUNDS):
            await self.sandbox.settled()
            moved = await people.learn(deps) + await channels.refresh(deps) + await nudges.sweep(deps)
            if not moved + await deps.sender.drain():
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
        """As `wait`, to a moment; in steps, so that what falls due on the way happens in its order."""
        while (left := moment - self.clock.now()) > timedelta():
            self.clock.advance(min(left, timedelta(minutes=15)))
            await nudges.sweep(self.bot.deps)
            await self.bot.deps.sender.drain()
        await self.settle()

    async def morning(self, days: int = 1) -> None:
        """The next working day at ten, in the team's zone."""
        zone = ZoneInfo("Europe/Lisbon")
        day = self.clock.now().astimezone(zone).date() + timedelta(days=days)
        while day.weekday() > 4:
            day += timedelta(days=1)
        await self.until(datetime.combine(day, time(10), zone))

    def dm(self, user: str) -> list[dict[str, Any]]:
        """What CareCue's messages to a person say now, by Slack's own record."""
        return [message for message in self.sandbox.record.dm(user) if message["user"] == place.BOT]


@asynccontextmanager
async def stage(speed: float = 0.0, tour: Tour | None = None, port: int = 0) -> AsyncIterator[Stage]:
    """`speed` is sandbox seconds per second; at 0 the clock moves only when the script moves it.

    With a `tour` there is a page to look at, at the sandbox's address.
    """
    clock = Clock(place.BEGINNING, speed)
    sandbox = Sandbox(World.from_dict(place.world()), clock)
    await sandbox.start(port, Page(sandbox, tour).routes() if tour else None)
    try:
        with tempfile.TemporaryDirectory(prefix="carecue-demo-") as folder:
            async with assembled(_settings(sandbox, Path(folder)), clock.now, Pace(gap=0)) as bot:
                await _set_up(bot)
                async with listening(bot):
                    yield Stage(sandbox, clock, bot)
    finally:
        await sandbox.stop()


async def _set_up(bot: Bot) -> None:
    migrate.upgrade(bot.deps.db.engine)
    team_id = await introduce(bot.deps)
    wanted = care_file.read(place.CARE_FILE, calendars.findings)
    await bot.deps.db.run(setup.apply, team_id, wanted, bot.deps.now())


def _settings(sandbox: Sandbox, folder: Path) -> Settings:
    app = sandbox.world.app
    return Settings.stated(
        bot_token=SecretStr(app.bot_token),
        app_token=SecretStr(app.app_token),
        signing_secret=SecretStr(app.signing_secret),
        slack_url=f"{sandbox.url}/api/",
        database_url=f"sqlite:///{folder}/carecue.db",
    )
