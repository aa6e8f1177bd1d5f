"""Channels and members, kept from events and from reading Slack."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

from bot.store import channels
from bot.store.db import Db

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LATER = NOW + timedelta(minutes=11)
HOME = channels.Facts(
    channel="C1",
    name="care-home",
    is_private=True,
    is_ext_shared=False,
    is_pending_ext_shared=False,
    is_archived=False,
    is_member=True,
)


def test_what_slack_says_of_a_channel_is_kept_and_replaced(db: Db) -> None:
    with db.begin() as tx:
        channels.save_channel(tx, "T1", HOME, NOW)
        channels.save_channel(tx, "T1", replace(HOME, name="renamed", is_ext_shared=True), NOW)
        found = channels.get(tx, "T1", "C1")
        assert channels.get(tx, "T2", "C1") is None
    assert found
    assert (found.name, found.is_ext_shared, found.is_stale, found.read_at) == ("renamed", True, False, NOW)


def test_who_first_invited_carecue_stays_known(db: Db) -> None:
    """A second invitation after a removal, and reading the channel again, do not change who brought it."""
    with db.begin() as tx:
        channels.arrive(tx, "T1", "C1", "U1")
        channels.begin_reading(tx, "T1", "C1", NOW)
        channels.save_channel(tx, "T1", HOME, NOW)
        channels.depart(tx, "T1", "C1")
        channels.arrive(tx, "T1", "C1", "U2")
        found = channels.get(tx, "T1", "C1")
    assert found
    assert (found.invited_by, found.is_member, found.is_stale) == ("U1", True, True)


def test_a_channel_that_changed_has_to_be_asked_about_until_it_was(db: Db) -> None:
    with db.begin() as tx:
        channels.save_channel(tx, "T1", HOME, NOW)
        assert channels.stale(tx) == []
        channels.mark_stale(tx, "T1", "C1")
        channels.mark_stale(tx, "T1", "C9")  # never heard of before
        assert channels.stale(tx) == [("T1", "C1"), ("T1", "C9")]
        channels.begin_reading(tx, "T1", "C1", LATER)
        channels.begin_reading(tx, "T1", "C9", LATER)
        channels.save_channel(tx, "T1", HOME, LATER)
        channels.gone(tx, "T1", "C9", LATER)
        assert channels.stale(tx) == []
        found = [channels.get(tx, "T1", channel) for channel in ("C1", "C9")]
        assert [one.channel for one in found if one and one.is_member] == ["C1"]


def test_members_come_and_go(db: Db) -> None:
    with db.begin() as tx:
        channels.save_channel(tx, "T1", HOME, NOW)
        channels.set_members(tx, "T1", "C1", ["U1", "U2", "U3"], NOW)
        channels.join(tx, "T1", "C1", "U4")
        channels.join(tx, "T1", "C1", "U4")  # told twice
        channels.leave(tx, "T1", "C1", "U1")
        channels.leave(tx, "T1", "C2", "U2")  # another channel
        assert channels.get_members(tx, "T1", "C1") == {"U2", "U3", "U4"}


def test_reading_the_members_again_puts_right_what_events_got_wrong(db: Db) -> None:
    with db.begin() as tx:
        channels.save_channel(tx, "T1", HOME, NOW)
        channels.set_members(tx, "T1", "C1", ["U1", "U2"], NOW)
        channels.begin_reading(tx, "T1", "C1", LATER)
        channels.set_members(tx, "T1", "C1", ["U2", "U3"], LATER)
        found = channels.get(tx, "T1", "C1")
        assert channels.get_members(tx, "T1", "C1") == {"U2", "U3"}
    assert found
    assert found.members_read_at == LATER


def test_what_changes_while_slack_is_being_asked_is_not_overlooked(db: Db) -> None:
    """The answer may be from before the change: the channel stays to be asked about, its members unknown."""
    with db.begin() as tx:
        channels.begin_reading(tx, "T1", "C1", NOW)
        channels.join(tx, "T1", "C1", "U9")
        channels.save_channel(tx, "T1", HOME, NOW)
        channels.set_members(tx, "T1", "C1", ["U1"], NOW)
        found = channels.get(tx, "T1", "C1")
    assert found
    assert (found.is_stale, found.members_read_at) == (True, None)


def test_an_older_answer_does_not_replace_a_newer_one(db: Db) -> None:
    with db.begin() as tx:
        channels.begin_reading(tx, "T1", "C1", NOW)
        channels.begin_reading(tx, "T1", "C1", LATER)
        channels.save_channel(tx, "T1", replace(HOME, is_ext_shared=True), LATER)
        channels.save_channel(tx, "T1", HOME, NOW)
        found = channels.get(tx, "T1", "C1")
    assert found
    assert (found.is_ext_shared, found.is_stale) == (True, False)
