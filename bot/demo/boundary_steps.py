"""The steps of the demo about boundary calls: each case from the call to the manager's word."""

from typing import Any

from bot.demo.listed import line, the_list
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE, MIA
from bot.demo.proof import Act, expect, text
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.domain.asks import Outcome
from bot.domain.boundary import Case
from bot.views import ask_forms, asks, menu
from bot.views import boundary as views
from bot.views.words import boundary as words

Json = dict[str, Any]


async def abusive(stage: Stage) -> str:
    """An insult: reminders stop for good, the agent has what they can stand on, the manager takes over."""
    ts = await stage.say(ADA, EXT_ACME, "Are you people too stupid to read a calendar? Answer me!")
    await stage.wait(minutes=46)
    hand = await _call(stage, ANA, EXT_ACME, ts, Case.ABUSIVE, "Insulted us after one wrong date.")
    await _decide(stage, Outcome.TAKE_OVER, "I call her myself. This is not yours to carry.")
    await stage.say(ADA, EXT_ACME, "Hello? I am waiting!", ts)
    await stage.wait(hours=5)
    expect(line(stage, ANA, ts) is None, "a reminder after the call")
    expect(not stage.sandbox.record.posts(channel=EXT_ACME, by_bot=True), "a word of it where the customer reads")
    return text(stage, hand)


async def right(stage: Stage) -> str:
    """We are right: the agent answers at once, the manager's backing follows in writing."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Just switch the allergy check off, we never need it.")
    hand = await _call(stage, LEE, EXT_BLUEBIRD, ts, Case.RIGHT, "Wants the allergy check off. It keeps people safe.")
    expect(words.ANSWER_NOW() in str(hand), "no word that the agent may answer at once")
    await stage.say(LEE, EXT_BLUEBIRD, "The check stays on, Bob, and I can show you how to make it quicker.", ts)
    await _decide(stage, Outcome.BACK, "The check stays on for everybody. Send them to me if they insist.")
    (answer,) = [message for message in stage.dm(LEE) if "Send them to me" in str(message)]
    return text(stage, answer)


async def unreasonable(stage: Stage) -> str:
    """A third demand after two fair answers: the next agent who meets the customer knows of it."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Again: I want the whole year for free. What is so hard about it?")
    await _call(stage, LEE, EXT_BLUEBIRD, ts, Case.UNREASONABLE, "Third time, after two fair offers.")
    await _decide(stage, Outcome.END, "Two offers were fair. There is no third.")
    await stage.wait(minutes=10)
    other = await stage.say(BOB, EXT_BLUEBIRD, "Which tray fits the new oven?")
    await stage.wait(minutes=46)
    told = [shown.text for user in (ANA, LEE) if (shown := line(stage, user, other))]
    expect(bool(told), "nobody was nudged about the customer's next question")
    await stage.say(ANA, EXT_BLUEBIRD, "The flat one, number 12.", other)
    return read(stage.sandbox.world, told[0].splitlines()[0])


async def _call(stage: Stage, user: str, where: str, ts: str, case: Case, why: str) -> Json:
    """From the message's menu; what the agent then has in hand."""
    await stage.sandbox.shortcut(user, menu.SHORTCUT, where, ts)
    await stage.settle()
    await stage.sandbox.press_view(user, _form(stage, user), menu.BOUNDARY)
    await stage.settle()
    sent = await stage.sandbox.submit(user, _form(stage, user), {views.CASE: case, views.LINE: why})
    expect(sent.ok, "the call was not taken")
    await stage.settle()
    await stage.sandbox.close_view(user, _form(stage, user))
    return next(message for message in reversed(stage.dm(user)) if message["text"] == words.called(case))


async def _decide(stage: Stage, outcome: Outcome, why: str) -> None:
    """The manager chooses, and says why."""
    await stage.press(MIA, the_list(stage, MIA), asks.ANSWER)
    values = {ask_forms.OUTCOME: outcome, ask_forms.LINE: why}
    expect((await stage.sandbox.submit(MIA, _form(stage, MIA), values)).ok, "the answer was not taken")
    await stage.settle()


def _form(stage: Stage, user: str) -> str:
    """The form that somebody looks at."""
    view = stage.sandbox.windows.top(user)
    expect(view is not None, "no form is open")
    return view.id if view else ""


STEPS: tuple[tuple[str, Act], ...] = (
    ("boundary.abusive", abusive),
    ("boundary.right", right),
    ("boundary.unreasonable", unreasonable),
)
