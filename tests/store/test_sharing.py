"""What Slack tells once of a shared channel, every workspace hears for which CareCue is in it; and nobody else."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import Connection

from bot.domain.arrivals import Account, Arrival, ChannelChanged, Deleted, Delivery, Membership, PersonChanged
from bot.store import channels, sharing, uninstalls, workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
SAID = Deleted("C1", "1.1", "2.2")


@pytest.fixture
def db(db: Db) -> Db:
    """CareCue is in C1 for T1 and T2; T3 and T4 are of one organization, and share a bot."""
    with db.begin() as tx:
        for team_id, bot in (("T1", "B1"), ("T2", "B2"), ("T3", "BX"), ("T4", "BX")):
            workspaces.install(tx, Installation(team_id, team_id, "https://x.slack.com/", None, bot))
        for team_id in ("T1", "T2"):
            channels.arrive(tx, team_id, "C1", None)
        channels.arrive(tx, "T3", "C9", None)
    return db


def told(tx: Connection, arrival: Arrival, named: str = "T1", *, shared: bool = True) -> list[str]:
    """Which workspaces hear of it, the one that Slack names first."""
    return [one.team_id for one in sharing.told(tx, [Delivery(named, "Ev1", arrival, shared)])]


@pytest.mark.parametrize(
    "arrival", [SAID, ChannelChanged("C1"), Membership("C1", "U9", "T2", joined=True, inviter=None)]
)
def test_both_hear_of_it_whomever_slack_names(db: Db, arrival: Arrival) -> None:
    with db.begin() as tx:
        assert told(tx, arrival) == ["T1", "T2"]
        assert told(tx, arrival, "T2") == ["T2", "T1"]


def test_what_is_not_shared_stays_where_it_is(db: Db) -> None:
    with db.begin() as tx:
        assert told(tx, SAID, shared=False) == ["T1"]
        assert told(tx, Deleted("C9", "1.1", "2.2")) == ["T1", "T3"]
        assert told(tx, Deleted("C7", "1.1", "2.2")) == ["T1"]


def test_a_person_is_of_no_channel(db: Db) -> None:
    who = Account("U9", "T9", None, "Olu", "UTC", False, False, False, False, False)
    with db.begin() as tx:
        assert told(tx, PersonChanged(who)) == ["T1"]


def test_who_has_left_or_was_taken_out_hears_nothing(db: Db) -> None:
    with db.begin() as tx:
        channels.depart(tx, "T2", "C1")
        assert told(tx, SAID) == ["T1"]
        channels.arrive(tx, "T2", "C1", None)
        uninstalls.note(tx, "T2", NOON)
        assert told(tx, SAID) == ["T1"]


@pytest.mark.parametrize(
    ("bot", "of", "hear"),
    [
        ("B2", "T2", ["T1", "T2"]),  # it comes for the other one, and the event names the first
        ("B1", "T1", ["T1"]),
        ("BX", "T4", ["T1", "T4"]),  # one bot for two workspaces: its team says which
        ("BX", None, ["T1"]),
        ("U9", "T9", ["T1"]),
    ],
)
def test_carecue_comes_to_a_channel_for_the_workspace_whose_bot_it_is(
    db: Db, bot: str, of: str | None, hear: list[str]
) -> None:
    with db.begin() as tx:
        assert told(tx, Membership("C5", bot, of, joined=True, inviter=None)) == hear
