"""Durable ingest over Socket Mode, beside Bolt that stores nothing."""

import asyncio
import time
from collections.abc import Mapping
from contextlib import AsyncExitStack
from random import Random

from aiohttp.web import WebSocketResponse

from bot.deps import wall_clock
from tests.benchmarks import databases, servers, town
from tests.benchmarks.bench_ingest import AT_ONCE, BARE, EVENTS, ROUNDS, show
from tests.benchmarks.slack import Slack, slack


def main() -> None:
    """As over HTTP: one round is each bot after the other with the same events."""
    with databases.both() as urls:
        rates = asyncio.run(_measure(urls))
    show(f"Durable ingest over Socket Mode, {AT_ONCE} at once, {ROUNDS} rounds of {EVENTS} events", rates)


async def _measure(urls: Mapping[str, str]) -> dict[str, list[float]]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        await stack.enter_async_context(servers.bare(here.url, socket_mode=True))
        sockets = {BARE: await here.connected.get()}
        for name, url in urls.items():
            town.set_up(url, wall_clock())
            way = servers.carecue(here.url, url, command="worker", socket_mode=True)
            await stack.enter_async_context(way)
            sockets[name] = await here.connected.get()
        messages = town.Messages(Random(1))
        for socket in sockets.values():
            await _rate(here, socket, messages.bodies(300))
        rates: dict[str, list[float]] = {name: [] for name in sockets}
        for _ in range(ROUNDS):
            bodies = messages.bodies(EVENTS)
            for name, socket in sockets.items():
                rates[name].append(await _rate(here, socket, bodies))
    return rates


async def _rate(here: Slack, socket: WebSocketResponse, bodies: list[bytes]) -> float:
    began = time.perf_counter()
    await here.push(socket, bodies, AT_ONCE)
    return len(bodies) / (time.perf_counter() - began)


if __name__ == "__main__":
    main()
