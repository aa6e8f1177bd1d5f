"""Percentiles by nearest rank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replay.figures import Times, nearest_rank, times

NUMBERS = st.lists(st.floats(0, 1e9), min_size=1, max_size=40)


@given(NUMBERS, st.integers(1, 100))
def test_a_percentile_is_the_smallest_value_that_enough_of_all_do_not_exceed(
    numbers: list[float], percent: int
) -> None:
    enough = [n for n in numbers if sum(other <= n for other in numbers) * 100 >= percent * len(numbers)]
    assert nearest_rank(sorted(numbers), percent) == min(enough)


@pytest.mark.parametrize(
    ("numbers", "told"),
    [
        ([], Times(None, None)),
        ([7], Times(7, 7)),
        ([2, 1], Times(1, 2)),
        ([3, 1, 2], Times(2, 3)),
        (list(range(10, 0, -1)), Times(5, 9)),
        (list(range(1, 12)), Times(6, 10)),
    ],
)
def test_half_and_nine_tenths(numbers: list[float], told: Times) -> None:
    assert times(numbers) == told
