"""The pulse decided: which question when, and what may be told of the answers. Nothing that tells of a person."""

from collections import Counter
from datetime import UTC, datetime, timedelta
from itertools import combinations_with_replacement, pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.pulse import (
    FLOOR,
    STEPS,
    About,
    Told,
    Verdict,
    asked_in,
    by_id,
    falling,
    following,
    questions,
    span,
    verdict,
)

ANSWER_SETS = [Counter(chosen) for size in range(FLOOR, 10) for chosen in combinations_with_replacement(STEPS, size)]
ZONES = ["Europe/Lisbon", "America/New_York", "Australia/Lord_Howe", "Asia/Kathmandu"]
MOMENTS = st.integers(0, 4 * 366 * 24 * 3600).map(
    lambda past: datetime(2026, 1, 1, tzinfo=UTC) + timedelta(seconds=past)
)


@pytest.mark.parametrize(
    ("no", "between", "yes", "told"),
    [
        (0, 0, 5, Verdict.MOST_YES),
        (1, 0, 4, Verdict.MOST_YES),
        (0, 1, 4, Verdict.MOST_YES),
        (1, 1, 3, Verdict.MORE_YES),
        (2, 1, 2, Verdict.MIXED),
        (0, 5, 0, Verdict.MIXED),
        (3, 0, 2, Verdict.MORE_NO),
        (4, 0, 1, Verdict.MOST_NO),
        (20, 0, 0, Verdict.MOST_NO),
        (6, 1, 13, Verdict.MORE_YES),
        (6, 0, 14, Verdict.MOST_YES),
        (0, 0, 4, None),
        (0, 0, 0, None),
    ],
)
def test_what_is_told_of_so_many_answers(no: int, between: int, yes: int, told: Verdict | None) -> None:
    assert verdict({1: no, 3: between, 5: yes}) is told
    assert verdict({2: no, 3: between, 4: yes}) is told


def test_skips_are_no_answers() -> None:
    assert verdict({0: 100, 5: FLOOR - 1}) is None


@given(st.dictionaries(st.sampled_from((0, *STEPS)), st.integers(0, 30)), st.integers(-5, 40))
def test_a_team_may_raise_the_floor_and_nothing_lowers_it(counts: dict[int, int], floor: int) -> None:
    given_ = sum(count for step, count in counts.items() if step)
    assert (verdict(counts, floor) is None) == (given_ < max(floor, FLOOR))


@pytest.mark.parametrize("size", range(FLOOR, 10))
def test_no_verdict_says_of_anybody_what_they_answered(size: int) -> None:
    """Whatever is told of so many answers: each person may have chosen each step, and may not have."""
    for told in Verdict:
        possible = [counts for counts in ANSWER_SETS if counts.total() == size and verdict(counts) is told]
        for step in STEPS if possible else ():
            assert any(counts[step] for counts in possible)
            assert any(counts[step] < size for counts in possible)


@pytest.mark.parametrize("counts", [one for one in ANSWER_SETS if len(+one) == 1], ids=str)
def test_a_team_of_one_mind_reads_as_one_in_which_somebody_sees_it_otherwise(counts: Counter[int]) -> None:
    size, (mind,) = counts.total(), counts
    for other in STEPS:
        assert verdict(counts - Counter({mind: 1}) + Counter({other: 1})) is verdict(counts), (size, other)


def test_there_are_enough_questions_about_everything_in_words_of_our_own() -> None:
    book = questions()
    assert len(book) >= 12
    assert {one.about for one in book} == set(About)
    assert len({one.id for one in book}) == len({one.text for one in book}) == len(book)
    assert all(one.text.endswith("?") and len(one.text) <= 120 for one in book)
    assert all(by_id(one.id) is one for one in book)
    assert by_id("nothing-of-the-kind") is None


@pytest.mark.parametrize("zone", ZONES)
def test_every_other_week_another_question_until_all_have_had_their_turn(zone: str) -> None:
    at, asked, opened = datetime(2026, 1, 7, tzinfo=UTC), [], []
    for _ in range(2 * len(questions())):
        at = following(zone, at)
        assert span(zone, at).opens == at
        opened.append(at.astimezone(ZoneInfo(zone)))
        asked.append(asked_in(span(zone, at).period))
    assert {(one.weekday(), one.hour, one.minute) for one in opened} == {(1, 10, 0)}
    assert {later.date() - earlier.date() for earlier, later in pairwise(opened)} == {timedelta(days=14)}
    assert asked[: len(asked) // 2] == asked[len(asked) // 2 :]
    assert set(asked) == set(questions())
    assert all(earlier.about is not later.about for earlier, later in pairwise(asked))


@given(st.sampled_from(ZONES), MOMENTS)
def test_a_round_is_over_before_the_next_one_opens(zone: str, at: datetime) -> None:
    now, later = span(zone, at), following(zone, at)
    assert now.opens <= at < later
    assert now.opens + timedelta(days=7) < now.closes < later
    assert span(zone, later - timedelta(microseconds=1)) == now


def told(*rounds: tuple[str, Verdict]) -> list[Told]:
    known = {one.id: one for one in questions()}
    return [Told(f"2026-01-{5 + 14 * place:02}", known[name], verdict) for place, (name, verdict) in enumerate(rounds)]


@pytest.mark.parametrize(
    ("rounds", "about"),
    [
        ((), None),
        ((("load-week", Verdict.MOST_NO),), None),
        ((("load-week", Verdict.MOST_YES), ("load-targets", Verdict.MORE_YES)), About.LOAD),
        ((("load-week", Verdict.MORE_YES), ("load-targets", Verdict.MORE_YES)), None),
        ((("load-week", Verdict.MOST_YES), ("tools-day", Verdict.MOST_NO)), None),
        ((("load-week", Verdict.MOST_YES), ("load-rest", Verdict.MIXED), ("tools-day", Verdict.MIXED)), None),
    ],
)
def test_it_falls_where_the_last_round_is_worse_than_the_one_before_about_the_same(
    rounds: tuple[tuple[str, Verdict], ...], about: About | None
) -> None:
    assert falling(told(*rounds)) is about
