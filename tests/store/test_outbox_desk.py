"""What the engineer sees of the outbox, and what they may put right in it by hand."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, select, update

from bot.store import outbox, outbox_desk, set_aside
from bot.store.db import Db
from bot.store.outbox import POST, UPDATE, Row, Saying
from bot.store.outbox_desk import Filter, State
from bot.store.set_aside import Thing
from bot.store.tables import outbox as table

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(minutes=1)
SECRET = "what is to be said"
ALL = (*(state for state in State if state is not State.DUE), State.DUE)  # the last, since to bring others leases it


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def put(db: Db, state: State, key: str, team_id: str = "T1", target: str = "", method: str = POST) -> int:
    """A row in a state; its id."""
    due_at = NOW + minutes(60) if state is State.LATER else NOW - minutes(1)
    saying = Saying(key, method, target or f"C{key}", {"text": SECRET}, due_at=due_at)
    with db.begin() as tx:
        outbox.put(tx, team_id, saying, NOW - minutes(5))
        row_id = tx.execute(select(table.c.id).where(table.c.key == key, table.c.team_id == team_id)).scalar_one()
        if state not in (State.DUE, State.LATER):
            _bring_to(tx, state, next(one for one in outbox.lease(tx, NOW, 1000, LEASE) if one.id == row_id))
    return int(row_id)


def _bring_to(tx: Any, state: State, row: Row) -> None:
    match state:
        case State.AGAIN:
            outbox.later(tx, row, NOW + minutes(5), "chat.postMessage: unclear")
        case State.ASIDE:
            outbox.failed(tx, row, "channel_not_found")
        case State.DROPPED:
            outbox.dropped(tx, row, "answered")
        case State.SENT:
            outbox.sent(tx, row, NOW)


def states(db: Db, **wanted: Any) -> dict[str, State]:
    with db.reading() as tx:
        return {one.key: one.state for one in outbox_desk.find(tx, Filter(**wanted), NOW, 100)}


def retry(db: Db, row_id: int, now: datetime = NOW) -> str | None:
    with db.begin() as tx:
        return outbox_desk.retry(tx, row_id, now)


def drop(db: Db, row_id: int, now: datetime = NOW) -> str | None:
    with db.begin() as tx:
        return outbox_desk.drop(tx, row_id, now)


def test_each_row_is_in_the_one_state_that_it_is_found_by(db: Db) -> None:
    for state in ALL:
        put(db, state, state.value)
    assert states(db, states=tuple(State)) == {state.value: state for state in State}
    for state in State:
        assert states(db, states=(state,)) == {state.value: state}


def test_what_is_settled_well_is_shown_only_when_asked_for(db: Db) -> None:
    for state in ALL:
        put(db, state, state.value)
    assert set(states(db).values()) == set(State) - {State.SENT, State.DROPPED}


def test_rows_are_found_by_workspace_method_and_target_and_the_newest_come_first(db: Db) -> None:
    put(db, State.DUE, "a", "T1", "C1")
    put(db, State.DUE, "b", "T2", "C2")
    put(db, State.DUE, "c", "T2", "C3", UPDATE)
    assert list(states(db, team_id="T2")) == ["c", "b"]
    assert list(states(db, method=UPDATE)) == ["c"]
    assert list(states(db, target="C1")) == ["a"]


def test_what_is_to_be_said_is_not_shown(db: Db) -> None:
    put(db, State.ASIDE, "a")
    with db.reading() as tx:
        assert SECRET not in repr(outbox_desk.find(tx, Filter(), NOW, 100))


@pytest.mark.parametrize("state", [State.ASIDE, State.AGAIN, State.LATER, State.DUE])
def test_what_was_refused_or_waits_is_tried_at_once(db: Db, state: State) -> None:
    row_id = put(db, state, "a")
    assert retry(db, row_id) is None
    with db.begin() as tx:
        (row,) = outbox.lease(tx, NOW, 10, LEASE)
    assert row.id == row_id


@pytest.mark.parametrize("state", [State.ASIDE, State.AGAIN])
def test_a_post_that_may_stand_somewhere_is_looked_for_before_it_is_posted_again(db: Db, state: State) -> None:
    """The sender looks where there was a try before this one; and it has all its tries again."""
    row_id = put(db, state, "a")
    with db.begin() as tx:
        tx.execute(update(table).values(attempts=10))
    retry(db, row_id)
    with db.begin() as tx:
        (row,) = outbox.lease(tx, NOW, 10, LEASE)
    assert row.attempts == 2


@pytest.mark.parametrize("do", [retry, drop])
def test_what_broke_its_sender_before_is_forgiven(db: Db, do: Any) -> None:
    row_id = put(db, State.ASIDE, "a")
    with db.begin() as tx:
        set_aside.note(tx, Thing("T1", set_aside.SAYING, str(row_id)), LookupError(), "1a2b3c4d", NOW)
    do(db, row_id)
    with db.begin() as tx:
        again = set_aside.note(tx, Thing("T1", set_aside.SAYING, str(row_id)), LookupError(), "2b3c4d5e", NOW)
    assert again.tries == 1


@pytest.mark.parametrize("state", [State.ASIDE, State.AGAIN, State.LATER, State.DUE])
def test_what_is_dropped_is_never_said_and_tells_why_it_was_not_before(db: Db, state: State) -> None:
    row_id = put(db, state, "a")
    assert drop(db, row_id) is None
    with db.begin() as tx:
        assert outbox.lease(tx, NOW + minutes(600), 10, LEASE) == []
        error = outbox.error_of(tx, "T1", "a") or ""
    assert error.startswith("dropped: by hand")
    assert ("channel_not_found" in error) is (state is State.ASIDE)


@pytest.mark.parametrize("do", [retry, drop])
@pytest.mark.parametrize(
    ("state", "why"), [(State.SENT, "was sent"), (State.DROPPED, "answered"), (State.SENDING, "right now")]
)
def test_what_was_settled_or_is_on_its_way_is_left_alone(db: Db, do: Any, state: State, why: str) -> None:
    row_id = put(db, state, "a")
    before = states(db, states=tuple(State))
    assert why in (do(db, row_id) or "")
    assert states(db, states=tuple(State)) == before


def test_a_row_that_there_is_not_is_said(db: Db) -> None:
    assert "There is no 99" in (retry(db, 99) or "")


def test_nobody_who_was_forgotten_is_spoken_to_again(db: Db) -> None:
    row_id = put(db, State.ASIDE, "a", target="U1")
    with db.begin() as tx:
        tx.execute(update(table).values(target="someone-1"))
    assert "forgotten" in (retry(db, row_id) or "")


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    acts=st.lists(st.tuples(st.sampled_from([retry, drop, "lease", "sent", "failed"]), st.integers(0, 2)), max_size=12)
)
def test_whatever_is_done_by_hand_nothing_is_said_twice(db: Db, acts: list[tuple[Any, int]]) -> None:
    """A row that Slack has, or that was dropped, is never leased again."""
    with db.begin() as tx:
        tx.execute(table.delete())
    ids = [put(db, State.DUE, f"{number}") for number in range(3)]
    over: set[int] = set()
    held: dict[int, Row] = {}
    now = NOW
    for act, number in acts:
        now, row_id = now + minutes(2), ids[number]
        if callable(act):
            refused = act(db, row_id, now)
            over |= {row_id} if act is drop and not refused else set()
            continue
        with db.begin() as tx:
            if act == "lease":
                held = {row.id: row for row in outbox.lease(tx, now, 10, LEASE)}
                assert not over & set(held)
            elif row_id in held:
                over |= _settled(tx, act, held.pop(row_id), now)


def _settled(tx: Connection, act: str, row: Row, now: datetime) -> set[int]:
    """What is over then."""
    if act == "failed":
        outbox.failed(tx, row, "channel_not_found")
        return set()
    return {row.id} if outbox.sent(tx, row, now) else set()
