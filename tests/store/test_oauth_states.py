"""An install that was begun counts once, for ten minutes, in the browser that began it."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select

from bot.store import oauth_states
from bot.store.db import Db
from bot.store.installation_tables import oauth_states as table

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
LAST = timedelta(minutes=10) - timedelta(seconds=1)


@pytest.mark.parametrize(
    ("state", "browser", "after", "good"),
    [
        ("s", "b", LAST, True),
        ("s", "b", LAST + timedelta(seconds=1), False),
        ("s", "another", LAST, False),
        ("s", "", LAST, False),
        ("another", "b", LAST, False),
    ],
)
def test_it_counts_in_time_and_in_its_browser(db: Db, state: str, browser: str, after: timedelta, good: bool) -> None:
    with db.begin() as tx:
        assert oauth_states.begin(tx, "s", "b", NOON)
        assert oauth_states.take(tx, state, browser, NOON + after) is good


@pytest.mark.parametrize("browser", ["b", "another"])
def test_it_counts_once_whoever_comes(db: Db, browser: str) -> None:
    with db.begin() as tx:
        oauth_states.begin(tx, "s", "b", NOON)
        oauth_states.take(tx, "s", browser, NOON)
        assert not oauth_states.take(tx, "s", "b", NOON)


def test_neither_what_slack_sends_back_nor_the_cookie_can_be_read_there(db: Db) -> None:
    with db.begin() as tx:
        oauth_states.begin(tx, "the-state", "the-browser", NOON)
        row = str(tx.execute(select(table)).one())
    assert "the-" not in row


def test_whoever_begins_without_end_is_stopped_until_it_is_over(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(oauth_states, "MOST", 3)
    with db.begin() as tx:
        assert [oauth_states.begin(tx, f"s{n}", "b", NOON) for n in range(5)] == [True] * 3 + [False] * 2
        later = NOON + oauth_states.GOOD_FOR
        assert oauth_states.begin(tx, "s9", "b", later)
        assert oauth_states.forget(tx, later + timedelta(seconds=1), 2) == 2
        assert oauth_states.forget(tx, later + timedelta(seconds=1), 2) == 1
        assert oauth_states.take(tx, "s9", "b", later)
