"""Durable ingest over HTTP: events a second, stored before they are acknowledged, beside Bolt that stores none."""

import asyncio
from collections.abc import Mapping
from contextlib import AsyncExitStack
from functools import partial

from bot.deps import wall_clock
from tests.benchmarks import databases, load, rounds, servers, town
from tests.benchmarks.rounds import AT_ONCE, BARE, Run, Runner
from tests.benchmarks.servers import Server
from tests.benchmarks.slack import slack


def main() -> None:
    with databases.both() as urls:
        rounds.show("Durable ingest over HTTP", asyncio.run(_measure(urls)))


async def _measure(urls: Mapping[str, str]) -> dict[str, list[Run]]:
    async with AsyncExitStack() as stack:
        here = await stack.enter_async_context(slack())
        runners = {BARE: _runner(await stack.enter_async_context(servers.bare(here.url)))}
        for name, url in urls.items():
            town.set_up(url, wall_clock())
            runners[name] = _runner(await stack.enter_async_context(servers.carecue(here.url, url)))
        return await rounds.measure(runners, partial(databases.analyze, urls.values()))


def _runner(server: Server) -> Runner:
    return Runner(server, lambda bodies: load.rate(server.port, load.signed(bodies), AT_ONCE))


if __name__ == "__main__":
    main()
