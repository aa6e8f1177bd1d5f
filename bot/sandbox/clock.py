"""The sandbox's own time: it can run faster than the wall, stand still, or jump."""

import asyncio
import time
from datetime import UTC, datetime, timedelta


class Clock:
    """Aware UTC time that never goes back.

    `speed` is sandbox seconds per real second; 0 freezes the clock, so that only `advance` moves it.
    """

    def __init__(self, start: datetime, speed: float = 1.0) -> None:
        if start.tzinfo is None:
            raise ValueError("the sandbox clock needs an aware datetime")
        self._base = start.astimezone(UTC)
        self._since = time.monotonic()
        self._speed = speed
        self._waiters: set[asyncio.Event] = set()

    def now(self) -> datetime:
        return self._base + timedelta(seconds=(time.monotonic() - self._since) * self._speed)

    @property
    def speed(self) -> float:
        return self._speed

    @speed.setter
    def speed(self, speed: float) -> None:
        if speed < 0:
            raise ValueError("time does not run backwards")
        self._base, self._since = self.now(), time.monotonic()
        self._speed = speed
        self._wake()

    def advance(self, by: timedelta) -> None:
        """Jump ahead at once; whoever waits for a moment that has passed wakes on the loop's next turn."""
        if by < timedelta():
            raise ValueError("time does not run backwards")
        self._base += by
        self._wake()

    def advance_to(self, moment: datetime) -> None:
        self.advance(max(moment - self.now(), timedelta()))

    async def until(self, moment: datetime) -> None:
        """Wait until the sandbox's time has reached `moment`."""
        while (left := (moment - self.now()).total_seconds()) > 0:
            await self._changed(left / self._speed if self._speed else None)

    async def _changed(self, timeout: float | None) -> None:  # noqa: ASYNC109 - real seconds, to notice either
        changed = asyncio.Event()
        self._waiters.add(changed)
        try:
            async with asyncio.timeout(timeout):
                await changed.wait()
        except TimeoutError:
            pass
        finally:
            self._waiters.discard(changed)

    def _wake(self) -> None:
        for waiter in self._waiters:
            waiter.set()


def wall_seconds() -> int:
    """The machine's own time: what a signature's timestamp is checked against, whatever the sandbox's clock says."""
    return int(time.time())  # noqa: TID251 - Slack signs with real time, and the app compares with real time
