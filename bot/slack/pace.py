"""How fast Slack wants to be spoken to, as this process has learned it."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

from bot.store.outbox import POST

GAP = 1.0  # Slack takes about one message a second and channel


class Pace:
    """Which targets and methods rest, by the machine's own clock, whatever the rest of CareCue runs on.

    A limit on posts is a channel's; when a second channel meets one while the first still rests, it is everyone's.
    Slack counts every other method for the whole workspace.
    """

    def __init__(
        self,
        gap: float = GAP,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self._gap, self.monotonic, self._sleep = gap, monotonic, sleep
        self._gaps: dict[str, float] = {}
        self._limits: dict[str, float] = {}
        self._methods: dict[str, float] = {}

    def posted(self, target: str) -> None:
        """A message went out."""
        self._gaps[target] = self.monotonic() + self._gap

    def limited(self, method: str, target: str, seconds: float) -> None:
        """Slack asked for a rest."""
        until = self.monotonic() + seconds
        if method == POST and not set(self._still(self._limits)) - {target}:
            self._limits[target] = until
        else:
            self._methods[method] = until

    @property
    def targets(self) -> set[str]:
        """Those that are not to be spoken to now."""
        return {*self._still(self._gaps), *self._still(self._limits)}

    @property
    def methods(self) -> set[str]:
        """Those that are not to be called now."""
        return set(self._still(self._methods))

    @property
    def rests(self) -> bool:
        """Whether anything does."""
        return bool(self.targets or self.methods)

    async def rest(self) -> None:
        """Wait until one of the rests is over; not at all where there is none."""
        ends = [*self._gaps.values(), *self._limits.values(), *self._methods.values()]
        await self._sleep(max(0.0, min(ends, default=0.0) - self.monotonic()))

    def _still(self, rests: dict[str, float]) -> Iterator[str]:
        now = self.monotonic()
        for name in [name for name, until in rests.items() if until <= now]:
            del rests[name]
        return iter(rests)
