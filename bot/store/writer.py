"""The group-commit writer: whatever queued while the last commit ran is the next transaction."""

import asyncio
import logging
from collections.abc import Callable, Sequence
from datetime import datetime
from functools import partial
from typing import NamedTuple

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.arrivals import Delivery
from bot.store import outbox
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.workspaces import Workspaces

log = logging.getLogger(__name__)

QUEUE = 2_000  # deliveries that may wait; past it Slack is asked to come again
TURNS = 6  # of the event loop in which nothing more arrives before a group is taken: what an envelope takes to get here
ENOUGH = 100  # deliveries that are not worth waiting for more
GROUP = 500  # deliveries in one transaction


class Busy(Exception):
    """More arrives than is written: the delivery was not taken."""


class _Waiting(NamedTuple):
    delivery: Delivery
    written: "asyncio.Future[None]"


class Writer:
    """Deliveries in, one transaction for many of them; `put` returns once its own is committed."""

    def __init__(self, db: Db, workspaces: Workspaces, now: Callable[[], datetime], news: Callable[[], None]) -> None:
        self._db = db
        self._workspaces = workspaces
        self._now = now
        self._news = news  # told after a commit that put something into the outbox
        self._queue: asyncio.Queue[_Waiting] = asyncio.Queue(QUEUE)
        self._task: asyncio.Task[None] | None = None

    async def put(self, delivery: Delivery) -> None:
        """Raises Busy when the queue is full, and what the database raised when this delivery cannot be written."""
        waiting = _Waiting(delivery, asyncio.get_running_loop().create_future())
        try:
            self._queue.put_nowait(waiting)
        except asyncio.QueueFull:
            raise Busy from None
        if self._task is None or self._task.done():
            self._task = asyncio.create_task(self._write(), name="writer")
        await waiting.written

    async def close(self) -> None:
        """Write what is queued."""
        if self._task:
            await self._task

    async def _write(self) -> None:
        while not self._queue.empty():
            await self._all_here()
            group = [self._queue.get_nowait() for _ in range(min(self._queue.qsize(), GROUP))]
            if await self._commit(group):
                self._news()

    async def _all_here(self) -> None:
        """Let those come along that are on their way through the loop right now; it waits for nothing else."""
        turns, here = 0, 0
        while turns < TURNS and here < ENOUGH:
            turns = turns + 1 if self._queue.qsize() == here else 0
            here = self._queue.qsize()
            await asyncio.sleep(0)

    async def _commit(self, group: Sequence[_Waiting]) -> bool:
        """Whether there is something to be said."""
        try:
            news = await self._db.run(partial(self._ingest, [waiting.delivery for waiting in group]))
        except Exception as error:  # noqa: BLE001  # whoever put it decides: here it only must not stop the others
            return await self._commit_apart(group, error)
        for waiting in group:
            _settle(waiting, None)
        return news

    async def _commit_apart(self, group: Sequence[_Waiting], error: Exception) -> bool:
        """One that cannot be written fails alone."""
        if len(group) == 1 or not isinstance(error, SQLAlchemyError | ValueError | LookupError | TypeError):
            log.error("%d deliveries could not be written", len(group), exc_info=error)
            for waiting in group:
                _settle(waiting, error)
            return False
        return any([await self._commit([waiting]) for waiting in group])

    def _ingest(self, deliveries: Sequence[Delivery], tx: Connection) -> bool:
        ingest(tx, self._workspaces, deliveries, self._now())
        return outbox.has_news(tx)


def _settle(waiting: _Waiting, error: Exception | None) -> None:
    if waiting.written.done():
        return  # whoever put it has gone away
    if error:
        waiting.written.set_exception(error)
    else:
        waiting.written.set_result(None)
