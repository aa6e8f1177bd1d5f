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
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.arrivals import Delivery
from bot.metrics import ACKNOWLEDGED, FAILED, REFUSED, STORED
from bot.store import outbox
from bot.store.db import Db
from bot.store.ingest import ingest
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
        """Returns once it is committed. Raises Busy, and what the database raised when it cannot be written."""
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
            return await self._commit_apart(group, error)
        for waiting in group:
            waiting.written(None)
        STORED.inc(len(group))
        ACKNOWLEDGED.observe(perf_counter() - group[0].since, len(group))
        return news

    async def _commit_apart(self, group: Sequence[_Waiting], error: Exception) -> bool:
        """One that cannot be written fails alone."""
        if len(group) == 1 or not isinstance(error, SQLAlchemyError | ValueError | LookupError | TypeError):
            log.error("%d deliveries could not be written", len(group), exc_info=error)
            for waiting in group:
                waiting.written(error)
            FAILED.inc(len(group))
            return False
        return any([await self._commit([waiting]) for waiting in group])

    def _ingest(self, deliveries: Sequence[Delivery], tx: Connection) -> bool:
        ingest(tx, self._workspaces, deliveries, self._now())
        return outbox.has_news(tx)


def _settle(written: "asyncio.Future[None]", error: Exception | None) -> None:
    if written.done():
        return  # whoever put it has gone away
    if error:
        written.set_exception(error)
    else:
        written.set_result(None)
