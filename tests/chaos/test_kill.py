"""kill -9 under load: no acknowledged event is lost, no list is lost or sent twice, and at most one stands.

The pretend Slack lives in this process, CareCue in one of its own that is killed at random but seeded moments and
started again. What is true in the end is read from the pretend Slack's own record.
"""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager, suppress
from datetime import timedelta
from pathlib import Path
from random import Random

import pytest
from sqlalchemy import func, select, update

from bot.deps import wall_clock
from bot.sandbox import Clock, Fault, World
from bot.store.db import Db
from bot.store.list_tables import living_lists
from bot.store.tables import events, moves, outbox
from tests.benchmarks.servers import free_port
from tests.chaos import town
from tests.chaos.child import Child, environment
from tests.chaos.deaths import Death, Reaper, Watched, deaths
from tests.chaos.talk import Talk, by_wait, keys_posted, standing

SEED = 20260302
PATIENCE = 10.0  # seconds for a moment to come, before the kill comes anyway
AT_LAST = 60.0
ROUNDS = 12


class Town:
    """A sandbox, a database, and a bot that dies and comes back."""

    def __init__(self, sandbox: Watched, database_url: str, folder: Path, port: int, random: Random) -> None:
        self.sandbox, self.random = sandbox, random
        self._url, self._folder = database_url, folder
        self._environment = environment(sandbox, database_url, port)
        self.torn: set[str] = set()  # posts that Slack had when CareCue died without having noted it

    async def life(self, death: Death) -> None:
        """From a start to a kill."""
        self._break_something()
        child = await Child.born(self._folder, self._environment)
        with Reaper(self.sandbox, death, child.kill) as reaper:
            try:
                async with asyncio.timeout(PATIENCE):
                    await reaper.done.wait()
            except TimeoutError:
                child.kill()
        assert await child.dead() == -9, child.words
        self._inquest()

    @asynccontextmanager
    async def last_life(self) -> AsyncIterator[None]:
        """Alive, with Slack in good order; Slack tries again whatever it could not deliver."""
        self.sandbox.faults.clear()
        child = await Child.born(self._folder, self._environment)
        try:
            await child.up()
            if self.sandbox.world.app.socket_mode:
                await self.sandbox.sockets.wait_for(1)
            for pause in (timedelta(), timedelta(minutes=1), timedelta(minutes=5)):
                self.sandbox.clock.advance(pause)
                await self.sandbox.settled()
            yield
        finally:
            child.kill()
            await child.dead()

    @contextmanager
    def database(self) -> Iterator[Db]:
        """Open only for a look, so that a start finds what a kill has left."""
        db = Db(self._url)
        try:
            yield db
        finally:
            db.close()

    def time_passes(self) -> None:
        """So much that every list may ring again, and is looked at."""
        with self.database() as db, db.begin() as tx:
            an_hour_ago = wall_clock() - timedelta(hours=1)
            for name in ("pinged_at", "drawn_at"):
                tx.execute(update(living_lists).where(living_lists.c[name].is_not(None)).values({name: an_hour_ago}))
            tx.execute(update(living_lists).values(look_at=an_hour_ago))

    def _break_something(self) -> None:
        """In this life connections drop after Slack has taken a message, and some answers are slow."""
        self.sandbox.faults.clear()
        for method in ("chat.postMessage", "chat.update"):
            skip = self.random.randint(0, 6)
            self.sandbox.faults.add(Fault("drop_after", method=method, skip=skip, times=2))
        self.sandbox.faults.add(Fault("delay", method="chat.postMessage", seconds=0.05, times=10))

    def _inquest(self) -> None:
        with self.database() as db, db.begin() as tx:
            stored = set(tx.execute(select(events.c.event_id)).scalars())
            unsettled = set(tx.execute(select(outbox.c.key).where(outbox.c.due_at.is_not(None))).scalars())
            # What the dead had taken on is free after its lease, and tried again after a pause: that time passes.
            tx.execute(update(outbox).where(outbox.c.leased_until.is_not(None)).values(leased_until=None))
            tx.execute(update(outbox).where(outbox.c.due_at.is_not(None)).values(due_at=wall_clock()))
        self.time_passes()
        acknowledged = {sent.payload["event_id"] for sent in self.sandbox.record.events() if sent.outcome == "acked"}
        assert acknowledged <= stored, f"{len(acknowledged - stored)} acknowledged events are lost"
        self.torn |= unsettled.intersection(keys_posted(self.sandbox))


@asynccontextmanager
async def a_town(database_url: str, folder: Path, socket_mode: bool, seed: int) -> AsyncIterator[Town]:
    port = free_port()
    world = World.from_dict(town.world(None if socket_mode else f"http://127.0.0.1:{port}"))
    sandbox = Watched(world, Clock(wall_clock()))
    async with sandbox:
        there = Town(sandbox, database_url, folder, port, Random(seed))
        with there.database() as db:
            town.set_up(db)
        yield there


async def suffer(there: Town, kills: int) -> Talk:
    """People talk while CareCue is killed again and again."""
    talk = Talk(there.sandbox, there.random)
    talking = asyncio.create_task(talk.go_on())
    try:
        for death in deaths(there.random, kills):
            await there.life(death)
    finally:
        talking.cancel()
    return talk


async def prove(there: Town, talk: Talk) -> None:
    """What must be true once it is alive again."""
    async with there.last_life():
        assert {sent.outcome for sent in there.sandbox.record.events()} == {"acked"}
        waiting = talk.waiting()
        expected = {customer: sorted(town.people_nudged(town.team_of(customer))) for customer in waiting}
        for _ in range(ROUNDS):
            with suppress(TimeoutError):
                await there.sandbox.until(lambda: by_wait(standing(there.sandbox)) == expected, AT_LAST / ROUNDS)
                break
            there.time_passes()
        with suppress(TimeoutError):
            await there.sandbox.until(lambda: _silent(there) and not _doubled(there), AT_LAST)
    assert not [key for key, times in Counter(keys_posted(there.sandbox)).items() if times > 1]
    assert by_wait(standing(there.sandbox)) == expected
    assert _doubled(there) == []
    assert all(nudge.ts >= waiting[nudge.customer] for nudge in standing(there.sandbox))
    assert _silent(there)
    _all_moves_stored(there)


def _doubled(there: Town) -> list[str]:
    """Whoever has more than one list: they have nothing else in their direct messages."""
    people = [user for team in town.TEAMS for user in town.people_nudged(team)]
    return [user for user in people if len(there.sandbox.record.dm(user)) > 1]


def _silent(there: Town) -> bool:
    with there.database() as db, db.begin() as tx:
        return not tx.execute(select(func.count()).where(outbox.c.due_at.is_not(None))).scalar_one()


def _all_moves_stored(there: Town) -> None:
    with there.database() as db, db.begin() as tx:
        stored = {(row.channel, row.ts, row.user_id) for row in tx.execute(select(moves))}
    told = [sent.payload["event"] for sent in there.sandbox.record.events("message")]
    assert {(event["channel"], event["ts"], event["user"]) for event in told} == stored


async def test_twenty_kills_lose_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    """HTTP mode, on both databases; several kills have to have fallen between send and commit."""
    async with a_town(database_url, tmp_path, socket_mode=False, seed=SEED) as there:
        talk = await suffer(there, kills=20)
        await prove(there, talk)
        assert len(there.torn) >= 5


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
async def test_kills_in_socket_mode_lose_and_double_nothing(database_url: str, tmp_path: Path) -> None:
    """Events by WebSocket are acknowledged no sooner either."""
    async with a_town(database_url, tmp_path, socket_mode=True, seed=SEED + 1) as there:
        talk = await suffer(there, kills=5)
        await prove(there, talk)
