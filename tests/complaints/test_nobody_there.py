"""Complaints of those who were not there: customers who waited for somebody on leave, off duty, or gone."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, GITA, GUESTS, LEE, MIA, OMAR, OURS
from bot.store import presence_choices, ways_out
from bot.store.presence_tables import absences
from tests.complaints.conftest import Enter
from tests.complaints.room import Room
from tests.complaints.weeks import links, nudge_ids, standing_messages
from tests.handlers.office import CARE_FILE, all_text

WEEK = timedelta(days=7)


async def by_word(room: Room, user: str) -> None:
    """`/care pause until monday`."""
    until, now = room.clock.now() + WEEK, room.clock.now()
    await room.bot.deps.db.run(lambda tx: presence_choices.pause(tx, room.workspace(tx), user, until, now))


async def by_status(room: Room, user: str) -> None:
    room.near.world.change_person(user, status_emoji=":palm_tree:", status_text="At the sea")


async def by_calendar(room: Room, user: str) -> None:
    now = room.clock.now()
    span = {"starts_at": now, "ends_at": now + WEEK}
    row = {"team_id": OURS, "user_id": user, "source": "leave.ics"} | span
    await room.bot.deps.db.run(lambda tx: tx.execute(absences.insert().values(**row)))


async def by_leaving_the_channel(room: Room, user: str) -> None:
    room.near.world.leave(user, EXT_ACME)


async def by_leaving_the_company(room: Room, user: str) -> None:
    room.near.world.change_person(user, deleted=True)


GONE = [by_word, by_status, by_calendar, by_leaving_the_channel, by_leaving_the_company]
Go = Callable[[Room, str], Any]


@pytest.mark.parametrize("go", GONE, ids=lambda go: go.__name__)
async def test_i_was_on_leave_and_the_customer_waited_for_me(room: Room, go: Go) -> None:
    """Whoever is there has it at once, and reads why."""
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    gone = room.clock.now()
    await go(room, ANA)
    await room.settle()
    assert room.owner(ts) == LEE  # Omar is not in that channel
    (ping,) = room.pings(LEE)
    assert ping.at - gone < timedelta(seconds=1)
    assert ts in links(ping.message)
    assert f"<@{ANA}>" in all_text(ping.message)
    await room.wait(hours=3)
    assert room.pings(ANA) == []
    assert f"<@{ANA}>" in all_text(room.pings(LEE)[-1].message)  # the ladder has spoken since


async def test_i_was_on_leave_and_my_list_rang_when_others_wrote(room: Room) -> None:
    await by_word(room, ANA)
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(hours=6)
    assert room.pings(ANA) == []


async def test_i_came_back_and_it_had_all_piled_up_on_me(room: Room) -> None:
    """What went to others stays theirs; what is asked from now on is mine again."""
    now = room.clock.now()
    until = now + timedelta(hours=2)
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.bot.deps.db.run(lambda tx: presence_choices.pause(tx, room.workspace(tx), ANA, until, now))
    await room.wait(hours=3)
    assert room.owner(ts) == LEE
    assert room.pings(ANA) == []
    new = await room.say(ADA, EXT_ACME, "Another thing: who signs the form?")
    assert room.owner(new) == ANA


async def test_it_was_handed_over_to_somebody_who_was_not_there(room: Room) -> None:
    """The form says so; and where they leave a moment later, it goes on to somebody who is there."""
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    (number,) = nudge_ids(room.lists(ANA)[0])
    await by_word(room, LEE)
    assert await hand_over(room, number, ANA, LEE) is not None
    await room.bot.deps.db.run(lambda tx: presence_choices.resume(tx, room.workspace(tx), LEE, room.clock.now()))
    assert await hand_over(room, number, ANA, LEE) is None
    await by_word(room, LEE)
    await room.settle()
    assert room.owner(ts) == ANA
    await room.wait(hours=1)
    assert len(room.pings(LEE)) == 1  # while they were there
    assert not any(ts in links(message) for message in room.lists(LEE))
    assert any(ts in links(message) for message in room.lists(ANA))


async def test_nobody_at_all_was_there_and_nobody_heard_of_it(room: Room) -> None:
    """Then the team's channel does, and who leads."""
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    for user in (ANA, LEE, OMAR):
        await by_word(room, user)
    await room.settle()
    await room.wait(minutes=125)
    assert room.pings(ANA, LEE, OMAR) == []
    assert any(ts in links(post.message) for post in room.near.record.posts(channel=CARE, by_bot=True))
    assert any(ts in links(ping.message) for ping in room.pings(MIA))


async def test_it_was_my_turn_and_i_was_in_a_meeting_for_an_hour(enter: Enter) -> None:
    """A channel that is nobody's: after half an hour the turn is the next one's."""
    async with enter(file=CARE_FILE) as room:
        room.near.world.invite(OMAR, GUESTS, LEE)
        ts = await room.say(GITA, GUESTS, "Where do I send the form?")
        await room.wait(minutes=46)
        first = room.owner(ts)
        assert first in (ANA, LEE, OMAR)
        await room.wait(minutes=31)
        second = room.owner(ts)
        assert second in {ANA, LEE, OMAR} - {first}
        assert any(ts in links(ping.message) for ping in room.pings(str(second)))


async def test_it_all_came_to_me_the_others_had_nothing(enter: Enter) -> None:
    async with enter(file=CARE_FILE.replace('name = "Care"', 'name = "Care"\nturn = "4h"')) as room:
        room.near.world.invite(OMAR, GUESTS, LEE)
        asked = []
        for number in range(6):
            asked.append(await room.say(GITA, GUESTS, f"Where do I send form {number}?"))
            await room.wait(minutes=6)
        await room.wait(minutes=40)
        owners = [room.owner(ts) for ts in asked]
        assert max(map(owners.count, owners)) - min(map(owners.count, (ANA, LEE, OMAR))) <= 1


async def test_whoever_was_asked_to_wait_was_forgotten(room: Room) -> None:
    """*Waiting on customer* ends by itself after two working days."""
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    (number,) = nudge_ids(room.lists(ANA)[0])
    now = room.clock.now()
    await room.bot.deps.db.run(lambda tx: ways_out.pause(tx, room.workspace(tx), number, ANA, now))
    await room.settle()
    await room.wait(days=1, hours=20)
    assert len(room.pings()) == 1
    await room.wait(hours=5)
    assert "You waited for the customer" in all_text(room.pings(ANA)[1].message)
    assert any(ts in links(message) for message in standing_messages(room))


async def hand_over(room: Room, number: int, user: str, to: str) -> str | None:
    """None, or why it is not done."""
    now = room.clock.now()
    refused = await room.bot.deps.db.run(
        lambda tx: ways_out.hand_over(tx, room.workspace(tx), number, user, to, now=now)
    )
    await room.settle()
    return refused
