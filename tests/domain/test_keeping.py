"""Promises of a conversation: who owes what to a customer, until when, and when they are reminded of it."""

from datetime import UTC, datetime, timedelta
from itertools import permutations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Conversation, apply
from bot.domain.hours import OFFICE, Schedule, Week
from bot.domain.keeping import Became, Promised, promised, remind_at
from bot.domain.moments import ts_of
from bot.domain.moves import Kind, Move
from bot.domain.policy import Policy
from bot.domain.promises import SOMETIME

TEN = datetime(2026, 3, 4, 10, 0, tzinfo=UTC)  # a Wednesday
POLICY = Policy(schedule=Schedule(OFFICE))
LATER = timedelta(hours=5)


def ts(minutes: float) -> str:
    """So many minutes after ten."""
    return ts_of(TEN + timedelta(minutes=minutes))


def theirs(at: float, *, needs_reply: bool = True) -> Move:
    """Ada writes."""
    return Move(ts(at), Kind.THEIRS, "ADA", needs_reply=needs_reply)


def ours(at: float, by: str = "ANA", *, promise: str = "", reason: str = "unsure") -> Move:
    """One of us writes."""
    return Move(ts(at), Kind.OURS, by, promise=promise, reason=reason)


def did(at: float, kind: Kind, by: str = "ANA", about: float = 0) -> Move:
    """A click, an emoji, a deletion."""
    return Move(ts(at), kind, by, about=ts(about))


BY_THREE = ts(300)
PROMISE = ours(1, promise=BY_THREE)
HELD = (theirs(0), PROMISE)


def became(*moves: Move) -> list[Became | None]:
    """How each promise of these moves ended."""
    return [one.became for one in promised(sorted(moves), POLICY)]


def test_a_promise_is_its_makers_and_due_when_they_said() -> None:
    assert promised(HELD, POLICY) == (Promised(ts(1), "ANA", TEN + LATER, True),)


def test_without_a_time_it_is_due_after_the_target_of_a_next_reply_in_working_time() -> None:
    late = ours(6 * 60, promise=SOMETIME)  # at four; an hour is left of the day
    (made,) = promised((theirs(0), late), POLICY)
    assert (made.due, made.named) == (datetime(2026, 3, 5, 10, 0, tzinfo=UTC), False)


@pytest.mark.parametrize(
    ("then", "how"),
    [
        (ours(60), Became.KEPT),
        (ours(60, "LEE"), Became.KEPT),
        (ours(60, reason="thanks"), None),
        (ours(60, reason="goodbye"), None),
        (theirs(60), None),
        (theirs(60, needs_reply=False), None),
        (did(60, Kind.CLAIM, "LEE"), None),
        (Move(ts(60), Kind.ASIDE, "ANA"), None),
        (did(60, Kind.CLOSE, "LEE"), Became.CLOSED),
        (did(60, Kind.BOUNDARY), Became.BOUNDARY),
        (did(60, Kind.KEPT, about=1), Became.KEPT),
        (did(60, Kind.KEPT, about=0), None),
    ],
)
def test_what_ends_a_promise_and_what_does_not(then: Move, how: Became | None) -> None:
    assert became(*HELD, then) == [how]


def test_only_words_to_a_customer_are_a_promise() -> None:
    assert became(ours(1, promise=BY_THREE)) == []
    assert became(ours(1, promise=BY_THREE), theirs(2)) == []


def test_after_a_boundary_call_nobody_owes_anything_until_it_is_withdrawn() -> None:
    call = did(60, Kind.BOUNDARY)
    assert became(*HELD, call, ours(61, promise=ts(400))) == [Became.BOUNDARY]
    assert became(*HELD, call, did(62, Kind.UNBOUNDARY)) == [None]


def test_a_check_mark_taken_back_was_a_slip() -> None:
    check = did(60, Kind.CLOSE, "LEE")
    assert became(*HELD, check, did(61, Kind.UNCLOSE, "LEE")) == [None]
    assert became(*HELD, check, did(61, Kind.UNCLOSE, "OMAR")) == [Became.CLOSED]


def test_what_is_taken_back_was_not_said() -> None:
    answer = ours(60)
    assert became(*HELD, did(70, Kind.DELETE, "", about=1)) == []
    assert became(*HELD, answer, did(70, Kind.DELETE, "", about=60)) == [None]


def test_a_new_promise_takes_the_place_of_ones_own() -> None:
    again = ours(60, promise=ts(24 * 60))
    assert became(*HELD, again) == [Became.RENEWED, None]
    assert became(*HELD, ours(60, "LEE", promise=ts(200))) == [None, None]


def test_still_on_it_does_not_shorten_the_time_that_was_named() -> None:
    first, still = promised((*HELD, ours(60, promise=SOMETIME)), POLICY)
    assert first.became is Became.RENEWED
    assert (still.due, still.named) == (TEN + LATER, True)


ALL = (*HELD, theirs(30), ours(60, promise=SOMETIME), did(70, Kind.CLOSE), did(71, Kind.UNCLOSE), ours(90))


@pytest.mark.parametrize("order", list(permutations(ALL))[::97])
def test_it_does_not_matter_in_which_order_slack_tells_of_it(order: tuple[Move, ...]) -> None:
    state = Conversation("C", ts(0))
    for move in order:
        state = apply(state, move, POLICY)
    assert state.promises == promised(sorted(ALL), POLICY)
    assert [one.became for one in state.promises] == [Became.RENEWED, Became.KEPT]


def on(day: int, hour: int, minute: int = 0) -> datetime:
    """A moment of that week."""
    return datetime(2026, 3, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("said", "due", "reminded"),
    [
        pytest.param(on(4, 10), on(4, 15), on(4, 14), id="an hour before"),
        pytest.param(on(4, 10), on(4, 12), on(4, 11, 30), id="the last quarter of two hours"),
        pytest.param(on(4, 10), on(4, 10, 20), on(4, 10, 15), id="the last quarter of twenty minutes"),
        pytest.param(on(4, 10), on(5, 11), on(5, 10), id="the next day"),
        pytest.param(on(4, 16), on(5, 10), on(5, 9, 30), id="over night only working time counts"),
        pytest.param(on(4, 10), on(4, 20), on(4, 16), id="due at night: before they go home"),
        pytest.param(on(6, 10), on(7, 12), on(6, 16), id="due on Saturday: on Friday"),
        pytest.param(on(6, 16, 50), on(7, 12), on(9, 9), id="said when they go home: when they are back"),
        pytest.param(on(6, 20), on(6, 21), on(9, 9), id="said and due at night: when they are back"),
    ],
)
def test_its_maker_is_reminded_while_there_is_time_to_keep_it(
    said: datetime, due: datetime, reminded: datetime
) -> None:
    assert remind_at(Promised(ts_of(said), "ANA", due, True), POLICY.schedule) == reminded


def test_a_team_that_never_works_is_never_reminded() -> None:
    never = Schedule(Week("UTC", ((),) * 7))
    assert remind_at(Promised(ts(1), "ANA", TEN + LATER, True), never) is None
    assert promised((theirs(0), ours(1, promise=SOMETIME)), Policy(schedule=never))[0].due > TEN


SPANS = st.integers(1, 30 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))


@given(st.integers(0, 14 * 24 * 60), SPANS)
def test_nobody_is_reminded_outside_the_hours_nor_before_they_promised(start: int, span: timedelta) -> None:
    said = TEN + timedelta(minutes=start)
    at = remind_at(Promised(ts_of(said), "ANA", said + span, True), POLICY.schedule)
    assert at is not None
    assert at >= said
    assert POLICY.schedule.is_open(at - timedelta(microseconds=1)) or POLICY.schedule.is_open(at)
    if POLICY.schedule.elapsed(said, said + span) >= timedelta(minutes=30):
        assert at <= said + span
