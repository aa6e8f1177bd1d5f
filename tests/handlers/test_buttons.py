"""Every way out of a nudge, pressed by people; on every transport and database where the tables matter."""

from datetime import UTC, datetime, timedelta

import pytest

from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, GITA, LEE, MIA, OMAR
from bot.sandbox import Refused
from bot.views import nudges as views
from bot.views.words import nudges as words
from tests.handlers.office import Office, all_text, buttons, on_both_databases


async def test_open_leads_to_the_thread_and_changes_nothing(office: Office) -> None:
    ts, nudge = await office.asked()
    (row,) = [block for block in nudge["blocks"] if block["type"] == "actions"]
    assert row["elements"][0]["url"] == f"https://linden.slack.com/archives/{EXT_ACME}/p{ts.replace('.', '')}"
    before = office.decided()
    await office.press(ANA, nudge, views.OPEN)
    assert office.decided() == before
    assert office.sandbox.record.ephemerals(ANA) == []


@on_both_databases
async def test_whoever_is_on_it_owns_it_and_everyone_who_was_told_can_see_that(office: Office) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    await office.sandbox.press(LEE, CARE, post["ts"], views.CLAIM)
    await office.settle()
    assert office.owner(ts) == LEE
    assert all(f"<@{LEE}> is on it." in all_text(nudge) for nudge in office.about(ANA, ts))
    assert f"<@{LEE}> is on it." in all_text(office.sandbox.record.of(CARE, post["ts"])[-1].message)
    await office.wait(seconds=1)
    await office.press(ANA, office.about(ANA, ts)[0], views.CLAIM)
    assert office.owner(ts) == ANA
    assert "You're on it." in all_text(office.about(ANA, ts)[0])


async def test_being_on_it_does_not_end_the_wait(office: Office) -> None:
    ts, nudge = await office.asked()
    await office.press(ANA, nudge, views.CLAIM)
    assert buttons(office.now_reads(ANA, nudge)) == buttons(nudge)
    await office.wait(minutes=15)
    assert len(office.about(ANA, ts)) == 2


# The first nudge comes a second after a quarter to eleven.
SNOOZES = [
    # pressed after so many minutes, the choice, when it rings again
    ("before closing for an hour", 5 * 60 + 45, "For 1 hour", datetime(2026, 3, 3, 9, 30, 1, tzinfo=UTC)),
    ("in the morning until the afternoon", 0, "Until this afternoon", datetime(2026, 3, 2, 14, tzinfo=UTC)),
    ("on Friday until tomorrow", 4 * 24 * 60, "Until tomorrow morning", datetime(2026, 3, 9, 9, tzinfo=UTC)),
]


@pytest.mark.parametrize(("after", "choice", "rings"), [row[1:] for row in SNOOZES], ids=[row[0] for row in SNOOZES])
async def test_a_snooze_is_quiet_until_then_in_working_time(
    office: Office, after: int, choice: str, rings: datetime
) -> None:
    ts, nudge = await office.asked()
    await office.wait(minutes=after)
    before = len(office.about(ANA, ts))
    await office.press(ANA, nudge, views.SNOOZE, choice)
    assert f"Snoozed until <!date^{int(rings.timestamp())}^" in all_text(office.now_reads(ANA, nudge))
    await office.until(rings - timedelta(seconds=1))
    assert len(office.about(ANA, ts)) == before
    await office.until(rings)
    assert len(office.about(ANA, ts)) == before + 1


async def test_a_snooze_holds_back_every_step_of_the_ladder(office: Office) -> None:
    _, nudge = await office.asked()
    await office.press(ANA, nudge, views.SNOOZE, "Until tomorrow morning")
    await office.wait(hours=20)
    assert (office.home_posts(), office.dm(MIA), len(office.dm(ANA))) == ([], [], 1)


async def test_an_answer_during_a_snooze_ends_it(office: Office) -> None:
    ts, nudge = await office.asked()
    await office.press(ANA, nudge, views.SNOOZE, "For 1 hour")
    await office.say(LEE, EXT_ACME, "Here it is.", ts)
    assert buttons(office.now_reads(ANA, nudge)) == []
    await office.wait(days=1)
    assert len(office.dm(ANA)) == 1


@on_both_databases
async def test_handed_over_the_colleague_hears_at_once_and_the_first_agent_is_free(office: Office) -> None:
    ts, nudge = await office.asked()
    await office.press(ANA, nudge, views.HAND_OVER)
    assert (await office.submit(ANA, LEE)).ok
    (passed_on,) = office.about(LEE, ts)
    assert f"<@{ANA}> asks you to take this one." in all_text(passed_on)
    assert buttons(passed_on) == [views.OPEN, views.CLAIM, views.SNOOZE, views.HAND_OVER, views.NO_REPLY]
    freed = office.now_reads(ANA, nudge)
    assert (freed["text"], buttons(freed)) == (f"<@{LEE}> has *Ada* now. Thank you for passing it on.", [])
    assert office.owner(ts) == LEE
    await office.wait(minutes=15)
    assert (len(office.about(ANA, ts)), len(office.about(LEE, ts))) == (1, 2)


WRONG_PICKS = [
    ("oneself", ANA, words.PICK_SOMEONE_ELSE),
    ("a customer", ADA, words.PICK_TEAMMATE),
    ("a guest", GITA, words.PICK_TEAMMATE),
    ("CareCue", BOT, words.PICK_TEAMMATE),
]


async def test_a_wrong_pick_is_said_beside_the_field_and_can_be_mended(office: Office) -> None:
    ts, nudge = await office.asked()
    await office.press(ANA, nudge, views.HAND_OVER)
    for who, picked, sentence in WRONG_PICKS:
        outcome = await office.submit(ANA, picked)
        assert dict(outcome.errors) == {views.HAND_OVER_TO: sentence}, who
        assert office.owner(ts) == ANA
    assert (await office.submit(ANA, OMAR)).ok
    assert office.owner(ts) == OMAR


async def test_a_form_without_a_pick_cannot_be_sent_off(office: Office) -> None:
    _, nudge = await office.asked()
    await office.press(ANA, nudge, views.HAND_OVER)
    form = office.sandbox.record.views(ANA)[-1].view
    with pytest.raises(Refused):
        await office.sandbox.submit(ANA, form["id"])


async def test_what_was_answered_while_the_form_was_open_is_said_beside_the_field(office: Office) -> None:
    ts, nudge = await office.asked()
    await office.press(ANA, nudge, views.HAND_OVER)
    await office.say(OMAR if OMAR in office.sandbox.world.channel(EXT_ACME).members else LEE, EXT_ACME, "Done.", ts)
    outcome = await office.submit(ANA, LEE)
    assert dict(outcome.errors) == {views.HAND_OVER_TO: words.OVER_ALREADY}
    assert office.about(LEE, ts) == []


async def test_a_form_that_is_cancelled_changes_nothing(office: Office) -> None:
    _, nudge = await office.asked()
    await office.press(ANA, nudge, views.HAND_OVER)
    before = office.decided()
    await office.sandbox.close_view(ANA, office.sandbox.record.views(ANA)[-1].view["id"])
    await office.settle()
    assert office.decided() == before


@on_both_databases
async def test_no_reply_needed_closes_until_the_customer_speaks_again(office: Office) -> None:
    ts, nudge = await office.asked()
    await office.press(ANA, nudge, views.NO_REPLY)
    assert office.now_reads(ANA, nudge)["text"] == f"*Ada* needs no reply, says <@{ANA}>."
    await office.wait(days=1)
    assert len(office.dm(ANA)) == 1
    again = await office.say(ADA, EXT_ACME, "It still does not load.", ts)
    await office.wait(minutes=45, seconds=1)
    assert len(office.about(ANA, again)) == 1


async def test_a_press_that_comes_too_late_is_told_so_and_changes_nothing(office: Office) -> None:
    """The answer arrives while the nudge with its buttons is still on someone's screen."""
    ts, nudge = await office.asked()
    on_screen = office.sandbox.world.message(office.sandbox.world.direct(ANA, BOT).id, nudge["ts"])
    blocks = on_screen.blocks
    await office.say(LEE, EXT_ACME, "Done.", ts)
    before, on_screen.blocks = office.decided(), blocks
    for action in (views.CLAIM, views.SNOOZE, views.NO_REPLY):
        await office.press(ANA, nudge, action, "For 1 hour" if action == views.SNOOZE else None)
        assert office.sandbox.record.ephemerals(ANA).pop().text == words.OVER_ALREADY
    await office.press(ANA, nudge, views.HAND_OVER)
    assert dict((await office.submit(ANA, LEE)).errors) == {views.HAND_OVER_TO: words.OVER_ALREADY}
    assert len(office.sandbox.record.ephemerals(ANA)) == 3
    assert office.decided() == before


async def test_pressed_twice_is_pressed_once(office: Office) -> None:
    ts, nudge = await office.asked()
    direct = office.sandbox.world.direct(ANA, BOT).id
    for _ in range(2):
        await office.forged_press(ANA, direct, nudge, views.NO_REPLY)
        office.sandbox.world.message(direct, nudge["ts"]).blocks = nudge["blocks"]
    assert office.waits() == [(ts, "closed")]
    assert len(office.dm(ANA)) == 1
