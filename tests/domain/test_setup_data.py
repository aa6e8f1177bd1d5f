"""A setup as plain data: it comes back as it was, from JSON and from the file, and nothing odd gets in by that door."""

import json
from contextlib import suppress

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.domain.care_file import read, write
from bot.domain.setup import Setup
from bot.domain.setup_changes import changes
from bot.domain.setup_data import from_dict, to_dict
from tests.domain.setups import setups

BIG = settings(suppress_health_check=[HealthCheck.too_slow])  # a whole setup takes a while to make up


@BIG
@given(setups())
def test_what_was_written_is_read_again(setup: Setup) -> None:
    text = write(setup)
    assert read(text) == setup
    assert write(read(text)) == text
    assert changes(setup, read(text)) == ()


@BIG
@given(setups())
def test_a_setup_can_be_kept_as_json(setup: Setup) -> None:
    assert from_dict(json.loads(json.dumps(to_dict(setup)))) == setup


def test_what_is_kept_is_checked_when_it_comes_back() -> None:
    with pytest.raises(ValueError, match='team care, home: "home" is not the id of a channel'):
        from_dict({"team": {"care": {"home": "home"}}})


ANY = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.dates(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=6,
)
NESTED = st.dictionaries(
    st.sampled_from(
        [
            "admins",
            "targets",
            "ladder",
            "kudos",
            "team",
            "channel",
            "person",
            "customer",
            "override",
            "rule",
            "retention",
            "language",
            "care",
            "hours",
            "home",
        ]
    ),
    ANY | st.dictionaries(st.sampled_from(["care", "hours", "first", "ladder", "agents", "days_off", "mon"]), ANY),
    max_size=4,
)


@given(NESTED | st.fixed_dictionaries({"team": NESTED, "channel": NESTED}))
def test_any_data_is_understood_or_refused_by_value(data: dict[str, object]) -> None:
    with suppress(ValueError):
        assert isinstance(from_dict(data), Setup)
