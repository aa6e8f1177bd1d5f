"""The parts of a running sandbox, put together."""

import asyncio
import contextlib
import copy
from collections.abc import Callable
from typing import Self, TypeVar

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Answer, Deliveries, Delivery
from bot.sandbox.faults import Faults
from bot.sandbox.installed import App
from bot.sandbox.limits import Limits
from bot.sandbox.record import Record
from bot.sandbox.request_urls import RequestUrls
from bot.sandbox.socket_mode import Sockets
from bot.sandbox.state import Listener
from bot.sandbox.triggers import Hooks, Triggers
from bot.sandbox.windows import Windows
from bot.sandbox.world import World

ACK_SECONDS = 3.0
GLANCE_SECONDS = 0.05  # calls that change nothing are told by nobody
T = TypeVar("T")


class Core:
    """`ack_timeout`: real seconds that the app has to acknowledge; Slack gives three."""

    def __init__(self, world: World, clock: Clock, *, ack_timeout: float = ACK_SECONDS) -> None:
        world.clock = clock
        self.world = world
        self.clock = clock
        self.url = ""
        self.faults = Faults()
        self.limits = Limits()
        self.record = Record(world)
        self.windows = Windows(world, self.record)
        self.triggers = Triggers()
        self.hooks = Hooks(clock.now)
        self.sockets = Sockets(world.app, ack_timeout)
        self.request_urls = RequestUrls(world.app, ack_timeout)
        self.deliveries = Deliveries(world, self.record, self.faults, self)

    def seen_by(self, app: App) -> Self:
        """The same sandbox as the app's installation in another workspace meets it."""
        if app is self.world.app:
            return self
        seen = copy.copy(self)
        seen.world = self.world.seen_by(app)
        return seen

    async def settled(self) -> None:
        """Until everything that is under way or due has been delivered and answered."""
        await self.deliveries.settled()

    async def until(self, condition: Callable[[], T], seconds: float = 5.0) -> T:
        """Wait until something holds, and return it; the app may act long after it acknowledged.

        `seconds` are real. Raises TimeoutError.
        """
        changed = asyncio.Event()
        notice: Listener = lambda _happening: changed.set()  # noqa: E731 - to be taken off the list again
        self.world.listeners.append(notice)
        try:
            async with asyncio.timeout(seconds):
                while not (found := condition()):
                    await _either(changed, GLANCE_SECONDS)
            return found
        finally:
            self.world.listeners.remove(notice)

    async def send(self, delivery: Delivery) -> Answer:
        """By the way that the manifest chose."""
        transport = self.sockets if self.world.app.socket_mode else self.request_urls
        return await transport.send(delivery)


async def _either(changed: asyncio.Event, seconds: float) -> None:
    """Until told, or until this many real seconds went by."""
    with contextlib.suppress(TimeoutError):
        async with asyncio.timeout(seconds):
            await changed.wait()
    changed.clear()
