"""How long Slack waits for the acknowledgement at 200 events a second: it gives three seconds."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from random import Random

from bot.deps import wall_clock
from tests.benchmarks import databases, load, servers, tables, town
from tests.benchmarks.rounds import BARE
from tests.benchmarks.slack import slack

A_SECOND, ROUNDS, EVENTS, AT_MOST = 200, 4, 800, 64


def main() -> None:
    """Sent at a steady pace, however long the answers take; one round is each server after the other."""
    with databases.both() as urls:
        took = asyncio.run(_measure(urls))
    rows = [
        (name, *(f"{_percentile(found, share) * 1000:.1f}" for share in (0.5, 0.99, 1.0)))
        for name, found in took.items()
    ]
    title = f"Milliseconds to the acknowledgement at {A_SECOND} events/s, {ROUNDS} rounds of {EVENTS}"
    tables.show(title, ("", "p50", "p99", "max"), rows)


async def _measure(urls: Mapping[str, str]) -> dict[str, list[float]]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        ports = {BARE: (await stack.enter_async_context(servers.bare(here.url))).port}
        for name, url in urls.items():
            town.set_up(url, wall_clock())
            ports[name] = (await stack.enter_async_context(servers.carecue(here.url, url, command="run"))).port
        messages = town.Messages(Random(1))
        for port in ports.values():
            await load.rate(port, load.signed(messages.bodies(300)), AT_MOST)
        took: dict[str, list[float]] = {name: [] for name in ports}
        for _ in range(ROUNDS):
            bodies = messages.bodies(EVENTS)
            for name, port in ports.items():
                took[name] += await load.latencies(port, load.signed(bodies), A_SECOND, AT_MOST)
    return took


def _percentile(values: list[float], share: float) -> float:
    """By nearest rank."""
    return sorted(values)[max(0, -(-int(share * 1000) * len(values) // 1000) - 1)]


if __name__ == "__main__":
    main()
