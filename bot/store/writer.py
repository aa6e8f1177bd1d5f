"""The group-commit writer: whatever queued while the last commit ran is the next transaction."""

import asyncio
import logging
from collections import deque
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from time import perf_counter
from typing import NamedTuple

from sqlalchemy import Connection

from bot.domain.arrivals import Delivery, Spoken
from bot.metrics import ACKNOWLEDGED, FAILED, REFUSED, STORED
from bot.store import outbox, set_aside
from bot.store.db import Db, is_away
from bot.store.ingest import apply, ingest, told
from bot.store.quarantine import Quarantine
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspaces
from bot.traces import span

log = logging.getLogger(__name__)

QUEUE = 2_000  # deliveries that may wait; past it Slack is asked to come again
TURNS = 6  # of the event loop in which nothing more arrives before a group is taken: what an envelope takes to get here
ENOUGH = 100  # deliveries that are not worth waiting for more
FEW = 0.75  # of the group before: the others are answering it
MOMENT = 0.001  # seconds, less than a commit takes
GROUP = 500  # deliveries in one transaction


class Busy(Exception):
    """More arrives than is written: the delivery was not taken."""


class NotWritten(Exception):
    """The delivery breaks whoever applies it, and is to come again; what happened is the cause."""


Written = Callable[[Exception | None], None]  # told once a delivery is committed, or why it cannot be written


class _Waiting(NamedTuple):
    delivery: Delivery
    written: Written
    since: float  # when it was taken, by a clock of the machine's


class Writer:
    """Deliveries in, one transaction for many of them."""

    def __init__(self, db: Db, workspaces: Workspaces, now: Callable[[], datetime], news: Callable[[], None]) -> None:
        self._db = db
        self._workspaces = workspaces
        self._now = now
        self._quarantine = Quarantine(db, workspaces, now)
        self._news = news  # told after a commit that put something into the outbox
        self._queue: deque[_Waiting] = deque()
        self._task: asyncio.Task[None] | None = None
        self._before = 0  # deliveries in the group before

    def take(self, delivery: Delivery, written: Written) -> None:
        """Have it written. Raises Busy when the queue is full."""
        if len(self._queue) >= QUEUE:
            REFUSED.inc()
            raise Busy
        self._queue.append(_Waiting(delivery, written, perf_counter()))
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write(), name="writer")

    async def put(self, delivery: Delivery) -> None:
        """Returns once it is committed, or set aside. Raises Busy, NotWritten, and what the database raised."""
        written = asyncio.get_running_loop().create_future()
        self.take(delivery, partial(_settle, written))
        await written

    @property
    def waiting(self) -> int:
        """Deliveries that are not written yet, but for those of the group that is."""
        return len(self._queue)

    async def close(self) -> None:
        """Write what is queued."""
        if self._task:
            await self._task

    async def _write(self) -> None:
        while self._queue:
            await self._all_here()
            if len(self._queue) < self._before * FEW:
                await asyncio.sleep(MOMENT)  # else a group of one and one of all others take turns
                await self._all_here()
            group = [self._queue.popleft() for _ in range(min(len(self._queue), GROUP))]
            self._before = len(group)
            if await self._commit(group):
                self._news()

    async def _all_here(self) -> None:
        """Let those come along that are on their way through the loop right now; it waits for nothing else."""
        turns, here = 0, 0
        while turns < TURNS and here < ENOUGH:
            turns = turns + 1 if len(self._queue) == here else 0
            here = len(self._queue)
            await asyncio.sleep(0)

    async def _commit(self, group: Sequence[_Waiting]) -> bool:
        """Whether there is something to be said."""
        try:
            with span("ingest", events=len(group)):
                news = await self._db.run(partial(self._ingest, [waiting.delivery for waiting in group]))
        except Exception as error:  # noqa: BLE001  # whoever put it decides: here it only must not stop the others
            if is_away(error):
                return self._give_back(group, error)
            return await (self._commit_apart(group) if len(group) > 1 else self._put_off(group[0], error))
        for waiting in group:
            waiting.written(None)
        STORED.inc(len(group))
        ACKNOWLEDGED.observe(perf_counter() - group[0].since, len(group))
        return news

    async def _commit_apart(self, group: Sequence[_Waiting]) -> bool:
        """One that cannot be written is found by halves, and fails alone."""
        half = len(group) // 2
        return any([await self._commit(some) for some in (group[:half], group[half:])])

    async def _put_off(self, one: _Waiting, error: Exception) -> bool:
        """Slack brings it again. What breaks each time is set aside, and not asked for any more."""
        try:
            broken = await self._broken(one.delivery, error)
            stumbles = [await self._quarantine.take(_thing(delivery), why) for delivery, why in broken]
        except Exception as trouble:  # noqa: BLE001  # the database went away meanwhile
            return self._give_back([one], trouble)
        (FAILED if stumbles else STORED).inc()
        left = next((stumble for stumble in stumbles if not stumble.is_aside), None)
        again = NotWritten(left.reference) if left else None
        if again:
            again.__cause__ = error
        one.written(again)
        return True

    async def _broken(self, delivery: Delivery, error: Exception) -> list[tuple[Delivery, Exception]]:
        """For which workspaces it breaks, of all that are to hear of it; for the others it is written."""
        each = await self._db.read(told, self._workspaces, [delivery])
        if len(each) == 1:
            return [(delivery, error)]
        broken: list[tuple[Delivery, Exception]] = []
        for one in each:
            try:
                await self._db.run(apply, self._workspaces, [one], self._now())
            except Exception as why:
                if is_away(why):
                    raise
                broken.append((one, why))
        return broken

    def _give_back(self, group: Sequence[_Waiting], error: Exception) -> bool:
        """Slack is asked to come again with all of them."""
        kind = type(getattr(error, "orig", None) or error).__name__
        log.error("%d deliveries could not be written: the database answers with %s.", len(group), kind)
        FAILED.inc(len(group))
        for waiting in group:
            waiting.written(error)
        return False

    def _ingest(self, deliveries: Sequence[Delivery], tx: Connection) -> bool:
        ingest(tx, self._workspaces, deliveries, self._now())
        return outbox.has_news(tx)


def _thing(delivery: Delivery) -> Thing:
    arrival = delivery.arrival
    place = (arrival.channel, arrival.ts) if isinstance(arrival, Spoken) else (None, None)
    return Thing(delivery.team_id, set_aside.EVENT, delivery.event_id, *place)


def _settle(written: "asyncio.Future[None]", error: Exception | None) -> None:
    if written.done():
        return  # whoever put it has gone away
    if error:
        written.set_exception(error)
    else:
        written.set_result(None)
