"""*Not needed*: nobody hears of that wait again, and a rule of which it is mostly said falls silent."""

from typing import Any

import pytest
from sqlalchemy import Connection, select

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, LEE, MIA, NIA, OURS
from bot.domain.precision import MOSTLY
from bot.domain.roles import Role
from bot.domain.why import Silence
from bot.store import setup, ways_out
from bot.store.tables import nudges
from bot.views import living_list as list_views
from bot.views import precision as views
from bot.views import ways_out as way_views
from bot.views.why import Verb
from bot.views.words import living_list as list_words
from bot.views.words import nudges as nudge_words
from bot.views.words import precision as words
from bot.views.words import why as why_words
from bot.views.words.roles import not_for_you
from tests.handlers.office import CARE_FILE, Office, all_text, on_both_databases
from tests.handlers.wondering import Wondering

Json = dict[str, Any]
ADMINS = f'admins = ["{MIA}", "{NIA}"]\n'
RULE = "only_intends"
INTENDS, ASKS = "We wait for the coach.", "Where is the coach?"


@pytest.fixture
async def office(office: Office) -> Wondering:
    """With two admins."""
    await office.set_up(ADMINS + CARE_FILE)
    return Wondering(office.sandbox, office.clock, office.bot)


async def not_needed(office: Office, shown: Json, user: str = ANA) -> None:
    """*More…*, then *Not needed*."""
    await office.press(user, shown, list_views.WAY, list_words.MORE())
    form = office.sandbox.windows.top(user)
    assert form
    await office.sandbox.press_view(user, form.id, way_views.NOT_NEEDED)
    await office.settle()


@on_both_databases
async def test_nobody_hears_of_that_wait_again_and_the_customer_still_waits(office: Wondering) -> None:
    ts, shown = await office.asked()
    await not_needed(office, shown)
    assert not office.about(ANA, ts)
    await office.wait(days=2)
    assert not [message for user in (ANA, LEE, MIA) for message in office.about(user, ts)]
    assert not office.home_posts()
    assert office.waits() == [(ts, None)]
    assert "Ada" in await office.command(ANA)
    told = await office.why(ts)
    assert why_words.SILENCES[Silence.NOT_NEEDED]() in told
    assert f"<@{ADA}> · *needs a reply*" in told


async def test_a_post_in_the_home_channel_says_that_no_reminder_is_needed(office: Wondering) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    await not_needed(office, office.about(ANA, ts)[0])
    now = office.sandbox.record.of(CARE, post["ts"])[-1].message
    assert f"<@{ANA}> says that no reminders of *Ada* are needed here. The customer still waits." in all_text(now)
    assert not any(block["type"] == "actions" for block in now["blocks"])


async def test_nobody_reads_that_it_was_passed_on(office: Wondering) -> None:
    """Mia, who leads, heard of it too: it goes from her list without a word of who has it."""
    ts, _ = await office.asked()
    await office.wait(minutes=76)
    assert office.about(MIA, ts)
    await not_needed(office, office.about(ANA, ts)[0])
    assert not office.about(MIA, ts)
    assert not [message for message in office.dm(MIA) if f"<@{ANA}>" in str(message)]


async def test_what_the_customer_asks_after_our_answer_is_brought_up_again(office: Wondering) -> None:
    ts, shown = await office.asked()
    await not_needed(office, shown)
    await office.say(ANA, EXT_ACME, "It is fixed.", ts)
    again = await office.say(ADA, EXT_ACME, "And where do I see that?", ts)
    await office.wait(minutes=100)
    assert office.about(ANA, again)


def notes(office: Office, user: str) -> list[Json]:
    """What an admin was told of rules."""
    return [message for message in office.dm(user) if "has stopped pinging" in message["text"]]


async def waited(office: Office, count: int) -> list[str]:
    """So many customers have waited, by the same rule, and are in Ana's list; their messages."""
    said = []
    for _ in range(count):
        said.append(await office.say(ADA, EXT_ACME, INTENDS))
        await office.wait(minutes=6)
    await office.wait(minutes=45)
    return said


async def mark_all(office: Office) -> None:
    """All that anybody was told of was not needed."""
    deps = office.bot.deps

    def mark(tx: Connection) -> None:
        workspace = deps.workspaces.get(tx, OURS, deps.now())
        assert workspace
        for nudge in tx.execute(select(nudges).order_by(nudges.c.id)).all():
            ways_out.not_needed(tx, workspace, nudge.id, ANA, deps.now())

    await deps.db.run(mark)
    await office.settle()


async def silence(office: Office) -> None:
    """The rule has fallen silent; all who waited have an answer."""
    said = await waited(office, MOSTLY)
    await mark_all(office)
    for ts in said:
        await office.say(ANA, EXT_ACME, "Here it is.", ts)


@on_both_databases
async def test_a_rule_whose_nudges_are_mostly_not_needed_falls_silent_and_admins_are_told_once(
    office: Wondering,
) -> None:
    """Each is marked with two clicks."""
    said = await waited(office, MOSTLY)
    for ts in said:
        assert not notes(office, MIA)
        (shown,) = office.about(ANA, ts)
        await not_needed(office, shown)
    (note,) = notes(office, MIA)
    assert f"Of the last {MOSTLY} waits that it brought up by this rule, {MOSTLY} were marked" in note["text"]
    assert [len(notes(office, user)) for user in (NIA, ANA, LEE)] == [1, 0, 0]


async def test_who_waits_by_a_silent_rule_alone_stands_in_care_and_rings_nowhere(office: Wondering) -> None:
    await silence(office)
    await office.morning()
    said = await office.say(ADA, EXT_ACME, INTENDS)
    asks = await office.say(BOB, EXT_BLUEBIRD, ASKS)
    await office.wait(hours=3)
    assert not office.about(ANA, said)
    assert office.about(LEE, asks)
    assert "Ada" in await office.command(ANA)
    told = await office.why(said)
    assert why_words.SILENCES[Silence.RULE]() in told
    assert words.RULE_IS_SILENT() in told
    assert f"Of the last {MOSTLY} waits brought up by that rule, 0 were needed." in told


async def test_one_wait_is_taken_out_of_a_silent_rule_by_saying_that_it_needs_a_reply(office: Wondering) -> None:
    await silence(office)
    await office.morning()
    said = await office.say(ADA, EXT_ACME, INTENDS)
    await office.wait(minutes=6)
    other = await office.say(ADA, EXT_ACME, INTENDS)
    await office.wait(minutes=50)
    assert why_words.SILENCES[Silence.RULE]() in await office.why(said)
    assert words.RULE_IS_SILENT() not in await office.says(Verb.NEEDED, said)
    assert office.about(ANA, said)
    assert not office.about(ANA, other)
    assert words.RULE_IS_SILENT() in await office.why(other)


async def test_other_hours_move_nobody_who_waits_by_a_silent_rule(office: Wondering) -> None:
    await silence(office)
    await office.morning()
    said = await office.say(ADA, EXT_ACME, INTENDS)
    await office.wait(hours=1)
    later = setup.read((ADMINS + CARE_FILE).replace("09:00-17:00", "10:00-17:00"))
    told = await office.bot.deps.db.run(setup.apply, OURS, later, office.clock.now(), None)
    await office.wait(hours=1)
    assert not [sentence for sentence in told if "moved" in sentence]
    assert not office.about(ANA, said)


async def test_another_rule_that_says_so_too_brings_it_up(office: Wondering) -> None:
    await silence(office)
    await office.morning()
    said = await office.say(ADA, EXT_ACME, INTENDS)
    await office.wait(hours=1)
    assert not office.about(ANA, said)
    await office.say(ADA, EXT_ACME, "When does it come?", said)
    assert office.about(ANA, said)


async def test_switched_on_again_what_is_due_comes_and_the_count_begins_anew(office: Wondering) -> None:
    await silence(office)
    await office.morning()
    said = await office.say(ADA, EXT_ACME, INTENDS)
    await office.wait(minutes=50)
    assert not office.about(ANA, said)
    (note,) = notes(office, MIA)
    await office.press(MIA, note, views.SWITCH_ON)
    assert f"<@{MIA}> switched the rule `{RULE}` on again" in str(office.now_reads(MIA, note))
    assert office.about(ANA, said)
    (other,) = notes(office, NIA)
    await office.press(NIA, other, views.SWITCH_ON)
    assert office.told(NIA) == words.ON_ALREADY()
    await not_needed(office, office.about(ANA, said)[0])
    assert not notes(office, MIA), "one more is not twelve more"
    assert "Of the last wait brought up by that rule, 0 was needed." in await office.why(said)


async def test_only_admins_switch_a_rule_on_again(office: Wondering) -> None:
    await silence(office)
    (note,) = notes(office, MIA)
    await office.set_up(CARE_FILE.replace("[team.care]", f'admins = ["{NIA}"]\n[team.care]', 1))
    await office.press(MIA, note, views.SWITCH_ON)
    assert office.told(MIA) == not_for_you(Role.ADMIN, ["Nia"])


async def test_a_wait_is_marked_once(office: Wondering) -> None:
    """In a form that was open while somebody else marked it."""
    _, shown = await office.asked(INTENDS)
    await office.press(ANA, shown, list_views.WAY, list_words.MORE())
    form = office.sandbox.windows.top(ANA)
    assert form
    await mark_all(office)
    await office.sandbox.press_view(ANA, form.id, way_views.NOT_NEEDED)
    await office.settle()
    top = office.sandbox.windows.top(ANA)
    assert top
    assert nudge_words.OVER_ALREADY() in str(office.sandbox.windows.view_json(top))
