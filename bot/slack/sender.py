"""The sender: what is due in the outbox goes to Slack, several targets at a time, until nothing is due."""

import asyncio
import logging
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime
from typing import Any

from bot.slack.carrier import Broken, Carrier, OnSent, StillHolds, Turn
from bot.slack.clients import Clients
from bot.slack.guard import Guard
from bot.slack.pace import Pace
from bot.store import outbox
from bot.store.db import Db, is_away
from bot.store.outbox import Method, Target
from bot.store.quarantine import Quarantine
from bot.store.workspaces import Workspaces

AT_ONCE = 8
BREATH = 0.05  # seconds from being woken to a look at the outbox, which is a transaction: every commit wakes the sender
SOONEST, LATEST = 1.0, 2.0  # seconds between looks at the outbox: other processes write to it as well

log = logging.getLogger(__name__)


class Sender:
    """One a process; any number of processes. `wake` it when something was put into the outbox."""

    def __init__(
        self,
        db: Db,
        slack: Clients,
        now: Callable[[], datetime],
        guard: Guard,
        still_holds: StillHolds,
        on_sent: OnSent,
        pace: Pace | None = None,
        quarantine: Quarantine | None = None,
    ) -> None:
        self._db, self._now, self._pace = db, now, pace or Pace()
        aside = quarantine or Quarantine(db, Workspaces(), now)
        self._carrier = Carrier(db, slack, now, guard, still_holds, on_sent, self._pace, aside)
        self._running: dict[asyncio.Task[bool], Target] = {}
        self._leaving = False
        self._broken: list[Exception] = []
        self._sent = 0
        self._awake = asyncio.Event()
        self._waking: asyncio.TimerHandle | None = None
        self._one_at_a_time = asyncio.Lock()

    def wake(self) -> None:
        """Something is, or may be, to be said. However often that is heard, the outbox is looked at once in a while."""
        if self._waking is None:
            self._waking = asyncio.get_running_loop().call_later(BREATH, self._get_up)

    def _get_up(self) -> None:
        self._waking = None
        self._awake.set()

    async def drain(self) -> int:
        """Say what is due until nothing is due; how many Slack took. Raises what broke, after all else was said."""
        sent, broken = await self._drain()
        if broken:
            raise ExceptionGroup("not everything could be said", broken)
        return sent

    def leave(self) -> None:
        """Begin nothing more: `run` and `drain` end as soon as what is on its way has arrived."""
        self._leaving = True
        self._awake.set()

    async def run(self) -> None:
        """Say what falls due, until told to `leave`. Whoever cancels it hands back what has not been begun."""
        try:
            while not self._leaving:
                await self._turn()
        finally:
            self._leaving = False

    async def _turn(self) -> None:
        try:
            _, broken = await self._drain()
            for error in broken:
                log.error("A message could not be settled; the outbox says what becomes of it.", exc_info=error)
            await self._idle()
        except Exception as error:  # nobody begins it anew: it goes on whatever happens
            if is_away(error):
                log.warning("The outbox cannot be read (%s); it will be tried again.", type(error).__name__)
            else:
                log.exception("The outbox cannot be read; it will be tried again.")
            await asyncio.sleep(LATEST)

    async def _drain(self) -> tuple[int, list[Exception]]:
        async with self._one_at_a_time:
            self._sent, self._broken = 0, []
            try:
                while await self._step():
                    pass
            finally:
                await self._stop()
            return self._sent, self._broken

    async def _step(self) -> bool:
        """Begin what can begin, then wait until something changes. False when nothing is left to wait for."""
        self._awake.clear()
        busy, resting = {*self._running.values(), *self._pace.targets}, self._pace.methods
        for turn in await self._take(AT_ONCE - len(self._running), busy, resting):
            self._running[asyncio.create_task(self._carrier.carry(turn))] = (turn.row.team_id, turn.row.target)
        if self._leaving and not self._running:
            return False
        if not self._running and not await self._db.run(lambda tx: outbox.held_back(tx, self._now(), busy, resting)):
            return False
        await self._change()
        return True

    async def _take(self, free: int, busy: set[Target], resting: set[Method]) -> list[Turn]:
        """What can begin. A row that breaks whoever looks at it is put off, and all others are taken."""
        while free and not self._leaving:
            try:
                return await self._db.run(lambda tx: self._carrier.take(tx, free, busy, resting))
            except Broken as broken:
                await self._carrier.put_off(broken)
        return []

    async def _change(self) -> None:
        """Wait for a request to end, a rest to be over, or news."""
        news: list[asyncio.Task[Any]] = [asyncio.create_task(self._awake.wait())]
        if self._pace.rests or not self._running:
            news.append(asyncio.create_task(self._pace.rest()))
        try:
            done, _ = await asyncio.wait([*self._running, *news], return_when=asyncio.FIRST_COMPLETED)
        finally:
            for task in news:
                task.cancel()
        for ended in [task for task in self._running if task in done]:
            del self._running[ended]
            self._note(ended)

    def _note(self, ended: asyncio.Task[bool]) -> None:
        error = ended.exception()
        if error is None:
            self._sent += ended.result()
        elif isinstance(error, Exception):
            self._broken.append(error)
        else:
            raise error

    async def _stop(self) -> None:
        """Whoever cancels the sender leaves no request behind; what it was about to say is looked for later."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._running.clear()

    async def _idle(self) -> None:
        """Until the next row falls due, somebody wakes us, or it is time to see what other processes wrote."""
        due = await self._db.run(outbox.next_due)
        left = (due - self._now()).total_seconds() if due else LATEST
        with suppress(TimeoutError):
            async with asyncio.timeout(min(max(left, SOONEST), LATEST)):
                await self._awake.wait()
