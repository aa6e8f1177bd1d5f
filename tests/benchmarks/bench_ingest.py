"""Durable ingest over HTTP: events a second, stored before they are acknowledged, beside Bolt that stores none."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from random import Random
from statistics import median

from bot.deps import wall_clock
from tests.benchmarks import databases, load, servers, tables, town
from tests.benchmarks.slack import slack

ROUNDS, EVENTS, AT_ONCE = 7, 1_500, 64
BARE = "Bolt alone"


def main() -> None:
    """One round is each server after the other with the same events; the ratio is a round's, then the median."""
    with databases.both() as urls:
        rates = asyncio.run(_measure(urls))
    show(f"Durable ingest over HTTP, {AT_ONCE} at once, {ROUNDS} rounds of {EVENTS} events", rates)


def show(title: str, rates: Mapping[str, list[float]]) -> None:
    """Medians, and what share of Bolt alone they are."""
    rows = []
    for name, found in rates.items():
        shares = [mine / its for mine, its in zip(found, rates[BARE], strict=True)]
        rows.append((name, f"{median(found):,.0f}", f"{median(shares):.0%}", f"{min(shares):.0%}-{max(shares):.0%}"))
    tables.show(title, ("", "events/s", "of bare", "rounds"), rows)


async def _measure(urls: Mapping[str, str]) -> dict[str, list[float]]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        ports = {BARE: (await stack.enter_async_context(servers.bare(here.url))).port}
        for name, url in urls.items():
            town.set_up(url, wall_clock())
            ports[name] = (await stack.enter_async_context(servers.carecue(here.url, url))).port
        messages = town.Messages(Random(1))
        for port in ports.values():
            await load.rate(port, load.signed(messages.bodies(300)), AT_ONCE)
        rates: dict[str, list[float]] = {name: [] for name in ports}
        for _ in range(ROUNDS):
            bodies = messages.bodies(EVENTS)
            for name, port in ports.items():
                rates[name].append(await load.rate(port, load.signed(bodies), AT_ONCE))
    return rates


if __name__ == "__main__":
    main()
