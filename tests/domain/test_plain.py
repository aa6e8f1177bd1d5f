"""Plain words: the quick way and the careful way say the same."""

from hypothesis import given
from hypothesis import strategies as st

from bot.domain.plain import plain, plain_words


@given(st.text(st.sampled_from("abcDE019 .,!?'-\n"), max_size=40))
def test_a_text_of_plain_letters_is_read_as_any_other(text: str) -> None:
    assert plain_words(text) == plain(text).whole()
