"""One sweep's work shared by 1, 2 and 4 processes on one PostgreSQL: nothing but the database divides it."""

import asyncio
import sys
import time
from asyncio.subprocess import PIPE, Process
from datetime import datetime

from sqlalchemy import delete, update

from bot.deps import wall_clock
from bot.store import ladder
from bot.store.db import Db
from bot.store.tables import nudges, outbox, waits
from bot.store.workspaces import Workspaces
from jobs.nudges import GROUP
from tests.benchmarks import crowd, databases, tables
from tests.benchmarks.servers import ROOT

WORKERS, TOWNS, STILL_OPEN, ROUNDS = (1, 2, 4), 100, 100, 3
DUE = TOWNS * STILL_OPEN


def main() -> None:
    """Each round is one, two and four of them; every wait is taken once."""
    with databases.postgres() as url:
        now = wall_clock()
        db = Db(url)
        crowd.small(db, url, now, 0, TOWNS, STILL_OPEN)
        rounds = [{count: asyncio.run(_swept(db, url, now, count)) for count in WORKERS} for _ in range(ROUNDS)]
        db.close()
    rows = []
    for count in WORKERS:
        rates = sorted(DUE / one[count] for one in rounds)
        shares = sorted(one[1] / one[count] for one in rounds)
        middle = ROUNDS // 2
        rows.append(
            (str(count), f"{rates[middle]:,.0f}", f"{shares[middle]:.2f}x", f"{shares[0]:.2f}-{shares[-1]:.2f}")
        )
    title = f"PostgreSQL, {DUE:,} due in {TOWNS} workspaces of {crowd.EACH:,} waits each, {ROUNDS} rounds"
    tables.show(title, ("workers", "waits/s", "of one", "rounds"), rows)


async def _swept(db: Db, url: str, now: datetime, count: int) -> float:
    """Seconds until nothing is due, the workers being there already."""
    _fall_due(db, now)
    workers = [await _worker(url, now) for _ in range(count)]
    began = time.perf_counter()
    for worker in workers:
        assert worker.stdin
        worker.stdin.write(b"now\n")
    taken = [int((await worker.communicate())[0]) for worker in workers]
    assert sum(taken) == DUE, taken
    return time.perf_counter() - began


async def _worker(url: str, now: datetime) -> Process:
    module = ("-m", "tests.benchmarks.bench_sweepers", url, now.isoformat())
    worker = await asyncio.create_subprocess_exec(sys.executable, *module, cwd=ROOT, stdin=PIPE, stdout=PIPE)
    assert worker.stdout
    await worker.stdout.readline()
    return worker


def _fall_due(db: Db, now: datetime) -> None:
    """As at first: nobody has been told."""
    fresh = {"next_nudge_at": now, "steps_done": 0, "look_at": None}
    with db.begin() as tx:
        tx.execute(delete(nudges))
        tx.execute(delete(outbox))
        tx.execute(update(waits).where(waits.c.ended_at.is_(None)).values(fresh))


def work(url: str, now: datetime) -> None:
    """A worker's share; starts when it is told to."""
    db, known, taken = Db(url), Workspaces(), 0
    with db.begin() as tx:
        known.every(tx, now)
    print("ready", flush=True)
    sys.stdin.readline()
    while True:
        with db.begin() as tx:
            count = ladder.take_due(tx, known, now, GROUP)
        taken += count
        if count < GROUP:
            break
    print(taken)
    db.close()


if __name__ == "__main__":
    main() if len(sys.argv) == 1 else work(sys.argv[1], datetime.fromisoformat(sys.argv[2]))
