"""The loop that CareCue is for: a customer waits, their agent hears of it, answers, and the nudge is over."""

from collections.abc import Awaitable, Callable

import pytest

from bot.demo.listed import choose, line, posts, press_in_form
from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, GITA, GUESTS, LEE, MIA, OMAR, OURS
from bot.views import living_list as views
from bot.views import ways_out
from bot.views.living_list import Way
from tests.handlers.office import Office, all_text, buttons

every_way = pytest.mark.parametrize("way", ["socket-sqlite", "http-sqlite", "socket-postgresql", "http-postgresql"])


@every_way
async def test_a_customer_waits_their_agent_hears_answers_and_the_nudge_clears_itself(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Our Friday booking shows 12 seats instead of 15, can you fix it?")
    await office.wait(minutes=44)
    assert office.dm(ANA) == []
    await office.wait(minutes=1)
    (nudge,) = office.dm(ANA)
    assert nudge["text"].startswith("1 customer waits for you. Ada in ")
    assert "45 minutes of 1 hour" in all_text(nudge)
    assert buttons(nudge) == [views.REPLY, views.WAY]
    await office.wait(seconds=1)
    await office.say(ANA, EXT_ACME, "Fifteen now, sorry for the scare.", ts)
    cleared = office.now_reads(ANA, nudge)
    assert cleared["text"] == "You answered *Ada* after 45 minutes. All caught up: nobody is waiting for you."
    assert buttons(cleared) == []
    await office.wait(days=3)
    assert len(posts(office, ANA)) == 1


async def test_the_way_to_a_message_leads_to_where_it_stands_whatever_its_conversation_began_with(
    office: Office,
) -> None:
    first = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.say(ANA, EXT_ACME, "Under Billing.")
    second = await office.say(ADA, EXT_ACME, "And where is Billing?")
    await office.wait(minutes=95)
    (nudge,) = office.about(ANA, second)
    assert "thread_ts=" not in str(nudge)
    await office.say(ANA, EXT_ACME, "Let me check, I'll tell you by 4pm.", second)
    assert f"thread_ts={second}&" in await office.command(ANA, "")
    third = await office.say(ADA, EXT_ACME, "Is it top right?", second)
    await office.wait(minutes=95)
    (nudge,) = office.about(ANA, third)
    assert f"thread_ts={second}&cid={EXT_ACME}" in str(nudge)
    assert first not in str(nudge)


async def test_only_the_agent_hears_of_it(office: Office) -> None:
    await office.asked()
    for other in (LEE, OMAR, MIA):
        assert office.dm(other) == []
    channels = {entry.channel for entry in office.sandbox.record.posts(by_bot=True)}
    assert channels == {office.sandbox.world.direct(ANA, office.sandbox.world.app.bot_user_id).id}


async def test_the_second_nudge_offers_help_then_the_team_is_asked_then_the_manager(office: Office) -> None:
    await office.asked()
    (first,) = office.dm(ANA)
    assert "Would a hand help?" not in all_text(first)
    await office.wait(minutes=30)
    (second,) = office.dm(ANA)
    assert "Would a hand help?" in all_text(second)
    await office.wait(minutes=15)
    assert ["Who can lend a hand?" in all_text(post) for post in office.home_posts()] == [True]
    assert office.dm(MIA) == []
    await office.wait(minutes=30)
    (asked,) = office.dm(MIA)
    assert f"How can you help <@{ANA}>?" in all_text(asked)
    await office.wait(days=6)  # before the next weekly page
    assert [len(posts(office, ANA)), len(office.home_posts()), len(posts(office, MIA))] == [2, 1, 1]


async def test_whoever_was_told_reads_that_it_is_over(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=75)
    await office.say(LEE, EXT_ACME, "It loads again, please try.", ts)
    for told in (*office.dm(ANA), *office.dm(MIA)):
        assert told["text"].startswith(f"<@{LEE}> answered *Ada* after 2 hours.")
    (post,) = office.home_posts()
    (now,) = [m for m in [office.sandbox.record.of(CARE, post["ts"])[-1].message] if not buttons(m)]
    assert now["text"] == f"<@{LEE}> answered *Ada* after 2 hours."


async def _colleague_in_no_team(office: Office, ts: str) -> None:
    person = office.sandbox.world.add_person(team_id=OURS, name="ike", real_name="Ike Sol")
    office.sandbox.world.invite(ANA, EXT_ACME, person.id)
    await office.settle()
    await office.say(person.id, EXT_ACME, "I know this one, Ada.", ts)


async def _react(office: Office, ts: str, name: str) -> None:
    office.sandbox.world.react(LEE, EXT_ACME, ts, name)
    await office.settle()


async def _delete(office: Office, ts: str) -> None:
    office.sandbox.world.delete(ADA, EXT_ACME, ts)
    await office.settle()


async def _press_no_reply(office: Office, ts: str) -> None:
    await choose(office, ANA, ts, Way.MORE)
    await press_in_form(office, ANA, ways_out.NO_REPLY)


async def _hand_over(office: Office, ts: str) -> None:
    await choose(office, ANA, ts, Way.HAND_OVER)
    await press_in_form(office, ANA, ways_out.HAND_TO, LEE)


WAYS_TO_END = [
    ("the owner answers in the thread", lambda o, ts: o.say(ANA, EXT_ACME, "Done.", ts), "You answered *Ada*"),
    ("the owner answers below it", lambda o, _: o.say(ANA, EXT_ACME, "Done, all of you."), "You answered *Ada*"),
    ("another agent answers", lambda o, ts: o.say(LEE, EXT_ACME, "Done.", ts), f"<@{LEE}> answered *Ada*"),
    ("someone of ours in no team answers", _colleague_in_no_team, "answered *Ada* after 45 minutes."),
    ("an agent gives it a check mark", lambda o, ts: _react(o, ts, "white_check_mark"), f"says <@{LEE}>"),
    ("the customer takes it back", _delete, "*Ada* took the message back."),
    ("the owner says that no reply is needed", _press_no_reply, f"says <@{ANA}>"),
    ("the owner hands it over", _hand_over, f"<@{LEE}> has *Ada* now."),
]


@pytest.mark.parametrize(("end", "says"), [way[1:] for way in WAYS_TO_END], ids=[way[0] for way in WAYS_TO_END])
async def test_the_nudge_clears_whichever_way_it_ends(
    office: Office, end: Callable[[Office, str], Awaitable[object]], says: str
) -> None:
    ts, nudge = await office.asked()
    await office.wait(seconds=1)
    await end(office, ts)
    cleared = office.now_reads(ANA, nudge)
    assert says in cleared["text"]
    assert buttons(cleared) == []
    await office.wait(days=1)
    assert len(posts(office, ANA)) == 1


async def test_thanks_needs_no_nudge_and_a_new_question_does(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the refund form?")
    await office.say(ANA, EXT_ACME, "Under Billing, at the bottom of the page.", ts)
    await office.say(ADA, EXT_ACME, "Thanks, that works!", ts)
    await office.wait(days=1)
    assert office.dm(ANA) == []
    await office.say(ADA, EXT_ACME, "One more thing: who signs it?", ts)
    await office.wait(minutes=120)
    assert len(posts(office, ANA)) == 2  # at 90 and at 120 minutes: a later reply may take longer than the first


async def test_eyes_make_an_owner_and_taking_them_off_gives_it_back(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Could somebody look at our invoice?")
    await _react(office, ts, "eyes")
    assert office.owner(ts) == LEE
    office.sandbox.world.unreact(LEE, EXT_ACME, ts, "eyes")
    await office.settle()
    await office.wait(minutes=45)
    assert (len(office.dm(ANA)), len(office.dm(LEE))) == (1, 0)


async def test_a_check_mark_by_a_slip_is_undone_by_taking_it_off(office: Office) -> None:
    ts, _ = await office.asked()
    await _react(office, ts, "white_check_mark")
    office.sandbox.world.unreact(LEE, EXT_ACME, ts, "white_check_mark")
    await office.settle()
    await office.wait(minutes=15)
    assert "Would a hand help?" in all_text(office.dm(ANA)[-1])


async def test_a_customers_check_mark_or_eyes_count_for_nothing(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Could somebody look at our invoice?")
    for name in ("white_check_mark", "eyes"):
        office.sandbox.world.react(ADA, EXT_ACME, ts, name)
    await office.wait(minutes=45)
    assert len(office.about(ANA, ts)) == 1


async def test_a_channel_without_an_owner_goes_round_the_team(office: Office) -> None:
    first = await office.say(GITA, GUESTS, "Where do I send the form?")
    await office.wait(minutes=46)
    second = await office.say(GITA, GUESTS, "Is there a room to sit in?")
    await office.wait(seconds=1)
    assert office.owner(first) != office.owner(second)
    await office.wait(minutes=46)
    assert all(any(line(office, user, ts) for user in (ANA, LEE, OMAR)) for ts in (first, second))


async def test_a_guests_first_question_is_marked_as_from_somebody_new(office: Office) -> None:
    first, nudge = await office.asked("Where do I send the form?", GITA, GUESTS)
    assert "New here" in all_text(nudge)
    await office.say(OMAR, GUESTS, "To me.", first)
    _, nudge = await office.asked("And by when, please?", GITA, GUESTS)
    assert "New here" not in all_text(nudge)


async def test_what_was_asked_in_the_evening_starts_to_count_in_the_morning(office: Office) -> None:
    await office.wait(hours=9)
    await office.say(BOB, "C0BLUEBIRD", "Are you still there?")
    await office.wait(hours=14)
    assert office.dm(LEE) == []
    await office.wait(minutes=45)
    assert len(office.dm(LEE)) == 1
