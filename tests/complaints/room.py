"""The room in which complaints are tried: the demo's people, a clock that tests move, and a bot that may die."""

from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager
from datetime import datetime, timedelta
from functools import partial
from typing import Any, NamedTuple, cast

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from sqlalchemy import Connection

from bot.app import Bot, introduce
from bot.demo import place
from bot.demo.place import BOT, OURS, STAFF
from bot.deps import Deps
from bot.sandbox import Clock, Sandbox, World
from bot.sandbox.acts import Acts
from bot.settings import Settings
from bot.slack.client import new_session
from bot.slack.guard import Guard
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from bot.store import ask_clock, ladder, list_clock, listening, outbox, presence_choices, promise_clock, sent
from bot.store import gaps as unread
from bot.store.db import Db
from bot.store.workspaces import Workspace, Workspaces
from bot.store.writer import Writer
from jobs import asks, channels, gaps, living_lists, loads, nudges, people, presence, promises
from jobs.listening import beat
from tests.complaints.near import Here, Killed, Near, Spoken
from tests.handlers.office import CARE_FILE, MONDAY, Office
from tests.leaks import tight

Json = dict[str, Any]


ROUNDS = 20
JOBS = (
    people.learn,
    channels.refresh,
    gaps.welcome,
    gaps.fill,
    presence.notice,
    presence.read_dnd,
    nudges.sweep,
    asks.sweep,
    promises.sweep,
    loads.watch,
    living_lists.sweep,
)
NEXT = (
    ladder.next_due,
    ask_clock.next_due,
    promise_clock.next_due,
    list_clock.next_due,
    unread.next_due,
    outbox.next_due,
)


class Ping(NamedTuple):
    """A message of CareCue's that rang for somebody, by Slack's own record."""

    at: datetime
    user: str
    message: Json


class Room(Office):
    """The office without doors: what people type and press there, `tests/handlers` tries."""

    near: Near
    slack: Spoken

    async def settle(self, *, pages: bool = False) -> None:
        """Until all that follows has happened; where the process is killed on the way, the next one goes on.

        There are no weekly pages here.
        """
        for _ in range(ROUNDS):
            await self.near.settled()
            try:
                if not await self._work():
                    return
            except* Killed:
                enter_process(self)
        raise RuntimeError("it does not come to rest")

    async def until(self, moment: datetime) -> None:
        """Time passes, and what falls due on the way is done at its time."""
        await self.settle()
        db, now = self.bot.deps.db, self.clock.now
        while now() < moment:
            due = await db.run(_next, now())
            self.clock.advance_to(min([moment, *map(_ticked, due)]))
            await db.run(lambda tx: listening.keep(tx, OURS, now()))
            await self.settle()

    async def _work(self) -> int:
        deps = self.bot.deps
        done = [await job(deps) for job in JOBS]
        return sum(done) + await deps.sender.drain()

    async def silence(self, **span: float) -> None:
        """The process is gone for so long, with all that it had in mind; what Slack delivers meanwhile nobody takes."""
        self.near.listener = None
        await self.bot.deps.writer.close()
        until = self.clock.now() + timedelta(**span)
        while self.clock.now() < until:
            self.clock.advance_to(min(until, self.clock.now() + timedelta(minutes=1)))
            await self.near.settled()

    async def back(self) -> None:
        """Another process takes its place, and hears of Slack again."""
        enter_process(self)
        await beat(self.bot.deps, self.clock.now())
        await self.settle()

    async def restart(self) -> None:
        """At once."""
        await self.silence()
        await self.back()

    def pings(self, *users: str) -> list[Ping]:
        """Every post to one of these people, or to anybody of ours; edits make no sound."""
        return pings(self.near, users or STAFF)

    def lists(self, user: str) -> list[Json]:
        """What stands of CareCue's in somebody's direct messages now."""
        return self.dm(user)

    def workspace(self, tx: Connection) -> Workspace:
        """As it is set up now."""
        found = self.bot.deps.workspaces.get(tx, OURS, self.clock.now())
        assert found
        return found


def pings(near: Acts, users: Iterable[str]) -> list[Ping]:
    """Every post to one of these people; edits make no sound, and who asks for quiet is answered with their list."""
    directs = {near.world.direct(user, BOT).id: user for user in users}
    posts = [entry for entry in near.record.posts(by_bot=True) if not _key(entry.message).endswith(":shown")]
    return [Ping(entry.at, directs[entry.channel], entry.message) for entry in posts if entry.channel in directs]


def _key(message: Json) -> str:
    return str(message["metadata"]["event_payload"]["key"])


def _ticked(at: datetime) -> datetime:
    """When the jobs notice: they tick once a second."""
    return at.replace(microsecond=0) + timedelta(seconds=1) if at.microsecond else at


def _next(tx: Connection, now: datetime) -> list[datetime]:
    """When the jobs have something to do after now."""
    known = [*(next_due(tx) for next_due in NEXT), presence_choices.next_due(tx, now)]
    return [at for at in known if at and at > now]


def enter_process(room: Room, db: Db | None = None) -> None:
    """Everything but the tables and Slack is new."""
    db = db or room.bot.deps.db
    known, now = Workspaces(), room.clock.now
    guard = Guard(db, room.slack, known, now)
    sender = Sender(db, room.slack, now, guard, partial(_holds, known), partial(_on_sent, known), Pace(gap=0))
    writer = Writer(db, known, now, sender.wake)
    settings = Settings.stated(bot_token=SecretStr(room.near.world.app.bot_token))
    object.__setattr__(room, "bot", Bot(Deps(settings, db, room.slack, now, known, writer, sender), NO_DOORS))
    room.near.listener = writer


NO_DOORS = cast(AsyncApp, None)


def _holds(known: Workspaces, tx: Connection, row: outbox.Row, now: datetime) -> str | None:
    return sent.still_holds(tx, known, row, now)


def _on_sent(known: Workspaces, tx: Connection, row: outbox.Row, channel: str, ts: str, now: datetime) -> None:
    sent.posted(tx, known, row, channel, ts, now)


@asynccontextmanager
async def entered(
    database_url: str, *, at: datetime = MONDAY, file: str = CARE_FILE, zone: str = ""
) -> AsyncIterator[Room]:
    """The room at a moment, its people met; `zone` is by whose clock our people live, if not by the demo's."""
    db = Here(database_url)
    clock = Clock(at, speed=0)
    near = Near(World.from_dict(place.world()), clock)
    for user in STAFF if zone else ():
        near.world.change_person(user, tz=zone)
    near.deliveries.start()
    async with new_session() as session:
        room = Room(cast(Sandbox, near), clock, cast(Bot, None))
        object.__setattr__(room, "near", near)
        object.__setattr__(room, "slack", Spoken(near, session))
        enter_process(room, db)
        try:
            await introduce(room.bot.deps)
            await room.set_up(file)
            await people.meet_teams(room.bot.deps)
            await beat(room.bot.deps, clock.now())
            await room.settle()
            with tight(near.world):
                yield room
        finally:
            await near.deliveries.stop()
            await room.bot.deps.writer.close()
            db.close()
