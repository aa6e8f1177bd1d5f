"""The figures by which routing is measured say what they claim to."""

import pytest

from tests.evaluate_links import score

LINKS = {"1": ["1"], "2": ["1"], "3": ["2"], "4": ["4"], "5": ["4"]}
AUTHORS = {"1": "ADA", "2": "LEE", "3": "ADA", "4": "BOB", "5": "LEE"}

PLACES = [
    ("as the links have it", "11144", (1.0, 1.0, 1.0)),
    ("all in one", "11111", (1.0, 0.4, 1.0)),
    ("each alone", "12345", (0.0, 1.0, 0.0)),
    ("an answer gone astray", "11144"[:4] + "1", (0.5, 0.5, 0.75)),
]


@pytest.mark.parametrize(("places", "figures"), [row[1:] for row in PLACES], ids=[row[0] for row in PLACES])
def test_the_three_figures(places: str, figures: tuple[float, float, float]) -> None:
    found = score(dict(zip(LINKS, places, strict=True)), LINKS, AUTHORS, {"LEE"})
    assert (found.answers, found.precision, found.recall) == pytest.approx(figures)


def test_links_that_are_torn_apart_are_named() -> None:
    assert score({"1": "1", "2": "1", "3": "3", "4": "4", "5": "4"}, LINKS, AUTHORS, {"LEE"}).apart == (("3", "2"),)
