"""When a rule is mostly wrong, and which waits rest on it alone."""

from math import comb

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.conversations import Kind, Move
from bot.domain.policy import Policy
from bot.domain.precision import LATELY, MOSTLY, Lately, lately, rests_on
from bot.domain.story import told
from tests.domain.test_conversations import at

RULES = {"unsure", "long"}


@pytest.mark.parametrize(
    ("marked", "found", "wrong"),
    [
        ([], Lately(0, 0), False),
        ([True] * 11, Lately(11, 11), False),
        ([True] * 12, Lately(12, 12), True),
        ([True] * 12 + [False] * 8, Lately(20, 12), True),
        ([False] * 9 + [True] * 12, Lately(20, 11), False),
        ([False] * 20 + [True] * 20, Lately(20, 0), False),
    ],
)
def test_of_the_last_twenty_twelve_are_most(marked: list[bool], found: Lately, wrong: bool) -> None:
    assert lately(marked) == found
    assert found.is_mostly_wrong == wrong
    assert found.needed + found.not_needed == found.nudged


def test_a_rule_that_is_right_three_times_of_four_is_safe() -> None:
    chance = sum(comb(LATELY, n) * 0.25**n * 0.75 ** (LATELY - n) for n in range(MOSTLY, LATELY + 1))
    assert chance < 1 / 1000


def rests(*moves: Move) -> bool:
    return rests_on(told(sorted(moves), Policy()), RULES)


def asks(minute: float, rule: str = "unsure") -> Move:
    return Move(at(minute), Kind.THEIRS, "ada", reason=rule)


def says(minute: float, kind: Kind, about: float = 0) -> Move:
    return Move(at(minute), kind, "lee", about=at(about))


@pytest.mark.parametrize(
    ("moves", "alone"),
    [
        ([asks(0)], True),
        ([asks(0), asks(1, "long")], True),
        ([asks(0), asks(1, "question")], False),
        ([asks(0, "question")], False),
        ([asks(0), says(2, Kind.NEEDED)], False),
        ([asks(0), asks(1, "question"), says(2, Kind.NOT_NEEDED, about=1)], True),
        ([asks(0), says(2, Kind.CLAIM)], True),
        ([asks(0), says(2, Kind.PAUSE)._replace(promise=at(9))], True),
        ([asks(0, "question"), says(1, Kind.OURS), asks(2)], True),
        ([asks(0), says(1, Kind.OURS), asks(2, "question")], False),
        ([asks(0), says(1, Kind.OURS)], False),
        ([asks(0), says(1, Kind.CLOSE), says(2, Kind.UNCLOSE)], False),
    ],
)
def test_a_wait_rests_on_the_rules_by_which_its_unanswered_messages_were_read(moves: list[Move], alone: bool) -> None:
    assert rests(*moves) == alone


@given(st.lists(st.sampled_from(["unsure", "long", "question", "link"]), min_size=1, max_size=6))
def test_one_other_rule_is_enough_to_be_brought_up(rules: list[str]) -> None:
    moves = [asks(minute, rule) for minute, rule in enumerate(rules)]
    assert rests(*moves) == set(rules).issubset(RULES)
