"""An explanation reads well in every state, fits into Slack, and offers what can be said of each message."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import closings
from bot.domain.closing_book import book
from bot.domain.closings import Before
from bot.domain.conversations import Kind
from bot.domain.spells import Pause
from bot.domain.why import Silence
from bot.sandbox.blocks import message_problems, view_problems
from bot.views import why
from bot.views.why import Correction, Verb
from bot.views.words import clock, rules
from bot.views.words import why as words
from tests.views import whys

MESSAGES = dict(whys.messages())


def test_explanations_read_as_they_were_last_looked_at() -> None:
    assert whys.read() == whys.FILE.read_text(encoding="utf-8")


@pytest.mark.parametrize("name", MESSAGES)
def test_every_explanation_fits_into_a_message(name: str) -> None:
    payload = MESSAGES[name].payload()
    assert not message_problems(payload["blocks"])
    assert len(payload["blocks"]) <= 50


@pytest.mark.parametrize("view", whys.shown().values(), ids=whys.shown())
def test_every_explanation_fits_into_a_form(view: dict[str, object]) -> None:
    assert not view_problems(view)


def test_a_long_conversation_says_how_much_of_it_is_left_out() -> None:
    told = dict(whys.extremes())
    assert words.lines_left_out(400 - why.MOST_LINES) in str(MESSAGES["months"].payload())
    for name, first in (("from the first on", 0), ("to the last", 400 - why.MOST_LINES)):
        shown = [block.get("block_id") for block in why.why(told[name]).payload()["blocks"]]
        assert f"why.{whys.at(first)}" in shown


def _offered(name: str) -> dict[str, list[str]]:
    """By the message, what can be pressed beside it."""
    blocks = MESSAGES[name].payload()["blocks"]
    beside = {block["block_id"]: block["accessory"] for block in blocks if "accessory" in block}
    return {at: [option["text"]["text"] for option in one.get("options", [one])] for at, one in beside.items()}


def test_of_each_message_that_can_be_said_which_is_not_said_already() -> None:
    offered = _offered("answered")
    assert offered == {
        f"why.{whys.at(0)}": [words.NOT_NEEDED(), words.NOT_CUSTOMER()],
        f"why.{whys.at(20)}": [words.SPLIT()],
        f"why.{whys.at(24)}": [words.NEEDED(), words.SPLIT(), words.NOT_CUSTOMER()],
    }


def test_nothing_is_to_be_said_of_what_was_taken_back() -> None:
    assert _offered("taken back") == {}


def test_an_app_is_no_person_that_could_be_one_of_ours() -> None:
    assert _offered("relayed mail") == {f"why.{whys.at(0)}": [words.NOT_NEEDED()]}


def test_who_was_said_to_be_no_customer_can_be_one_again() -> None:
    assert _offered("no customer")[f"why.{whys.at(2)}"] == [words.SPLIT(), words.CUSTOMER()]


def test_who_called_a_boundary_is_told_to_nobody() -> None:
    assert "U0ANA" not in str(MESSAGES["boundary"].payload())


@given(st.sampled_from(Verb), st.from_regex(r"[CG][A-Z0-9]{2,10}", fullmatch=True), st.integers(1, 10**10))
def test_what_is_pressed_is_what_was_drawn(verb: Verb, channel: str, number: int) -> None:
    correction = Correction(verb, channel, f"{number}.000100", f"{number}.000200")
    value = ":".join([correction.verb, correction.channel, correction.ts, correction.asked])
    assert why.read_correction({"value": value}) == correction
    assert why.read_correction({"selected_option": {"value": value}}) == correction


@pytest.mark.parametrize("value", [None, "", "x", "needed", "needed:C1:1.2", "needed:C1:1.2:", "burn:C1:1.2:1.2", 7])
def test_a_value_that_no_button_of_ours_carries_says_nothing(value: object) -> None:
    assert why.read_correction({"value": value}) is None


def test_every_rule_verdict_and_pause_has_words() -> None:
    assert {closings.read(text).reason for text in ("x?", "<https://x>", "`x`", "x " * 999, "", "x")} <= set(rules.OPEN)
    assert set(book().rules) <= set(rules.CLOSING)
    assert set(rules.AFTERS) == set(Before)
    assert set(clock.PAUSES) == set(Pause)
    assert set(words.SILENCES) == set(Silence)
    assert set(words.MOVES) == {
        Kind.CLAIM,
        Kind.UNCLAIM,
        Kind.CLOSE,
        Kind.UNCLOSE,
        Kind.KEPT,
        Kind.PAUSE,
        Kind.RESUME,
    }
