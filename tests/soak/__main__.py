"""`python -m tests.soak [--minutes N]`: does memory stay flat at as many events as Slack sends for ten workspaces?

One line a minute; at the end a slope, and `flat` or `GROWS`.
"""

import argparse
import asyncio
import sys
from collections.abc import Iterator, Sequence
from statistics import linear_regression, quantiles

from sqlalchemy import func, select

from bot.store.db import Db
from bot.store.tables import moves, outbox
from tests.benchmarks import databases
from tests.benchmarks.load import Line, lines, signed
from tests.benchmarks.servers import Server, carecue
from tests.soak.flow import A_SECOND, bodies, set_up
from tests.soak.slack import Slack, slack

LINES = 200  # connections that Slack keeps
WARM = 10  # minutes in which caches fill
FLAT = 0.03  # of what a process takes; so much more an hour is noise


class Soak:
    """What is under way. `took`: seconds from when each event of this minute was due to its answer."""

    def __init__(self, web: Server, worker: Server, there: Slack, database_url: str, seed: int) -> None:
        self._processes = {"web": web, "worker": worker}
        self._web, self._slack, self._db, self._bodies = web, there, Db(database_url), bodies(seed)
        self._took: list[float] = []
        self._sent = 0
        self.megabytes: dict[str, list[float]] = {name: [] for name in self._processes}

    async def run(self, minutes: int) -> None:
        """A line for every minute."""
        async with lines(self._web.port, LINES) as open_lines:
            free: asyncio.Queue[Line] = asyncio.Queue()
            for line in open_lines:
                free.put_nowait(line)
            began = asyncio.get_running_loop().time()
            for minute in range(minutes):
                await self._minute(free, began + minute * 60)
                print(self._line(minute + 1), flush=True)
        self._db.close()

    async def _minute(self, free: "asyncio.Queue[Line]", began: float) -> None:
        self._took = []
        loop = asyncio.get_running_loop()
        async with asyncio.TaskGroup() as group:
            for due in _moments(began):
                await asyncio.sleep(max(0.0, due - loop.time()))
                group.create_task(self._send(free, due))
            await asyncio.sleep(max(0.0, began + 60 - loop.time()))

    async def _send(self, free: "asyncio.Queue[Line]", due: float) -> None:
        line, body = await free.get(), next(self._bodies)
        while not await _asked(line, body):
            line.close()  # it was idle for too long: Slack, too, opens another then
            line = await Line.open(self._web.port)
        self._took.append(asyncio.get_running_loop().time() - due)
        self._sent += 1
        free.put_nowait(line)

    def _line(self, minute: int) -> str:
        for name, process in self._processes.items():
            self.megabytes[name].append(process.megabytes)
        memory = ", ".join(f"{name} {taken[-1]:.1f} MB" for name, taken in self.megabytes.items())
        busy = ", ".join(
            f"{name} {process.cpu_seconds / minute / 0.6:.0f} %" for name, process in self._processes.items()
        )
        with self._db.reading() as tx:
            stored = tx.execute(select(func.count()).select_from(moves)).scalar_one()
            queued = tx.execute(select(func.count()).where(outbox.c.due_at.is_not(None))).scalar_one()
        p99 = quantiles(self._took, n=100)[-1] * 1000
        return (
            f"minute {minute}: {memory}; {self._sent} events acknowledged, p99 {p99:.0f} ms; {stored} moves stored; "
            f"{self._slack.calls} calls to Slack, {queued} wait; processor {busy}"
        )


def verdicts(megabytes: dict[str, list[float]]) -> Iterator[tuple[bool, str]]:
    """Of each process, once it is warm: whether it is flat."""
    for name, taken in megabytes.items():
        warm = taken[WARM:] if len(taken) > 2 * WARM else taken[len(taken) // 2 :]
        an_hour = linear_regression(range(len(warm)), warm).slope * 60
        flat = an_hour <= FLAT * warm[0]
        yield flat, f"{name}: {warm[0]:.1f} MB, then {an_hour:+.2f} MB an hour: {'flat' if flat else 'GROWS'}"


async def soak(minutes: int, seed: int) -> Sequence[tuple[bool, str]]:
    """One web and one worker process, PostgreSQL, real HTTP."""
    with databases.postgres() as url:
        set_up(url)
        async with (
            slack() as there,
            carecue(there.url, url) as web,
            carecue(there.url, url, command="worker") as worker,
        ):
            running = Soak(web, worker, there, url, seed)
            await running.run(minutes)
            return list(verdicts(running.megabytes))


async def _asked(line: Line, body: bytes) -> bool:
    (request,) = signed([body])
    try:
        await line.ask(request)
    except (OSError, EOFError):
        return False
    return True


def _moments(began: float) -> Iterator[float]:
    for number in range(round(A_SECOND * 60)):
        yield began + number / A_SECOND


def main() -> None:
    """Read the arguments."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--minutes", type=int, default=60)
    parser.add_argument("--seed", type=int, default=1)
    given = parser.parse_args()
    found = asyncio.run(soak(given.minutes, given.seed))
    print("\n".join(sentence for _, sentence in found))
    sys.exit(not all(flat for flat, _ in found))


if __name__ == "__main__":
    main()
