"""By which token a workspace is spoken to, on both databases; and the few who may change a token."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import select, update

from bot.store import installations, renewals, uninstalls, workspaces
from bot.store.db import Db
from bot.store.installation_tables import installations as table
from bot.store.installations import Grant, Tokens
from bot.store.token_box import TokenBox, Unreadable, new_key
from bot.store.workspaces import Installation

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
HALF_A_DAY = 12 * 3600
BOX = TokenBox([new_key()])


def put(
    db: Db, team_id: str, token: str, *, org: bool = False, enterprise: str | None = None, box: TokenBox = BOX
) -> None:
    tokens = Tokens(token, f"refresh-{token}", HALF_A_DAY)
    grant = Grant(tokens, team_id, org, "chat:write", "U0ANA", "A0")
    facts = Installation(team_id, f"{team_id} Ltd", f"https://{team_id.lower()}.slack.com/", enterprise, "U0BOT", "B0")
    with db.begin() as tx:
        installations.save(tx, box, grant, facts, NOON)


def take_back(db: Db, key: str) -> list[str]:
    with db.begin() as tx:
        standing = installations.get(tx, key)
        return installations.take_back(tx, standing, NOON) if standing else []


def token_of(db: Db, team_id: str) -> str | None:
    with db.begin() as tx:
        found = installations.find(tx, team_id)
    return BOX.open(found.key, found.token) if found else None


def test_each_workspace_has_its_own(db: Db) -> None:
    put(db, "T1", "one")
    put(db, "T2", "two")
    assert [token_of(db, team) for team in ("T1", "T2", "T3")] == ["one", "two", None]
    with db.begin() as tx:
        assert workspaces.all_ids(tx) == ["T1", "T2"]
        assert installations.installer(tx, "T1") == "U0ANA"


def test_no_token_stands_in_the_database_as_it_is(db: Db) -> None:
    put(db, "T1", "xoxb-secret")
    with db.begin() as tx:
        row = str(tx.execute(select(table)).one())
    assert "secret" not in row


def test_an_organizations_is_good_for_all_its_workspaces_but_for_those_with_their_own(db: Db) -> None:
    put(db, "E1", "org", org=True)
    put(db, "T1", "one", enterprise="E1")
    with db.begin() as tx:
        assert installations.meet(tx, "T2", "E1", "Second")
        assert not installations.meet(tx, "T2", "E1", "Second")
        assert not installations.meet(tx, "T9", "E9", "of nobody")
        assert installations.covered(tx, "E1") == {"T2"}
    assert [token_of(db, team) for team in ("T1", "T2", "T3")] == ["one", "org", None]


def test_a_workspace_that_is_taken_out_is_gone_alone(db: Db) -> None:
    put(db, "T1", "one")
    put(db, "T2", "two")
    assert take_back(db, "T1") == ["T1"]
    assert take_back(db, "T1") == []
    with db.begin() as tx:
        assert [one.team_id for one in uninstalls.all_of_them(tx)] == ["T1"]
        assert workspaces.all_ids(tx) == ["T2"]
    assert [token_of(db, "T1"), token_of(db, "T2")] == [None, "two"]


def test_who_installs_it_again_is_back_with_a_new_token(db: Db) -> None:
    put(db, "T1", "one")
    take_back(db, "T1")
    put(db, "T1", "again")
    assert token_of(db, "T1") == "again"
    with db.begin() as tx:
        assert uninstalls.all_of_them(tx) == []


def test_who_installs_it_again_while_slack_is_asked_of_the_old_token_keeps_the_new_one(db: Db) -> None:
    put(db, "T1", "one")
    with db.begin() as tx:
        asked_of = installations.get(tx, "T1")
    assert asked_of
    put(db, "T1", "again")
    with db.begin() as tx:
        assert installations.take_back(tx, asked_of, NOON) == []
        assert uninstalls.all_of_them(tx) == []
    assert token_of(db, "T1") == "again"


def test_a_workspace_whose_own_token_is_taken_goes_on_by_its_organizations(db: Db) -> None:
    put(db, "T1", "one", enterprise="E1")
    put(db, "E1", "org", org=True)
    assert take_back(db, "T1") == []
    assert token_of(db, "T1") == "org"


def test_an_organization_that_takes_it_out_takes_it_out_of_all_that_it_covers(db: Db) -> None:
    put(db, "E1", "org", org=True)
    put(db, "T1", "one", enterprise="E1")
    with db.begin() as tx:
        installations.meet(tx, "T2", "E1")
        installations.meet(tx, "T3", "E1")
        assert installations.leave(tx, "E1", {"T3", "T1"}, NOON) == ["T3"]
    assert [token_of(db, team) for team in ("T1", "T2", "T3")] == ["one", "org", None]
    assert take_back(db, "E1") == ["T2"]
    assert [token_of(db, team) for team in ("T1", "T2", "T3")] == ["one", None, None]


def test_workspaces_that_go_at_once_are_told_of_in_the_order_of_their_ids(db: Db) -> None:
    teams = [f"T{number}" for number in (5, 3, 9, 1, 7)]
    for team in teams:
        put(db, team, team)
    with db.begin() as tx:
        for team in teams:
            uninstalls.note(tx, team, NOON)
        assert [one.team_id for one in uninstalls.all_of_them(tx)] == sorted(teams)


def test_what_comes_late_brings_no_workspace_back_but_the_organization_does(db: Db) -> None:
    put(db, "E1", "org", org=True)
    with db.begin() as tx:
        assert installations.meet_new(tx, "T2", "E1")
        installations.leave(tx, "E1", {"T2"}, NOON)
        assert not installations.meet_new(tx, "T2", "E1")
        assert installations.meet(tx, "T2", "E1", "Second")
    assert token_of(db, "T2") == "org"


def test_every_change_is_noticed_by_one_question(db: Db) -> None:
    stamps = []

    def noted() -> None:
        with db.begin() as tx:
            stamps.append(installations.stamp(tx))

    noted()
    put(db, "E1", "org", org=True)
    noted()
    put(db, "E1", "again", org=True)
    noted()
    with db.begin() as tx:
        installations.meet(tx, "T2", "E1")
        installations.leave(tx, "E1", {"T2"}, NOON)
    noted()
    take_back(db, "E1")
    noted()
    assert len(set(stamps)) == len(stamps)


def test_each_is_asked_about_once_an_hour_by_whoever_comes_first(db: Db) -> None:
    for team in ("T1", "T2", "T3"):
        put(db, team, team)
    hour = NOON + timedelta(hours=1)
    with db.begin() as tx:
        assert installations.to_ask(tx, hour - timedelta(seconds=1), 5) == []
        first = installations.to_ask(tx, hour, 2)
        second = installations.to_ask(tx, hour, 2)
        assert {one.key for one in (*first, *second)} == {"T1", "T2", "T3"}
        assert installations.to_ask(tx, hour, 2) == []


def test_what_is_left_of_an_organization_goes_with_its_last_workspace(db: Db) -> None:
    put(db, "E1", "org", org=True)
    put(db, "E2", "other", org=True)
    with db.begin() as tx:
        installations.meet(tx, "T1", "E1")
    take_back(db, "E1")
    with db.begin() as tx:
        assert installations.purge(tx) == 0
        while uninstalls.forget(tx, NOON + timedelta(days=400), 100):
            pass
        assert installations.purge(tx) == 1
        assert list(installations.versions(tx)) == ["E2"]


SOON = NOON + timedelta(hours=10, minutes=1)  # of twelve that a token is good for


def test_a_token_is_changed_by_one_of_many(db: Db) -> None:
    put(db, "T1", "one")

    def turn() -> bool:
        with db.begin() as tx:
            return renewals.take(tx, "T1", SOON) is not None

    with db.begin() as tx:
        assert renewals.due(tx, NOON, 5) == []
        assert renewals.due(tx, SOON, 5) == ["T1"]
    with ThreadPoolExecutor(4) as many:
        taken = list(many.map(lambda _: turn(), range(8)))
    assert taken.count(True) == 1
    with db.begin() as tx:
        assert renewals.due(tx, SOON, 5) == []


def test_whoever_died_over_it_is_followed_by_another_and_comes_too_late(db: Db) -> None:
    put(db, "T1", "one")
    later = SOON + renewals.TURN
    with db.begin() as tx:
        died = renewals.take(tx, "T1", SOON)
        other = renewals.take(tx, "T1", later)
        assert died
        assert other
        assert BOX.open("T1", other.refresh_token) == "refresh-one"
        renewals.done(tx, BOX, other, Tokens("two", "refresh-two", HALF_A_DAY), later)
        renewals.failed(tx, died, later, "invalid_refresh_token")
        renewals.done(tx, BOX, died, Tokens("never", "refresh-never", HALF_A_DAY), later)
        assert renewals.troubles(tx) == {}
        assert renewals.due(tx, later, 5) == []
    assert token_of(db, "T1") == "two"


def test_what_slack_refuses_is_tried_again_later_and_told(db: Db) -> None:
    put(db, "T1", "one")
    later = SOON + timedelta(minutes=10)
    with db.begin() as tx:
        turn = renewals.take(tx, "T1", SOON)
        assert turn
        renewals.failed(tx, turn, later, "invalid_refresh_token")
        assert renewals.take(tx, "T1", later - timedelta(seconds=1)) is None
        assert renewals.troubles(tx) == {"T1": "invalid_refresh_token"}
        assert renewals.take(tx, "T1", later)


def test_keys_are_changed_while_a_token_is_being_changed(db: Db) -> None:
    """`carecue tokens rotate` in the very minute in which a process waits for Slack's new token."""
    old, new = new_key(), new_key()
    put(db, "T1", "one", box=TokenBox([old]))
    both, only = TokenBox([new, old]), TokenBox([new])
    with db.begin() as tx:
        turn = renewals.take(tx, "T1", SOON)
        assert turn
        assert installations.reseal(tx, both) == 1
        assert installations.reseal(tx, both) == 0
        renewals.done(tx, both, turn, Tokens("two", "refresh-two", HALF_A_DAY), SOON)
        found = installations.find(tx, "T1")
    assert found
    assert only.open("T1", found.token) == "two"


def test_after_a_change_of_keys_the_old_one_can_go(db: Db) -> None:
    old, new = new_key(), new_key()
    for team in ("T1", "T2"):
        put(db, team, team, box=TokenBox([old]))
    put(db, "T3", "T3", box=TokenBox([new, old]))
    with db.begin() as tx:
        assert installations.reseal(tx, TokenBox([new, old])) == 2
        opened = [TokenBox([new]).open(one.key, one.token) for one in installations.every(tx)]
    assert opened == ["T1", "T2", "T3"]


def test_keys_that_open_nothing_change_nothing(db: Db) -> None:
    put(db, "T1", "one")
    with pytest.raises(Unreadable, match="T1"), db.begin() as tx:
        installations.reseal(tx, TokenBox([new_key()]))
    assert token_of(db, "T1") == "one"


def test_a_token_that_was_put_into_another_workspaces_row_opens_nothing(db: Db) -> None:
    put(db, "T1", "one")
    put(db, "T2", "two")
    with db.begin() as tx:
        mine = tx.execute(select(table.c.token).where(table.c.team_id == "T1")).scalar_one()
        tx.execute(update(table).where(table.c.team_id == "T2").values(token=mine))
    with pytest.raises(Unreadable, match="another workspace"):
        token_of(db, "T2")
