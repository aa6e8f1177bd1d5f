"""What counts as a customer's word, as Slack really sends it, and what never does."""

import pytest

from bot.demo.place import ADA, ANA, BOB, BOT, EXT_ACME, GITA, LEE, OURS
from bot.store.setup import export
from tests.handlers.office import Office, all_text, buttons


async def test_an_edit_never_starts_a_wait(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Thanks, that works!")
    office.sandbox.world.edit(ADA, EXT_ACME, ts, "It does not work, can you help us please?")
    await office.settle()
    assert office.waits() == []


async def test_an_edit_changes_nothing_about_a_wait(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=40)
    office.sandbox.world.edit(ADA, EXT_ACME, ts, "Where is the refund form, please?")
    await office.wait(minutes=5)
    assert len(office.about(ANA, ts)) == 1


async def test_an_edit_of_the_answer_keeps_it_an_answer(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    answer = await office.say(ANA, EXT_ACME, "Under Biling.", ts)
    office.sandbox.world.edit(ANA, EXT_ACME, answer, "Under Billing.")
    await office.settle()
    assert office.waits() == [(ts, "answer")]


async def test_a_reply_that_is_also_sent_to_the_channel_counts_once(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.say(ANA, EXT_ACME, "Under Billing.", ts)
    office.sandbox.world.say(ADA, EXT_ACME, "And where is Billing?", thread_ts=ts, broadcast=True)
    await office.settle()
    assert [ended for _, ended in office.waits()] == ["answer", None]
    office.sandbox.world.say(ANA, EXT_ACME, "Top right.", thread_ts=ts, broadcast=True)
    await office.settle()
    assert [ended for _, ended in office.waits()] == ["answer", "answer"]


async def test_coming_going_and_renaming_are_no_words(office: Office) -> None:
    world = office.sandbox.world
    person = world.add_person(team_id="T0ACME", name="al")
    world.invite(ADA, EXT_ACME, person.id)
    world.leave(person.id, EXT_ACME)
    world.rename(ANA, EXT_ACME, "acme")
    await office.settle()
    assert office.waits() == []


async def test_an_app_is_no_customer(office: Office) -> None:
    bot = office.sandbox.world.add_person(team_id="T0ACME", name="build", is_bot=True, bot_id="B0BUILD", app_id="A0B")
    office.sandbox.world.invite(ADA, EXT_ACME, bot.id)
    await office.say(bot.id, EXT_ACME, "The build is broken, who can help?")
    assert office.waits() == []


async def test_mail_that_an_app_relays_waits_like_any_customer(office: Office) -> None:
    text = await office.bot.deps.db.run(export, OURS)
    place = f"[channel.{EXT_ACME}]\n"
    await office.set_up(text.replace(place, f'{place}relays = ["B0MAIL"]\n'))
    mail = office.sandbox.world.add_person(team_id=OURS, name="mail", is_bot=True, bot_id="B0MAIL", app_id="A0MAIL")
    office.sandbox.world.invite(ANA, EXT_ACME, mail.id)
    ts, nudge = await office.asked("From kim@example.com: where is my parcel?", mail.id)
    assert "waiting 45 minutes of 1 hour" in all_text(nudge)
    await office.say(ANA, EXT_ACME, "On its way, Kim.", ts)
    assert buttons(office.now_reads(ANA, nudge)) == []


async def test_careCues_own_words_in_a_customer_channel_are_nobodys(office: Office) -> None:
    await office.say(BOT, EXT_ACME, "Is anybody there? Can you help?")
    assert office.waits() == []


async def test_a_file_without_a_word_asks_for_a_reply(office: Office) -> None:
    message = office.sandbox.world.say(ADA, EXT_ACME, files=["error.png"])
    await office.wait(minutes=45)
    assert len(office.about(ANA, message.ts)) == 1


async def test_a_file_with_thanks_asks_for_a_reply_too(office: Office) -> None:
    office.sandbox.world.say(ADA, EXT_ACME, "Thanks!", files=["signed.pdf"])
    await office.settle()
    assert len(office.waits()) == 1


async def test_a_file_from_us_is_an_answer(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Can you send the form?")
    office.sandbox.world.say(ANA, EXT_ACME, files=["form.pdf"], thread_ts=ts)
    await office.settle()
    assert office.waits() == [(ts, "answer")]


async def test_a_burst_of_messages_is_one_conversation_that_waits_from_the_first(office: Office) -> None:
    first = await office.say(ADA, EXT_ACME, "Hello")
    for more in ("we cannot log in", "any of us", "since this morning"):
        await office.wait(minutes=4)
        await office.say(ADA, EXT_ACME, more)
    await office.wait(minutes=33)
    assert len(office.dm(ANA)) == 1
    assert len(office.about(ANA, first)) == 1
    assert len(office.waits()) == 1


async def test_two_customers_at_once_wait_apart(office: Office) -> None:
    office.sandbox.world.add_person(id="U0AL", team_id="T0ACME", name="al")
    office.sandbox.world.invite(ADA, EXT_ACME, "U0AL")
    mine = await office.say(ADA, EXT_ACME, "We cannot log in, can you help?")
    other = await office.say("U0AL", EXT_ACME, "Is the invoice due today?")
    await office.say(ANA, EXT_ACME, "Next week, Al.", other)
    assert office.waits() == [(mine, None), (other, "answer")]


async def test_a_message_taken_back_leaves_the_rest_of_what_was_asked(office: Office) -> None:
    first = await office.say(ADA, EXT_ACME, "Hello, we cannot log in")
    await office.wait(minutes=3)
    second = await office.say(ADA, EXT_ACME, "And the invoice, is it due?")
    office.sandbox.world.delete(ADA, EXT_ACME, first)
    await office.settle()
    assert office.waits() == [(second, None)]
    await office.wait(minutes=44)
    assert office.dm(ANA) == []
    await office.wait(minutes=2)
    assert len(office.dm(ANA)) == 1


async def test_a_question_taken_back_from_above_its_thread_is_taken_back(office: Office) -> None:
    """Slack keeps a tombstone where replies hang, and tells it as a change."""
    ts, nudge = await office.asked()
    await office.say(ADA, EXT_ACME, "Thanks!", ts)
    office.sandbox.world.delete(ADA, EXT_ACME, ts)
    await office.settle()
    assert office.waits() == [(ts, "deleted")]
    assert buttons(office.now_reads(ANA, nudge)) == []


async def test_an_answer_that_is_taken_back_leaves_the_customer_waiting(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    answer = await office.say(ANA, EXT_ACME, "Wrong channel, sorry.", ts)
    office.sandbox.world.delete(ANA, EXT_ACME, answer)
    await office.settle()
    await office.wait(minutes=45)
    assert len(office.about(ANA, ts)) == 1


async def test_what_our_own_people_say_starts_no_wait(office: Office) -> None:
    ts = await office.say(LEE, EXT_ACME, "Ada, could you send us the booking number?")
    await office.wait(days=1)
    assert office.waits() == []
    await office.say(ADA, EXT_ACME, "It is 4711, can you see it?", ts)
    assert [ended for _, ended in office.waits()] == [None]


@pytest.mark.parametrize("where", ["C0GENERAL", "C0CARE"])
async def test_what_is_said_elsewhere_is_nobodys_business(office: Office, where: str) -> None:
    await office.say(ANA, where, "Who is around for lunch?")
    if where == "C0CARE":
        office.sandbox.world.invite(ANA, where, GITA)
        await office.say(GITA, where, "Where do I send the form?")
    assert office.waits() == []


async def test_a_direct_message_to_careCue_is_kept_nowhere(office: Office) -> None:
    assert "message.im" not in office.sandbox.world.app.events
    await office.say(BOB, "C0BLUEBIRD", "Hello?")
    assert len(office.waits()) == 1
