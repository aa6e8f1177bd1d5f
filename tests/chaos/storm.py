"""A town on several processes in a storm: people talk while everything goes wrong."""

import asyncio
import tempfile
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from random import Random

from sqlalchemy import select

from bot.deps import wall_clock
from bot.sandbox import Clock, World
from bot.store.db import Db
from bot.store.tables import events
from tests.benchmarks.servers import free_port
from tests.chaos import town
from tests.chaos.balancer import Balancer
from tests.chaos.child import environment
from tests.chaos.clocks import MACHINES, Clocks
from tests.chaos.deaths import Watched
from tests.chaos.fleet import ROOT, Fleet, Post
from tests.chaos.postgres import postgres
from tests.chaos.talk import Talk
from tests.chaos.verdicts import Witness
from tests.chaos.weather import Misdeed, Weather

PAUSE = 0.1  # seconds between two things that people do, on average
CALM = 3.0  # seconds in which people go on after a storm
AT_LAST = 15  # times what a process takes to start
GLANCE = 0.2
RETRIES = tuple(
    timedelta(seconds=seconds) for seconds in (0, 2, 3, 3, 3, 5, 5, 10, 10, 20)
)  # Slack's are nearly as long


@dataclass
class Storm:
    """All that there is in it."""

    sandbox: Watched
    fleet: Fleet
    weather: Weather
    talk: Talk
    witness: Witness
    url: str

    async def wave(self, misdeeds: Sequence[Misdeed]) -> list[str]:
        """Everything goes wrong, while people talk; then what is not as it should be."""
        talking = asyncio.create_task(self.talk.go_on(PAUSE))
        try:
            await self.weather.rage(misdeeds)
            await asyncio.sleep(CALM)
        finally:
            talking.cancel()
        await self._calm()
        return [*self.witness.wrong_now(), *self.witness.wrong_ever(), *self._lost()]

    async def _calm(self) -> None:
        """Until everybody is told what they should be, or as long as that may take."""
        with suppress(TimeoutError):
            async with asyncio.timeout(AT_LAST * self.fleet.slowest):
                while self._is_busy() or self.witness.wrong_now():  # noqa: ASYNC110  # nothing tells
                    await asyncio.sleep(GLANCE)

    def _is_busy(self) -> bool:
        """Whether something still comes again."""
        return not all(sent.outcome == "acked" or sent.attempts > len(RETRIES) for sent in self.sandbox.record.events())

    def _lost(self) -> list[str]:
        """Acknowledged, and not in the database."""
        db = Db(self.url)
        try:
            with db.begin() as tx:
                stored = set(tx.execute(select(events.c.event_id)).scalars())
        finally:
            db.close()
        acknowledged = {sent.payload["event_id"] for sent in self.sandbox.record.events() if sent.outcome == "acked"}
        return [f"{event_id} was acknowledged and is lost" for event_id in sorted(acknowledged - stored)]


@asynccontextmanager
async def storm(seed: int) -> AsyncIterator[Storm]:
    """Two machines with a web and a worker process each, one PostgreSQL, and the pretend Slack in this process."""
    with postgres() as database, tempfile.TemporaryDirectory(prefix="carecue-chaos-") as name:
        ports = [free_port() for _ in range(MACHINES)]
        file = Path(name) / "clocks"
        clocks = Clocks(file)
        _set_up(database.url)
        async with Balancer(ports) as door, _town(f"http://127.0.0.1:{door.port}") as sandbox:
            posts = _posts(sandbox, database.url, ports)
            async with Fleet(posts, Path(name), file) as fleet:
                await fleet.up()
                weather, talk = Weather(sandbox, fleet, database, clocks, Random(seed)), Talk(sandbox, Random(seed))
                witness = Witness(sandbox, fleet, talk, weather.outages)
                sandbox.on_answer = witness.note
                yield Storm(sandbox, fleet, weather, talk, witness, database.url)


@asynccontextmanager
async def _town(url: str) -> AsyncIterator[Watched]:
    sandbox = Watched(World.from_dict(town.world(url)), Clock(wall_clock()))
    sandbox.deliveries.retries = RETRIES
    # Not `limits.on`: Slack counts real minutes, and here half an hour's pauses are over in seconds.
    async with sandbox:
        yield sandbox


def _set_up(url: str) -> None:
    db = Db(url)
    try:
        town.set_up(db)
    finally:
        db.close()


def _posts(sandbox: Watched, url: str, ports: list[int]) -> list[Post]:
    found = []
    for machine, port in enumerate(ports):
        settings = environment(sandbox, url, port) | {"PYTHONPATH": str(ROOT)}
        found += [Post(command, machine, settings) for command in ("web", "worker")]
    return found
