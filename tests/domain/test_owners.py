"""Who gets a wait: whoever has least, in turn, so that over time nobody has more than their share."""

from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.owners import Choice, Load, choose, may_have, soonest

TEAM = ("U0ANA", "U0LEE", "U0OMAR", "U0ZOE")
ANA, LEE, OMAR, ZOE = TEAM


def at(hour: int) -> datetime:
    return datetime(2026, 3, 2, hour, tzinfo=UTC)


def _next(turn: int = 0, *, fit: Sequence[str] = TEAM, here: Sequence[str] = TEAM, limit: int = 8, **open_: int) -> str:
    loads = {user: Load(open_.get(user[2:].lower(), 0), limit) for user in TEAM}
    place = choose(Choice(TEAM, fit, here, loads), turn)
    return TEAM[place] if place is not None else "nobody"


@pytest.mark.parametrize(
    ("said", "expected"),
    [
        ({}, ANA),
        ({"turn": 1}, LEE),
        ({"turn": 7}, ZOE),
        ({"ana": 2, "lee": 1, "omar": 3, "zoe": 1}, LEE),
        ({"turn": 3, "ana": 2, "lee": 1, "omar": 3, "zoe": 1}, ZOE),
        ({"turn": 2, "fit": (ANA, LEE)}, ANA),
        ({"fit": (OMAR,), "omar": 50}, OMAR),
        ({"fit": ()}, "nobody"),
    ],
)
def test_the_lightest_load_wins_and_ties_go_round(said: dict[str, object], expected: str) -> None:
    assert _next(**said) == expected  # type: ignore[arg-type]


def test_who_is_in_the_channel_comes_before_who_would_have_to_come_in() -> None:
    assert _next(here=(ZOE,), zoe=5) == ZOE


def test_whoever_has_no_room_left_comes_last_even_in_the_channel() -> None:
    assert _next(here=(ZOE,), limit=5, zoe=5) == ANA
    assert _next(fit=(ZOE,), limit=5, zoe=9) == ZOE


@pytest.mark.parametrize(("open_", "full", "too_much"), [(7, False, False), (8, True, False), (9, True, True)])
def test_eight_are_fair_and_nine_are_too_much(open_: int, full: bool, too_much: bool) -> None:
    assert (Load(open_, 8).full, Load(open_, 8).too_much) == (full, too_much)


@given(
    rota=st.lists(st.sampled_from("ABCDEFGHIJ"), min_size=1, unique=True),
    waits=st.integers(0, 60),
    turn=st.integers(0, 30),
    stays=st.booleans(),
    data=st.data(),
)
def test_with_equal_duty_nobody_gets_more_than_one_more_than_another(
    rota: list[str], waits: int, turn: int, stays: bool, data: st.DataObject
) -> None:
    """Whether customers stay open or are answered before the next one asks; whoever else is on the rota, off duty."""
    fit = data.draw(st.sets(st.sampled_from(rota), min_size=1))
    had = Counter(dict.fromkeys(fit, 0))
    for _ in range(waits):
        loads = {user: Load(count if stays else 0, 100) for user, count in had.items()}
        place = choose(Choice(rota, fit, rota, loads), turn)
        assert place is not None
        had[rota[place]] += 1
        turn = place + 1
    assert max(had.values()) - min(had.values()) <= 1
    assert sum(had.values()) == waits


@given(
    loads=st.fixed_dictionaries({user: st.integers(0, 12).map(lambda open_: Load(open_, 8)) for user in TEAM}),
    turn=st.integers(0, 9),
    fit=st.sets(st.sampled_from(TEAM), min_size=1),
)
def test_nobody_who_is_fit_has_less_than_whoever_is_chosen(loads: dict[str, Load], turn: int, fit: set[str]) -> None:
    place = choose(Choice(TEAM, fit, TEAM, loads), turn)
    assert place is not None
    assert TEAM[place] in fit
    assert loads[TEAM[place]].open == min(loads[user].open for user in fit)


def test_a_private_channel_that_somebody_is_not_in_is_no_place_to_send_them() -> None:
    assert may_have(TEAM, {ANA}, {ANA, LEE}) == {LEE}
    assert may_have(TEAM, {ANA}, None) == {LEE, OMAR, ZOE}


def test_what_is_past_is_no_time_to_look_again() -> None:
    now = at(10)
    assert soonest([at(9), None, at(12), at(11)], now) == at(11)
    assert soonest([at(9), now, None], now) is None
