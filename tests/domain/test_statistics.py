"""Which figures may be told to whom, and what they are made of."""

from datetime import UTC, datetime
from math import ceil

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.statistics import FEWEST, Counts, Load, all_of, nearest_rank, told, usual
from bot.domain.weeks import last_weeks

WEEKS = last_weeks("UTC", datetime(2026, 6, 8, 9, 0, tzinfo=UTC), 4)
WEEK = WEEKS[0]
BUSY = Counts(
    WEEK,
    conversations=40,
    answers=50,
    answerers=3,
    first_answerers=3,
    in_time=45,
    median_s=600,
    p90_s=4_000,
    settled=48,
    asked_again=12,
    silence_broken=2,
    after_hours=5,
)
NUMBERS = st.integers(0, 1_000)


def test_a_team_of_three_hears_everything() -> None:
    figures = told(BUSY, team_size=3)
    assert figures == all_of(BUSY)
    assert (figures.within_target, figures.not_asked_again) == (0.9, 0.75)
    assert (figures.median_s, figures.p90_s, figures.after_hours) == (600, 4_000, 5)


@given(answerers=st.integers(0, 5), size=st.integers(0, 5), median=st.none() | NUMBERS, late=NUMBERS)
def test_of_fewer_than_three_people_only_conversations_are_counted(
    answerers: int, size: int, median: int | None, late: int
) -> None:
    """Neither how fast, how well nor at what hours."""
    counts = Counts(WEEK, 4, 5, answerers, 5, median, median, 5, 1, 1, late, answerers)
    figures = told(counts, size)
    assert (figures.conversations, figures.answers, figures.silence_broken) == (4, 5, 1)
    hidden = (figures.within_target, figures.median_s, figures.p90_s, figures.not_asked_again, figures.after_hours)
    if min(answerers, size) < FEWEST:
        assert hidden == (None,) * 5
    else:
        assert hidden == (1, median, median, 0.8, late)


def test_where_nobody_answered_there_is_no_share() -> None:
    figures = all_of(Counts(WEEK))
    assert (figures.answers, figures.within_target, figures.not_asked_again, figures.median_s) == (0, None, None, None)


def test_answers_of_today_do_not_say_yet_whether_they_helped() -> None:
    assert all_of(Counts(WEEK, answers=3, answerers=3, settled=0)).not_asked_again is None


@given(st.lists(st.integers(0, 50), min_size=1), st.sampled_from([1, 50, 90, 99, 100]))
def test_the_nearest_rank_is_the_value_at_its_place_among_all(values: list[int], percent: int) -> None:
    counted = {value: values.count(value) for value in values}
    assert nearest_rank(counted, percent) == sorted(values)[ceil(len(values) * percent / 100) - 1]


def test_nothing_has_no_rank() -> None:
    assert nearest_rank({}, 50) is None


@pytest.mark.parametrize(
    ("weeks", "mondays"),
    [([], 0), ([0, 0, 0, 0], 0), ([4, 4, 4, 4], 4), ([0, 0, 6, 2], 4), ([0, 6, 0, 3], 3)],
)
def test_what_is_usual_is_the_average_since_the_first_wait(weeks: list[int], mondays: float) -> None:
    """Weeks before CareCue came do not count, quiet ones after it do."""
    loads = [Load(week, (count, *(0,) * 6), 0, 0, None) for week, count in zip(WEEKS, weeks, strict=False)]
    assert usual(loads) == (mondays, *(0,) * 6)


def test_no_time_is_told_of_first_answers_by_fewer_than_three_people() -> None:
    """However many answered later on: with one new conversation the median would be one person's time."""
    figures = told(Counts(WEEK, 1, 5, 3, 5, 900, 900, 5, 1, first_answerers=2), 5)
    assert (figures.median_s, figures.p90_s) == (None, None)
    assert figures.within_target == 1.0
