"""Complaints of doubles and of gaps: after a restart, after a night with the lid closed, after Slack stumbled."""

from datetime import timedelta

import pytest

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, LEE, MIA
from bot.sandbox.faults import Fault
from tests.complaints.room import Room
from tests.handlers.office import all_text


async def test_after_a_restart_everything_came_twice(anywhere: Room) -> None:
    """Killed after Slack had taken the list, before it was noted that it had."""
    room = anywhere
    await room.say(ADA, EXT_ACME, "Where is it?")
    room.slack.dies = 1
    await room.wait(minutes=46)
    await room.restart()
    await room.wait(minutes=10)
    assert room.slack.dies == 0
    assert len(room.pings(ANA)) == 1
    assert len(room.lists(ANA)) == 1


@pytest.mark.parametrize("kind", ["drop_after", "drop_before", "status", "error"])
async def test_slack_stumbled_and_it_came_twice_or_never(room: Room, kind: str) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    room.near.faults.add(Fault(kind, method="chat.postMessage"))
    await room.wait(minutes=47)
    assert len(room.pings(ANA)) == 1
    assert len(room.lists(ANA)) == 1


async def test_slack_told_it_twice_and_so_did_it(room: Room) -> None:
    room.near.faults.add(Fault("duplicate", event="message"))
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    (standing,) = room.lists(ANA)
    assert "1 customer waits for you" in all_text(standing)


async def test_the_old_list_stayed_beside_the_new_one(room: Room) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    room.near.faults.add(Fault("drop_before", method="chat.delete"))
    await room.wait(minutes=31)
    assert len(room.pings(ANA)) == 2
    assert len(room.lists(ANA)) == 1


async def test_my_laptop_slept_nine_hours_and_then_it_shouted(room: Room) -> None:
    """Two customers wrote before the lid was closed, one of them and one more while it was."""
    old = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    await room.silence(hours=1)
    room.near.world.say(ANA, EXT_ACME, "On the left.", thread_ts=old)
    room.near.world.say(ADA, EXT_ACME, "And what is it?", thread_ts=old)
    await room.silence(hours=5.5)
    await room.back()
    await room.wait(minutes=25)
    assert [len(room.pings(user)) for user in (ANA, LEE)] == [1, 1]
    assert "I was away from" in all_text(room.lists(ANA)[0])
    assert len(room.near.record.posts(channel=CARE, by_bot=True)) <= 1
    assert len(room.pings(MIA)) <= 1


async def test_it_slept_through_my_answer_and_rang_all_the_same(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.silence(minutes=30)
    room.near.world.say(ANA, EXT_ACME, "On the left.", thread_ts=ts)
    await room.silence(hours=3)
    await room.back()
    await room.wait(hours=2)
    assert room.pings() == []


async def test_what_was_asked_while_it_was_down_nobody_ever_heard_of(room: Room) -> None:
    await room.silence(hours=1)
    room.near.world.say(ADA, EXT_ACME, "Where is it?")
    await room.silence(minutes=30)
    await room.back()
    await room.wait(minutes=16)
    assert len(room.pings(ANA)) == 1


async def test_it_was_dead_for_a_minute_and_rang_thirty_seconds_later(room: Room) -> None:
    """A list that has just rung does not ring again for what it says already."""
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    before = room.clock.now()
    await room.silence(minutes=1)
    await room.back()
    await room.wait(minutes=20)
    assert [ping.at < before for ping in room.pings(ANA)] == [True]
    assert room.clock.now() - before < timedelta(minutes=30)
