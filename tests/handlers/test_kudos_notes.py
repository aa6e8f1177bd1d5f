"""Kudos from the side of whom they are for: they hear them, and say who else does; customers' thanks and reactions."""

import pytest

from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, GENERAL, LEE, MIA, OMAR
from bot.domain.kudos import Code, Refused
from bot.views import kudos as views
from bot.views import kudos_answers as answers
from bot.views import kudos_form as forms
from bot.views.words import common
from bot.views.words import kudos as words
from bot.views.words import kudos_pages as page_words
from tests.handlers.office import all_text, buttons, is_about, on_both_databases
from tests.handlers.thanking import FOR, Thanking, filled

# -- what a receiver wants ---------------------------------------------------------------------------------------


async def test_a_receiver_who_wants_no_announcement_is_left_out_of_it(team: Thanking) -> None:
    await team.choose(LEE, "never")
    await team.kudos(ANA, f"public @lee @omar {FOR}")
    (heard,) = team.announcements()
    assert f"<@{ANA}> thanks <@{OMAR}>." in all_text(heard)
    assert LEE not in str(heard)
    assert [len(team.notes(user)) for user in (LEE, OMAR)] == [1, 1]


async def test_where_nobody_wants_to_be_announced_nothing_is(team: Thanking) -> None:
    await team.choose(LEE, "never")
    await team.kudos(ANA, f"public @lee {FOR}")
    assert team.announcements() == []
    assert len(team.notes(LEE)) == 1


async def test_who_wants_no_announcement_is_not_named_in_its_reason_either(team: Thanking) -> None:
    await team.choose(LEE, "never")
    await team.kudos(ANA, "publicly @lee @omar for the way in which you and @lee kept everyone calm")
    (heard,) = team.announcements()
    assert "calm" in str(heard)
    assert LEE not in str(heard)
    assert "@lee" not in str(heard).casefold()


@on_both_databases
@pytest.mark.parametrize(("answer", "heard"), [(views.ANNOUNCE, 1), (views.KEEP_QUIET, 0)])
async def test_a_receiver_who_wants_to_be_asked_is_asked_each_time(team: Thanking, answer: str, heard: int) -> None:
    await team.choose(LEE, "ask")
    await team.kudos(ANA, f"public @lee {FOR}")
    (note,) = team.notes(LEE)
    assert team.announcements() == []
    assert buttons(note)[:2] == [views.ANNOUNCE, views.KEEP_QUIET]
    await team.press(LEE, note, answer)
    assert len(team.announcements()) == heard
    assert buttons(team.now_reads(LEE, note)) == [views.THANK, views.SHOW_MANAGER, views.HIDE]


async def test_a_no_cannot_become_a_yes_by_an_old_button(team: Thanking) -> None:
    await team.choose(LEE, "ask")
    await team.kudos(ANA, f"public @lee {FOR}")
    (note,) = team.notes(LEE)
    await team.press(LEE, note, views.KEEP_QUIET)
    direct = team.sandbox.world.direct(LEE, BOT).id
    team.sandbox.world.message(direct, note["ts"]).blocks[:] = note["blocks"]
    await team.press(LEE, note, views.ANNOUNCE)
    assert team.announcements() == []


async def test_settings_are_shown_as_they_were_chosen(team: Thanking) -> None:
    await team.kudos(LEE, "settings")
    assert filled(team.form(LEE), forms.CHOICE)["value"] == "yes"
    assert filled(team.form(LEE), forms.KEEP_THANKS) == []
    await team.choose(LEE, "ask", keep_thanks=True)
    await team.kudos(LEE, "settings")
    assert filled(team.form(LEE), forms.CHOICE)["value"] == "ask"
    assert [option["value"] for option in filled(team.form(LEE), forms.KEEP_THANKS)] == [forms.KEEP_THANKS]


# -- the buttons of a note ---------------------------------------------------------------------------------------


@on_both_databases
async def test_say_thanks_reaches_the_giver_once(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee {FOR}")
    (note,) = team.notes(LEE)
    await team.press(LEE, note, views.THANK)
    (thanks,) = team.notes(ANA)
    assert words.says_thanks(common.person(LEE)) in all_text(thanks)
    assert words.YOU_THANKED() in all_text(team.now_reads(LEE, note))
    assert views.THANK not in buttons(team.now_reads(LEE, note))


async def test_show_to_my_manager_shows_it_to_the_manager_and_to_nobody_else(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee {FOR}")
    (note,) = team.notes(LEE)
    await team.press(LEE, note, views.SHOW_MANAGER)
    (shown,) = team.notes(MIA)
    assert words.shows_you(common.person(LEE), common.person(ANA)) in all_text(shown)
    assert FOR.removeprefix("for ") in all_text(shown)
    assert words.YOU_SHOWED() in all_text(team.now_reads(LEE, note))
    assert [len(team.notes(user)) for user in (ANA, OMAR)] == [0, 0]


async def test_whom_the_manager_thanks_need_not_show_it_to_the_manager(team: Thanking) -> None:
    await team.kudos(MIA, f"@lee {FOR}")
    assert buttons(team.notes(LEE)[0]) == [views.THANK, views.HIDE]


async def test_what_is_hidden_is_seen_nowhere_and_nobody_is_told(team: Thanking) -> None:
    told = await team.kudos(ANA, f"public @lee @omar {FOR}")
    (note,) = team.notes(LEE)
    await team.wait(days=40)
    await team.press(LEE, note, views.HIDE)
    now = team.now_reads(LEE, note)
    assert (now["text"], buttons(now)) == (words.HIDDEN(), [])
    assert LEE not in str(team.announcements())
    assert f"<@{OMAR}>" in all_text(team.announcements()[0])
    assert "Acme" not in all_text(await team.kudos(LEE, "mine"))
    assert [len(team.notes(user)) for user in (ANA, OMAR)] == [0, 1]
    assert told


async def test_an_announcement_in_which_nobody_is_named_any_more_is_gone(team: Thanking) -> None:
    await team.kudos(ANA, f"public @lee {FOR}")
    await team.press(LEE, team.notes(LEE)[0], views.HIDE)
    assert "Acme" not in str(team.announcements())
    assert LEE not in str(team.announcements())


async def test_a_note_is_its_receivers_alone(team: Thanking) -> None:
    await team.kudos(ANA, f"@lee {FOR}")
    (note,) = team.notes(LEE)
    direct = team.sandbox.world.direct(LEE, BOT).id
    before = team.decided()
    for action in (views.THANK, views.SHOW_MANAGER, views.HIDE):
        await team.forged_press(OMAR, direct, note, action)
        assert team.told(OMAR) == words.refused(Refused(Code.NOT_YOURS), [])
        await team.forged_press(ADA, direct, note, action)
        assert team.told(ADA) == common.OUTSIDERS()
    assert team.decided() == before


async def test_a_button_of_kudos_that_are_gone_says_so(team: Thanking) -> None:
    told = await team.kudos(ANA, f"@lee {FOR}")
    (note,) = team.notes(LEE)
    await team.click(ANA, told, answers.TAKE_BACK)
    direct = team.sandbox.world.direct(LEE, BOT).id
    team.sandbox.world.message(direct, note["ts"]).blocks[:] = note["blocks"]
    await team.press(LEE, note, views.THANK)
    assert team.told(LEE) == words.refused(Refused(Code.GONE), [])
    assert team.notes(ANA) == []


# -- the message that they are about -----------------------------------------------------------------------------


async def test_when_the_message_is_deleted_its_link_goes_and_the_thanks_stay(team: Thanking) -> None:
    ts = await team.say(LEE, CARE, "The seat map is back.")
    await team.sandbox.shortcut(ANA, answers.SHORTCUT, CARE, ts)
    await team.settle()
    assert (await team.send_off(ANA, reason=FOR, where="kudos")).ok
    assert all(is_about(message, ts) for message in (*team.notes(LEE), *team.announcements()))
    team.sandbox.world.delete(LEE, CARE, ts)
    await team.settle()
    for message in (*team.notes(LEE), *team.announcements()):
        assert not is_about(message, ts)
        assert FOR in all_text(message)


# -- a customer's thanks -------------------------------------------------------------------------------------------


async def thanked_by_ada(team: Thanking) -> str:
    """A customer asks, Ana answers, the customer is happy; the `ts` of the thanks."""
    root = await team.say(ADA, EXT_ACME, "Could you send us the contract as a PDF?")
    await team.say(ANA, EXT_ACME, "Here it is; Lee has checked the dates.", root)
    return await team.say(ADA, EXT_ACME, "Thank you so much!", root)


async def test_who_has_not_asked_for_it_hears_nothing_of_customers_thanks(team: Thanking) -> None:
    await thanked_by_ada(team)
    assert team.notes(ANA) == []


@on_both_databases
async def test_a_customers_thanks_can_be_kept_without_the_customers_words(team: Thanking) -> None:
    await team.choose(ANA, "yes", keep_thanks=True)
    ts = await thanked_by_ada(team)
    (question,) = team.notes(ANA)
    assert is_about(question, ts)
    assert "*Ada* thanked you" in all_text(question)
    assert "so much" not in str(question)
    await team.press(ANA, question, views.KEEP)
    assert team.now_reads(ANA, question)["text"] == words.KEPT()
    page = await team.kudos(ANA, "mine")
    assert page_words.CUSTOMERS_THANKED() in all_text(page)
    assert is_about(page, ts)


async def test_no_thanks_keeps_nothing(team: Thanking) -> None:
    await team.choose(ANA, "yes", keep_thanks=True)
    await thanked_by_ada(team)
    (question,) = team.notes(ANA)
    await team.press(ANA, question, views.LET_BE)
    assert team.now_reads(ANA, question)["text"] == words.LEFT_BE()
    assert page_words.CUSTOMERS_THANKED() not in all_text(await team.kudos(ANA, "mine"))


async def test_who_helped_turns_a_customers_thanks_into_kudos_for_them(team: Thanking) -> None:
    await team.choose(ANA, "yes", keep_thanks=True)
    ts = await thanked_by_ada(team)
    (question,) = team.notes(ANA)
    await team.press(ANA, question, views.WHO_HELPED)
    assert filled(team.form(ANA), forms.RECEIVERS) == []
    assert (await team.send_off(ANA, receivers=[LEE], reason="for checking every date")).ok
    (note,) = team.notes(LEE)
    assert is_about(note, ts)
    assert team.now_reads(ANA, question)["text"] == words.HELPED_GIVEN()


async def test_a_question_is_for_whom_it_asks(team: Thanking) -> None:
    await team.choose(ANA, "yes", keep_thanks=True)
    await thanked_by_ada(team)
    (question,) = team.notes(ANA)
    direct = team.sandbox.world.direct(ANA, BOT).id
    for action in (views.KEEP, views.LET_BE):
        await team.forged_press(OMAR, direct, question, action)
        assert team.told(OMAR) == words.refused(Refused(Code.NOT_YOURS), [])
    await team.forged_press(OMAR, direct, question, views.WHO_HELPED)
    assert team.told(OMAR) == words.SETTLED()
    assert buttons(team.now_reads(ANA, question)) == [views.KEEP, views.WHO_HELPED, views.LET_BE]


# -- a reaction ----------------------------------------------------------------------------------------------------


async def reacted(team: Thanking) -> str:
    """Ana gives Lee's message the emoji of kudos; the message's `ts`."""
    ts = await team.say(LEE, CARE, "The seat map is back.")
    team.sandbox.world.react(ANA, CARE, ts, "raised_hands")
    await team.settle()
    return ts


async def test_a_reaction_asks_nothing_until_an_emoji_is_chosen(team: Thanking) -> None:
    await reacted(team)
    assert team.notes(ANA) == []


@on_both_databases
async def test_a_reaction_becomes_kudos_when_a_reason_is_given(team: Thanking) -> None:
    await team.set_up_kudos(emoji="raised_hands")
    ts = await reacted(team)
    (question,) = team.notes(ANA)
    assert words.ask_why("raised_hands", common.person(LEE)) in all_text(question)
    assert team.notes(LEE) == []
    await team.press(ANA, question, views.WHY)
    assert filled(team.form(ANA), forms.RECEIVERS) == [LEE]
    assert (await team.send_off(ANA, reason=FOR)).ok
    assert is_about(team.notes(LEE)[0], ts)
    assert team.now_reads(ANA, question)["text"] == words.WHY_GIVEN()


async def test_not_now_ends_the_question(team: Thanking) -> None:
    await team.set_up_kudos(emoji="raised_hands")
    await reacted(team)
    (question,) = team.notes(ANA)
    await team.press(ANA, question, views.WHY_NOT)
    assert team.now_reads(ANA, question)["text"] == words.LEFT_BE()
    assert team.notes(LEE) == []


@pytest.mark.parametrize("given", [False, True])
async def test_a_reaction_taken_back_takes_back_what_became_of_it(team: Thanking, given: bool) -> None:
    await team.set_up_kudos(emoji="raised_hands")
    ts = await reacted(team)
    (question,) = team.notes(ANA)
    if given:
        await team.press(ANA, question, views.WHY)
        assert (await team.send_off(ANA, reason=FOR)).ok
    team.sandbox.world.unreact(ANA, CARE, ts, "raised_hands")
    await team.settle()
    assert team.now_reads(ANA, question)["text"] == words.WITHDRAWN()
    assert [note["text"] for note in team.notes(LEE)] == [words.taken_back(common.person(ANA))] * given


async def test_a_form_that_was_open_when_the_reaction_went_gives_nothing(team: Thanking) -> None:
    await team.set_up_kudos(emoji="raised_hands")
    ts = await reacted(team)
    (question,) = team.notes(ANA)
    await team.press(ANA, question, views.WHY)
    team.sandbox.world.unreact(ANA, CARE, ts, "raised_hands")
    await team.settle()
    outcome = await team.send_off(ANA, reason=FOR)
    assert outcome.errors == {forms.REASON: words.refused(Refused(Code.GONE), [])}
    assert team.notes(LEE) == []


async def test_a_customers_reaction_and_one_to_a_customer_ask_nobody(team: Thanking) -> None:
    await team.set_up_kudos(emoji="raised_hands")
    question = await team.say(ADA, EXT_ACME, "Could you look at our booking?")
    answer = await team.say(ANA, EXT_ACME, "Done.", question)
    team.sandbox.world.react(ADA, EXT_ACME, answer, "raised_hands")
    team.sandbox.world.react(ANA, EXT_ACME, question, "raised_hands")
    team.sandbox.world.react(ANA, EXT_ACME, answer, "raised_hands")
    await team.settle()
    assert [team.notes(user) for user in (ANA, ADA)] == [[], []]
    assert team.announcements(GENERAL) == []
