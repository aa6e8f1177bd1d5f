"""A process at work: jobs tick and the sender sends. Whoever stops finishes what was begun, and hands back the rest."""

import asyncio
import logging
from collections.abc import AsyncIterator, Awaitable, Callable, Iterable
from contextlib import asynccontextmanager, suppress
from functools import wraps
from typing import Any

from bot.deps import Deps
from jobs import Entry, rest_when_gone, timetable
from jobs.taking import name_of
from jobs.ticking import keep_up

FINISH = 5.0  # seconds, after as many for what is being heard: who stops a process kills it after ten, as a rule

Job = Callable[[Deps], Awaitable[Any]]

log = logging.getLogger(__name__)


class Running:
    """The jobs that run right now."""

    def __init__(self) -> None:
        self._tasks: set[asyncio.Task[Any]] = set()
        self._is_over = False

    def tracked(self, job: Job) -> Job:
        """The same job, known to run while it does."""

        @wraps(job)
        async def run(deps: Deps) -> None:
            task = asyncio.current_task()
            assert task is not None
            self._tasks.add(task)
            try:
                await job(deps)
            except asyncio.CancelledError:
                if not self._is_over:
                    raise
                log.info("%s was stopped on the way; whoever works next goes on with it.", name_of(job))
            finally:
                self._tasks.discard(task)

        return run

    async def end(self, patience: float) -> None:
        """Wait for them, and stop those that take longer."""
        if self._tasks:
            _, late = await asyncio.wait(self._tasks, timeout=patience)
            self._is_over = True
            await _stopped(*late)


@asynccontextmanager
async def at_work(deps: Deps, more: Iterable[Entry] = (), *, silent: bool = False) -> AsyncIterator[None]:
    """For as long as the context lasts. `silent`: without a sender."""
    running = Running()
    scheduler = timetable(deps, more, running.tracked)
    rest_when_gone(scheduler, deps)
    sending = asyncio.create_task(_silence() if silent else deps.sender.run(), name="sender")
    ticking = asyncio.create_task(keep_up(scheduler), name="ticking")
    scheduler.start()
    try:
        yield
    finally:
        await _stopped(ticking)
        scheduler.pause()
        await asyncio.gather(running.end(FINISH), _last_words(deps, sending, 0 if silent else FINISH))
        scheduler.shutdown(wait=False)


async def _last_words(deps: Deps, sending: asyncio.Task[None], patience: float) -> None:
    """What is on its way arrives; what was taken and not begun is there for others at once."""
    deps.sender.leave()
    await asyncio.wait({sending}, timeout=patience)
    await _stopped(sending)


async def _stopped(*tasks: asyncio.Task[Any]) -> None:
    for task in tasks:
        task.cancel()
    for task in tasks:
        with suppress(asyncio.CancelledError):
            await task


async def _silence() -> None:
    """In the sender's place."""
    await asyncio.Event().wait()
