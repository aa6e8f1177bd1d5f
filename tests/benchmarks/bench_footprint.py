"""Memory and start-up of `carecue run`, beside Bolt alone on the same server."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from random import Random
from statistics import median

from bot.deps import wall_clock
from tests.benchmarks import databases, load, servers, tables, town
from tests.benchmarks.rounds import BARE
from tests.benchmarks.servers import Server
from tests.benchmarks.slack import slack

ROUNDS, EVENTS, AT_ONCE = 5, 2_000, 48
Figures = dict[str, list["Figure"]]


@dataclass(frozen=True, slots=True)
class Figure:
    """Seconds until the first answer, of them on the processor; megabytes then, and after events."""

    started_in: float
    cpu: float
    at_first: float
    after_events: float


def main() -> None:
    """The database is there already, as at every start but the first."""
    with databases.both() as urls:
        found = asyncio.run(_measure(urls))
    rows = [
        (
            name,
            f"{median(one.started_in for one in figures):.2f}",
            f"{median(one.cpu for one in figures):.2f}",
            f"{median(one.at_first for one in figures):.0f}",
            f"{median(one.after_events for one in figures):.0f}",
        )
        for name, figures in found.items()
    ]
    title = f"Start-up (seconds to the first answer) and resident memory (MB, then after {EVENTS} events)"
    tables.show(title, ("", "start", "of it cpu", "memory", "after"), rows)


async def _measure(urls: dict[str, str]) -> Figures:
    messages = town.Messages(Random(1))
    for url in urls.values():
        town.set_up(url, wall_clock())
    found: Figures = {name: [] for name in (BARE, *urls)}
    async with slack() as here:
        for _ in range(ROUNDS):
            for name, figures in found.items():
                async with _one(here.url, urls.get(name)) as server:
                    cpu, at_first = server.cpu_seconds, server.megabytes
                    await load.rate(server.port, load.signed(messages.bodies(EVENTS)), AT_ONCE)
                    figures.append(Figure(server.started_in, cpu, at_first, server.megabytes))
    return found


@asynccontextmanager
async def _one(slack_url: str, database_url: str | None) -> AsyncIterator[Server]:
    way = servers.carecue(slack_url, database_url, command="run") if database_url else servers.bare(slack_url)
    async with way as server:
        yield server


if __name__ == "__main__":
    main()
