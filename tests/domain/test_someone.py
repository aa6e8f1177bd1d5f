"""Who is not to be known any more: told apart within a conversation, and one and the same in figures."""

import pytest

from bot.domain.someone import SOMEONE, apart, in_figures, is_someone


@pytest.mark.parametrize("user", [SOMEONE, apart("5f3a90c1"), apart("")])
def test_of_all_who_were_forgotten_figures_know_one(user: str) -> None:
    assert is_someone(user)
    assert in_figures(user) == SOMEONE


@pytest.mark.parametrize("user", ["U0ANA", "W0ANA", "", None, "someonesname"])
def test_everybody_else_is_who_they_are(user: str | None) -> None:
    assert not is_someone(user)
    assert in_figures(user) == user
