"""The parts of a running sandbox, put together."""

from bot.sandbox.clock import Clock
from bot.sandbox.delivery import Answer, Deliveries, Delivery
from bot.sandbox.faults import Faults
from bot.sandbox.record import Record
from bot.sandbox.request_urls import RequestUrls
from bot.sandbox.socket_mode import Sockets
from bot.sandbox.triggers import Hooks, Triggers
from bot.sandbox.windows import Windows
from bot.sandbox.world import World

ACK_SECONDS = 3.0


class Core:
    """`ack_timeout`: real seconds that the app has to acknowledge; Slack gives three."""

    def __init__(self, world: World, clock: Clock, *, ack_timeout: float = ACK_SECONDS) -> None:
        world.clock = clock
        self.world = world
        self.clock = clock
        self.url = ""
        self.faults = Faults()
        self.record = Record(world)
        self.windows = Windows(world, self.record)
        self.triggers = Triggers()
        self.hooks = Hooks(clock.now)
        self.sockets = Sockets(world.app, ack_timeout)
        self.request_urls = RequestUrls(world.app, ack_timeout)
        self.deliveries = Deliveries(world, self.record, self.faults, self)

    async def settled(self) -> None:
        """Until everything that is under way or due has been delivered and answered."""
        await self.deliveries.settled()

    async def send(self, delivery: Delivery) -> Answer:
        """By the way that the manifest chose."""
        transport = self.sockets if self.world.app.socket_mode else self.request_urls
        return await transport.send(delivery)
