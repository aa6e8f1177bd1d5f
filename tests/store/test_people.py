"""People as Slack last described them."""

from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta

from sqlalchemy import insert

from bot.domain.arrivals import Account
from bot.store import people
from bot.store.db import Db
from bot.store.tables import workspaces

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


def test_a_locale_stays_where_slack_leaves_it_out(db: Db) -> None:
    """Some of what Slack tells of a person says it, some does not."""
    with db.begin() as tx:
        people.save(tx, "T1", replace(ANA, locale="pt-BR"), NOW)
        people.save(tx, "T1", replace(ANA, name="Anna"), NOW + MINUTE)
        found = people.get(tx, "T1", "U1")
        assert found
        assert (found.name, found.locale) == ("Anna", "pt-BR")
        people.save(tx, "T1", replace(ANA, locale="de-DE"), NOW + 2 * MINUTE)
        found = people.get(tx, "T1", "U1")
    assert found
    assert found.locale == "de-DE"


def test_people_read_the_language_of_their_slack_or_else_their_workspaces(db: Db) -> None:
    with db.begin() as tx:
        facts = {"name": "Care", "url": "", "setup_version": 1}
        tx.execute(insert(workspaces), [{"team_id": "T1", "setup": {"language": "fr"}, **facts}])
        tx.execute(insert(workspaces), [{"team_id": "T2", "setup": {}, **facts}])
        locales = {"U1": "pt-BR", "U2": "en-GB", "U3": "ja-JP", "U4": ""}
        for team in ("T1", "T2"):
            met = [replace(ANA, user=user, locale=locale) for user, locale in locales.items()]
            people.save_many(tx, team, met, NOW)
        everyone = [*locales, "U5"]
        assert people.languages(tx, "T1", everyone) == {"U1": "pt", "U2": "en", "U3": "fr", "U4": "fr", "U5": "fr"}
        assert people.languages(tx, "T2", everyone) == {"U1": "pt", "U2": "en", "U3": "en", "U4": "en", "U5": "en"}
        assert people.languages(tx, "T1", []) == {}
        assert people.language(tx, "T1", "U1") == "pt"
