"""Nine weeks of a busy team, as waits in the table: what its digest looks back upon."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import islice
from random import Random
from typing import Any

from sqlalchemy import insert, text

from bot.domain.moments import ts_of
from bot.domain.weeks import last_weeks
from bot.store import lists
from bot.store.db import Db, is_sqlite
from bot.store.tables import waits
from tests.benchmarks import town

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)  # a Monday
WEEKS = last_weeks("UTC", NOW, 9)
AT_A_TIME = 20_000
TO_CONVERSATIONS = 0.71  # of waits; the others are customers who ask again
COLUMNS = [column for column in waits.c if column.name not in ("id", "steps_done", "snoozed_until", "next_nudge_at")]


def fill(url: str, count: int) -> None:
    """So many waits, about evenly over the weeks, answered or not."""
    town.set_up(url, NOW)
    db = Db(url)
    told = _waits(count)
    while some := list(islice(told, AT_A_TIME)):
        with db.begin() as tx:
            lists.write(tx, insert(waits).from_select(COLUMNS, lists.rows(is_sqlite(tx), COLUMNS)), some)
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("VACUUM"))
    db.close()


def _waits(count: int) -> Iterator[dict[str, Any]]:
    random = Random(1)
    began, step = WEEKS[0].start, (NOW - WEEKS[0].start) / (count * TO_CONVERSATIONS)
    left = count
    while left:
        for row in islice(_conversation(random, began), left):
            left -= 1
            yield row
        began = min(began + step, NOW)


def _conversation(random: Random, at: datetime) -> Iterator[dict[str, Any]]:
    place = {"team_id": town.OURS, "channel": random.choice(town.CHANNELS), "root_ts": ts_of(at), "team": "care"}
    first, before = True, (None, None)
    while at <= NOW:
        took = timedelta(seconds=int(random.lognormvariate(7, 1.2)))
        begun = {"from_ts": ts_of(at), "started_at": at, "first": first, "target_s": 3600 if first else 7200}
        begun |= {"last_answer_at": before[0], "last_answer_by": before[1]}
        end = _end(random, at, took)
        yield place | {"owner": random.choice(town.AGENTS)} | begun | end
        before = (end["ended_at"], end["ended_user"]) if end["ended_by"] == "answer" else (None, None)
        at += took + timedelta(seconds=int(random.lognormvariate(9, 1.5)))
        first = False
        if random.random() > 0.3:
            return


def _end(random: Random, began: datetime, took: timedelta) -> dict[str, Any]:
    if began + took > NOW:
        return {"ended_at": None, "ended_by": None, "ended_user": None, "working_s": None, "after_hours": None}
    return {
        "ended_at": began + took,
        "ended_by": "answer" if random.random() < 0.96 else "closed",
        "ended_user": random.choice(town.AGENTS),
        "working_s": int(took.total_seconds() * 0.6),
        "after_hours": random.random() < 0.05,
    }
