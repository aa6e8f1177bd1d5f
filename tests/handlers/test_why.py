"""Why? asked through real doors: what is told, to whom, and what bad links are answered with."""

import pytest

from bot.demo.listed import choose, press_in_form
from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, GENERAL, GITA, GUESTS, LEE, MIA, NIA, OMAR
from bot.domain.boundary import Case
from bot.domain.conversations import Kind
from bot.domain.roles import Role
from bot.domain.why import Silence
from bot.views import ways_out
from bot.views.living_list import Way
from bot.views.words import common
from bot.views.words import why as words
from bot.views.words.roles import not_for_you
from tests.handlers.calling import Calling
from tests.handlers.office import CARE_FILE, Office, all_text
from tests.handlers.wondering import Wondering, link

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])


@pytest.fixture
def office(office: Office) -> Wondering:
    return Wondering(office.sandbox, office.clock, office.bot)


@on_both_databases
async def test_who_asks_reads_what_started_the_clock_what_counted_and_what_comes_next(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=10)
    told = await office.why(ts)
    assert told.splitlines()[0].startswith("*Ada* is waiting for us in <#C0ACME> since <!date^")
    assert "10 minutes of 1 hour working time, the target for a first reply" in told
    assert "counted: 10 minutes" in told
    assert f"at 75 % of the target: a reminder to <@{ANA}>" in told
    assert f"<@{ADA}> · *needs a reply*: it asks, before our first word (rule `question`)" in told
    assert f"{link(ts)}|" in told


@on_both_databases
async def test_a_thread_is_told_from_any_of_its_messages(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    answer = await office.say(ANA, EXT_ACME, "Under Billing.", ts)
    thanks = await office.say(ADA, EXT_ACME, "Thanks!", ts)
    told = [await office.command(ANA, f"why {link(one, thread=ts)}") for one in (ts, answer, thanks)]
    assert told[0] == told[1] == told[2]
    assert words.SILENCES[Silence.CLOSED]() in told[0]
    assert f"<@{ANA}> · {words.OURS[Kind.OURS]()}" in told[0]
    assert "*needs no reply*: thanks, after our answer (rule `thanks`)" in told[0]


async def test_what_paused_the_clock_and_the_reminders_is_told(office: Wondering) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    await press_in_form(office, ANA, ways_out.SNOOZE_TOMORROW)
    await office.morning()
    await office.sandbox.command(ANA, EXT_ACME, "/care", f"why {link(ts)}")
    told = all_text(office.answer())
    assert "did not: night" in told
    other, _ = await office.asked("And where is the other form?")
    await choose(office, ANA, other, Way.ON_IT)
    await press_in_form(office, ANA, ways_out.SNOOZE_HOUR)
    told = await office.why(other)
    assert "Reminders are snoozed until" in told
    assert f"when the snooze ends: a reminder to <@{ANA}>" in told
    assert "1 reminder so far" in told


async def test_only_who_asks_sees_it(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.why(ts)
    assert {entry.to for entry in office.sandbox.record.entries if entry.what == "ephemeral"} == {ANA}
    assert not office.sandbox.record.posts(channel=EXT_ACME, by_bot=True)


async def test_the_menu_of_a_message_leads_there_too(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    shown = str(await office.from_menu(ts, user=LEE))
    assert "a reminder to" in shown
    assert words.HOW_READ() in shown


async def test_a_rota_is_named_where_nobody_has_the_wait_yet(office: Wondering) -> None:
    await office.set_up(CARE_FILE.replace(f'owner = "{ANA}"\n', ""))
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    assert f"a reminder to {words.ON_ROTA()}" in await office.why(ts)


# -- who may know ------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("user", [ADA, GITA])
async def test_who_is_not_of_ours_is_turned_away_at_the_door(office: Wondering, user: str) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    assert await office.forged_command(user, f"why {link(ts)}") == common.OUTSIDERS()


async def test_colleagues_who_look_after_no_customers_are_told_nothing(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    tom = office.sandbox.world.add_person(team_id=office.sandbox.world.person(ANA).team_id, name="tom").id
    office.sandbox.world.invite(ANA, GENERAL, tom)
    await office.settle()
    await office.sandbox.command(tom, GENERAL, "/care", f"why {link(ts)}")
    assert office.told(tom) == not_for_you(Role.AGENT, [])


@pytest.mark.parametrize("user", [LEE, MIA, NIA])
async def test_team_mates_managers_and_admins_may_ask_of_any_public_channel(office: Wondering, user: str) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.sandbox.command(user, GENERAL, "/care", f"why {link(ts)}")
    assert "is waiting for us" in office.told(user)


@on_both_databases
async def test_a_private_channel_is_told_of_to_who_is_in_it(office: Wondering) -> None:
    ts = await office.say(GITA, GUESTS, "Where is the form?")
    for user, knows in ((ANA, True), (OMAR, True), (LEE, False)):
        await office.sandbox.command(user, CARE, "/care", f"why {link(ts, GUESTS)}")
        assert ("is waiting for us" in office.told(user)) == knows
        assert (office.told(user) == words.UNKNOWN()) != knows


async def test_who_called_a_boundary_is_told_to_nobody(office: Wondering) -> None:
    calling = Calling(office.sandbox, office.clock, office.bot)
    ts = await office.say(ADA, EXT_ACME, "You fools!")
    await calling.calls(ts, Case.ABUSIVE, user=LEE)
    told = await office.why(ts)
    assert words.CALLED() in told
    assert LEE not in told


# -- bad links ---------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("why", words.NEEDS_LINK()),
        ("why me?", words.NO_LINK()),
        ("why https://linden.slack.com/archives/C0ACME", words.NO_LINK()),
        ("why https://example.com/p1772445600000100", words.NO_LINK()),
        ("why https://linden.slack.com/archives/C0ACME/p1", words.NO_LINK()),
        ("why https://linden.slack.com/archives/C0ACME/p1772445600000100", words.UNKNOWN()),
        ("why https://linden.slack.com/archives/C0NOWHERE/p1772445600000100", words.UNKNOWN()),
        ("why " + "x" * 3000, words.NO_LINK()),
    ],
)
async def test_a_bad_link_is_answered_with_what_is_wrong_with_it(office: Wondering, typed: str, told: str) -> None:
    assert await office.command(ANA, typed) == told


async def test_words_in_a_channel_of_our_own_are_nobodys_conversation(office: Wondering) -> None:
    ts = await office.say(ANA, CARE, "Lunch?")
    assert await office.why(ts, where=CARE) == words.UNKNOWN()


async def test_a_link_may_come_as_slack_escapes_it(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    for typed in (f"<{link(ts)}>", f"<{link(ts)}|the message>", f"  {link(ts)}  please"):
        assert "is waiting for us" in await office.command(ANA, f"why {typed}")


async def test_the_other_conversations_are_offered_by_time_and_name(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=30)
    await office.say(BOB, EXT_BLUEBIRD, "Where is my order?")
    second = await office.say(ADA, EXT_ACME, "And the seat map?")
    await office.why(first)
    (select,) = [one["elements"][0] for one in office.answer()["blocks"] if one["type"] == "actions"]
    assert [option["text"]["text"] for option in select["options"]] == ["Mon 02 Mar 10:30 · Ada"]
    assert second in select["options"][0]["value"]
