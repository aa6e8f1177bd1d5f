"""How weeks compare, and whose thanks are told."""

from collections import Counter
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.behaviours import Behaviour
from bot.domain.digest import MOST_STORIES, Change, Compared, Tale, change, chosen, compared, invitation, since_known
from bot.domain.statistics import Figures
from bot.domain.weeks import last_weeks
from tests.views.digests import NOW

PEOPLE = [f"U{number}" for number in range(6)]


@pytest.mark.parametrize(
    ("now", "before", "how"),
    [
        (40, 40, Change.SAME),
        (42, 40, Change.SAME),
        (44, 40, Change.SAME),
        (45, 40, Change.MORE),
        (53, 40, Change.MORE),
        (54, 40, Change.FAR_MORE),
        (36, 40, Change.SAME),
        (35, 40, Change.LESS),
        (26, 40, Change.FAR_LESS),
        (3, 1, Change.SAME),
        (5, 2, Change.MORE),
        (0, 0, Change.SAME),
    ],
)
def test_a_tenth_is_no_difference_and_a_third_is_a_little(now: float, before: float, how: Change) -> None:
    assert change(now, before, least=2) is how


@given(st.floats(0, 1e6), st.floats(0, 1e6), st.floats(0, 100))
def test_more_is_never_called_less(now: float, before: float, least: float) -> None:
    assert (now - before) * change(now, before, least).value >= 0


def test_usual_is_what_at_least_three_weeks_were_like() -> None:
    assert compared(40, [None, 60, 62], 2) == Compared(None, Change.FAR_LESS)
    assert compared(40, [48, 50, 41, None], 2) == Compared(Change.LESS, None)
    assert compared(40, [], 2) == Compared()


def test_one_odd_week_does_not_make_the_usual() -> None:
    assert compared(40, [40, 41, 400, 39, 40], 2).usual is Change.SAME


def test_weeks_before_anything_was_known_do_not_count() -> None:
    weeks = [
        Figures(week, 0, answers, 0, 0)
        for week, answers in zip(last_weeks("UTC", NOW, 5), (0, 0, 4, 0, 3), strict=True)
    ]
    assert since_known(weeks) == weeks[2:]
    assert since_known([replace(week, answers=0) for week in weeks]) == []


TALES = st.builds(
    Tale,
    st.integers(1, 10**6),
    st.sampled_from(PEOPLE),
    st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3, unique=True).map(tuple),
    st.lists(st.sampled_from(Behaviour), max_size=3, unique=True).map(tuple),
)
MANY = st.lists(TALES, max_size=12, unique_by=lambda tale: tale.id)


@given(MANY, MANY)
def test_at_most_three_are_told_and_nobody_twice_on_a_page(tales: list[Tale], told: list[Tale]) -> None:
    found = chosen(tales, told)
    names = [user for tale in found for user in tale.receivers]
    assert len(found) <= MOST_STORIES
    assert bool(found) is bool(tales)
    assert set(found) <= set(tales)
    assert len(names) == len(set(names))


def test_over_the_weeks_people_behaviours_and_givers_take_turns() -> None:
    """Every week all are thanked for everything; after six pages all have been told of equally often."""
    told: list[Tale] = []
    number = 0
    for _ in range(6):
        tales = []
        for receiver in PEOPLE:
            for behaviour in Behaviour:
                number += 1
                giver = PEOPLE[(PEOPLE.index(receiver) + 1 + number % 5) % 6]
                tales.append(Tale(number, giver, (receiver,), (behaviour,)))
        told += chosen(tales, told)
    people = Counter(user for tale in told for user in tale.receivers)
    behaviours = Counter(behaviour for tale in told for behaviour in tale.behaviours)
    givers = Counter(tale.giver for tale in told)
    assert set(people.values()) == {3}
    assert set(behaviours.values()) == {3}
    assert set(givers) == set(PEOPLE)
    assert max(givers.values()) <= 2 * min(givers.values())


def test_the_quiet_colleague_comes_before_whoever_was_told_of_last_week() -> None:
    star = Tale(1, "U1", ("U0",), (Behaviour.KINDNESS,))
    quiet = Tale(2, "U1", ("U5",), (Behaviour.KINDNESS,))
    assert chosen([star, quiet], [star], most=1) == (quiet,)


def test_each_week_another_behaviour_is_invited_and_none_where_kudos_are_not_in_use() -> None:
    seen = Counter({Behaviour.KINDNESS: 3})
    invited = {invitation(seen, week) for week in range(5)}
    assert invited == set(Behaviour) - {Behaviour.KINDNESS}
    assert invitation(Counter(), 1) is None
    assert invitation(Counter(dict.fromkeys(Behaviour, 1)), 1) is None
