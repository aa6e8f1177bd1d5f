"""Complaints of what was over: it rang about a customer who had been answered, or who needed nothing."""

import asyncio

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, LEE, MIA
from bot.sandbox.faults import Fault
from tests.complaints.room import Room
from tests.complaints.weeks import links, standing_messages
from tests.handlers.office import all_text


async def test_it_pinged_me_about_a_customer_i_had_answered_a_second_before(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=44, seconds=59)
    await room.say(ANA, EXT_ACME, "On the left.", ts)
    await room.wait(hours=4)
    assert room.pings() == []


async def test_it_pinged_me_while_my_answer_was_on_its_way_to_it(anywhere: Room) -> None:
    """The list was written to the outbox, and Slack was slow; the answer is stored before the request is made."""
    room = anywhere
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    room.near.faults.add(Fault("status", method="chat.postMessage", status=503))
    await room.wait(minutes=45, seconds=2)  # it was refused, and is tried again in five seconds
    await room.say(ANA, EXT_ACME, "On the left.", ts)
    await room.wait(hours=4)
    assert room.pings() == []


async def test_i_answered_while_slack_was_taking_it_and_it_stayed(anywhere: Room) -> None:
    """Too late to hold it back: so the list says that all is well as soon as it stands."""
    room = anywhere
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    hold = room.near.faults.add(Fault("hold", method="chat.postMessage"))
    passing = asyncio.ensure_future(room.wait(minutes=45, seconds=1))
    await room.near.until(lambda: hold.met)
    room.near.world.say(ANA, EXT_ACME, "On the left.", thread_ts=ts)
    await room.near.settled()
    room.near.faults.clear()
    await passing
    await room.wait(minutes=1)
    (standing,) = room.lists(ANA)
    assert "waits for you" not in all_text(standing)
    assert "All caught up" in all_text(standing)


async def test_my_colleague_had_answered_it(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    await room.say(LEE, EXT_ACME, "On the left.", ts)
    (standing,) = room.lists(ANA)
    assert f"<@{LEE}> answered *Ada*" in all_text(standing)
    await room.wait(hours=5)
    assert len(room.pings()) == 1


async def test_it_wanted_me_to_answer_thank_you(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.say(ANA, EXT_ACME, "On the left.", ts)
    await room.say(ADA, EXT_ACME, "Thanks, that works!", ts)
    await room.wait(hours=6)
    assert room.pings() == []


async def test_the_customer_had_taken_it_back(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=40)
    room.near.world.delete(ADA, EXT_ACME, ts)
    await room.settle()
    await room.wait(hours=6)
    assert room.pings() == []


async def test_we_had_put_a_check_mark_on_it(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    room.near.world.react(LEE, EXT_ACME, ts, "white_check_mark")
    await room.settle()
    await room.wait(hours=6)
    assert room.pings() == []


async def test_an_answered_customer_stood_in_the_channel_of_the_team_for_days(room: Room) -> None:
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=130)
    assert any(ts in links(message) for message in standing_messages(room))
    await room.say(LEE, EXT_ACME, "On the left.", ts)
    for user in (ANA, MIA):
        assert "waits for you" not in all_text(room.lists(user)[-1])
    (post,) = room.near.record.posts(channel=CARE, by_bot=True)
    assert "answered" in room.near.record.of(CARE, post.ts)[-1].text
