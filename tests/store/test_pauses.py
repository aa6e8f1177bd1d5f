"""Pauses in the tables: deadlines, what a wait took, and when it comes back. On both databases."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Row, delete, select

from bot.domain import pauses
from bot.domain.conversations import Kind, Move, read
from bot.domain.setup import CustomerSetup, Targets
from bot.domain.story import told
from bot.store import people, setup, ways_out
from bot.store.db import Db
from bot.store.ledger import Ledger
from bot.store.tables import conversations, events, moves, nudges, waits
from bot.store.waits import sync
from tests.store.test_loop import CUSTOMERS, MONDAY, OURS, SETUP, Office, at, someone, wrote

MINUTE = timedelta(minutes=1)
EXPIRY = MONDAY + timedelta(days=2, minutes=50)
PLACE = ("C0ACME", at(0))


@pytest.fixture
def office(db: Db) -> Office:
    return Office(db)


def stored(office: Office) -> Row[Any]:
    with office.db.begin() as tx:
        return tx.execute(select(waits).order_by(waits.c.id)).first()  # type: ignore[return-value]


def paused(office: Office) -> None:
    """Ada waits since nine, her nudge came at a quarter to ten, and five minutes later we wait on her."""
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    assert office.press(ways_out.pause, minutes=50, user="U0ANA") is None


def test_while_we_wait_on_the_customer_nothing_is_due_before_the_pause_ends(office: Office) -> None:
    paused(office)
    row = stored(office)
    assert (row.paused_until, row.next_nudge_at) == (EXPIRY, EXPIRY)
    assert office.sweep(24 * 60) == []
    assert office.sweep(2 * 24 * 60 + 50) == [("U0ANA", "paused")]
    row = stored(office)
    assert row.paused_until is None
    assert row.next_nudge_at == EXPIRY + 10 * MINUTE, "fifty minutes of the hour were used up before"


def test_the_end_of_a_pause_is_told_once_whatever_is_done_about_the_wait(office: Office) -> None:
    paused(office)
    assert office.sweep(2 * 24 * 60 + 50) == [("U0ANA", "paused")]
    assert office.press(ways_out.claim, minutes=2 * 24 * 60 + 51, user="U0LEE") is None
    assert stored(office).paused_until is None
    assert office.sweep(2 * 24 * 60 + 59) == []
    assert [say for _, say in office.sweep(2 * 24 * 60 + 61)] == ["help"]


def test_also_when_the_ladder_has_nothing_new_to_say(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(200)
    assert stored(office).next_nudge_at is None
    assert office.press(ways_out.pause, minutes=201, user="U0ANA") is None
    assert office.sweep(2 * 24 * 60 + 201) == [("U0ANA", "paused")]
    assert stored(office).next_nudge_at is None


def test_a_pause_takes_the_place_of_a_snooze(office: Office) -> None:
    office.hear(wrote("U0ADA", 0))
    office.sweep(45)
    office.press(ways_out.snooze, minutes=46, user="U0ANA", choice=MONDAY + timedelta(days=4))
    office.press(ways_out.pause, minutes=50, user="U0ANA")
    row = stored(office)
    assert (row.snoozed_until, row.next_nudge_at) == (None, EXPIRY)


def test_what_a_wait_took_leaves_out_the_time_that_was_the_customers(office: Office) -> None:
    paused(office)
    office.hear(wrote("U0ADA", 200, root=0))
    assert stored(office).paused_until is None
    assert stored(office).next_nudge_at == MONDAY + 210 * MINUTE
    office.hear(wrote("U0LEE", 205, root=0))
    assert stored(office).working_s == 55 * 60


def test_what_the_customer_wrote_during_the_pause_counts_also_where_it_is_heard_of_after_the_answer(
    office: Office,
) -> None:
    paused(office)
    office.hear(wrote("U0LEE", 205, root=0))
    assert stored(office).working_s == 50 * 60
    office.hear(wrote("U0ADA", 200, root=0))
    assert stored(office).working_s == 55 * 60


def test_other_targets_move_the_deadline_behind_the_pause_and_not_its_end(office: Office) -> None:
    paused(office)
    with office.db.begin() as tx:
        quick = replace(SETUP, targets=Targets(timedelta(minutes=52), timedelta(minutes=90)))
        setup.apply(tx, OURS, quick, MONDAY + 60 * MINUTE, None)
    assert stored(office).next_nudge_at == EXPIRY
    office.sweep(2 * 24 * 60 + 50)
    assert stored(office).next_nudge_at == EXPIRY + 2 * MINUTE


def test_a_customers_own_target_moves_who_waits_and_says_how_many(office: Office) -> None:
    with office.db.begin() as tx:
        people.save(tx, OURS, someone("U0BOB", CUSTOMERS), MONDAY)
    office.hear(wrote("U0ADA", 0), wrote("U0BOB", 10))
    soon = Targets(timedelta(minutes=20), timedelta(minutes=40))
    with office.db.begin() as tx:
        said = setup.apply(tx, OURS, replace(SETUP, customers=(CustomerSetup("U0ADA", soon),)), MONDAY, None)
    assert said[-1] == "1 open wait moved"
    assert (stored(office).target_s, stored(office).next_nudge_at) == (20 * 60, MONDAY + 15 * MINUTE)
    with office.db.begin() as tx:
        assert setup.apply(tx, OURS, SETUP, MONDAY, None)[-1] == "1 open wait moved"
    assert stored(office).target_s == 60 * 60


def test_of_a_wait_that_is_let_be_nobody_hears_whatever_is_heard_of_it(office: Office) -> None:
    paused(office)
    assert office.press(ways_out.not_needed, minutes=55, user="U0ANA") is None
    with office.db.begin() as tx:
        (marked,) = tx.execute(select(nudges.c.not_needed_at).where(nudges.c.not_needed_at.is_not(None))).scalars()
    assert marked == MONDAY + 55 * MINUTE
    office.hear(wrote("U0ADA", 60, root=0))
    assert stored(office).next_nudge_at is None
    assert office.sweep(9 * 24 * 60) == []
    assert office.mine("U0ANA", 300) == ["Ada"]


KINDS = ["asks", "asks", "answers", "thanks", "pause", "pause", "resume"]
NEWS = st.lists(st.tuples(st.sampled_from(KINDS), st.integers(1, 120)), max_size=9, unique_by=lambda one: one[1])


@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(news=NEWS, order=st.randoms())
def test_the_tables_say_what_the_moves_say_in_whatever_order_they_were_heard_of(
    db: Db, news: list[tuple[str, int]], order: Any
) -> None:
    with db.begin() as tx:
        for table in (waits, moves, conversations, events, nudges):
            tx.execute(delete(table))
    office = Office(db)
    office.hear(wrote("U0ADA", 0))
    order.shuffle(news)
    for kind, minute in news:
        _happens(office, kind, minute)
    with db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, MONDAY)
        assert workspace
        ledger = Ledger(tx, workspace)
        ledger.open([PLACE])
        before = tx.execute(select(waits).order_by(waits.c.id)).all()
        sync(tx, OURS, ledger.known, {"C0ACME": ledger.policy("C0ACME")})
        assert tx.execute(select(waits).order_by(waits.c.id)).all() == before
        policy = ledger.policy("C0ACME")
        conversation = read(ledger.known[PLACE], policy)
    by_start = {row.from_ts: row for row in before if row.ended_by != "never"}
    assert set(by_start) == {wait.from_ts for wait in told(conversation.moves, policy).waits}
    for wait in conversation.waits:
        row = by_start[wait.from_ts]
        assert pauses.written(wait.pauses) == row.pauses
        if row.ended_at:
            took = pauses.elapsed(policy.schedule, row.started_at, row.ended_at, wait.pauses)
            assert row.working_s == int(took.total_seconds())
        runs = wait.pauses and not wait.pauses[-1].cut
        assert row.paused_until == (wait.pauses[-1].until if runs else None)


def _happens(office: Office, kind: str, minute: int) -> None:
    if kind in ("asks", "thanks", "answers"):
        user = "U0LEE" if kind == "answers" else "U0ADA"
        office.hear(wrote(user, minute, root=0, needs_reply=kind != "thanks"))
        return
    move = Move(at(minute + 0.5), Kind(kind), "U0LEE", about=at(0))
    ends = move._replace(promise=at(minute + 40)) if kind == "pause" else move
    with office.db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, MONDAY)
        assert workspace
        ledger = Ledger(tx, workspace)
        ledger.open([PLACE])
        ledger.tell(PLACE, ends)
        ledger.save(MONDAY)
