"""A clock that was ahead for a while, and was put right: what it wrote keeps nobody waiting."""

from datetime import timedelta

from bot.store import limits, listening, outbox
from bot.store.db import Db
from bot.store.outbox import POST, Row, Saying
from tests.store.test_loop import MONDAY, OURS, Office

AHEAD = MONDAY + timedelta(minutes=25)
LEASE = timedelta(seconds=60)


def put(db: Db, key: str) -> None:
    with db.begin() as tx:
        outbox.put(tx, OURS, Saying(key, POST, key, {}), AHEAD)


def leased(db: Db, minutes: float = 0) -> list[Row]:
    with db.begin() as tx:
        return outbox.lease(tx, MONDAY + timedelta(minutes=minutes), 10, LEASE)


def beat(db: Db) -> None:
    office = Office(db)
    with db.begin() as tx:
        listening.keep(tx, OURS, AHEAD)
    with db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, MONDAY)
        assert workspace
        assert listening.beat(tx, workspace, MONDAY)


def test_what_was_put_tried_or_taken_by_it_is_said_soon(db: Db) -> None:
    for key in ("put", "tried", "taken"):
        put(db, key)
    with db.begin() as tx:
        rows = {row.key: row for row in outbox.lease(tx, AHEAD, 10, LEASE)}
        outbox.later(tx, rows["put"], AHEAD, "", untried=True)
        outbox.later(tx, rows["tried"], AHEAD + timedelta(minutes=30), "no answer")
    assert leased(db) == []
    beat(db)
    now = leased(db)
    assert {row.key for row in now} == {"put", "tried"}
    assert all(row.created_at == MONDAY for row in now)  # else who reads a channel would be asked until then
    assert [row.key for row in leased(db, 1)] == ["put", "tried", "taken"]


def test_what_slack_asked_of_it_is_believed_for_half_a_minute(db: Db) -> None:
    with db.begin() as tx:
        limits.limited(tx, OURS, POST, "C1", AHEAD, 5)
        outbox.put(tx, OURS, Saying("a", POST, "C1", {}), MONDAY)
    beat(db)
    assert leased(db) == []
    assert [row.key for row in leased(db, 0.6)] == ["a"]
