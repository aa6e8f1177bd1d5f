"""Promises in the table: equal to what the conversations say, however news came, and taken once. On both databases."""

from datetime import timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, event, select

from bot.domain.arrivals import Deleted, Posted, Reacted, Spoken
from bot.domain.keeping import Became
from bot.domain.promises import SOMETIME
from bot.store import list_rows, living_lists, promise_clock, promises
from bot.store.db import Db
from bot.store.ledger import Ledger
from bot.store.list_tables import list_news
from bot.store.living_lists import News
from bot.store.promise_tables import promises as table
from bot.store.tables import conversations, events, moves, waits
from tests.store.test_loop import MONDAY, OURS, Office, at, wrote

IN_AN_HOUR = "|None|False|3600|"
KINDS = ["asks", "answers", "promises", "promises", "is on it", "thanks", "deleted", "white_check_mark"]
NEWS = st.lists(
    st.tuples(st.sampled_from(KINDS), st.integers(1, 12), st.integers(1, 12)), max_size=9, unique_by=lambda one: one[1]
)


def promise(minute: float, written: str = IN_AN_HOUR) -> Posted:
    """Lee promises Ada more."""
    return wrote("U0LEE", minute, root=0)._replace(promise=written)


def _said(kind: str, minute: int, about: int) -> Spoken:
    when = at(about + minute + 0.1 + about / 100)
    if kind == "deleted":
        return Deleted("C0ACME", at(about), when)
    if kind == "white_check_mark":
        return Reacted("C0ACME", at(about), when, "U0LEE", kind, about % 3 == 0, "U0ADA")
    if kind in ("promises", "is on it"):
        return promise(minute, IN_AN_HOUR if kind == "promises" else SOMETIME)
    return wrote("U0ADA" if kind in ("asks", "thanks") else "U0LEE", minute, root=0, needs_reply=kind != "thanks")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=NEWS, order=st.randoms(), together=st.integers(1, 4))
def test_the_table_says_what_the_conversation_says_however_news_came(
    db: Db, news: list[tuple[str, int, int]], order: Any, together: int
) -> None:
    with db.begin() as tx:
        for one in (table, waits, moves, conversations, events):
            tx.execute(delete(one))
    office = Office(db)
    arrivals = [wrote("U0ADA", 0), *(_said(*one) for one in news)]
    order.shuffle(arrivals)
    for start in range(0, len(arrivals), together):
        office.hear(*arrivals[start : start + together])
    with db.begin() as tx:
        known = _known(tx, office)
        told = {(one.ts, one.due, one.became) for conversation in known.known.values() for one in conversation.promises}
        stored = [row for row in _rows(tx) if row.ended_by != Became.NEVER]
        assert {(row.ts, row.due_at, row.ended_by) for row in stored} == told
        promises.sync(tx, OURS, known.known, {channel: known.policy(channel) for channel, _ in known.known})
        assert [row for row in _rows(tx) if row.ended_by != Became.NEVER] == stored


def test_where_nobody_promises_nothing_is_asked_of_the_table(db: Db) -> None:
    office = Office(db)
    office.hear(wrote("U0ADA", 0))
    asked: list[str] = []
    event.listen(db.engine, "before_cursor_execute", lambda _c, _u, sql, *_: asked.append(sql))
    office.hear(wrote("U0LEE", 1, root=0), wrote("U0ADA", 2, root=0))
    assert [sql for sql in asked if "waits" in sql]
    assert not [sql for sql in asked if "promises" in sql]


def test_a_promise_is_taken_once_and_not_while_the_customer_waits(db: Db) -> None:
    office = Office(db)
    office.hear(wrote("U0ADA", 0), promise(1))
    assert _take(office, 45) == 0
    office.hear(wrote("U0ADA", 40, root=0))
    assert _take(office, 50) == 0
    office.hear(Deleted("C0ACME", at(40), at(51)))
    assert [_take(office, minute) for minute in (52, 53, 600)] == [1, 0, 0]
    with db.begin() as tx:
        assert [(row.user_id, row.news) for row in tx.execute(select(list_news))] == [("U0LEE", News.RING)]


def test_whoever_sweeps_at_the_same_time_takes_others(db: Db) -> None:
    office = Office(db)
    office.hear(wrote("U0ADA", 0), promise(1))
    now = MONDAY + timedelta(minutes=50)
    with db.begin() as tx:
        assert promise_clock.take_due(tx, office.workspaces, now, 10) == 1
        if tx.dialect.name == "postgresql":
            with db.begin() as other:
                assert promise_clock.take_due(other, office.workspaces, now, 10) == 0


def test_it_stands_in_a_list_until_it_is_kept_and_not_while_the_customer_waits(db: Db) -> None:
    office = Office(db)
    office.hear(wrote("U0ADA", 0), promise(1))
    assert _listed(office, 49) == []
    assert _take(office, 50) == 1
    assert _listed(office, 50) == [at(1)]
    office.hear(wrote("U0ADA", 51, root=0))
    assert _listed(office, 52) == []
    office.hear(Deleted("C0ACME", at(51), at(53)))
    assert _listed(office, 54) == [at(1)]
    office.hear(wrote("U0LEE", 55, root=0))
    assert _listed(office, 56) == []
    with db.begin() as tx:
        assert living_lists.is_done_with(tx, OURS, "U0LEE")


def _listed(office: Office, minutes: float) -> list[str]:
    """The promises in Lee's list."""
    now = MONDAY + timedelta(minutes=minutes)
    with office.db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, now)
        assert workspace
        return [row.ts for row in list_rows.read(tx, workspace, "U0LEE", now).promised]


def _take(office: Office, minutes: float) -> int:
    with office.db.begin() as tx:
        return promise_clock.take_due(tx, office.workspaces, MONDAY + timedelta(minutes=minutes), 10)


def _known(tx: Connection, office: Office) -> Ledger:
    workspace = office.workspaces.get(tx, OURS, MONDAY)
    assert workspace
    ledger = Ledger(tx, workspace)
    ledger.open([(row.channel, row.root_ts) for row in tx.execute(select(conversations))])
    return ledger


def _rows(tx: Connection) -> list[Any]:
    return list(tx.execute(select(table).order_by(table.c.ts)).all())
