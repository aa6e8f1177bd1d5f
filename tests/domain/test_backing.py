"""The standing backing as a manager types it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.backing import sentences, too_long
from bot.domain.setup_values import SENTENCE, sentence


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("", ()),
        ("\n \n", ()),
        ("Say no.\nRefund up to 100 €.", ("Say no.", "Refund up to 100 €.")),
        ("• Say no.\r\n- Refund.\n  * Close it. ", ("Say no.", "Refund.", "Close it.")),
        ("Say no.\nSay   no.", ("Say no.",)),
        ("-5 % is fine", ("-5 % is fine",)),
    ],
)
def test_a_line_is_a_sentence(typed: str, read: tuple[str, ...]) -> None:
    assert sentences(typed) == read


@given(st.text())
def test_whatever_is_typed_can_stand_in_the_setup_or_is_too_long(typed: str) -> None:
    found = sentences(typed)
    if too_long(found) is None:
        assert [sentence(one) for one in found] == list(found)


def test_a_line_that_is_too_long_is_found() -> None:
    assert too_long(("Short.", "x" * (SENTENCE + 1))) == "x" * (SENTENCE + 1)
