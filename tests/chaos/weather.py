"""What goes wrong in a storm: a bag of misdeeds, shaken by a seed and emptied one every few seconds."""

import asyncio
import signal
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from enum import StrEnum
from random import Random

from bot.sandbox import Fault, Sandbox
from tests.chaos.clocks import MACHINES, Clocks
from tests.chaos.fleet import Fleet
from tests.chaos.life import LEASE
from tests.chaos.postgres import Postgres

SHARE = 0.01  # of calls for each kind of fault: of all calls one in twenty goes wrong
FOR_EVER = 10**9
CALLS = (
    Fault("status", method="*", status=500, share=SHARE, times=FOR_EVER),
    Fault("drop_before", method="*", share=SHARE, times=FOR_EVER),
    Fault("drop_after", method="*", share=SHARE, times=FOR_EVER),
    Fault("ratelimited", method="*", share=SHARE, times=FOR_EVER),
    Fault("delay", method="*", seconds=0.4, share=SHARE, times=FOR_EVER),
)
EVENTS = ("duplicate", "reorder", "delay", "swallow_ack")
PAUSE = (0.5, 2.5)  # seconds between two misdeeds
LONG_AGO, LATER = -1500.0, 1500.0  # seconds: more than any pause, or any margin for another's clock


class Misdeed(StrEnum):
    """What somebody, or something, does to CareCue."""

    KILL = "kill -9"
    KILL_ALIKE = "kill -9 all web or all worker processes"
    STOP = "ask a process to stop"
    CRASH = "crash the database"
    LIMIT = "429 for a while"
    JUMP = "a clock jumps ahead for a while"
    JUMP_BACK = "a clock jumps back for a while"


BAG = (Misdeed.KILL, Misdeed.KILL, Misdeed.KILL, Misdeed.KILL_ALIKE, Misdeed.STOP, Misdeed.CRASH, Misdeed.LIMIT)
JUMPS = (Misdeed.JUMP, Misdeed.JUMP_BACK)


class Weather:
    """`outages`: when by Slack's clock, and until when they may be felt."""

    def __init__(self, sandbox: Sandbox, fleet: Fleet, database: Postgres, clocks: Clocks, random: Random) -> None:
        self._sandbox, self._fleet, self._database, self._clocks = sandbox, fleet, database, clocks
        self._random = random
        self.outages: list[tuple[datetime, datetime]] = []
        self.did: list[str] = []
        self._do: dict[Misdeed, Callable[[], Awaitable[None]]] = {
            Misdeed.KILL: self._kill_one,
            Misdeed.KILL_ALIKE: self._kill_alike,
            Misdeed.STOP: self._stop_one,
            Misdeed.CRASH: self._crash_database,
            Misdeed.LIMIT: self._limit_rates,
            Misdeed.JUMP: self._jump,
            Misdeed.JUMP_BACK: self._jump_back,
        }

    def draw(self, count: int, *, jumps: bool) -> list[Misdeed]:
        """So many misdeeds, out of one bag after the other."""
        drawn: list[Misdeed] = []
        while len(drawn) < count:
            bag = [*BAG, *(JUMPS if jumps else ())]
            self._random.shuffle(bag)
            drawn += bag
        return drawn[:count]

    async def rage(self, misdeeds: Sequence[Misdeed]) -> None:
        """One after the other; then nothing goes wrong any more, and the clocks are right."""
        self._break_something()
        for misdeed in misdeeds:
            await asyncio.sleep(self._random.uniform(*PAUSE))
            await self._do[misdeed]()
        self._sandbox.faults.clear()
        for machine in range(MACHINES):
            self._clocks.jump(machine, -self._clocks.ahead(machine))
        self._out("over", self._fleet.slowest)

    def _break_something(self) -> None:
        self._sandbox.faults.seed(self._random.randrange(10**6))
        for fault in CALLS:
            self._sandbox.faults.add(
                Fault(**{name: getattr(fault, name) for name in ("kind", "method", "times", "share", "seconds")})
            )
        for kind in EVENTS:
            self._sandbox.faults.add(Fault(kind, event="*", seconds=1.0, share=SHARE, times=FOR_EVER))

    async def _kill_one(self) -> None:
        post = self._random.choice(self._fleet.posts)
        await self._fleet.back(post)
        post.signal(signal.SIGKILL)
        self._out(f"kill -9 {post.name}", LEASE + self._fleet.slowest)

    async def _kill_alike(self) -> None:
        command = self._random.choice(("web", "worker"))
        await self._fleet.up()
        for post in self._fleet.of(command):
            post.signal(signal.SIGKILL)
        self._out(f"kill -9 every {command}", LEASE + self._fleet.slowest)

    async def _stop_one(self) -> None:
        post = self._random.choice(self._fleet.posts)
        await self._fleet.back(post)
        post.signal(signal.SIGTERM)
        self._out(f"stop {post.name}", self._fleet.slowest)

    async def _crash_database(self) -> None:
        began = self._now()
        await asyncio.shield(asyncio.ensure_future(self._database.crash()))
        self._out("crash of the database", self._fleet.slowest, began)

    async def _limit_rates(self) -> None:
        times = self._random.randint(5, 20)
        self._sandbox.faults.add(Fault("ratelimited", method="chat.postMessage", times=times, retry_after=2))
        self._sandbox.faults.add(Fault("ratelimited", method="chat.update", times=times, retry_after=1))
        self._out(f"429, {times} times", LEASE)

    async def _jump(self) -> None:
        await self._leap(self._random.uniform(1, LATER))

    async def _jump_back(self) -> None:
        await self._leap(self._random.uniform(LONG_AGO, -1))

    async def _leap(self, seconds: float) -> None:
        """One machine's clock, or both; a while later it is put right."""
        machines = self._random.choice(([0], [1], [0, 1]))
        began = self._now()
        for machine in machines:
            self._clocks.jump(machine, seconds)
        await asyncio.sleep(self._random.uniform(1, 4))
        for machine in machines:
            self._clocks.jump(machine, -self._clocks.ahead(machine))
        self._out(f"clocks of {machines} off by {seconds:.0f} seconds", LEASE + self._fleet.slowest, began)

    def _out(self, what: str, felt: float, began: datetime | None = None) -> None:
        now = self._now()
        self.outages.append((began or now, now + timedelta(seconds=felt)))
        self.did.append(what)

    def _now(self) -> datetime:
        return self._sandbox.clock.now()
