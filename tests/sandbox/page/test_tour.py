"""The demo ticks the tour's steps, and the page hears of it."""

import pytest

from bot.sandbox.page.tour import Step, Tour


@pytest.fixture
def tour() -> Tour:
    return Tour([Step("wait", "A customer waits", "Look."), Step("cue", "A cue", "In private.", as_user="U1")])


def test_a_ticked_step_is_done_and_the_others_are_not(tour: Tour) -> None:
    tour.tick("wait")
    assert [(step["name"], step["done"]) for step in tour.as_json()] == [("wait", True), ("cue", False)]


def test_ticking_is_told_once(tour: Tour) -> None:
    told: list[int] = []
    tour.listeners.append(lambda: told.append(tour.revision))
    tour.tick("wait")
    tour.tick("wait")
    assert told == [1]


def test_a_step_that_is_not_in_the_tour_is_a_slip_of_the_demo(tour: Tour) -> None:
    with pytest.raises(KeyError):
        tour.tick("nap")
