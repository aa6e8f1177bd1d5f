"""The tables that grow, whole and as partitions by workspace: does it pay on one PostgreSQL?"""

import time
from collections.abc import Callable
from datetime import datetime
from statistics import median

from sqlalchemy import Connection, Table, text, update

from bot.deps import wall_clock
from bot.domain.weeks import last_weeks
from bot.store import ladder, statistics, waiting
from bot.store.db import Db
from bot.store.tables import conversations, waits
from bot.store.workspaces import Workspaces
from jobs.nudges import GROUP
from tests.benchmarks import crowd, databases, tables, towns

TOWNS, PARTITIONS, ROUNDS, DUE = 100, 16, 5, 10_000
KEYS = {waits: "team_id, id", conversations: "team_id, root_ts, channel"}

Work = Callable[[Connection, datetime], object]


def main() -> None:
    """The same database before and after; a transaction that changes something is taken back."""
    now = wall_clock()
    with databases.postgres() as url:
        db = Db(url)
        crowd.small(db, url, now, 0, 1, DUE)
        crowd.small(db, url, now, 1, TOWNS - 1)
        whole = _measured(db, now)
        for table in KEYS:
            _part(db, table)
        parted = _measured(db, now)
        db.close()
    rows = [
        (what, f"{whole[what] * 1000:.1f}", f"{parted[what] * 1000:.1f}", f"{parted[what] / whole[what]:.2f}x")
        for what in whole
    ]
    title = f"{TOWNS * crowd.EACH:,} waits in {TOWNS} workspaces, milliseconds (median of {ROUNDS})"
    tables.show(title, ("", "whole", f"{PARTITIONS} partitions", "ratio"), rows)


def _measured(db: Db, now: datetime) -> dict[str, float]:
    return {what: median(_timed(db, now, work) for _ in range(ROUNDS)) for what, work in WORKS.items()}


def _timed(db: Db, now: datetime, work: Work) -> float:
    with db.engine.connect() as tx:
        began = time.perf_counter()
        work(tx, now)
        took = time.perf_counter() - began
        tx.rollback()
    return took


def _part(db: Db, table: Table) -> None:
    """Move a table into partitions of itself, with the indices that it had."""
    name = table.name
    with db.begin() as tx:
        tx.execute(text(f"ALTER TABLE {name} RENAME TO whole_{name}"))
        for index in table.indexes:
            index.drop(tx)
        copied = "INCLUDING DEFAULTS INCLUDING IDENTITY"
        tx.execute(text(f"CREATE TABLE {name} (LIKE whole_{name} {copied}) PARTITION BY HASH (team_id)"))
        for number in range(PARTITIONS):
            bounds = f"WITH (MODULUS {PARTITIONS}, REMAINDER {number})"
            tx.execute(text(f"CREATE TABLE {name}_{number} PARTITION OF {name} FOR VALUES {bounds}"))
        tx.execute(text(f"INSERT INTO {name} OVERRIDING SYSTEM VALUE SELECT * FROM whole_{name}"))
        tx.execute(text(f"ALTER TABLE {name} ADD PRIMARY KEY ({KEYS[table]})"))
        if table is waits:
            tx.execute(text("ALTER TABLE waits ADD UNIQUE (team_id, root_ts, channel, from_ts)"))
        for index in table.indexes:
            index.create(tx)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text(f"VACUUM ANALYZE {name}"))


def _sweep(tx: Connection, now: datetime) -> object:
    return ladder.take_due(tx, Workspaces(), now, GROUP)


def _due_sweep(tx: Connection, now: datetime) -> object:
    tx.execute(update(waits).where(waits.c.team_id == towns.name(0)).values(next_nudge_at=now))
    return [ladder.take_due(tx, known, now, GROUP) for known in [Workspaces()] for _ in range(5)]


def _care(tx: Connection, now: datetime) -> object:
    here = Workspaces().get(tx, towns.name(7), now)
    assert here
    return waiting.mine(tx, here, towns.agents(crowd.SMALL, 7)[1], now, 20)


def _figures(tx: Connection, now: datetime) -> object:
    here = Workspaces().get(tx, towns.name(7), now)
    assert here
    return statistics.weekly(tx, here, "care", last_weeks("UTC", now, 9), now)


def _write(tx: Connection, now: datetime) -> None:
    tx.execute(
        text(
            "INSERT INTO waits (team_id, channel, root_ts, from_ts, first, target_s, started_at, owner, next_nudge_at)"
            " SELECT 'T' || lpad((i % 100)::text, 8, '0'), 'C0NEW', i::text, i::text, true, 3600, :now, 'U0', :now"
            " FROM generate_series(1, 5000) AS i"
        ),
        {"now": now},
    )


def _purge(tx: Connection, _now: datetime) -> None:
    tx.execute(text("DELETE FROM waits WHERE team_id = :team"), {"team": towns.name(9)})


WORKS: dict[str, Work] = {
    "idle sweep": _sweep,
    "10,000 fall due, 1,000 swept": _due_sweep,
    "/care": _care,
    "digest's figures": _figures,
    "5,000 waits written": _write,
    "a workspace forgotten": _purge,
}


if __name__ == "__main__":
    main()
