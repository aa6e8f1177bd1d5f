"""Complaints of being stuck with it: nothing to press, no way to say that it is wrong, no hand when one is needed.

That each way does what it says, through the real doors, is tried in `tests/handlers/test_living_list.py`.
"""

from datetime import timedelta

from bot.demo.place import ADA, ANA, EXT_ACME
from bot.store import ways_out
from bot.views import living_list as views
from bot.views.living_list import Way
from tests.complaints.room import Json, Room
from tests.complaints.weeks import nudge_ids, standing_messages
from tests.handlers.office import all_text


def elements(message: Json) -> dict[str, Json]:
    """What can be pressed, by its id."""
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return {one["action_id"]: one for row in rows for one in row}


async def test_there_was_no_way_out(room: Room) -> None:
    """Every line leads to the thread, and has all five ways in its menu."""
    ts = await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    offered = elements(room.lists(ANA)[0])
    assert offered[views.REPLY]["url"].endswith(f"/p{ts.replace('.', '')}")
    assert [option["value"].partition(":")[0] for option in offered[views.WAY]["options"]] == list(Way)


async def test_it_told_me_again_and_offered_nothing(room: Room) -> None:
    """The second time a hand is offered right on the line."""
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    first = elements(room.lists(ANA)[0])
    await room.wait(minutes=31)
    second = elements(room.lists(ANA)[0])
    assert set(second) - set(first) == {views.ASK, views.HAND_OVER}


async def test_i_said_that_it_was_not_needed_and_it_went_on(room: Room) -> None:
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    (number,) = nudge_ids(room.lists(ANA)[0])
    now = room.clock.now()
    assert await room.bot.deps.db.run(lambda tx: ways_out.not_needed(tx, room.workspace(tx), number, ANA, now)) is None
    await room.settle()
    await room.wait(hours=6)
    assert len(room.pings()) == 1
    assert [text for text in map(all_text, standing_messages(room)) if "waits for you" in text] == []


async def test_i_had_taken_it_on_and_it_asked_who_had_it(room: Room) -> None:
    """Whoever is on it is in nobody's way; the ladder still counts, since the customer still waits."""
    await room.say(ADA, EXT_ACME, "Where is it?")
    await room.wait(minutes=46)
    (number,) = nudge_ids(room.lists(ANA)[0])
    now = room.clock.now()
    until = now + timedelta(hours=2)
    await room.bot.deps.db.run(lambda tx: ways_out.claim(tx, room.workspace(tx), number, ANA, now))
    await room.bot.deps.db.run(lambda tx: ways_out.snooze(tx, room.workspace(tx), number, ANA, until, now))
    await room.settle()
    await room.wait(minutes=119)
    assert [ping.at < now for ping in room.pings()] == [True]
