"""Who is answered first, and how all processes keep to what Slack asked for."""

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import Connection, insert, select

from bot.store import limits, outbox
from bot.store.db import Db
from bot.store.limit_tables import limits as table
from bot.store.outbox import ANSWER, NEWS, PAGE, POST, UPDATE, Saying
from bot.store.tables import outbox as outbox_table

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
SECOND = timedelta(seconds=1)


def put(tx: Connection, key: str, target: str, method: str = POST, team_id: str = "T1", rank: int = NEWS) -> None:
    outbox.put(tx, team_id, Saying(key, method, target, {"text": key}, rank=rank), NOW)


def lease(tx: Connection, now: datetime = NOW, limit: int = 20) -> list[str]:
    return [row.key for row in outbox.lease(tx, now, limit, 60 * SECOND)]


def test_answers_go_before_news_and_news_before_weekly_pages(db: Db) -> None:
    with db.begin() as tx:
        for number in range(3):
            put(tx, f"page{number}", f"U{number}", rank=PAGE)
        put(tx, "news", "U5")
        put(tx, "asked for", "U6", rank=ANSWER)
        put(tx, "edited", "D7", UPDATE)
        assert lease(tx, limit=4) == ["asked for", "edited", "news", "page0"]


def test_a_workspace_with_much_to_say_keeps_no_other_waiting(db: Db) -> None:
    with db.begin() as tx:
        for number in range(50):
            put(tx, f"a{number}", f"U{number:02}")
        put(tx, "b0", "U1", team_id="T2")
        put(tx, "c0", "U1", team_id="T3")
        assert lease(tx, limit=4) == ["a0", "b0", "c0", "a1"]


def test_what_the_release_before_writes_is_said_as_well(db: Db) -> None:
    """It knows of no ranks."""
    row = {"team_id": "T1", "key": "old", "method": POST, "target": "U1", "payload": {}}
    with db.begin() as tx:
        columns = [column for column in outbox_table.columns if column.name in row or column.name.endswith("_at")]
        assert columns
        tx.execute(insert(outbox_table).values(row | {"created_at": NOW, "due_at": NOW}))
        assert lease(tx) == ["old"]
        assert tx.execute(select(outbox_table.c.rank)).scalar() == NEWS


LIMITS: list[tuple[str, Sequence[tuple[str, str]], list[str]]] = [
    ("a channel's posts", [(POST, "C1")], ["c2", "edit", "other"]),
    ("posts in two channels are everyone's", [(POST, "C1"), (POST, "C9")], ["edit", "other"]),
    ("any other method is the workspace's", [(UPDATE, "C1")], ["c1", "c2", "other"]),
]


@pytest.mark.parametrize(("_name", "limited", "left"), LIMITS, ids=[one[0] for one in LIMITS])
def test_whatever_process_asks_what_slack_limits_rests(
    db: Db, _name: str, limited: Sequence[tuple[str, str]], left: list[str]
) -> None:
    with db.begin() as tx:
        put(tx, "c1", "C1")
        put(tx, "c2", "C2")
        put(tx, "edit", "C3", UPDATE)
        put(tx, "other", "C1", team_id="T2")
        for method, target in limited:
            limits.limited(tx, "T1", method, target, NOW, 30)
    with db.begin() as tx:
        assert sorted(lease(tx, NOW + 29 * SECOND)) == sorted(left)
    with db.begin() as tx:
        assert sorted(lease(tx, NOW + 100 * SECOND)) == sorted(["c1", "c2", "edit", "other"])


def test_between_two_posts_in_a_channel_there_is_a_gap_and_edits_need_not_wait(db: Db) -> None:
    with db.begin() as tx:
        limits.posted(tx, "T1", "C1", NOW + SECOND)
        put(tx, "post", "C1")
        put(tx, "edit", "D1", UPDATE)
        assert lease(tx) == ["edit"]
        assert lease(tx, NOW + SECOND) == ["post"]


def test_of_two_rests_the_longer_counts_and_what_is_over_goes(db: Db) -> None:
    with db.begin() as tx:
        limits.limited(tx, "T1", UPDATE, "C1", NOW, 60)
        limits.limited(tx, "T1", UPDATE, "C2", NOW, 5)
        assert tx.execute(select(table.c.until)).scalars().all() == [NOW + 60 * SECOND]
        assert limits.forget(tx, NOW + 60 * SECOND, 10) == 0
        assert limits.forget(tx, NOW + 61 * SECOND, 10) == 1
        assert tx.execute(select(table)).all() == []
