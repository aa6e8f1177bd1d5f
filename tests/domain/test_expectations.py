"""What is foretold of a team comes true: fitted on eight weeks, held against the four that follow."""

from bisect import bisect_right
from dataclasses import replace
from functools import cache
from random import Random

import pytest

from bot.domain.expectations import (
    ENOUGH,
    FEWEST_WAITS,
    OFFERED,
    SURE,
    Day,
    OutOfReach,
    Pace,
    Wait,
    fit,
    forecast,
    out_of_reach,
    too_fast,
)
from tests.domain.living import LENGTH, MINUTE, TEAMS, WEEKS_KNOWN, Truth, lived


def split(truth: Truth, seed: int) -> tuple[list[Day], list[Wait], list[Wait]]:
    """The days and waits that are known, and the waits of the four weeks after them."""
    days, waits = lived(truth, seed)
    until = days[5 * WEEKS_KNOWN].begins
    known = [wait for wait in waits if wait.answered < until]
    return days[: 5 * WEEKS_KNOWN], known, [wait for wait in waits if wait.arrived >= until]


def share(waits: list[Wait], target: int) -> float:
    took = sorted(wait.answered - wait.arrived for wait in waits)
    return bisect_right(took, target) / len(took)


@cache
def expected(truth: Truth, weekday: int | None = None) -> dict[int, float]:
    """What is true of weeks 9 to 12: the share within each target, over many such futures."""
    found = list[Wait]()
    for seed in range(1000, 1016):
        days, waits = lived(truth, seed)
        until = days[5 * WEEKS_KNOWN].begins
        found += [w for w in waits if w.arrived >= until and weekday in (None, days[w.arrived // LENGTH].weekday)]
    return {target: share(found, target) for target in OFFERED}


def judged(days: list[Day], waits: list[Wait], minutes: int) -> OutOfReach | None:
    """What is told of a target after this past."""
    model = fit(days, waits)
    assert model
    return out_of_reach(model, minutes * MINUTE)


@pytest.mark.parametrize("name", TEAMS)
@pytest.mark.parametrize("seed", range(3))
def test_eight_weeks_foretell_the_next_four_within_five_points(name: str, seed: int) -> None:
    """Whatever target one asks about. What those weeks then happen to bring differs by chance, on average by less."""
    days, known, ahead = split(TEAMS[name], seed)
    model = fit(days, known)
    assert model
    foretold, true = forecast(model), expected(TEAMS[name])
    for target in OFFERED:
        assert foretold.share(target) == pytest.approx(true[target], abs=0.05), target // 60
    off = [abs(foretold.share(target) - share(ahead, target)) for target in OFFERED]
    assert sum(off) / len(off) <= 0.05


@pytest.mark.parametrize("weekday", [0, 4])
def test_a_day_with_fewer_people_is_foretold_as_such(weekday: int) -> None:
    truth = TEAMS["thin on Fridays"]
    days, known, _ = split(truth, 0)
    model = fit(days, known)
    assert model
    assert model.cover(4) == 4 < min(model.cover(day) for day in range(4))
    for target in OFFERED:
        told = forecast(model).share(target, weekday)
        assert told == pytest.approx(expected(truth, weekday)[target], abs=0.05), target // 60


@pytest.mark.parametrize("seed", range(3))
def test_what_happens_when_somebody_goes_is_foretold_before_it_does(seed: int) -> None:
    """The past had five people; the weeks ahead have four, and no past day looked like that."""
    before = Truth(hourly=(7.5,) * 5, people=(5,) * 5, ill=0)
    after = replace(before, people=(4,) * 5)
    days, known, _ = split(before, seed)
    model = fit(days, known)
    assert model
    told, as_before = forecast(model, dict.fromkeys(range(5), 4)), forecast(model)
    for target in OFFERED:
        assert told.share(target) == pytest.approx(expected(after)[target], abs=0.05), target // 60
    assert as_before.share(OFFERED[2]) - told.share(OFFERED[2]) > 0.05


def test_the_same_past_always_foretells_the_same() -> None:
    days, known, _ = split(TEAMS["busy"], 0)
    assert judged(days, known, 20) == judged(days, list(reversed(known)), 20)


@pytest.mark.parametrize("name", TEAMS)
def test_a_target_is_out_of_reach_exactly_where_it_is_met_too_rarely(name: str) -> None:
    days, known, _ = split(TEAMS[name], 0)
    model = fit(days, known)
    assert model
    ahead = forecast(model)
    for target in OFFERED:
        found = out_of_reach(model, target)
        worst = min(ahead.share(target, weekday) for weekday in (None, *range(5)))
        assert (found is None) == (worst >= ENOUGH)
        if found:
            assert found.share == worst == ahead.share(target, found.weekday)
            assert found.better is None or (found.better > target and found.better_share >= SURE)


def test_a_thin_friday_is_named() -> None:
    days, known, _ = split(TEAMS["thin on Fridays"], 0)
    found = judged(days, known, 30)
    assert found
    assert found.weekday == 4
    assert found.better
    assert found.better > 30 * MINUTE


def test_of_fewer_than_three_people_nothing_is_told() -> None:
    days, known, _ = split(Truth(hourly=(2,) * 5, people=(2,) * 5), 0)
    assert len(known) > FEWEST_WAITS
    assert fit(days, known) is None
    days, known, _ = split(Truth(hourly=(6,) * 5, people=(5, 5, 5, 5, 2), ill=0), 0)
    found = judged(days, known, 20)
    assert found
    assert found.weekday != 4


def test_too_little_is_not_enough_to_tell_anything() -> None:
    days, known, _ = split(TEAMS["busy"], 0)
    assert fit(days, known[: FEWEST_WAITS - 1]) is None
    assert fit(days, [replace(wait, judged=False) for wait in known]) is None
    assert fit([], []) is None


def test_a_past_that_works_otherwise_than_the_model_foretells_nothing() -> None:
    """They let half of the customers wait for hours, whoever is free: that is nothing that cover explains."""
    days, known, _ = split(TEAMS["ample"], 0)
    let_wait = [replace(w, answered=w.answered + (5 * 3600 if n % 2 else 0)) for n, w in enumerate(known)]
    assert fit(days, let_wait) is None


def test_waits_with_another_target_are_work_but_are_not_judged() -> None:
    days, known, _ = split(TEAMS["busy"], 0)
    half = [replace(wait, judged=bool(number % 2)) for number, wait in enumerate(known)]
    whole, halved = fit(days, known), fit(days, half)
    assert whole
    assert halved
    for target in OFFERED:
        assert forecast(halved).share(target) == pytest.approx(forecast(whole).share(target), abs=0.03)


def days_of(pace: int, again: float, count: int = 20, people: int = 4, seed: int = 0) -> list[Pace]:
    """So many answers a day, after which customers ask again with this chance."""
    chance = Random(seed)
    return [Pace(pace, people, 8.0, sum(chance.random() < again for _ in range(pace))) for _ in range(count)]


def test_haste_shows_where_customers_ask_again_more_often_on_fast_days() -> None:
    found = too_fast([*days_of(40, 0.1), *days_of(120, 0.25)])
    assert found
    assert found.hourly == 120 / 32
    assert found.again == pytest.approx(0.25, abs=0.03)
    assert found.again_else == pytest.approx(0.1, abs=0.03)


@pytest.mark.parametrize(
    "days",
    [
        [],
        days_of(40, 0.1) + days_of(120, 0.11),
        days_of(40, 0.3) + days_of(120, 0.1),
        days_of(40, 0.1, count=9) + days_of(120, 0.5, count=9),
        days_of(3, 0.1) + days_of(4, 0.5),
        days_of(40, 0.1, people=2) + days_of(120, 0.5, people=2),
    ],
    ids=["nothing", "no more often", "less often", "few days", "few answers", "two people"],
)
def test_nothing_is_said_of_haste_where_it_does_not_show(days: list[Pace]) -> None:
    assert too_fast(days) is None


def test_where_pace_means_nothing_it_is_hardly_ever_blamed() -> None:
    """Of a hundred teams whose customers ask again by chance alone."""
    blamed = [too_fast([*days_of(60, 0.2, seed=2 * n), *days_of(90, 0.2, seed=2 * n + 1)]) for n in range(100)]
    assert sum(found is not None for found in blamed) <= 1
