"""/care: who is waiting for me?"""

import pytest

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, GENERAL, LEE
from bot.domain.roles import Role
from bot.views.care import MOST_LINES
from bot.views.words import care as words
from handlers.roles import works
from tests.handlers.office import Office

AGENTS = works({Role.COLLEAGUE, Role.AGENT})

every_way = pytest.mark.parametrize("way", ["socket-sqlite", "http-sqlite", "socket-postgresql", "http-postgresql"])


@every_way
async def test_my_waiting_customers_the_longest_wait_first(office: Office) -> None:
    first = await office.say(ADA, EXT_ACME, "Do you have a price list?")
    await office.wait(minutes=10)
    second = await office.say(ADA, EXT_ACME, "Can we pay by direct debit?")
    await office.say(BOB, EXT_BLUEBIRD, "Where is my order?")
    await office.wait(minutes=5)
    shown = await office.command(ANA)
    assert shown.startswith("2 customers are waiting for you")
    places = [shown.find(f"/p{ts.replace('.', '')}|Open thread") for ts in (first, second)]
    assert 0 < places[0] < places[1]
    assert "*Ada* in <#C0ACME>: 15 minutes of 1 hour" in shown
    assert "Bob" not in shown


async def test_when_nobody_waits_it_says_so(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Do you have a price list?")
    await office.say(ANA, EXT_ACME, "Yes, here.", ts)
    assert await office.command(ANA) == "\n".join([words.care_headline(0)] * 2)


async def test_what_was_claimed_snoozed_or_handed_over_is_listed_with_whoever_has_it(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Do you have a price list?")
    office.sandbox.world.react(LEE, EXT_ACME, ts, "eyes")
    await office.settle()
    assert (await office.command(LEE)).startswith("1 customer is waiting for you")
    assert (await office.command(ANA)).startswith(words.care_headline(0))


@pytest.mark.parametrize("where", [CARE, GENERAL, EXT_BLUEBIRD])
async def test_it_can_be_asked_anywhere_and_only_whoever_asks_sees_it(office: Office, where: str) -> None:
    await office.say(ADA, EXT_ACME, "Do you have a price list?")
    assert "*Ada*" in await office.command(ANA, where=where)
    assert {entry.to for entry in office.sandbox.record.entries if entry.what == "ephemeral"} == {ANA}


async def test_a_long_list_says_how_many_it_leaves_out(office: Office) -> None:
    for number in range(MOST_LINES + 3):
        await office.wait(minutes=6)
        office.sandbox.world.say(ADA, EXT_ACME, f"Question {number}: where is it?")
    await office.settle()
    shown = await office.command(ANA)
    assert shown.count("Open thread") == MOST_LINES
    assert shown.endswith("and 3 more")


@pytest.mark.parametrize("typed", ["help", "HELP", " help ", "?"])
async def test_help_is_at_hand(office: Office, typed: str) -> None:
    assert await office.command(LEE, typed) == words.care_help(AGENTS)


async def test_unknown_words_are_answered_with_help(office: Office) -> None:
    told = await office.command(LEE, "make coffee")
    assert told == f"I don't know “make coffee”. This works for you:\n\n{words.care_help(AGENTS)}"
