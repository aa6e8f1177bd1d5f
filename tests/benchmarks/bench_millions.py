"""Ten million waits stored, beside one million: start-up, the sweep, a digest's figures, the Home tab and /care."""

import asyncio
import time
from collections.abc import Callable
from datetime import datetime
from statistics import median

from sqlalchemy import Connection, update

from bot.deps import wall_clock
from bot.domain.weeks import last_weeks
from bot.store import home, ladder, statistics, waiting
from bot.store.db import Db
from bot.store.tables import waits
from bot.store.workspaces import Workspace, Workspaces
from jobs.nudges import GROUP
from tests.benchmarks import bench_ticks, crowd, databases, servers, tables, town, towns
from tests.benchmarks.slack import slack

TOWNS, DUE, ROUNDS, STARTS = 900, 10_000, 5, 3

Work = Callable[[Connection, Workspace, datetime], object]


def main() -> None:
    """First the large workspace alone, then with nine hundred others in the same tables."""
    for name, there in (("SQLite", databases.sqlite), ("PostgreSQL", databases.postgres)):
        with there() as url:
            one, ten = _measured(name, url)
        rows = [(what, f"{one[what]:.3f}", f"{ten[what]:.3f}", f"{ten[what] / one[what]:.1f}x") for what in one]
        tables.show(f"{name}, seconds", ("", "1,000,000 waits", "10,000,000 waits", "ratio"), rows)


def _measured(name: str, url: str) -> tuple[dict[str, float], dict[str, float]]:
    now = wall_clock()
    town.set_up(url, now)
    db = Db(url)
    try:
        crowd.small(db, url, now, 0, 2, DUE)
        crowd.large(db, now)
        one = _all(db, url, now, 0)
        began = time.perf_counter()
        crowd.small(db, url, now, 2, TOWNS)
        print(f"{name}: nine million more written in {time.perf_counter() - began:.0f} s", flush=True)
        return one, _all(db, url, now, 1)
    finally:
        db.close()


def _all(db: Db, url: str, now: datetime, behind: int) -> dict[str, float]:
    found = {"start-up": asyncio.run(_started_in(url))}
    for what, work in WORKS.items():
        found[what] = median(_timed(db, now, work) for _ in range(ROUNDS))
    found["all jobs, an idle tick of each"] = sum(
        cost.seconds for _, cost in asyncio.run(bench_ticks.measure(url)).values()
    )
    found["idle sweep"] = median(_sweep(db, now)[0] for _ in range(ROUNDS))
    _fall_due(db, towns.name(behind), now)
    seconds, taken = _sweep(db, now)
    assert taken == DUE, taken
    return found | {f"sweep of {DUE:,} due": seconds}


async def _started_in(url: str) -> float:
    async with slack() as here:
        took = []
        for _ in range(STARTS):
            async with servers.carecue(here.url, url, command="run") as server:
                took.append(server.started_in)
        return median(took)


def _timed(db: Db, now: datetime, work: Work) -> float:
    with db.begin() as tx:
        workspace = Workspaces().get(tx, town.OURS, now)
        assert workspace
        began = time.perf_counter()
        work(tx, workspace, now)
        return time.perf_counter() - began


def _digest(tx: Connection, workspace: Workspace, now: datetime) -> object:
    return statistics.weekly(tx, workspace, "care", last_weeks("UTC", now, 9), now)


def _care(tx: Connection, workspace: Workspace, now: datetime) -> object:
    return waiting.mine(tx, workspace, town.AGENTS[1], now, 20)


def _home(tx: Connection, workspace: Workspace, now: datetime) -> object:
    draw = home.read(tx, Workspaces(), workspace.team_id, town.AGENTS[1], now)
    return draw and draw()


WORKS: dict[str, Work] = {"digest's figures of a million": _digest, "/care": _care, "Home tab": _home}


def _fall_due(db: Db, team_id: str, now: datetime) -> None:
    """All of a workspace in which nobody was answered."""
    with db.begin() as tx:
        tx.execute(update(waits).where(waits.c.team_id == team_id).values(next_nudge_at=now))


def _sweep(db: Db, now: datetime) -> tuple[float, int]:
    known, taken, began = Workspaces(), 0, time.perf_counter()
    while True:
        with db.begin() as tx:
            count = ladder.take_due(tx, known, now, GROUP)
        taken += count
        if count < GROUP:
            return time.perf_counter() - began, taken


if __name__ == "__main__":
    main()
