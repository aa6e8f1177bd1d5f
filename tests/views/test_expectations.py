"""Expectations as a manager reads them: a figure, a better target, and nobody to blame."""

import re

import pytest

from bot.sandbox.blocks import message_problems
from bot.views import expectations
from bot.views.expectations import Offer
from bot.views.words import expectations as words
from tests.views import reading
from tests.views.examples import MESSAGES
from tests.views.expected import TOLD

READS = {
    "a thin Friday": (
        ":dart: The target of *30 minutes* is out of reach on a Friday: with that day's usual cover *61%* of the first"
        " answers keep it. Within *1 h 15 min* it would be *95%*.\n[Make it 1 h 15 min]\n"
    ),
    "the whole week": (
        ":dart: The target of *30 minutes* is out of reach: with the usual cover *72%* keep it. Within *2 hours* it"
        " would be *96%*.\n[Make it 2 hours]\n"
    ),
    "nothing would do": (
        ":dart: The target of *30 minutes* is out of reach on a Monday: with that day's usual cover *8%* of the first"
        " answers keep it. No target of up to eight hours would be met: more people, or less to do, would help.\n"
    ),
    "too fast": (
        ":snail: On days with more than *6.2 answers* a person an hour, *24%* of customers had to ask again; on calmer"
        " days 11%. That pace is too high to be kind: what could wait, or go elsewhere?\n"
    ),
}


@pytest.mark.parametrize("name", READS)
def test_it_reads_well(name: str) -> None:
    assert reading.read(MESSAGES["expectations"][name].payload()) == f"{READS[name]}~ {words.NOT_EFFORT()}"


@pytest.mark.parametrize("name", TOLD)
def test_it_fits_into_slack_and_names_nobody(name: str) -> None:
    payload = MESSAGES["expectations"][name].payload()
    assert message_problems(payload["blocks"]) == []
    assert not re.search(r"<[@!#]", reading.read(payload))


def test_the_button_takes_one_click_and_carries_both_targets() -> None:
    _, row, _ = MESSAGES["expectations"]["a thin Friday"].payload()["blocks"]
    (button,) = row["elements"]
    assert "confirm" not in button
    assert expectations.read_offer(button) == Offer("care", 4500, 1800)


@pytest.mark.parametrize("value", [None, "0", "care:1", "care:1:2:3", "Care:1:2", "care:99999999:1"])
def test_what_was_never_drawn_is_no_offer(value: str | None) -> None:
    assert expectations.read_offer({"value": value}) is None
