"""What a Home tab is drawn from: by who somebody is, and never more than that."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.domain.arrivals import Account
from bot.domain.setup import Channel, Setup, Team
from bot.store import channels, health, home, people, workspaces
from bot.store.db import Db
from bot.store.tables import events, outbox
from bot.store.workspaces import Installation, Workspace, Workspaces
from bot.views import home as views

TEAM, ANA, MIA = "T0LINDEN", "U0ANA", "U0MIA"
NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SETUP = Setup(
    teams=(Team("care", "Care", agents=(ANA,), managers=(MIA,), home="C0CARE"), Team("night", "Night")),
    channels=(Channel("C0ACME", team="care"), Channel("C0BLUEBIRD", team="care"), Channel("C0LOST")),
)


def person(user: str, **more: bool) -> Account:
    usual = dict.fromkeys(("is_guest", "is_app", "is_stranger", "is_admin", "is_gone"), False)
    said: dict[str, Any] = usual | more
    return Account(user=user, home_team=TEAM, enterprise=None, name=user, zone="Europe/Lisbon", **said)


@pytest.fixture
def known(db: Db) -> Db:
    with db.begin() as tx:
        workspaces.install(tx, Installation(TEAM, "Linden", "https://linden.slack.com/"))
        workspaces.save_setup(tx, TEAM, SETUP)
        people.save_many(tx, TEAM, [person(ANA), person(MIA)], NOON)
        for channel in ("C0ACME", "C0CARE"):
            channels.save_channel(tx, TEAM, channels.Facts(channel, channel, False, False, False, False, True), NOON)
    return db


def workspace(tx: Connection) -> Workspace:
    found = Workspaces().get(tx, TEAM, NOON)
    assert found
    return found


@pytest.mark.parametrize(
    "account", [person("U0NEW", is_guest=True), person("U0NEW", is_app=True), None], ids=["guest", "app", "unknown"]
)
def test_who_is_not_of_ours_gets_nothing_whatever_the_setup_says(known: Db, account: Account | None) -> None:
    with known.begin() as tx:
        workspaces.save_setup(tx, TEAM, Setup((Team("care", "Care", agents=("U0NEW",), managers=("U0NEW",)),)))
        people.save_many(tx, TEAM, [account] if account else [], NOON)
        assert home.read(tx, Workspaces(), TEAM, "U0NEW", NOON) is views.nothing


def test_for_who_is_gone_and_where_carecue_is_not_there_is_no_page(known: Db) -> None:
    with known.begin() as tx:
        people.save(tx, TEAM, person(ANA, is_gone=True), NOON)
        assert home.read(tx, Workspaces(), TEAM, ANA, NOON) is None
        assert home.read(tx, Workspaces(), "T0OTHER", MIA, NOON) is None


def test_health_tells_what_was_heard_what_waits_and_what_failed(known: Db) -> None:
    with known.begin() as tx:
        times = [NOON - timedelta(hours=hours) for hours in (1, 2, 13)]  # the last was yesterday
        tx.execute(insert(events), [{"team_id": TEAM, "event_id": f"E{at}", "seen_at": at} for at in times])
        said: dict[str, object] = {"team_id": TEAM, "method": "m", "target": "U1", "payload": {}}
        states: dict[str, dict[str, object]] = {
            "sent": {"sent_at": NOON},
            "dropped": {"error": "dropped: over"},
            "failed": {"error": "channel_not_found"},
            "late": {"due_at": NOON - timedelta(minutes=1), "error": "ratelimited"},
            "not due": {"due_at": NOON + timedelta(minutes=1)},
        }
        for place, (key, state) in enumerate(states.items()):
            at = NOON - timedelta(minutes=10 - place)
            tx.execute(insert(outbox).values(said | {"key": key, "created_at": at} | state))
        found = health.read(tx, workspace(tx), "Europe/Lisbon", NOON)
    assert (found.heard_at, found.events) == (times[0], 2)
    assert (found.outbox, found.oldest) == (1, NOON - timedelta(minutes=7))
    assert found.failure
    assert (found.failure.reference, found.failure.error) == ("failed", "channel_not_found")


def test_health_tells_of_channels_that_cannot_be_heard_and_of_those_without_a_team(known: Db) -> None:
    with known.begin() as tx:
        found = health.read(tx, workspace(tx), "Europe/Lisbon", NOON)
    assert [(team.name, team.people, team.channels, team.home) for team in found.teams] == [
        ("Care", 2, 2, "C0CARE"),
        ("Night", 0, 0, None),
    ]
    assert found.outside == ("C0BLUEBIRD", "C0LOST")
    assert found.without_team == ("C0LOST",)


def test_a_day_with_very_many_events_is_not_counted_to_its_end(known: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(health, "EVENTS_MOST", 3)
    with known.begin() as tx:
        rows = [{"team_id": TEAM, "event_id": f"E{number}", "seen_at": NOON} for number in range(9)]
        tx.execute(insert(events), rows)
        assert health.read(tx, workspace(tx), "UTC", NOON).events == 4


def test_a_setup_of_nothing_has_a_health_too(db: Db) -> None:
    with db.begin() as tx:
        workspaces.install(tx, Installation(TEAM, "Linden", "https://linden.slack.com/"))
        found = health.read(tx, workspace(tx), "UTC", NOON)
    assert (found.heard_at, found.events, found.outbox, found.failure, found.teams) == (None, 0, 0, None, ())
