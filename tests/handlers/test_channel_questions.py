"""CareCue is brought into a channel: it looks at it, and asks once, in private, what it is and whose."""

from typing import Any

import pytest

from bot.demo.place import ACME, ADA, ANA, BOT, GITA, LEE, MIA, NIA, OURS
from bot.domain.channel_questions import Answer
from bot.domain.setup import Kind
from bot.store import channel_questions as store
from bot.store import setup
from bot.views import channel_questions as views
from jobs import first_run
from tests.handlers.office import Office, all_text, on_both_databases

Json = dict[str, Any]


def brought(office: Office, user: str, name: str = "new-people", *, shared: bool = False, guest: bool = False) -> str:
    """Somebody makes a channel and brings CareCue in."""
    world = office.sandbox.world
    channel = world.create(user, name).id
    if shared:
        world.share(channel, ACME)
        world.invite(user, channel, ADA)
    if guest:
        world.invite(user, channel, GITA)
    world.invite(user, channel, BOT)
    return channel


def questions(office: Office, user: str) -> list[Json]:
    """What somebody was asked about channels, as it reads now."""
    return [message for message in office.dm(user) if views.ANSWER in str(message)]


def preselected(message: Json, name: str) -> Any:
    """What is chosen already."""
    (block,) = [block for block in message["blocks"] if block["block_id"] == name]
    element = block["accessory"]
    return element.get("initial_option", {}).get("value") or [o["value"] for o in element.get("initial_options", ())]


async def exported(office: Office) -> str:
    return await office.bot.deps.db.run(setup.export, OURS)


@on_both_databases
async def test_who_brings_it_to_a_customers_channel_presses_once(office: Office) -> None:
    """Shared outside, in a team of their own: both are chosen already."""
    channel = brought(office, LEE, shared=True)
    await office.settle()
    (question,) = questions(office, LEE)
    assert "It is shared with another company." in all_text(question)
    assert (preselected(question, views.KIND), preselected(question, views.TEAM)) == ("customer", "care")
    await office.press(LEE, question, views.ANSWER)
    assert f"[channel.{channel}]" in await exported(office)
    noted = office.now_reads(LEE, question)
    assert "*Care* looks after them" in noted["text"]
    assert views.ANSWER not in str(noted)


@pytest.mark.parametrize(
    ("given", "likely", "seen"),
    [({"guest": True}, "customer", "1 guest is in it."), ({}, "ignored", "Only colleagues are in it.")],
)
async def test_the_likely_answer_is_chosen(office: Office, given: Json, likely: str, seen: str) -> None:
    brought(office, MIA, **given)
    await office.settle()
    (question,) = questions(office, MIA)
    assert preselected(question, views.KIND) == likely
    assert seen in all_text(question)


async def test_an_app_that_begins_most_conversations_probably_relays_mail(office: Office) -> None:
    world = office.sandbox.world
    world.add_person(id="U0MAIL", team_id=OURS, name="mail", is_bot=True, bot_id="B0MAIL", app_id="A0MAIL")
    channel = world.create(LEE, "inbox").id
    world.invite(LEE, channel, "U0MAIL")
    for text in ("Where is my parcel?", "May I pay by card?"):
        world.say("U0MAIL", channel, text)
    world.invite(LEE, channel, BOT)
    await office.settle()
    (question,) = questions(office, LEE)
    assert (preselected(question, views.KIND), preselected(question, views.RELAYS)) == ("customer", ["B0MAIL"])
    await office.press(LEE, question, views.ANSWER)
    assert 'relays = ["B0MAIL"]' in await exported(office)


async def test_something_else_than_the_likely_is_chosen(office: Office) -> None:
    channel = brought(office, LEE, shared=True)
    await office.settle()
    (question,) = questions(office, LEE)
    await office.press(LEE, question, views.KIND, "ignored")
    await office.press(LEE, question, views.ANSWER)
    assert f'[channel.{channel}]\nkind = "ignored"' in await exported(office)
    assert "leave" in office.now_reads(LEE, question)["text"]
    ts = await office.say(ADA, channel, "Is anybody there?")
    await office.wait(hours=3)
    assert office.about(LEE, ts) == []


async def test_it_is_asked_once_whoever_brings_it_again_and_nothing_is_said_in_the_channel(office: Office) -> None:
    channel = brought(office, LEE, shared=True)
    await office.settle()
    world = office.sandbox.world
    world.leave(BOT, channel)
    await office.settle()
    world.join(ANA, channel)
    world.invite(ANA, channel, BOT)
    await office.settle()
    assert (len(questions(office, LEE)), questions(office, ANA)) == (1, [])
    said = [post.message for post in office.sandbox.record.posts(channel=channel, by_bot=True)]
    assert {message.get("subtype") for message in said} == {"channel_join", "channel_leave"}


async def test_nobody_is_asked_what_the_setup_says_already(office: Office) -> None:
    world = office.sandbox.world
    channel = world.create(LEE, "ext-known").id
    text = await exported(office)
    await office.set_up(f'{text}\n[channel.{channel}]\nkind = "customer"\n')
    world.invite(LEE, channel, BOT)
    by_rule = world.create(LEE, "help-desk").id
    await office.set_up(f'{await exported(office)}\n[[rule]]\nprefix = "help-"\nkind = "customer"\n')
    world.invite(LEE, by_rule, BOT)
    await office.settle()
    assert questions(office, LEE) == []


async def test_a_channel_about_which_nobody_says_anything_stays_as_it_was(office: Office) -> None:
    """Shared outside, it is a customers', and its inviter the owner."""
    channel = brought(office, LEE, shared=True)
    await office.settle()
    ts = await office.say(ADA, channel, "Is anybody there?")
    await office.wait(minutes=45, seconds=1)
    assert len(office.about(LEE, ts)) == 1


async def test_without_a_team_whoever_brought_it_hears_of_it_themselves(office: Office) -> None:
    await office.set_up("")
    brought(office, NIA, shared=True)
    await office.settle()
    (question,) = questions(office, NIA)
    assert views.TEAM not in str(question)
    await office.press(NIA, question, views.ANSWER)
    assert "Until a team is set up, you hear of those" in office.now_reads(NIA, question)["text"]


async def test_who_was_not_asked_cannot_answer(office: Office) -> None:
    brought(office, LEE, shared=True)
    await office.settle()
    (question,) = questions(office, LEE)
    before = await exported(office)
    await office.forged_press(ANA, office.sandbox.world.direct(LEE, BOT).id, question, views.ANSWER)
    assert await exported(office) == before


async def test_who_is_quicker_is_not_overruled(office: Office) -> None:
    """An admin says what the channel is while the question stands."""
    channel = brought(office, LEE, shared=True)
    await office.settle()
    (question,) = questions(office, LEE)
    await office.set_up(f'{await exported(office)}\n[channel.{channel}]\nkind = "ignored"\n')
    before = await exported(office)
    await office.press(LEE, question, views.ANSWER)
    assert await exported(office) == before
    assert "Somebody has said meanwhile" in office.now_reads(LEE, question)["text"]


async def test_an_answer_counts_once_and_undoes_nothing_that_was_said_since(office: Office) -> None:
    """Two screens show the button: a second press is the first again, and none a day after an admin's word."""
    channel = brought(office, LEE, shared=True)
    await office.settle()
    (question,) = questions(office, LEE)
    await office.press(LEE, question, views.ANSWER)
    answered = await exported(office)
    assert await answer_again(office, channel, "customer") == office.now_reads(LEE, question)["text"]
    assert await exported(office) == answered
    await office.set_up(answered.replace('kind = "customer"\nteam = "care"', 'kind = "ignored"'))
    before = await exported(office)
    assert "Somebody has said meanwhile" in await answer_again(office, channel, "customer")
    assert await exported(office) == before


async def test_who_is_quicker_by_a_moment_is_not_overruled_either(office: Office) -> None:
    """The press was let in by what the setup said before an admin's word was written."""
    channel = brought(office, LEE, shared=True)
    await office.settle()
    deps = office.bot.deps
    before = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    assert before
    await office.set_up(f'{await exported(office)}\n[channel.{channel}]\nkind = "ignored"\n')
    said = await exported(office)
    told = await deps.db.run(store.answer, before, channel, LEE, Answer("customer", "care"), deps.now())
    assert "Somebody has said meanwhile" in str(told)
    assert await exported(office) == said


async def answer_again(office: Office, channel: str, kind: Kind) -> str:
    """Lee's, from a screen that still shows the button."""
    deps = office.bot.deps
    here = await deps.db.run(deps.workspaces.get, OURS, deps.now())
    assert here
    said = await deps.db.run(store.answer, here, channel, LEE, Answer(kind, "care"), deps.now())
    return said if isinstance(said, str) else said.text


async def test_where_a_guest_brought_it_whoever_set_it_up_is_asked(office: Office) -> None:
    """Nobody from outside drives CareCue, and the channel is not forgotten for that."""
    await office.set_up("")
    office.sandbox.world.person(NIA).is_primary_owner = True
    await first_run.greet(office.bot.deps)
    channel = brought(office, LEE, guest=True)
    office.sandbox.world.leave(BOT, channel)
    other = office.sandbox.world.create(LEE, "by-a-guest").id
    office.sandbox.world.invite(LEE, other, GITA)
    office.sandbox.world.invite(GITA, other, BOT)
    await office.settle()
    (question,) = questions(office, NIA)
    assert f"I was brought into <#{other}>." in all_text(question)
    assert office.dm(GITA) == []
