"""A team's figures for its weekly page out of a million waits, beside loading them all and reckoning in Python."""

import json
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from datetime import timedelta
from math import ceil
from statistics import median
from threading import Event, Thread
from typing import Any

import psutil
from sqlalchemy import Connection, select
from sqlalchemy.orm import Session, registry

from bot.domain.conversations import EndedBy
from bot.domain.statistics import AGAIN, SILENCE, Counts, Figures, told
from bot.domain.weeks import Week
from bot.store import statistics
from bot.store.db import Db
from bot.store.tables import waits
from bot.store.workspaces import Workspace, Workspaces
from tests.benchmarks import databases, past, tables, town
from tests.benchmarks.past import NOW, WEEKS

WAITS = 1_000_000
ROUNDS = {"figures": 5, "load": 3, "objects": 1}
LOOK_EVERY = 0.005  # seconds


class Wait:
    """A row as an object, with every column."""

    def __getattr__(self, name: str) -> Any:
        raise AttributeError(name)


registry().map_imperatively(Wait, waits)


def main() -> None:
    """Every measurement in a process of its own; both ways come to the same figures."""
    rows = []
    with databases.both() as urls:
        for name, url in urls.items():
            past.fill(url, WAITS)
            found = {way: [_apart(way, url) for _ in range(rounds)] for way, rounds in ROUNDS.items()}
            assert len({one["figures"] for one in (*found["figures"], *found["objects"])}) == 1
            rows += [_row(name, way, found) for way in WAYS]
    title = f"{WAITS:,} waits of {len(WEEKS)} weeks: seconds, and megabytes that the process grew by at most"
    tables.show(title, ("", "seconds", "rounds", "memory", "of objects' time"), rows)


def _row(name: str, way: str, found: dict[str, list[dict[str, Any]]]) -> tuple[str, ...]:
    seconds = [one["seconds"] for one in found[way]]
    share = median(seconds) / median(one["seconds"] for one in found["objects"])
    spread = f"{min(seconds):.2f}-{max(seconds):.2f}"
    memory = max(one["megabytes"] for one in found[way])
    return f"{name}, {way}", f"{median(seconds):.2f}", spread, f"{memory:.0f}", f"{share:.0%}"


def _apart(way: str, url: str) -> dict[str, Any]:
    done = subprocess.run(
        [sys.executable, "-m", "tests.benchmarks.bench_digest", way, url], check=True, capture_output=True, text=True
    )
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def measured(way: str, url: str) -> dict[str, Any]:
    """Once; connected before the clock starts."""
    db = Db(url)
    with db.begin() as tx:
        workspace = Workspaces().get(tx, town.OURS, NOW)
        assert workspace
        with _watched() as memory:
            began = time.perf_counter()
            figures = WAYS[way](tx, workspace)
            seconds = time.perf_counter() - began
    db.close()
    return {"seconds": seconds, "megabytes": memory[0], "figures": repr(figures)}


@contextmanager
def _watched() -> Iterator[list[float]]:
    """By how many megabytes the process grew at most while it worked."""
    process, over, most = psutil.Process(), Event(), [0.0]
    before = process.memory_info().rss

    def watch() -> None:
        while not over.wait(LOOK_EVERY):
            most[0] = max(most[0], (process.memory_info().rss - before) / 1e6)

    watcher = Thread(target=watch)
    watcher.start()
    yield most
    over.set()
    watcher.join()


def _in_the_database(tx: Connection, workspace: Workspace) -> list[Figures]:
    return statistics.weekly(tx, workspace, "care", WEEKS, NOW)


def _for_managers(tx: Connection, workspace: Workspace) -> list[int]:
    return [load.arrivals for load in statistics.load(tx, workspace, "care", WEEKS, NOW)]


def _as_objects(tx: Connection, workspace: Workspace) -> list[Figures]:
    with Session(bind=tx) as session:
        loaded = session.scalars(select(Wait).where(waits.c.team_id == workspace.team_id, waits.c.team == "care")).all()
        of_week: dict[Week, list[Any]] = defaultdict(list)
        again: dict[tuple[str, str], list[Any]] = defaultdict(list)
        for wait in loaded:
            again[wait.channel, wait.root_ts].append(wait)
            if wait.ended_by == EndedBy.ANSWER:
                for week in WEEKS:
                    if wait.ended_at in week:
                        of_week[week].append(wait)
        size = len(town.AGENTS)
        return [told(_counted(week, of_week[week], again), size) for week in WEEKS]


def _counted(week: Week, ended: Sequence[Any], again: dict[tuple[str, str], list[Any]]) -> Counts:
    times = sorted(wait.working_s for wait in ended if wait.first)
    settled = [wait for wait in ended if NOW - wait.ended_at >= AGAIN]
    return Counts(
        week,
        conversations=sum(wait.first for wait in ended),
        answers=len(ended),
        answerers=len({wait.ended_user for wait in ended}),
        first_answerers=len({wait.ended_user for wait in ended if wait.first}),
        in_time=sum(wait.working_s <= wait.target_s for wait in ended),
        median_s=times[ceil(len(times) * 0.5) - 1],
        p90_s=times[ceil(len(times) * 0.9) - 1],
        settled=len(settled),
        asked_again=sum(_came_back(wait, again[wait.channel, wait.root_ts]) for wait in settled),
        silence_broken=sum(wait.ended_at - wait.started_at > SILENCE for wait in ended),
        after_hours=sum(wait.after_hours for wait in ended),
    )


def _came_back(answered: Any, others: Sequence[Any]) -> bool:
    soon = answered.ended_at + timedelta(days=1)
    return any(other.started_at > answered.started_at and other.started_at <= soon for other in others)


WAYS: dict[str, Callable[[Connection, Workspace], Sequence[object]]] = {
    "figures": _in_the_database,
    "load": _for_managers,
    "objects": _as_objects,
}

if __name__ == "__main__":
    main() if len(sys.argv) == 1 else print(json.dumps(measured(*sys.argv[1:])))
