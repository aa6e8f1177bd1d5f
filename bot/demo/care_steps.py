"""The steps of the demo about customers who wait."""

from bot.demo.listed import choose, line, posts, press_in_form, the_line, the_list
from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, LEE
from bot.demo.proof import Act, about, buttons, expect, is_about, link_part
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import living_list as views
from bot.views import ways_out
from bot.views.living_list import Way


async def nudge_sent(stage: Stage) -> str:
    """A customer waits; at three quarters of the hour it stands in their agent's list, in private."""
    ts = await stage.say(ADA, EXT_ACME, "Our Friday group booking shows 12 seats instead of 15. Can you fix it?")
    await stage.wait(minutes=44)
    expect(not about(stage, ANA, ts), "a nudge before three quarters of the target")
    await stage.wait(minutes=1)
    shown = the_line(stage, ANA, ts)
    expect(shown.buttons == [views.REPLY, views.WAY] and len(shown.ways) == 5, "its ways out")
    await stage.say(ANA, EXT_ACME, "Done: you are at fifteen now.", ts)
    return read(stage.sandbox.world, shown.text.splitlines()[0])


async def nudge_cleared_by_reply(stage: Stage) -> str:
    """The agent answers in the thread; the list says so by itself and the buttons go."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "The invoice for May has our old address on it, could you correct that?")
    await stage.wait(minutes=50)
    before = the_line(stage, LEE, ts).message
    await stage.say(LEE, EXT_BLUEBIRD, "Corrected, the new PDF is on its way to you.", ts)
    after = the_list(stage, LEE)
    expect(after["ts"] == before["ts"], "another message in the place of the list")
    expect("answered" in str(after["blocks"]), "no word of the answer")
    expect(not buttons(after), "buttons of a nudge that is over")
    return read(stage.sandbox.world, after["text"])


async def nudge_not_after_thanks(stage: Stage) -> str:
    """ "Thanks!" needs no reply: two days later nobody has heard of it."""
    ts = await stage.say(ADA, EXT_ACME, "Where do I find the refund form?")
    await stage.say(ANA, EXT_ACME, "Under Billing, at the bottom of the page.", ts)
    await stage.say(ADA, EXT_ACME, "Thanks, that works!", ts)
    await stage.wait(days=2)
    expect(not about(stage, ANA, ts), "a nudge after thanks")
    return "nothing"


async def nudge_snoozed(stage: Stage) -> str:
    """Snoozed for an hour in two clicks: quiet for an hour, then a reminder."""
    ts = await stage.say(ADA, EXT_ACME, "Can we move Thursday's training to next week?")
    await stage.wait(minutes=45)
    rung = len(posts(stage, ANA))
    await choose(stage, ANA, ts, Way.ON_IT)
    said = await press_in_form(stage, ANA, ways_out.SNOOZE_HOUR)
    expect("Snoozed until" in the_line(stage, ANA, ts).text, "no word of the snooze")
    await stage.wait(minutes=59)
    expect(len(posts(stage, ANA)) == rung, "a nudge during the snooze")
    await stage.wait(minutes=1)
    expect(len(posts(stage, ANA)) == rung + 1, "no reminder after the snooze")
    await stage.say(ANA, EXT_ACME, "Of course, Tuesday at ten?", ts)
    return said


async def nudge_handed_over(stage: Stage) -> str:
    """Passed on in two clicks: the colleague hears of it at once, the first agent is free of it."""
    ts = await stage.say(ADA, EXT_ACME, "The seat map does not load in the app. What should we do?")
    await stage.wait(minutes=45)
    await choose(stage, ANA, ts, Way.HAND_OVER)
    await press_in_form(stage, ANA, ways_out.HAND_TO, LEE)
    passed_on = the_line(stage, LEE, ts)
    expect(line(stage, ANA, ts) is None, "a line of what was handed over")
    await stage.say(LEE, EXT_ACME, "A fix goes out tonight; until then the website works.", ts)
    return read(stage.sandbox.world, passed_on.text.splitlines()[-1])


async def nudge_second_offers_help(stage: Stage) -> str:
    """The second nudge does not ring louder: it offers help. Then the team is asked, where only the team reads."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Our order 1182 came without the rye bread, what happened?")
    await stage.wait(minutes=45)
    first, rung = the_line(stage, LEE, ts), len(posts(stage, LEE))
    await stage.wait(minutes=30)
    second = the_line(stage, LEE, ts)
    expect(len(posts(stage, LEE)) == rung + 1, "the second rings at the end of half an hour, once")
    expect({views.ASK, views.HAND_OVER} <= set(second.buttons), "no offer of help and cover")
    expect(second.text.splitlines()[-1] not in first.text, "the same words twice")
    await stage.wait(minutes=15)
    home = [entry for entry in stage.sandbox.record.posts(channel=CARE, by_bot=True) if is_about(entry.message, ts)]
    expect(len(home) == 1, "no word to the team")
    await stage.say(LEE, EXT_BLUEBIRD, "So sorry, a new one leaves at four, on us.", ts)
    return read(stage.sandbox.world, second.text.splitlines()[-1])


async def care_list(stage: Stage) -> str:
    """/care shows my waiting customers, the longest wait first."""
    first = await stage.say(ADA, EXT_ACME, "Do you have a price list for 2027?")
    await stage.wait(minutes=10)
    second = await stage.say(ADA, EXT_ACME, "Can we pay by direct debit?")
    await stage.sandbox.command(ANA, EXT_ACME, "/care", "")
    shown = stage.sandbox.record.ephemerals(ANA)[-1].message
    places = [str(shown).find(link_part(ts)) for ts in (first, second)]
    expect(0 < places[0] < places[1], "the longest wait is not first")
    for ts in (first, second):
        await stage.say(ANA, EXT_ACME, "Yes: I have sent you the details.", ts)
    return str(shown["text"])


STEPS: tuple[tuple[str, Act], ...] = (
    ("nudge.sent", nudge_sent),
    ("nudge.cleared_by_reply", nudge_cleared_by_reply),
    ("nudge.not_after_thanks", nudge_not_after_thanks),
    ("nudge.snoozed", nudge_snoozed),
    ("nudge.handed_over", nudge_handed_over),
    ("nudge.second_offers_help", nudge_second_offers_help),
    ("care.list", care_list),
)
