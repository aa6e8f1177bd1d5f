"""Durable ingest over Socket Mode, beside Bolt that stores nothing.

Slack waits for no acknowledgement before it sends the next event, so what can be taken is measured with a backlog. With
no more unacknowledged than over HTTP each group of events waits until the one before has been answered: that tells how
long an acknowledgement takes rather than how much can be taken.
"""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial

from bot.deps import wall_clock
from handlers.sockets import CONNECTIONS
from tests.benchmarks import databases, rounds, servers, town
from tests.benchmarks.rounds import AT_ONCE, BARE, Run, Runner
from tests.benchmarks.servers import Server
from tests.benchmarks.slack import Slack, slack

BACKLOG = 256


def main() -> None:
    for at_once in (BACKLOG, AT_ONCE):
        with databases.both() as urls:
            found = asyncio.run(_measure(urls, at_once))
        rounds.show("Durable ingest over Socket Mode", found, at_once)


async def _measure(urls: Mapping[str, str], at_once: int) -> dict[str, list[Run]]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        runners = {BARE: await _runner(stack, here, servers.bare(here.url, socket_mode=True), 1, at_once)}
        for name, url in urls.items():
            town.set_up(url, wall_clock())
            way = servers.carecue(here.url, url, command="worker", socket_mode=True)
            runners[name] = await _runner(stack, here, way, CONNECTIONS, at_once)
        return await rounds.measure(runners, partial(databases.analyze, urls.values()))


async def _runner(
    stack: AsyncExitStack, here: Slack, way: AbstractAsyncContextManager[Server], connections: int, at_once: int
) -> Runner:
    """All of its events come by one of its connections."""
    server = await stack.enter_async_context(way)
    socket, *_ = [await here.connected.get() for _ in range(connections)]

    async def send(bodies: list[bytes]) -> float:
        began = time.perf_counter()
        await here.push(socket, bodies, at_once)
        return len(bodies) / (time.perf_counter() - began)

    return Runner(server, send)


if __name__ == "__main__":
    main()
