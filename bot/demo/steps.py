"""What the demo proves, step by step; each is checked against Slack's own record, never against the bot's word."""

from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, LEE
from bot.demo.reading import first_line
from bot.demo.stage import Stage
from bot.views import nudges as views


class Wrong(Exception):
    """Slack's record does not show what the step promises; the message says what it shows instead."""


@dataclass(frozen=True, slots=True)
class Step:
    """`saw`: what the person concerned saw, in their words."""

    name: str
    ok: bool
    saw: str


Act = Callable[[Stage], Awaitable[str]]


async def nudge_sent(stage: Stage) -> str:
    """A customer waits; at three quarters of the hour their agent hears of it, in private."""
    ts = await stage.say(ADA, EXT_ACME, "Our Friday group booking shows 12 seats instead of 15. Can you fix it?")
    await stage.wait(minutes=44)
    _expect(not _about(stage, ANA, ts), "a nudge before three quarters of the target")
    await stage.wait(minutes=1)
    (nudge,) = _about(stage, ANA, ts)
    _expect(_buttons(nudge) == [views.OPEN, views.CLAIM, views.SNOOZE, views.HAND_OVER, views.NO_REPLY], "its buttons")
    await stage.say(ANA, EXT_ACME, "Done: fifteen seats, and sorry for the scare.", ts)
    return _text(stage, nudge)


async def nudge_cleared_by_reply(stage: Stage) -> str:
    """The agent answers in the thread; the nudge says so by itself and its buttons go."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "The invoice for May has our old address on it, could you correct that?")
    await stage.wait(minutes=50)
    (before,) = _about(stage, LEE, ts)
    await stage.say(LEE, EXT_BLUEBIRD, "Corrected, the new PDF is on its way to you.", ts)
    (after,) = [message for message in stage.dm(LEE) if message["ts"] == before["ts"]]
    _expect("answered" in after["text"], "no word of the answer")
    _expect(not _buttons(after), "buttons of a nudge that is over")
    return _text(stage, after)


async def nudge_not_after_thanks(stage: Stage) -> str:
    """ "Thanks!" needs no reply: two days later nobody has heard of it."""
    ts = await stage.say(ADA, EXT_ACME, "Where do I find the refund form?")
    await stage.say(ANA, EXT_ACME, "Under Billing, at the bottom of the page.", ts)
    await stage.say(ADA, EXT_ACME, "Thanks, that works!", ts)
    await stage.wait(days=2)
    _expect(not _about(stage, ANA, ts), "a nudge after thanks")
    return "nothing"


async def nudge_snoozed(stage: Stage) -> str:
    """Snoozed for an hour: quiet for an hour, then a reminder."""
    ts = await stage.say(ADA, EXT_ACME, "Can we move Thursday's training to next week?")
    await stage.wait(minutes=45)
    (nudge,) = _about(stage, ANA, ts)
    await stage.press(ANA, nudge, views.SNOOZE, "For 1 hour")
    await stage.wait(minutes=59)
    _expect(len(_about(stage, ANA, ts)) == 1, "a nudge during the snooze")
    await stage.wait(minutes=1)
    _expect(len(_about(stage, ANA, ts)) == 2, "no reminder after the snooze")
    await stage.say(ANA, EXT_ACME, "Of course, Tuesday at ten?", ts)
    return _text(stage, nudge)


async def nudge_handed_over(stage: Stage) -> str:
    """Passed on in two clicks: the colleague hears of it at once, the first agent is free of it."""
    ts = await stage.say(ADA, EXT_ACME, "The seat map does not load in the app. What should we do?")
    await stage.wait(minutes=45)
    (nudge,) = _about(stage, ANA, ts)
    await stage.press(ANA, nudge, views.HAND_OVER)
    form = stage.sandbox.record.views(ANA)[-1].view
    await stage.sandbox.submit(ANA, form["id"], {views.HAND_OVER_TO: LEE})
    await stage.settle()
    (passed_on,) = _about(stage, LEE, ts)
    (freed,) = [message for message in stage.dm(ANA) if message["ts"] == nudge["ts"]]
    _expect(not _buttons(freed), "buttons of a nudge that was handed over")
    await stage.say(LEE, EXT_ACME, "A fix goes out tonight; until then the website works.", ts)
    return _text(stage, passed_on)


async def nudge_second_offers_help(stage: Stage) -> str:
    """The second nudge does not ring louder: it offers help. Then the team is asked, where only the team reads."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Our order 1182 came without the rye bread, what happened?")
    await stage.wait(minutes=60)
    first, second = _about(stage, LEE, ts)
    _expect(_text(stage, first) != _text(stage, second), "the same words twice")
    await stage.wait(minutes=30)
    home = [entry for entry in stage.sandbox.record.posts(channel=CARE, by_bot=True) if _is_about(entry.message, ts)]
    _expect(len(home) == 1, "no word to the team")
    await stage.say(LEE, EXT_BLUEBIRD, "So sorry, a new one leaves at four, on us.", ts)
    return _text(stage, second)


async def care_list(stage: Stage) -> str:
    """/care shows my waiting customers, the longest wait first."""
    first = await stage.say(ADA, EXT_ACME, "Do you have a price list for 2027?")
    await stage.wait(minutes=10)
    second = await stage.say(ADA, EXT_ACME, "And can we pay by direct debit?")
    await stage.sandbox.command(ANA, EXT_ACME, "/care", "")
    shown = stage.sandbox.record.ephemerals(ANA)[-1].message
    places = [_all_text(shown).find(_link_part(ts)) for ts in (first, second)]
    _expect(0 < places[0] < places[1], "the longest wait is not first")
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


async def play(stage: Stage, name: str, act: Act) -> Step:
    """One step, on a new working day."""
    await stage.morning()
    try:
        return Step(name, True, await act(stage))
    except Wrong as wrong:
        return Step(name, False, f"wrong: {wrong}")
    except ValueError as unexpected:  # a message that should be there is not, or there are two
        return Step(name, False, f"wrong: {unexpected}")


def _expect(holds: bool, otherwise: str) -> None:
    if not holds:
        raise Wrong(otherwise)


def _about(stage: Stage, user: str, ts: str) -> list[dict[str, Any]]:
    """CareCue's messages to someone about this customer message."""
    return [message for message in stage.dm(user) if _is_about(message, ts)]


def _is_about(message: dict[str, Any], ts: str) -> bool:
    return _link_part(ts) in _all_text(message)


def _link_part(ts: str) -> str:
    return f"/p{ts.replace('.', '')}"


def _all_text(message: dict[str, Any]) -> str:
    return str(message)


def _buttons(message: dict[str, Any]) -> list[str]:
    rows = [block["elements"] for block in message["blocks"] if block["type"] == "actions"]
    return [element["action_id"] for row in rows for element in row]


def _text(stage: Stage, message: dict[str, Any]) -> str:
    return first_line(stage.sandbox.world, message)
