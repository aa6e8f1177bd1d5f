"""Waits are brought up to date from where news begin: as if the whole conversation had been read again."""

from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, select

from bot.domain.arrivals import Deleted, Reacted, Spoken
from bot.store.db import Db
from bot.store.ledger import Ledger
from bot.store.tables import conversations, events, moves, waits
from bot.store.waits import sync
from tests.store.test_loop import MONDAY, OURS, Office, at, wrote

MINUTES = st.integers(1, 12)
KINDS = ["asks", "asks", "answers", "answers", "thanks", "deleted", "white_check_mark", "eyes"]
NEWS = st.lists(st.tuples(st.sampled_from(KINDS), MINUTES, MINUTES), max_size=9, unique_by=lambda one: one[1])


def _said(kind: str, minute: int, about: int) -> Spoken:
    """Nobody does two things in the same microsecond."""
    when = at(about + minute + 0.1 + about / 100)
    if kind == "deleted":
        return Deleted("C0ACME", at(about), when)
    if kind in ("white_check_mark", "eyes"):
        return Reacted("C0ACME", at(about), when, "U0LEE", kind, about % 3 == 0, "U0ADA")
    return wrote("U0ADA" if kind in ("asks", "thanks") else "U0LEE", minute, root=0, needs_reply=kind != "thanks")


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=NEWS, order=st.randoms(), together=st.integers(1, 4))
def test_reading_everything_again_changes_nothing_however_news_came(
    db: Db, news: list[tuple[str, int, int]], order: Any, together: int
) -> None:
    with db.begin() as tx:
        for table in (waits, moves, conversations, events):
            tx.execute(delete(table))
    office = Office(db)
    arrivals = [wrote("U0ADA", 0), *(_said(*one) for one in news)]
    order.shuffle(arrivals)
    for start in range(0, len(arrivals), together):
        office.hear(*arrivals[start : start + together])
    with db.begin() as tx:
        before = _rows(tx)
        _read_again(tx, office)
        assert _rows(tx) == before


def test_a_wait_knows_the_answer_before_it(db: Db) -> None:
    office = Office(db)
    again, taken_back = wrote("U0ADA", 20, root=0), wrote("U0ADA", 10, root=0)
    office.hear(wrote("U0ADA", 0), wrote("U0LEE", 5, root=0), taken_back, Deleted("C0ACME", at(10), at(11)), again)
    with db.begin() as tx:
        first, _, last = tx.execute(select(waits).order_by(waits.c.from_ts)).all()
    assert (first.last_answer_at, first.last_answer_by) == (None, None)
    assert (last.last_answer_at, last.last_answer_by) == (first.ended_at, "U0LEE")


def _read_again(tx: Connection, office: Office) -> None:
    workspace = office.workspaces.get(tx, OURS, MONDAY)
    assert workspace
    ledger = Ledger(tx, workspace)
    ledger.open([(row.channel, row.root_ts) for row in tx.execute(select(conversations))])
    sync(tx, OURS, ledger.known, {channel: ledger.policy(channel) for channel, _ in ledger.known})


def _rows(tx: Connection) -> list[Any]:
    return list(tx.execute(select(waits).order_by(waits.c.id)).all())
