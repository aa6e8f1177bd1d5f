"""Percentiles by nearest rank."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.replay.figures import Times, times
from bot.replay.spread import nearest_rank, spread

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


@given(st.lists(st.integers(0, 3000) | st.floats(0, 3000), min_size=1, max_size=60))
def test_a_spread_counts_each_number_once_in_the_span_that_holds_it(numbers: list[float]) -> None:
    found = spread(numbers)
    assert found is not None
    assert sum(count for _, count in found.bars) == len(numbers)
    for name, count in found.bars:
        least, most = (int(part) for part in (name.split("–") if "–" in name else (name, name)))
        assert count == sum(least - 1 < n <= most for n in numbers)
    assert found.most == max(numbers)


def test_a_spread_of_nothing_is_none() -> None:
    assert spread([]) is None
