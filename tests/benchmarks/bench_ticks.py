"""What a tick of each job costs when nothing is due, by how many workspaces there are."""

import asyncio
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from statistics import median
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, event

from bot.app import Bot, assembled
from bot.deps import wall_clock
from bot.settings import Settings
from jobs import TIMETABLE
from tests.benchmarks import databases, tables, towns
from tests.benchmarks.slack import slack
from tests.benchmarks.tokens import BOT_TOKEN, SIGNING_SECRET

FEW, MANY, ROUNDS = 1, 1_000, 3
HOURLY = 3600  # jobs of the hour may walk through everything


@dataclass(slots=True)
class Cost:
    """Of one tick."""

    seconds: float = 0.0
    cpu: float = 0.0
    statements: int = 0


def main() -> None:
    """All jobs that tick more than once an hour, on each database, with few workspaces and with many."""
    for name, there in (("SQLite", databases.sqlite), ("PostgreSQL", databases.postgres)):
        found = []
        for count in (FEW, MANY):
            with there() as url:
                towns.set_up(url, count, wall_clock())
                found.append(asyncio.run(measure(url)))
        _show(name, found)


def _show(name: str, found: list[dict[str, tuple[int, Cost]]]) -> None:
    few, many = found
    rows, total = list[tuple[str, ...]](), [0.0, 0.0]
    for job, (every, cost) in many.items():
        before = few[job][1]
        total[0] += before.seconds / every
        total[1] += cost.seconds / every
        milliseconds = (f"{before.seconds * 1000:.1f}", f"{cost.seconds * 1000:.1f}", f"{cost.cpu * 1000:.1f}")
        rows.append((job, str(every), *milliseconds, str(before.statements), str(cost.statements)))
    rows.append(("of every second", "", *(f"{one:.1%}" for one in total), "", "", ""))
    title = f"{name}: an idle tick with {FEW} and {MANY:,} workspaces, milliseconds (median of {ROUNDS}), statements"
    tables.show(title, ("", "every s", f"{FEW}", f"{MANY}", "cpu", f"of {FEW}", f"of {MANY}"), rows)


async def measure(url: str) -> dict[str, tuple[int, Cost]]:
    """By job: how often it ticks, and what that costs."""
    async with slack() as here:
        secrets = {"bot_token": SecretStr(BOT_TOKEN), "signing_secret": SecretStr(SIGNING_SECRET)}
        settings = Settings.stated(slack_url=f"{here.url}/api/", database_url=url, **secrets)
        async with assembled(settings) as bot:
            return {
                f"{job.__module__.removeprefix('jobs.')}.{job.__name__}": (every, await _cost(bot, job))
                for job, every in TIMETABLE
                if every < HOURLY
            }


async def _cost(bot: Bot, job: Any) -> Cost:
    await job(bot.deps)
    await job(bot.deps)
    costs = [await _once(bot, job) for _ in range(ROUNDS)]
    return Cost(*(median(getattr(one, name) for one in costs) for name in ("seconds", "cpu", "statements")))


async def _once(bot: Bot, job: Any) -> Cost:
    with _counted(bot.deps.db.engine) as cost:
        began, busy = time.perf_counter(), time.process_time()
        await job(bot.deps)
        cost.seconds, cost.cpu = time.perf_counter() - began, time.process_time() - busy
    return cost


@contextmanager
def _counted(engine: Engine) -> Iterator[Cost]:
    cost = Cost()

    def count(*_: Any) -> None:
        cost.statements += 1

    event.listen(engine, "before_cursor_execute", count)
    yield cost
    event.remove(engine, "before_cursor_execute", count)


if __name__ == "__main__":
    main()
