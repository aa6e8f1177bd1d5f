"""Complaints of too much: pings by the minute, the same thing again and again, and no end of it."""

from datetime import timedelta

import pytest

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, LEE, MIA, OMAR
from bot.domain.presence import Mode
from bot.store import presence_choices, ways_out
from tests.complaints.conftest import Enter
from tests.complaints.room import Room
from tests.complaints.weeks import links, nudge_ids
from tests.handlers.office import CARE_FILE, all_text

MANY_EACH = CARE_FILE.replace('name = "Care"', 'name = "Care"\nload = 50')


async def thirty(room: Room) -> None:
    """In so many threads that were answered, the customer writes again within one minute."""
    asked = []
    for number in range(30):
        await room.wait(minutes=1)
        asked.append(await room.say(ADA, EXT_ACME, f"Where is number {number}?"))
        await room.say(ANA, EXT_ACME, "Here.", asked[-1])
    for ts in asked:
        room.near.world.say(ADA, EXT_ACME, "And which one is it, of the two?", thread_ts=ts)
    await room.settle()


@pytest.mark.parametrize("file", [CARE_FILE, MANY_EACH], ids=["far too much", "usual there"])
async def test_i_got_thirty_pings_in_a_minute(enter: Enter, file: str) -> None:
    async with enter(file=file) as room:
        await thirty(room)
        await room.wait(minutes=95)
        assert [len(room.pings(user)) for user in (ANA, LEE, OMAR)] == [1, 0, 0]
        (standing,) = room.lists(ANA)
        assert all_text(standing).startswith("30 customers wait for you")
        assert len(nudge_ids(standing)) == 12  # and nobody reads a list of thirty
        assert "18 more" in all_text(standing)


async def test_it_filled_the_channel_of_the_team_with_a_post_for_each(enter: Enter) -> None:
    async with enter(file=MANY_EACH) as room:
        await thirty(room)
        await room.wait(hours=4)
        assert len(room.near.record.posts(channel=CARE, by_bot=True)) == 1


async def test_it_never_stops_all_day_long(enter: Enter) -> None:
    async with enter(file=CARE_FILE.replace('name = "Care"', 'name = "Care"\ncap = 3')) as room:
        for number in range(6):
            await room.say(ADA, EXT_ACME, f"Where is number {number}?")
            await room.wait(minutes=31)
        await room.wait(hours=4)
        assert len(room.pings(ANA)) == 3
        assert len(room.lists(ANA)) == 1


async def test_i_have_more_on_my_plate_than_i_can_eat_and_it_keeps_ringing(enter: Enter) -> None:
    async with enter(file=CARE_FILE.replace('name = "Care"', 'name = "Care"\nload = 2')) as room:
        for number in range(4):
            await room.say(ADA, EXT_ACME, f"Where is number {number}?")
            await room.wait(minutes=6)
        await room.wait(hours=4)
        assert len(room.pings(ANA)) == 1
        assert any("too much" in all_text(ping.message) for ping in room.pings(MIA))


async def test_it_kept_ringing_about_the_same_thing(room: Room) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(days=1)
    said = [all_text(ping.message) for ping in room.pings(ANA)]
    assert len(said) == 2
    assert "Would a hand help?" not in said[0]
    assert "Would a hand help?" in said[1]


async def test_a_pile_of_its_old_messages_stands_in_my_dm(room: Room) -> None:
    for _ in range(3):
        ts = await room.say(ADA, EXT_ACME, "Where is it?")
        await room.wait(hours=3)
        await room.say(ANA, EXT_ACME, "Here.", ts)
        await room.wait(minutes=40)
    (standing,) = room.lists(ANA)
    assert "All caught up" in all_text(standing)
    assert len(room.pings(ANA)) > 2


async def test_i_said_quiet_and_it_rang(room: Room) -> None:
    await be(room, ANA, Mode.QUIET)
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(days=1)
    assert room.pings(ANA) == []
    (standing,) = room.lists(ANA)
    assert ts in links(standing)  # to be looked at when it suits her
    assert room.near.record.posts(channel=CARE, by_bot=True)  # the customer is not forgotten for that
    assert any(ts in links(post.message) for post in room.near.record.posts(channel=CARE, by_bot=True))


async def test_i_want_the_weekly_page_and_nothing_else(room: Room) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(hours=1)
    await be(room, ANA, Mode.DIGEST_ONLY)
    await room.wait(hours=7)
    assert len(room.pings(ANA)) == 1
    assert room.lists(ANA) == []


async def test_i_snoozed_it_and_it_came_back_at_once(room: Room) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    (standing,) = room.lists(ANA)
    (number,) = nudge_ids(standing)
    until = room.clock.now() + timedelta(hours=3)
    await press(room, ways_out.snooze, number, ANA, choice=until)
    await room.wait(hours=2, minutes=59)
    assert len(room.pings(ANA)) == 1
    await room.wait(minutes=2)
    assert [ping.at >= until for ping in room.pings(ANA)] == [False, True]


async def test_a_colleague_gets_it_on_top_of_me(room: Room) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.say(ADA, EXT_ACME, "And is it blue?")
    await room.wait(minutes=70)
    assert [len(room.pings(user)) for user in (LEE, OMAR, MIA)] == [0, 0, 0]


async def be(room: Room, user: str, mode: Mode) -> None:
    """They have said how much of CareCue they want."""
    await room.bot.deps.db.run(lambda tx: presence_choices.be(tx, room.workspace(tx), user, mode, room.clock.now()))
    await room.settle()


async def press(room: Room, way: object, number: int, user: str, **more: object) -> None:
    """A way out of a line of their list."""
    now = room.clock.now()
    assert await room.bot.deps.db.run(lambda tx: way(tx, room.workspace(tx), number, user, now=now, **more)) is None  # type: ignore[operator]
    await room.settle()
