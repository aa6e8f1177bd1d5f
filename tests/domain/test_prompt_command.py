"""What may be typed after /care prompt."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.prompt_command import Order, Wish, read


@pytest.mark.parametrize(
    ("typed", "order"),
    [
        ("", Order(Wish.LOOK)),
        ("on", Order(Wish.ON)),
        ("Weekly", Order(Wish.ON)),
        ("off", Order(Wish.OFF)),
        ("stop", Order(Wish.OFF)),
        ("hour tue 9:00", Order(Wish.HOUR, 1, 540)),
        ("tue 9:00", Order(Wish.HOUR, 1, 540)),
        ("3pm", Order(Wish.HOUR, None, 900)),
        ("hour", Order(Wish.UNKNOWN)),
        ("off please", Order(Wish.UNKNOWN)),
        ("coffee", Order(Wish.UNKNOWN)),
    ],
)
def test_it_is_read_as_it_was_meant(typed: str, order: Order) -> None:
    assert read(typed) == order


@given(st.text())
def test_whatever_is_typed_is_read(typed: str) -> None:
    assert read(typed).wish in Wish
