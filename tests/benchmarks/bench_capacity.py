"""What one machine takes: events a second of one web process and of two on one PostgreSQL, beside Bolt alone.

Slack delivers at most 30,000 events an hour to an app in a workspace. The load comes from the same machine, which takes
a share of it.
"""

import asyncio
from collections.abc import Sequence
from contextlib import AsyncExitStack
from dataclasses import dataclass, field
from functools import partial
from random import Random
from statistics import median

from bot.deps import wall_clock
from tests.benchmarks import databases, load, servers, tables, town
from tests.benchmarks.servers import Server
from tests.benchmarks.slack import slack

ROUNDS, EVENTS, AT_ONCE, WARM_UP = 5, 2_000, 64, 600
CAP = 30_000 / 3600  # events a second of a workspace, by Slack's limit
STEADY, STEADY_EVENTS = (50, 200), 600
PROCESSES = (1, 2)


@dataclass(frozen=True, slots=True)
class Side:
    """Processes that share the load, and what was found of them."""

    servers: Sequence[Server]
    rates: list[float] = field(default_factory=list)
    cpu: list[float] = field(default_factory=list)
    took: dict[int, list[float]] = field(default_factory=dict)

    @property
    def spent(self) -> float:
        return sum(one.cpu_seconds for one in self.servers)


def main() -> None:
    with databases.postgres() as url:
        sides = asyncio.run(_measure(url))
    rows = []
    for count in PROCESSES:
        bare, ours = sides["Bolt alone", count], sides["CareCue", count]
        shares = [mine / its for mine, its in zip(ours.rates, bare.rates, strict=True)]
        rows += [_row("Bolt alone", count, bare, ""), _row("CareCue", count, ours, f"{median(shares):.0%}")]
    paced = [f"p99 ms at {pace}/s" for pace in STEADY]
    head = ("", "processes", "events/s", "of bare", "workspaces at the cap", "cpu us/event", *paced)
    tables.show(f"PostgreSQL, {AT_ONCE} at once, {ROUNDS} rounds of {EVENTS:,} events", head, rows)


def _row(name: str, count: int, side: Side, share: str) -> tuple[str, ...]:
    rate = median(side.rates)
    late = (f"{_p99(side.took[pace]) * 1000:.1f}" for pace in STEADY)
    return name, str(count), f"{rate:,.0f}", share, f"{rate / CAP:,.0f}", f"{median(side.cpu) * 1e6:.0f}", *late


async def _measure(url: str) -> dict[tuple[str, int], Side]:
    town.set_up(url, wall_clock())
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        bare = [await stack.enter_async_context(servers.bare(here.url)) for _ in range(max(PROCESSES))]
        ours = [await stack.enter_async_context(servers.carecue(here.url, url)) for _ in range(max(PROCESSES))]
        sides = {("Bolt alone", count): Side(bare[:count]) for count in PROCESSES}
        sides |= {("CareCue", count): Side(ours[:count]) for count in PROCESSES}
        messages = town.Messages(Random(1))
        for side in sides.values():
            await _sent(side, messages.bodies(WARM_UP))
        await asyncio.to_thread(partial(databases.analyze, [url]))
        for _ in range(ROUNDS):
            for side in sides.values():  # each gets events of its own: one database knows what it has seen before
                bodies, before = messages.bodies(EVENTS), side.spent
                side.rates.append(await _sent(side, bodies))
                side.cpu.append((side.spent - before) / EVENTS)
        for pace in STEADY:
            for side in sides.values():
                side.took[pace] = await _paced(side, messages.bodies(STEADY_EVENTS), pace)
    return sides


async def _sent(side: Side, bodies: list[bytes]) -> float:
    """Events a second of all processes together, each with its share of them."""
    count = len(side.servers)
    shares = [load.signed(bodies[number::count]) for number in range(count)]
    at_once = AT_ONCE // count
    loop = asyncio.get_running_loop()
    began = loop.time()
    await asyncio.gather(*(load.rate(one.port, some, at_once) for one, some in zip(side.servers, shares, strict=True)))
    return len(bodies) / (loop.time() - began)


async def _paced(side: Side, bodies: list[bytes], pace: int) -> list[float]:
    count = len(side.servers)
    shares = [load.signed(bodies[number::count]) for number in range(count)]
    some = zip(side.servers, shares, strict=True)
    found = await asyncio.gather(*(load.latencies(one.port, part, pace / count, AT_ONCE) for one, part in some))
    return [late for one in found for late in one]


def _p99(values: list[float]) -> float:
    """By nearest rank."""
    return sorted(values)[max(0, -(-99 * len(values) // 100) - 1)]


if __name__ == "__main__":
    main()
