"""Tokens at rest: the first key seals, every key opens, and each token only where it belongs."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.store.token_box import BadKeys, TokenBox, Unreadable, new_key

OLD, NEW = new_key(), new_key()


@given(st.text(), st.text())
def test_what_is_sealed_is_opened_and_never_the_same_twice(team_id: str, token: str) -> None:
    box = TokenBox([NEW])
    sealed = box.seal(team_id, token)
    assert box.open(team_id, sealed) == token
    assert box.seal(team_id, token) != sealed


def test_keys_can_be_changed_without_a_stop() -> None:
    """A process that has only the old key, one that has both, one that has only the new."""
    before, between, after = TokenBox([OLD]), TokenBox([NEW, OLD]), TokenBox([NEW])
    old, new = before.seal("T1", "t"), between.seal("T1", "t")
    assert [between.is_newest(old), between.is_newest(new)] == [False, True]
    assert between.open("T1", old) == after.open("T1", new) == "t"
    with pytest.raises(Unreadable):
        after.open("T1", old)


@pytest.mark.parametrize("team_id", ["T2", "", "T1 "])
def test_it_opens_for_its_own_workspace_alone(team_id: str) -> None:
    box = TokenBox([NEW])
    with pytest.raises(Unreadable, match="another workspace"):
        box.open(team_id, box.seal("T1", "t"))


@pytest.mark.parametrize("sealed", ["", "x", "gAAAA", "xoxb-as-it-is", "é"])
def test_what_was_never_sealed_is_told_without_quoting_it(sealed: str) -> None:
    with pytest.raises(Unreadable) as told:
        TokenBox([NEW]).open("T1", sealed)
    assert not sealed or sealed not in str(told.value)


@pytest.mark.parametrize("keys", [[], [""], ["short"], [NEW, "x"], ["é" * 43]])
def test_what_is_no_key_is_refused_with_a_sentence_that_does_not_quote_it(keys: list[str]) -> None:
    with pytest.raises(BadKeys, match="carecue tokens key") as told:
        TokenBox(keys)
    assert NEW not in str(told.value)
