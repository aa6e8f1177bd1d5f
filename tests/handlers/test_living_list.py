"""Every way out of a line of the living list, taken by people; on all databases where the tables matter."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.demo.listed import choose, line, lists, posts, press, press_in_form, the_line, the_list
from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, GITA, LEE, MIA, OMAR
from bot.sandbox import Refused
from bot.views import ask_forms, boundary, nudges, ways_out
from bot.views import living_list as views
from bot.views.living_list import Way
from bot.views.words import common
from bot.views.words import living_list as list_words
from bot.views.words import nudges as words
from bot.views.words import ways_out as way_words
from tests.handlers.office import Office, all_text, buttons, on_both_databases

Json = dict[str, Any]


def shown(office: Office, user: str) -> Json:
    """The form that somebody has before them."""
    view = office.sandbox.windows.top(user)
    assert view is not None
    return office.sandbox.record.views(user)[-1].view


async def picked(office: Office, user: str, values: dict[str, Any]) -> Json:
    """The form with what somebody picked in it, sent off: what is wrong with it, by field."""
    outcome = await office.sandbox.submit(user, shown(office, user)["id"], values)
    await office.settle()
    return dict(outcome.errors)


async def test_reply_leads_to_the_thread_and_changes_nothing(office: Office) -> None:
    ts, nudge = await office.asked()
    (row,) = [block for block in nudge["blocks"] if block["type"] == "actions"]
    assert row["elements"][0]["url"] == f"https://linden.slack.com/archives/{EXT_ACME}/p{ts.replace('.', '')}"
    before = office.decided()
    await press(office, ANA, ts, views.REPLY)
    assert office.decided() == before
    assert office.sandbox.record.ephemerals(ANA) == []


@on_both_databases
async def test_whoever_is_on_it_owns_it_and_everyone_who_was_told_can_see_that(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    await office.sandbox.press(LEE, CARE, post["ts"], nudges.CLAIM)
    await office.wait(minutes=5)
    assert office.owner(ts) == LEE
    assert f"<@{LEE}> has it." in the_line(office, ANA, ts).text
    assert f"<@{LEE}> is on it." in all_text(office.sandbox.record.of(CARE, post["ts"])[-1].message)
    await choose(office, ANA, ts, Way.ON_IT)
    said = await press_in_form(office, ANA, views.CLAIM)
    assert said == "✅ You have Ada. The line clears by itself when the reply is there."
    assert office.owner(ts) == ANA
    assert list_words.YOU_HAVE_IT() in the_line(office, ANA, ts).text


async def test_being_on_it_does_not_end_the_wait(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    await press_in_form(office, ANA, views.CLAIM)
    await office.wait(minutes=30)
    assert list_words.SAYS["help"]() in the_line(office, ANA, ts).text
    assert len(posts(office, ANA)) == 2


# The list has rung a second after a quarter to eleven.
SNOOZES = [
    # pressed after so many minutes, the choice, when it rings again
    ("before closing for an hour", 5 * 60 + 45, ways_out.SNOOZE_HOUR, datetime(2026, 3, 3, 9, 30, 1, tzinfo=UTC)),
    ("in the morning until the afternoon", 0, ways_out.SNOOZE_AFTERNOON, datetime(2026, 3, 2, 14, tzinfo=UTC)),
    ("on Friday until tomorrow", 4 * 24 * 60, ways_out.SNOOZE_TOMORROW, datetime(2026, 3, 9, 9, tzinfo=UTC)),
]


@pytest.mark.parametrize(("after", "choice", "rings"), [row[1:] for row in SNOOZES], ids=[row[0] for row in SNOOZES])
async def test_a_snooze_is_quiet_until_then_in_working_time(
    office: Office, after: int, choice: str, rings: datetime
) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=after)
    before = len(posts(office, ANA))
    await choose(office, ANA, ts, Way.ON_IT)
    await press_in_form(office, ANA, choice)
    assert f"Snoozed until <!date^{int(rings.timestamp())}^" in the_line(office, ANA, ts).text
    await office.until(rings - timedelta(seconds=1))
    assert len(posts(office, ANA)) == before
    await office.until(rings)
    assert len(posts(office, ANA)) == before + 1


async def test_once_the_afternoon_has_begun_it_is_not_offered_any_more(office: Office) -> None:
    ts, _ = await office.asked()
    for hours, is_offered in ((0, True), (4, False)):
        await office.wait(hours=hours)
        await choose(office, ANA, ts, Way.ON_IT)
        assert (ways_out.SNOOZE_AFTERNOON in buttons(shown(office, ANA))) is is_offered
        await office.sandbox.close_view(ANA, shown(office, ANA)["id"])


async def test_a_moment_of_ones_own_is_picked_and_kept_to(office: Office) -> None:
    ts, _ = await office.asked()
    at = office.clock.now() + timedelta(hours=2)
    await choose(office, ANA, ts, Way.ON_IT)
    form = shown(office, ANA)["id"]
    moments = {None: way_words.NO_TIME_PICKED(), -3600: way_words.TIME_IS_PAST(), 40 * 86400: way_words.TIME_IS_FAR()}
    for seconds, wrong in moments.items():
        moment = None if seconds is None else int(office.clock.now().timestamp()) + seconds
        assert await picked(office, ANA, {ways_out.UNTIL: moment} if moment else {}) == {ways_out.UNTIL: wrong}
    assert await picked(office, ANA, {ways_out.UNTIL: int(at.timestamp())}) == {}
    assert "Snoozed until" in str(office.sandbox.windows.view(form).blocks)
    await office.until(at - timedelta(seconds=2))
    assert len(posts(office, ANA)) == 1
    await office.until(at + timedelta(seconds=2))
    assert len(posts(office, ANA)) == 2


async def test_a_snooze_holds_back_every_step_of_the_ladder(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    await press_in_form(office, ANA, ways_out.SNOOZE_TOMORROW)
    await office.wait(hours=20)
    assert (office.home_posts(), office.dm(MIA), len(posts(office, ANA))) == ([], [], 1)


async def test_an_answer_during_a_snooze_ends_it(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    await press_in_form(office, ANA, ways_out.SNOOZE_HOUR)
    await office.say(LEE, EXT_ACME, "Here it is.", ts)
    assert buttons(the_list(office, ANA)) == []
    await office.wait(days=1)
    assert len(posts(office, ANA)) == 1


@on_both_databases
async def test_handed_over_the_colleague_hears_at_once_and_the_first_agent_is_free(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(seconds=1)
    await choose(office, ANA, ts, Way.HAND_OVER)
    assert await press_in_form(office, ANA, ways_out.HAND_TO, LEE) == (
        "✅ Lee has Ada now. Thank you for passing it on."
    )
    passed_on = the_line(office, LEE, ts)
    assert passed_on.text.endswith(f"<@{ANA}> asks you to take this one.")
    assert passed_on.buttons == [views.REPLY, views.WAY]
    freed = the_list(office, ANA)
    assert (f"<@{LEE}> has *Ada* now. Thank you for passing it on." in str(freed), buttons(freed)) == (True, [])
    assert office.owner(ts) == LEE
    await office.wait(minutes=30)
    assert list_words.SAYS["help"]() in the_line(office, LEE, ts).text
    assert (line(office, ANA, ts), len(posts(office, ANA)), len(posts(office, LEE))) == (None, 1, 2)


async def test_teammates_on_duty_are_offered_with_the_lightest_load_first(office: Office) -> None:
    office.sandbox.world.invite(ANA, EXT_ACME, OMAR)
    await office.settle()
    other, _ = await office.asked("Where do we park?")
    await choose(office, ANA, other, Way.HAND_OVER)
    await press_in_form(office, ANA, ways_out.HAND_TO, LEE)
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.HAND_OVER)
    offered = [block["accessory"]["value"] for block in shown(office, ANA)["blocks"] if "accessory" in block]
    assert offered == [OMAR, LEE]


WRONG_PICKS = [
    ("oneself", ANA, words.PICK_SOMEONE_ELSE),
    ("a customer", ADA, words.PICK_TEAMMATE),
    ("a guest", GITA, words.PICK_TEAMMATE),
    ("CareCue", BOT, words.PICK_TEAMMATE),
]


async def test_a_wrong_pick_is_said_in_the_form_and_can_be_mended(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.HAND_OVER)
    for who, wrong, sentence in WRONG_PICKS:
        form = shown(office, ANA)
        await office.sandbox.press_view(ANA, form["id"], ways_out.HAND_TO_OTHER, wrong)
        await office.settle()
        assert sentence() in str(shown(office, ANA)["blocks"]), who
        assert office.owner(ts) == ANA
    await press_in_form(office, ANA, ways_out.HAND_TO_OTHER, OMAR)
    assert office.owner(ts) == OMAR


async def test_a_form_without_a_moment_picked_can_be_sent_off_and_says_what_is_missing(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ON_IT)
    assert await picked(office, ANA, {}) == {ways_out.UNTIL: way_words.NO_TIME_PICKED()}


async def test_what_was_answered_while_the_form_was_open_is_said_in_its_place(office: Office) -> None:
    ts, _ = await office.asked()
    for way, action, value in (
        (Way.HAND_OVER, ways_out.HAND_TO, LEE),
        (Way.HAND_OVER, ways_out.HAND_TO_OTHER, OMAR),
        (Way.ON_IT, views.CLAIM, None),
        (Way.ON_IT, ways_out.SNOOZE_HOUR, None),
        (Way.MORE, ways_out.NO_REPLY, None),
        (Way.MORE, ways_out.NOT_NEEDED, None),
    ):
        await choose(office, ANA, ts, way)
        await office.say(LEE, EXT_ACME, "Done.", ts)
        assert await press_in_form(office, ANA, action, value) == words.OVER_ALREADY(), action
        assert lists(office, LEE) == []
        ts, _ = await office.asked(f"And what about {action}?")


async def test_a_form_that_is_cancelled_changes_nothing(office: Office) -> None:
    ts, _ = await office.asked()
    for way in (Way.ON_IT, Way.HAND_OVER, Way.MORE, Way.ASK):
        before = office.decided()
        await choose(office, ANA, ts, way)
        await office.sandbox.close_view(ANA, shown(office, ANA)["id"])
        await office.settle()
        assert office.decided() == before, way


@on_both_databases
async def test_no_reply_needed_closes_until_the_customer_speaks_again(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(seconds=1)
    await choose(office, ANA, ts, Way.MORE)
    assert "Settled: Ada needs no reply." in await press_in_form(office, ANA, ways_out.NO_REPLY)
    assert f"*Ada* needs no reply, says <@{ANA}>." in str(the_list(office, ANA))
    await office.wait(days=1)
    assert len(posts(office, ANA)) == 1
    again = await office.say(ADA, EXT_ACME, "It still does not load.", ts)
    await office.wait(minutes=45, seconds=1)
    assert line(office, ANA, again)


async def test_help_is_asked_for_in_two_clicks_from_any_line_and_in_one_from_the_second_word(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.ASK)
    assert shown(office, ANA)["callback_id"] == ask_forms.ASK_FORM
    await office.sandbox.close_view(ANA, shown(office, ANA)["id"])
    await office.wait(minutes=30)
    assert {views.ASK, views.HAND_OVER} <= set(the_line(office, ANA, ts).buttons)
    await press(office, ANA, ts, views.ASK)
    assert await picked(office, ANA, {ask_forms.LINE: "How do I reset a seat map?"}) == {}
    assert "How do I reset a seat map?" in str(the_list(office, MIA))
    await office.sandbox.close_view(ANA, shown(office, ANA)["id"])
    await press(office, ANA, ts, views.HAND_OVER)
    assert shown(office, ANA)["title"]["text"] == way_words.HAND_OVER_TITLE()


async def test_a_boundary_is_called_from_a_line(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.MORE)
    await office.sandbox.press_view(ANA, shown(office, ANA)["id"], ways_out.BOUNDARY)
    await office.settle()
    assert shown(office, ANA)["callback_id"] == boundary.FORM
    assert await picked(office, ANA, {boundary.CASE: "abusive", boundary.LINE: "An insult."}) == {}
    assert line(office, ANA, ts) is None


async def test_why_is_answered_in_the_place_of_the_menu(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.MORE)
    await office.sandbox.press_view(ANA, shown(office, ANA)["id"], ways_out.WHY)
    await office.settle()
    assert "(rule `" in str(shown(office, ANA)["blocks"])


async def test_the_manager_takes_it_with_one_press(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=75)
    assert the_line(office, MIA, ts).buttons == [views.REPLY, views.CLAIM]
    await press(office, MIA, ts, views.CLAIM)
    assert office.owner(ts) == MIA
    assert list_words.YOU_HAVE_IT() in the_line(office, MIA, ts).text


async def test_a_press_that_comes_too_late_is_told_so_and_changes_nothing(office: Office) -> None:
    """The answer arrives while the list with its buttons is still on someone's screen."""
    ts, nudge = await office.asked()
    value = the_line(office, ANA, ts).value
    on_screen = office.sandbox.world.message(office.sandbox.world.direct(ANA, BOT).id, nudge["ts"])
    blocks = on_screen.blocks
    await office.say(LEE, EXT_ACME, "Done.", ts)
    before, on_screen.blocks = office.decided(), blocks
    for way in Way:
        await office.press(ANA, nudge, views.WAY, f"{way}:{value}")
        if way is Way.ASK:  # help is welcome also about what is answered
            await office.sandbox.close_view(ANA, shown(office, ANA)["id"])
            continue
        assert office.sandbox.record.ephemerals(ANA).pop().text == words.OVER_ALREADY(), way
    assert office.decided() == before


async def test_pressed_twice_is_pressed_once(office: Office) -> None:
    ts, nudge = await office.asked()
    direct, value = office.sandbox.world.direct(ANA, BOT).id, the_line(office, ANA, ts).value
    for _ in range(2):
        await office.forged_press(ANA, direct, nudge, views.WAY, f"{Way.PAUSE}:{value}")
        office.sandbox.world.message(direct, nudge["ts"]).blocks = nudge["blocks"]
    assert office.waits() == [(ts, None)]
    assert len(posts(office, ANA)) == 1


async def test_nobody_presses_in_another_persons_list(office: Office) -> None:
    """No client of Slack would let them; who tries all the same is refused, whichever way they take."""
    ts, nudge = await office.asked()
    direct, value = office.sandbox.world.direct(ANA, BOT).id, the_line(office, ANA, ts).value
    before = office.decided()
    for user, sentence in ((LEE, words.NOT_YOURS()), (GITA, common.OUTSIDERS()), (ADA, common.OUTSIDERS())):
        for way in Way:
            await office.forged_press(user, direct, nudge, views.WAY, f"{way}:{value}")
            assert office.told(user) == sentence, (user, way)
    assert office.decided() == before
    assert [office.sandbox.windows.top(user) for user in (LEE, GITA, ADA)] == [None, None, None]


async def test_what_cannot_be_filled_in_cannot_be_sent_off(office: Office) -> None:
    ts, _ = await office.asked()
    await choose(office, ANA, ts, Way.MORE)
    with pytest.raises(Refused):
        await office.sandbox.submit(ANA, shown(office, ANA)["id"])
