"""The sweep for due waits among a million, beside what it spares: loading all open waits and looking through them."""

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from statistics import median

from sqlalchemy import Connection, select, text, update

from bot.store import ladder
from bot.store.db import Db, is_sqlite
from bot.store.tables import waits
from bot.store.waiting import TOLD
from bot.store.workspaces import Workspaces
from jobs.nudges import GROUP
from tests.benchmarks import databases, tables, town

NOW = datetime(2026, 3, 3, 15, tzinfo=UTC)  # a Tuesday afternoon: people are at work, and are spoken to
WAITS, DUE, ROUNDS, IDLE_ROUNDS = 1_000_000, 10_000, 3, 50

NUMBERS = {
    True: "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {last}) ",
    False: "WITH n(i) AS (SELECT generate_series(0, {last})) ",
}
CONVERSATIONS = """
INSERT INTO conversations (team_id, channel, root_ts, customer, turn, new_here, last_ts)
{numbers} SELECT :team, 'C0EXT' || (i % 20), '17000' || (100000 + i / 20) || '.' || (100000 + i % 20),
'U0CUSTOMER' || (i % 200), 'ours', {false}, '17000' || (100000 + i / 20) || '.' || (100000 + i % 20) FROM n
"""
OPEN = """
INSERT INTO waits (team_id, channel, root_ts, from_ts, first, target_s, started_at, owner, next_nudge_at)
SELECT team_id, channel, root_ts, root_ts, {true}, 3600, :started, 'U0AGENT0', :later FROM conversations
"""


def main() -> None:
    """On each database: find what is due, load all instead, do the whole sweep (claim, decide, put in the outbox)."""
    rows = []
    with databases.both() as urls:
        for name, url in urls.items():
            rows += _measure(name, url)
    title = f"{DUE:,} due of {WAITS:,} open waits, in seconds"
    tables.show(title, ("", "find", "load all and filter", "ratio", "whole sweep", "idle sweep"), rows)


def _measure(name: str, url: str) -> list[tuple[str, ...]]:
    now = NOW
    town.set_up(url, now)
    db = Db(url)
    try:
        _fill(db, now)
        idle = median(_timed(lambda: _sweep(db, now)) for _ in range(IDLE_ROUNDS))
        with db.begin() as tx:
            tx.execute(update(waits).where(waits.c.id % (WAITS // DUE) == 0).values(next_nudge_at=now))
        pairs = [(_timed(lambda: _find(db, now)), _timed(lambda: _load_all(db, now))) for _ in range(ROUNDS)]
        finding, loading = (median(times) for times in zip(*pairs, strict=True))
        ratio = median(all_of_it / found for found, all_of_it in pairs)
        sweeping = _timed(lambda: _sweep(db, now))
        return [(name, f"{finding:.3f}", f"{loading:.2f}", f"{ratio:.0f}x", f"{sweeping:.2f}", f"{idle:.5f}")]
    finally:
        db.close()


def _fill(db: Db, now: datetime) -> None:
    with db.begin() as tx:
        on_sqlite = is_sqlite(tx)
        numbers = NUMBERS[on_sqlite].format(last=WAITS - 1)
        tx.execute(text(CONVERSATIONS.format(numbers=numbers, false="false")), {"team": town.OURS})
        times = {"started": _bound(tx, now - timedelta(hours=2)), "later": _bound(tx, now + timedelta(days=1))}
        tx.execute(text(OPEN.format(true="true")), times)
    with db.begin() as tx:
        tx.execute(text("ANALYZE"))


def _bound(tx: Connection, at: datetime) -> object:
    """A moment as the column's type writes it."""
    return at.replace(tzinfo=None).isoformat(sep=" ", timespec="microseconds") if is_sqlite(tx) else at


def _sweep(db: Db, now: datetime) -> int:
    """What jobs.nudges.sweep does, without the loop around it."""
    known, taken = Workspaces(), 0
    while True:
        with db.begin() as tx:
            count = ladder.take_due(tx, known, now, GROUP)
        taken += count
        if count < GROUP:
            return taken


def _find(db: Db, now: datetime) -> int:
    with db.begin() as tx:
        due = tx.execute(TOLD.where(waits.c.next_nudge_at <= now).order_by(waits.c.next_nudge_at)).all()
    assert len(due) == DUE
    return len(due)


def _load_all(db: Db, now: datetime) -> int:
    with db.begin() as tx:
        rows = tx.execute(select(waits.c.id, waits.c.channel, waits.c.next_nudge_at).where(waits.c.ended_at.is_(None)))
        due = [row for row in rows if row.next_nudge_at is not None and row.next_nudge_at <= now]
    assert len(due) == DUE
    return len(due)


def _timed(work: Callable[[], object]) -> float:
    began = time.perf_counter()
    work()
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
