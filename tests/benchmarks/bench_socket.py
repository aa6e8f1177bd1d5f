"""Durable ingest over Socket Mode, beside Bolt that stores nothing."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager, AsyncExitStack
from functools import partial

from bot.deps import wall_clock
from tests.benchmarks import databases, rounds, servers, town
from tests.benchmarks.rounds import AT_ONCE, BARE, Run, Runner
from tests.benchmarks.servers import Server
from tests.benchmarks.slack import Slack, slack


def main() -> None:
    with databases.both() as urls:
        rounds.show("Durable ingest over Socket Mode", asyncio.run(_measure(urls)))


async def _measure(urls: Mapping[str, str]) -> dict[str, list[Run]]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        runners = {BARE: await _runner(stack, here, servers.bare(here.url, socket_mode=True))}
        for name, url in urls.items():
            town.set_up(url, wall_clock())
            way = servers.carecue(here.url, url, command="worker", socket_mode=True)
            runners[name] = await _runner(stack, here, way)
        return await rounds.measure(runners, partial(databases.analyze, urls.values()))


async def _runner(stack: AsyncExitStack, here: Slack, way: AbstractAsyncContextManager[Server]) -> Runner:
    server = await stack.enter_async_context(way)
    socket = await here.connected.get()

    async def send(bodies: list[bytes]) -> float:
        began = time.perf_counter()
        await here.push(socket, bodies, AT_ONCE)
        return len(bodies) / (time.perf_counter() - began)

    return Runner(server, send)


if __name__ == "__main__":
    main()
