"""A channel is archived, left or shared no longer, a colleague or a customer leaves: CareCue follows."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from bot.demo.listed import the_line
from bot.demo.place import ACME, ADA, ANA, BOB, BOT, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, LEE, MIA, OURS
from bot.domain.setup import Setup
from bot.store.tables import channels, conversations, moves, people, waits
from jobs import channels as channel_job
from jobs import departures, privacy
from tests.handlers.office import CARE_FILE, Office, on_both_databases

GRACE = timedelta(days=Setup().retention.grace)
QUESTION = "Where is the form?"


def archived(office: Office) -> None:
    office.sandbox.world.archive(ANA, EXT_ACME)


def left(office: Office) -> None:
    office.sandbox.world.leave(BOT, EXT_ACME)


async def followed(office: Office) -> None:
    await office.settle()
    await channel_job.refresh(office.bot.deps)
    await departures.follow(office.bot.deps)
    await office.settle()


def kept(office: Office, channel: str = EXT_ACME) -> dict[str, int]:
    """How much is kept of a channel."""
    with office.bot.deps.db.begin() as tx:
        rows = {one.name: tx.execute(select(one).where(one.c.channel == channel)).all() for one in TABLES}
    return {name: len(found) for name, found in rows.items() if found}


TABLES = (conversations, moves, waits, channels)
SETUP_AND_ROOMS = ("workspaces", "setup_changes", "members")


@pytest.mark.parametrize("over", [archived, left])
async def test_of_who_waits_in_a_channel_that_is_over_nobody_is_told(office: Office, over: object) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    assert callable(over)
    over(office)
    await followed(office)
    await office.wait(hours=5)
    assert [office.about(user, ts) for user in (ANA, LEE, MIA)] == [[], [], []]
    assert office.home_posts() == []
    assert QUESTION not in await office.command(LEE, where=EXT_BLUEBIRD)


async def test_a_channel_that_is_over_goes_from_lists_and_is_in_them_again_when_it_is_back(office: Office) -> None:
    ts, _ = await office.asked()
    the_line(office, ANA, ts)
    archived(office)
    await followed(office)
    await office.wait(minutes=10)
    assert "caught up" in office.dm(ANA)[-1]["text"]
    office.sandbox.world.unarchive(ANA, EXT_ACME)
    await followed(office)
    await office.wait(hours=1)
    the_line(office, ANA, ts)


@on_both_databases
async def test_after_the_grace_period_its_conversations_are_gone_and_those_of_others_are_not(office: Office) -> None:
    await office.say(ADA, EXT_ACME, QUESTION)
    answered = await office.say(ADA, EXT_ACME, "And how do I undo it?")
    await office.say(ANA, EXT_ACME, "With the back button.", answered)
    await office.say(BOB, EXT_BLUEBIRD, QUESTION)
    others = kept(office, EXT_BLUEBIRD)
    archived(office)
    await followed(office)
    office.clock.advance(GRACE - timedelta(minutes=1))
    await departures.forget(office.bot.deps)
    assert kept(office)["conversations"]
    office.clock.advance(timedelta(minutes=2))
    await departures.forget(office.bot.deps)
    assert kept(office) == {}
    assert kept(office, EXT_BLUEBIRD) == others
    with office.bot.deps.db.begin() as tx:
        figures = tx.execute(select(waits.c.channel, waits.c.ended_by).where(waits.c.channel == "")).all()
    assert [tuple(row) for row in figures] == [("", "answer")]


async def test_a_channel_that_is_back_in_the_last_minute_keeps_its_conversations(office: Office) -> None:
    """Before anybody has looked which channels are back."""
    await office.say(ADA, EXT_ACME, QUESTION)
    archived(office)
    await followed(office)
    office.clock.advance(GRACE + timedelta(minutes=1))
    office.sandbox.world.unarchive(ANA, EXT_ACME)
    await office.settle()
    await departures.forget(office.bot.deps)
    assert kept(office)["conversations"]


async def test_a_channel_that_is_shared_no_longer_is_over_unless_the_setup_says_otherwise(office: Office) -> None:
    await office.say(ADA, EXT_ACME, QUESTION)
    office.sandbox.world.unshare(EXT_ACME, ACME)
    await followed(office)
    office.clock.advance(GRACE + timedelta(days=1))
    await departures.forget(office.bot.deps)
    assert kept(office)["conversations"]
    without = CARE_FILE[: CARE_FILE.index(f"[channel.{EXT_ACME}]")] + CARE_FILE[CARE_FILE.index("[channel.C0BLUE") :]
    await office.set_up(without)
    await followed(office)
    office.clock.advance(GRACE + timedelta(days=1))
    await departures.forget(office.bot.deps)
    assert "conversations" not in kept(office)


@on_both_databases
@pytest.mark.parametrize("user", [LEE, GITA])
async def test_who_left_is_forgotten_after_the_grace_period(office: Office, user: str) -> None:
    """Not before: people come back. The setup goes on naming whom it names, until somebody changes it."""
    await office.say(GITA, GUESTS, QUESTION)
    await office.say(LEE, EXT_ACME, "We are closed on Friday.")
    office.sandbox.world.change_person(user, deleted=True)
    await office.settle()
    office.clock.advance(GRACE - timedelta(minutes=5))
    await departures.forget(office.bot.deps)
    await privacy.erase(office.bot.deps)
    assert named(office, user)
    office.clock.advance(timedelta(minutes=10))
    for _ in range(2):  # what they had is passed on first
        await departures.forget(office.bot.deps)
        await privacy.erase(office.bot.deps)
        office.clock.advance(timedelta(minutes=5))
    assert named(office, user) == []


def named(office: Office, user: str) -> list[str]:
    """The tables that name somebody, but for those that say who is in which team or channel."""
    tables = {name: rows for name, rows in office.tables().items() if name not in SETUP_AND_ROOMS}
    with office.bot.deps.db.begin() as tx:
        met = tx.execute(select(people.c.user_id).where(people.c.team_id == OURS)).scalars().all()
    return [name for name, rows in tables.items() if user in str(rows)] or [one for one in met if one == user]
