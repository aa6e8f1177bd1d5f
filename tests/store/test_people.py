"""People as Slack last described them."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

from bot.domain.arrivals import Account
from bot.store import people
from bot.store.db import Db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
ANA = Account(
    user="U1",
    home_team="T1",
    enterprise=None,
    name="Ana",
    zone="Europe/Lisbon",
    is_guest=False,
    is_app=False,
    is_stranger=False,
    is_admin=True,
    is_gone=False,
)


def test_all_that_slack_said_comes_back(db: Db) -> None:
    with db.begin() as tx:
        people.save(tx, "T1", ANA, NOW)
        found = people.get(tx, "T1", "U1")
        assert people.get(tx, "T2", "U1") is None
    assert found
    assert asdict(found) == asdict(ANA) | {"read_at": NOW, "dm_channel": None}


def test_those_not_met_are_left_out(db: Db) -> None:
    with db.begin() as tx:
        people.save_many(tx, "T1", [ANA, replace(ANA, user="U2")], NOW)
        people.save_many(tx, "T1", [], NOW)
        assert set(people.get_many(tx, "T1", ["U1", "U2", "U3"])) == {"U1", "U2"}
        assert people.get_many(tx, "T1", []) == {}


def test_news_replace_what_was_known_but_not_where_we_talk(db: Db) -> None:
    with db.begin() as tx:
        people.save(tx, "T1", ANA, NOW)
        people.set_dm_channel(tx, "T1", "U1", "D1")
        people.save(tx, "T1", replace(ANA, is_guest=True), NOW + MINUTE)
        found = people.get(tx, "T1", "U1")
    assert found
    assert (found.is_guest, found.dm_channel) == (True, "D1")


def test_an_older_answer_does_not_undo_what_slack_told_since(db: Db) -> None:
    """Asked at nine, a guest at one past nine by an event, answered at two past: still a guest."""
    with db.begin() as tx:
        people.save(tx, "T1", replace(ANA, is_guest=True), NOW + MINUTE)
        people.save(tx, "T1", ANA, NOW)
        found = people.get(tx, "T1", "U1")
    assert found
    assert found.is_guest
