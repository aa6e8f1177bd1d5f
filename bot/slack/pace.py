"""How fast Slack wants to be spoken to, as this process has learned it; the others read it in bot.store.limits."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Iterator

from bot.store.outbox import POST, Method, Target

GAP = 1.0  # Slack takes about one message a second and channel


class Pace:
    """Which targets and methods rest, by the machine's own clock, whatever the rest of CareCue runs on.

    A limit on posts is a channel's; when a second channel meets one while the first still rests, it is everyone's
    in that workspace. Slack counts every other method for the whole workspace.
    """

    def __init__(
        self,
        gap: float = GAP,
        monotonic: Callable[[], float] = time.monotonic,
        sleep: Callable[[float], Awaitable[object]] = asyncio.sleep,
    ) -> None:
        self.gap, self.monotonic, self._sleep = gap, monotonic, sleep
        self._gaps: dict[Target, float] = {}
        self._limits: dict[Target, float] = {}
        self._methods: dict[Method, float] = {}

    def posted(self, target: Target) -> None:
        """A message went out."""
        self._gaps[target] = self.monotonic() + self.gap

    def limited(self, method: str, target: Target, seconds: float) -> None:
        """Slack asked for a rest."""
        until, (team_id, _) = self.monotonic() + seconds, target
        others = {one for one in self._still(self._limits) if one[0] == team_id} - {target}
        if method == POST and not others:
            self._limits[target] = until
        else:
            self._methods[team_id, method] = until

    @property
    def targets(self) -> set[Target]:
        """Those that are not to be spoken to now."""
        return {*self._still(self._gaps), *self._still(self._limits)}

    @property
    def methods(self) -> set[Method]:
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

    def _still(self, rests: dict[tuple[str, str], float]) -> Iterator[tuple[str, str]]:
        now = self.monotonic()
        for name in [name for name, until in rests.items() if until <= now]:
            del rests[name]
        return iter(rests)
