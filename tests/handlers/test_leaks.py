"""Nothing of ours where others read it, also where who reads it has changed since it was decided to speak."""

from collections.abc import Callable

import pytest
from sqlalchemy import select

from bot.demo.place import ACME, ADA, ANA, BOB, BOT, CARE, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, OURS, world
from bot.sandbox import World
from bot.sandbox.messages import Message
from bot.store.tables import outbox
from jobs import nudges
from tests.handlers.office import QUESTION, Office
from tests.leaks import tight

Opening = Callable[[World], object]
OPENINGS: dict[str, Opening] = {
    "a guest comes in": lambda world: world.invite(ANA, CARE, GITA),
    "it is shared with another company": lambda world: world.share(CARE, ACME),
    "another company is asked to share it": lambda world: world.ask_to_share(CARE, ACME),
    "a member is made a guest": lambda world: world.change_person(ANA, is_restricted=True),
}
every_opening = pytest.mark.parametrize("opens", OPENINGS.values(), ids=OPENINGS)


async def about_to_speak(office: Office) -> None:
    """The team's home has just heard of one customer, and it has been decided to tell it of another."""
    await office.say(ADA, EXT_ACME, QUESTION)
    await office.wait(minutes=5)
    await office.say(BOB, EXT_BLUEBIRD, "Where is my order?")
    await office.wait(minutes=86)
    assert len(office.home_posts()) == 1
    office.sandbox.clock.advance_to(office.clock.now().replace(minute=35, second=2))
    assert await nudges.sweep(office.bot.deps) == 1


async def why_not_said(office: Office) -> list[str | None]:
    """What the posts to the home channel ended with that Slack never got."""
    with office.bot.deps.db.begin() as tx:
        unsent = select(outbox.c.error).where(outbox.c.target == CARE, outbox.c.sent_at.is_(None))
        return list(tx.execute(unsent).scalars())


async def test_what_was_decided_for_the_team_is_said_to_the_team(office: Office) -> None:
    await about_to_speak(office)
    await office.bot.deps.sender.drain()
    assert len(office.home_posts()) == 2


@every_opening
async def test_a_channel_that_others_can_read_since_it_was_decided_is_not_spoken_to(
    office: Office, opens: Opening
) -> None:
    await about_to_speak(office)
    opens(office.sandbox.world)
    await office.settle()
    assert len(office.home_posts()) == 1
    (why,) = await why_not_said(office)
    assert why


@every_opening
async def test_so_it_is_where_no_event_has_told_of_it_yet(office: Office, opens: Opening) -> None:
    """Slack delivers events late, or never: it is asked who reads a channel after it was decided to speak there."""
    if opens is OPENINGS["a member is made a guest"]:
        pytest.skip("Of people whom CareCue knows, Slack tells what has changed.")
    await about_to_speak(office)
    office.sandbox.deliveries.deaf = True
    opens(office.sandbox.world)
    await office.bot.deps.sender.drain()
    office.sandbox.deliveries.deaf = False
    assert len(office.home_posts()) == 1
    (why,) = await why_not_said(office)
    assert why


async def test_a_message_to_somebody_who_was_made_a_guest_since_is_not_sent(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    office.sandbox.clock.advance_to(office.clock.now().replace(minute=45, second=1))
    assert await nudges.sweep(office.bot.deps) == 1
    office.sandbox.world.change_person(ANA, is_restricted=True)
    await office.settle()
    assert office.about(ANA, ts) == []


@pytest.mark.parametrize("where", [EXT_ACME, GUESTS, "direct"])
def test_a_word_that_strays_would_be_found(where: str) -> None:
    linden = World.from_dict(world())
    place = linden.direct(ADA, ANA, BOT).id if where == "direct" else where
    with pytest.raises(AssertionError, match="spoke where others read"), tight(linden):
        _post(linden, place)


def test_among_ourselves_nothing_strays() -> None:
    linden = World.from_dict(world())
    with tight(linden):
        _post(linden, CARE)
        linden.say(ANA, EXT_ACME, "I have.")


def _post(linden: World, place: str) -> None:
    """As the Web API does it: nobody types."""
    linden.add_message(Message(linden.new_ts(), place, BOT, OURS, "Who has time for this customer?"))
