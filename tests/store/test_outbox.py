"""The outbox: what is to be said, once, in order, by whichever sender comes first."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, event, select

from bot.store import outbox
from bot.store.db import Db
from bot.store.outbox import Row, Saying
from bot.store.tables import outbox as table
from tests import databases

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(seconds=60)
POST, UPDATE = "chat.postMessage", "chat.update"


def seconds(count: float) -> timedelta:
    return timedelta(seconds=count)


def put(tx: Connection, key: str, target: str = "U1", method: str = POST, **more: Any) -> bool:
    return outbox.put(tx, "T1", Saying(key, method, target, {"text": key}, **more), NOW)


def lease(tx: Connection, now: datetime = NOW, limit: int = 10, **more: Any) -> list[Row]:
    return outbox.lease(tx, now, limit, LEASE, **more)


def keys(rows: list[Row]) -> list[str]:
    return [row.key for row in rows]


def test_a_key_is_said_once_also_after_it_was_sent(db: Db) -> None:
    with db.begin() as tx:
        assert put(tx, "a")
        assert not put(tx, "a")
        [row] = lease(tx)
        outbox.sent(tx, row, NOW)
        assert not put(tx, "a")
        assert outbox.put(tx, "T2", Saying("a", POST, "U1", {}), NOW)  # another workspace


def test_of_many_put_at_once_the_new_ones_are_named(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "b")
        sayings = [Saying(key, POST, "C1", {"n": key}, nudge_id=7) for key in "abc"]
        assert outbox.put_many(tx, "T1", sayings, NOW) == {"a", "c"}
        assert outbox.put_many(tx, "T1", [], NOW) == set()
        assert outbox.pending(tx) == 3


def test_a_leased_row_brings_all_that_the_sender_needs(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "a", nudge_id=5)
        [row] = lease(tx)
    assert (row.team_id, row.key, row.method, row.target) == ("T1", "a", POST, "U1")
    assert (row.payload, row.nudge_id, row.created_at, row.attempts) == ({"text": "a"}, 5, NOW, 1)


def test_a_row_is_leased_to_one_until_the_lease_runs_out(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "a")
        assert keys(lease(tx)) == ["a"]
        assert lease(tx, NOW + seconds(59)) == []
        [again] = lease(tx, NOW + seconds(60))
        assert again.attempts == 2


def test_nothing_is_leased_before_it_is_due(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "later", due_at=NOW + seconds(10))
        assert lease(tx) == []
        assert outbox.next_due(tx) == NOW + seconds(10)
        assert keys(lease(tx, NOW + seconds(10))) == ["later"]


def test_what_is_scheduled_for_later_does_not_hold_up_what_is_due(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "monday", "C1", due_at=NOW + seconds(9999))
        put(tx, "now", "C1")
        assert keys(lease(tx)) == ["now"]


def test_one_row_a_target_at_a_time_in_the_order_put(db: Db) -> None:
    with db.begin() as tx:
        for key in ("a1", "a2", "b1"):
            put(tx, key, target=key[0])
        first = lease(tx)
        assert keys(first) == ["a1", "b1"]
        assert lease(tx) == []  # a2 waits for a1
        outbox.sent(tx, first[0], NOW)
        assert keys(lease(tx)) == ["a2"]


def test_the_oldest_due_come_first_and_no_more_than_asked_for(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "second", "B")
        put(tx, "first", "A", due_at=NOW - seconds(5))
        put(tx, "third", "C")
        assert keys(lease(tx, limit=2)) == ["first", "second"]


def test_busy_targets_and_resting_methods_are_left_alone_with_all_that_waits_behind(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "post", "A")
        put(tx, "update", "A", UPDATE)
        put(tx, "other", "B", UPDATE)
        assert keys(lease(tx, busy={("T1", "A"), ("T2", "B")})) == ["other"]
        assert lease(tx, NOW, resting={("T1", POST)}) == []  # the update waits behind the post
        assert outbox.held_back(tx, NOW, {("T1", "A")}, set())
        assert outbox.held_back(tx, NOW, set(), {("T1", POST)})
        assert not outbox.held_back(tx, NOW, {("T2", "A")}, {("T2", POST)})  # another workspace's
        assert not outbox.held_back(tx, NOW, {("T1", "B")}, set())  # leased, not held back
        assert not outbox.held_back(tx, NOW - seconds(1), {("T1", "A")}, {("T1", POST)})  # not due


def test_an_update_never_overtakes_an_earlier_one_that_has_to_be_tried_again(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "v1", "A", UPDATE)
        [first] = lease(tx)
        outbox.later(tx, first, NOW + seconds(30), "timed out")
        put(tx, "v2", "A", UPDATE)
        put(tx, "post", "A")
        assert keys(lease(tx)) == ["post"]
        assert keys(lease(tx, NOW + seconds(91))) == ["v1"]


def test_a_post_that_has_to_be_tried_again_does_not_hold_up_the_next(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "bad", "A")
        put(tx, "good", "A")
        [bad] = lease(tx)
        outbox.later(tx, bad, NOW + seconds(30), "internal_error")
        assert keys(lease(tx)) == ["good"]


def test_a_try_that_surely_did_nothing_is_not_counted(db: Db) -> None:
    with db.begin() as tx:
        put(tx, "a")
        [row] = lease(tx)
        outbox.later(tx, row, NOW, "ratelimited", untried=True)
        [row] = lease(tx)
        assert row.attempts == 1
        outbox.later(tx, row, NOW, "timed out")
        [row] = lease(tx)
        assert row.attempts == 2


@pytest.mark.parametrize("settle", ["sent", "failed", "dropped"])
def test_what_is_settled_is_over_and_the_next_goes(db: Db, settle: str) -> None:
    with db.begin() as tx:
        put(tx, "a")
        put(tx, "b")
        [row] = lease(tx)
        _settle(tx, row, settle)
        assert outbox.pending(tx) == 1
        assert keys(lease(tx, NOW + seconds(3600))) == ["b"]
        [error] = tx.execute(select(table.c.error).where(table.c.key == "a")).scalars()
    assert error == {"sent": None, "failed": "is_archived", "dropped": "dropped: answered"}[settle]


def test_who_lost_the_lease_settles_nothing(db: Db) -> None:
    """A sender that slept past its lease must not overwrite what the next one found out."""
    with db.begin() as tx:
        put(tx, "a")
        [slow] = lease(tx)
        [quick] = lease(tx, NOW + LEASE)
        assert not outbox.sent(tx, slow, NOW)
        assert not outbox.failed(tx, slow, "nope")
        assert outbox.sent(tx, quick, NOW)
        assert not outbox.sent(tx, quick, NOW)
        assert outbox.next_due(tx) is None


def test_two_senders_never_hold_the_same_row(database_url: str, db: Db) -> None:
    """On PostgreSQL both lease at the same moment; on SQLite the second waits for the first."""
    other = Db(database_url)
    with db.begin() as tx:
        for number in range(6):
            put(tx, f"k{number}", f"U{number}")
    with db.begin() as mine:
        first = lease(mine, limit=3)
        theirs = [] if mine.dialect.name == "sqlite" else _lease_elsewhere(other)
    second = _lease_elsewhere(other)
    other.close()
    held = keys(first) + keys(theirs) + keys(second)
    assert sorted(held) == sorted(set(held))
    assert len(held) == 6


def test_a_look_at_an_empty_queue_walks_nothing_that_was_ever_sent(tmp_path: Path) -> None:
    """A month of settled rows lies in the same table; only the index of what is due may be read."""
    db = Db(databases.on_sqlite(tmp_path))
    asked: list[tuple[str, Any]] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, values, *_: asked.append((sql, values)))
    with db.begin() as tx:
        lease(tx)
    with db.begin() as tx:
        sql, values = next(one for one in asked if one[0].startswith("SELECT"))
        plan = [row.detail for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values)]
    db.close()
    assert [step for step in plan if "ix_outbox_due" in step]
    assert not [step for step in plan if step.startswith("SCAN outbox")]


def test_old_settled_rows_are_forgotten_a_few_at_a_time(db: Db) -> None:
    with db.begin() as tx:
        for key in ("a", "b", "c", "waiting"):
            put(tx, key, target=key)
        for row in lease(tx, limit=3):
            outbox.sent(tx, row, NOW)
        assert outbox.old(tx, NOW, 10) == []
        for count in (2, 1, 0):
            found = outbox.old(tx, NOW + seconds(1), 2)
            assert len(found) == count
            outbox.purge(tx, found)
        assert outbox.pending(tx) == 1


STEPS = st.lists(
    st.one_of(
        st.tuples(st.just("put"), st.sampled_from("AB"), st.sampled_from([POST, UPDATE])),
        st.tuples(st.just("lease"), st.integers(1, 3), st.none()),
        st.tuples(st.sampled_from(["sent", "later", "untried", "failed", "lose"]), st.integers(0, 3), st.none()),
        st.tuples(st.just("wait"), st.integers(1, 90), st.none()),
    ),
    max_size=40,
)


@settings(max_examples=60, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=STEPS)
def test_whatever_happens_each_is_settled_once_and_updates_keep_their_order(
    request: pytest.FixtureRequest, steps: list[tuple[str, Any, Any]]
) -> None:
    """Senders come, fail, vanish and try again; in the end all are settled, no update after a later one."""
    story = _Story()
    with _empty(request.getfixturevalue("memory")) as tx:
        for step, first, second in steps:
            story.play(tx, step, first, second)
        for _ in range(1000):
            if not outbox.pending(tx):
                break
            story.now += LEASE
            story.held.clear()
            story.play(tx, "lease", 10, None)
            while story.held:
                story.play(tx, "sent", 0, None)
        assert outbox.pending(tx) == 0
    assert len(story.settled) == story.puts
    for target in "AB":
        order = [row.id for row in story.settled if row.method == UPDATE and row.target == target]
        assert order == sorted(order)


class _Story:
    def __init__(self) -> None:
        self.now, self.puts = NOW, 0
        self.held: list[Row] = []
        self.settled: list[Row] = []

    def play(self, tx: Connection, step: str, first: Any, second: Any) -> None:
        if step == "put":
            self.puts += put(tx, f"k{self.puts}", first, second, due_at=self.now)
        elif step == "wait":
            self.now += seconds(first)
        elif step == "lease":
            fresh = outbox.lease(tx, self.now, first, LEASE)
            self.held = [row for row in self.held if row.id not in {new.id for new in fresh}] + fresh
            assert len({row.target for row in fresh}) == len(fresh)
        elif self.held:
            self._end(tx, step, self.held.pop(first % len(self.held)))

    def _end(self, tx: Connection, step: str, row: Row) -> None:
        if step in ("sent", "failed"):
            done = outbox.sent(tx, row, self.now) if step == "sent" else outbox.failed(tx, row, "no")
            self.settled += [row] if done else []
        elif step in ("later", "untried"):
            outbox.later(tx, row, self.now + seconds(7), "timed out", untried=step == "untried")


@pytest.fixture
def memory(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Db]:
    db = Db(databases.on_sqlite(tmp_path_factory.mktemp("outbox")))
    yield db
    db.close()


@contextmanager
def _empty(db: Db) -> Iterator[Connection]:
    with db.begin() as tx:
        tx.execute(delete(table))
        yield tx


def _lease_elsewhere(db: Db) -> list[Row]:
    with db.begin() as tx:
        return lease(tx, limit=3)


def _settle(tx: Connection, row: Row, how: str) -> None:
    if how == "sent":
        outbox.sent(tx, row, NOW)
    elif how == "failed":
        outbox.failed(tx, row, "is_archived")
    else:
        outbox.dropped(tx, row, "answered")
