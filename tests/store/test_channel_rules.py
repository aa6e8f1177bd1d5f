"""Channel rules: a channel that nobody lists is what the first rule says that fits its name and who else reads it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select

from bot.domain.arrivals import Account, Delivery, Posted
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, ChannelRule, Setup, Targets, Team
from bot.store import channels, gaps, health, people, setup, workspaces
from bot.store.channels import Facts
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.tables import waits
from bot.store.workspaces import Installation, Workspace, Workspaces

OURS, MONDAY, MINUTE = "T0CARE", datetime(2026, 3, 2, 9, 0, tzinfo=UTC), timedelta(minutes=1)
QUICK = Targets(20 * MINUTE, 40 * MINUTE)
CARE = Team("care", "Care", agents=("U0ANA",), home="C0HOME")
NIGHT = Team("night", "Night", agents=("U0NOA",), rota=("U0NOA",), targets=QUICK)
EXT, NIGHTLY, SHARED = ChannelRule("ext-", team="care"), ChannelRule("night-", team="night"), ChannelRule(shared=True)
SETUP = Setup(teams=(CARE, NIGHT), rules=(EXT, NIGHTLY), channels=(Channel("C0LIST", kind="ignored"),))


class Room:
    """One process, that knows the workspace from before; Slack says what a channel is."""

    def __init__(self, db: Db) -> None:
        self.db, self.workspaces = db, Workspaces()
        with db.begin() as tx:
            workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
            met = [someone("U0ANA", OURS), someone("U0NOA", OURS), someone("U0ADA", "T0ACME")]
            people.save_many(tx, OURS, met, MONDAY)
            setup.apply(tx, OURS, SETUP, MONDAY, None)
            assert self.workspaces.get(tx, OURS, MONDAY)

    def is_called(self, name: str, channel: str = "C0ACME", shared: bool = False, minutes: int = 0) -> None:
        at = MONDAY + minutes * MINUTE
        facts = Facts(channel, name, False, shared, False, False, is_member=True)
        with self.db.begin() as tx:
            setup.save_channel(tx, OURS, facts, at, at)

    def asks(self, channel: str = "C0ACME") -> None:
        posted = Posted(channel, ts_of(MONDAY), ts_of(MONDAY), "U0ADA", None, False, (), (), True, "")
        with self.db.begin() as tx:
            ingest(tx, self.workspaces, [Delivery(OURS, channel, posted)], MONDAY)

    @property
    def workspace(self) -> Workspace:
        with self.db.begin() as tx:
            found = self.workspaces.get(tx, OURS, MONDAY)
        assert found is not None
        return found

    @property
    def waits(self) -> list[Row[Any]]:
        with self.db.begin() as tx:
            return list(tx.execute(select(waits)))


def someone(user: str, home: str) -> Account:
    return Account(user, home, None, user, "UTC", *[False] * 5)


@pytest.fixture
def room(db: Db) -> Room:
    return Room(db)


def test_what_customers_write_in_a_channel_of_a_rule_waits_for_its_team(room: Room) -> None:
    room.is_called("night-acme")
    room.asks()
    (wait,) = room.waits
    assert (wait.team, wait.target_s) == ("night", 20 * 60)


def test_without_a_rule_that_fits_nobody_waits(room: Room) -> None:
    room.is_called("acme")
    room.asks()
    assert room.waits == []


def test_a_channel_that_is_listed_and_a_home_are_what_they_are_whatever_they_are_called(room: Room) -> None:
    room.is_called("ext-list", "C0LIST")
    room.is_called("ext-home", "C0HOME")
    assert [room.workspace.kind("C0LIST", True), room.workspace.kind("C0HOME", False)] == ["ignored", "team"]


def test_a_rule_may_say_that_shared_channels_are_none_of_our_business(room: Room) -> None:
    room.is_called("partners", shared=True)
    assert room.workspace.kind("C0ACME", True) == "customer"
    with room.db.begin() as tx:
        setup.apply(tx, OURS, replace(SETUP, rules=(replace(SHARED, kind="ignored"),)), MONDAY, None)
    assert room.workspace.kind("C0ACME", True) == "ignored"


def test_a_renamed_channel_and_its_open_waits_go_to_the_team_of_its_new_name(room: Room) -> None:
    room.is_called("ext-acme")
    room.asks()
    room.is_called("night-acme", minutes=1)
    (wait,) = room.waits
    assert (wait.target_s, room.workspace.policy("C0ACME", None).team) == (20 * 60, "night")


def test_reading_a_channel_again_that_is_as_it_was_moves_nothing(room: Room) -> None:
    room.is_called("ext-acme")
    version = room.workspace.version
    room.is_called("ext-acme", minutes=1)
    room.is_called("ext-other", minutes=2)
    assert room.workspace.version == version


def test_another_rule_moves_those_who_wait_and_says_how_many(room: Room) -> None:
    room.is_called("ext-acme")
    room.asks()
    with room.db.begin() as tx:
        told = setup.apply(tx, OURS, replace(SETUP, rules=(replace(EXT, team="night"), NIGHTLY)), MONDAY, None)
    assert told == ("rule for channels that begin with ext-: team is now night, was care", "1 open wait moved")


def test_the_past_of_a_channel_is_read_once_a_rule_makes_it_a_customers(room: Room) -> None:
    room.is_called("ext-acme")
    room.is_called("acme", "C0BOLT")
    workspace = room.workspace
    with room.db.begin() as tx:
        assert gaps.customer_channels(tx, workspace, listened=False) == ["C0ACME"]


def test_health_counts_the_channels_that_a_rule_gives_a_team(room: Room) -> None:
    room.is_called("ext-acme")
    room.is_called("night-acme", "C0BOLT")
    workspace = room.workspace
    with room.db.begin() as tx:
        channels.depart(tx, OURS, "C0BOLT")
        told = health.read(tx, workspace, "UTC", MONDAY)
    assert [team.channels for team in told.teams] == [1, 0]
