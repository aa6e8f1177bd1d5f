"""The steps of the demo about kudos: thanks that mean something, seen by those whom they should reach."""

from typing import Any

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, EXT_BLUEBIRD, GENERAL, KUDOS, LEE, MIA, OMAR
from bot.demo.proof import Act, buttons, expect, is_about, text
from bot.demo.stage import Stage
from bot.domain.kudos import Where
from bot.views import kudos as views
from bot.views import kudos_answers as answers
from bot.views import kudos_form as form

BOOKING = "staying with the Acme family until their booking worked"
CALM = "keeping everyone calm while the booking page was down"


async def command(stage: Stage) -> str:
    """Thanks in one line; the receiver gets a message worth keeping, and nobody else hears of it."""
    before = _heard(stage)
    await _kudos(stage, ANA, f"@lee #kindness for {BOOKING}")
    note = _note(stage, LEE, BOOKING)
    expect(buttons(note) == [views.THANK, views.SHOW_MANAGER, views.HIDE], "its buttons")
    expect("kindness" in str(note), "no word of the behaviour")
    expect(_heard(stage) == before, "an announcement that nobody asked for")
    return text(stage, note)


async def modal(stage: Stage) -> str:
    """Without words a form opens; this time the giver wants the kudos channel to hear it."""
    reason = "showing Gita around so that she found the form at once"
    await _kudos(stage, MIA, "")
    await _send_off(stage, MIA, {form.RECEIVERS: [OMAR], form.REASON: reason, form.WHERE: Where.KUDOS})
    _note(stage, OMAR, reason)
    (post,) = [
        entry for entry in stage.sandbox.record.posts(channel=KUDOS, by_bot=True) if reason in str(entry.message)
    ]
    return text(stage, post.message)


async def shortcut(stage: Stage) -> str:
    """*Give kudos* on a message: its author is filled in, its conversation linked."""
    ts = await stage.say(OMAR, CARE, "The seat map is back, and I have told all three who asked.")
    await stage.sandbox.shortcut(ANA, answers.SHORTCUT, CARE, ts)
    await stage.settle()
    await _send_off(stage, ANA, {form.REASON: "telling everyone who had asked, without being asked to"})
    note = _note(stage, OMAR, "without being asked to")
    expect(is_about(note, ts), "no link to the message")
    return text(stage, note)


async def private(stage: Stage) -> str:
    """Who has chosen never to be announced gets the note, and the channel hears nothing."""
    await _choose(stage, LEE, {form.CHOICE: "never"})
    before = _heard(stage)
    await _kudos(stage, OMAR, f"publicly @lee #optimism for {CALM}")
    note = _note(stage, LEE, CALM)
    expect(_heard(stage) == before, "an announcement of somebody who wants none")
    await _choose(stage, LEE, {form.CHOICE: "yes"})
    return text(stage, note)


async def refused_self(stage: Stage) -> str:
    """Not to oneself: a friendly no that keeps what was typed, and a way to mend it."""
    told = len(stage.dm(ANA))
    await _kudos(stage, ANA, "@ana #solutions for finding the bug in the seat map")
    answer = stage.sandbox.record.ephemerals(ANA)[-1].message
    expect("finding the bug in the seat map" in str(answer), "what was typed is gone")
    expect(buttons(answer) == [answers.MEND], "no way to mend it")
    expect(len(stage.dm(ANA)) == told, "kudos to oneself")
    return text(stage, answer)


async def customer_thanks(stage: Stage) -> str:
    """A customer says thanks: who wants it is asked to keep that, and can pass it on to who helped."""
    await _choose(stage, ANA, {form.KEEP_THANKS: [form.KEEP_THANKS]})
    ts = await stage.say(ADA, EXT_ACME, "Could you send us the contract as a PDF?")
    await stage.say(ANA, EXT_ACME, "Here it is; Lee has checked the dates.", ts)
    await stage.say(ADA, EXT_ACME, "Thank you so much!", ts)
    ask = stage.dm(ANA)[-1]
    expect(buttons(ask) == [views.KEEP, views.WHO_HELPED, views.LET_BE], "its buttons")
    expect("Thank you so much" not in str(ask), "the customer's words")
    await stage.press(ANA, ask, views.WHO_HELPED)
    await _send_off(stage, ANA, {form.RECEIVERS: [LEE], form.REASON: "checking every date in the Acme contract"})
    _note(stage, LEE, "checking every date")
    return text(stage, ask)


async def mine(stage: Stage) -> str:
    """My page: what I was thanked for, as stories."""
    await _kudos(stage, LEE, "mine")
    page = stage.sandbox.record.ephemerals(LEE)[-1].message
    for reason in (BOOKING, CALM):
        expect(reason in str(page), f"nothing about {reason}")
    return text(stage, page)


async def no_broadcast(stage: Stage) -> str:
    """Whatever is typed, no channel is rung."""
    reason = "hello <!channel> and <!here>, for answering every single one of Bob's questions"
    await _kudos(stage, ANA, f"publicly @omar {reason}")
    said = [*stage.sandbox.record.posts(by_bot=True), *stage.sandbox.record.ephemerals(ANA)]
    about_it = [entry.message for entry in said if "single one of Bob" in str(entry.message)]
    expect(len(about_it) >= 2, "neither note nor announcement")
    expect(not any("<!channel" in str(one) or "<!here" in str(one) for one in about_it), "a channel was rung")
    return text(stage, about_it[0])


STEPS: tuple[tuple[str, Act], ...] = (
    ("kudos.command", command),
    ("kudos.modal", modal),
    ("kudos.shortcut", shortcut),
    ("kudos.private", private),
    ("kudos.refused_self", refused_self),
    ("kudos.customer_thanks", customer_thanks),
    ("kudos.mine", mine),
    ("kudos.no_broadcast", no_broadcast),
)


async def _kudos(stage: Stage, user: str, words: str) -> None:
    await stage.sandbox.command(user, CARE, answers.COMMAND, words)
    await stage.settle()


async def _send_off(stage: Stage, user: str, values: dict[str, Any]) -> None:
    """Fill in the form that has just opened, and send it off."""
    view = stage.sandbox.record.views(user)[-1].view
    outcome = await stage.sandbox.submit(user, view["id"], values)
    expect(outcome.ok and not outcome.errors, f"the form says {dict(outcome.errors)}")
    await stage.settle()


async def _choose(stage: Stage, user: str, values: dict[str, Any]) -> None:
    await _kudos(stage, user, "settings")
    await _send_off(stage, user, values)


def _note(stage: Stage, user: str, reason: str) -> dict[str, Any]:
    """The one message to somebody that gives this reason."""
    notes = [message for message in stage.dm(user) if reason in str(message)]
    expect(len(notes) == 1, f"{len(notes)} notes")
    return notes[0]


def _heard(stage: Stage) -> int:
    """How much CareCue has said in channels."""
    posts = stage.sandbox.record.posts(by_bot=True)
    return sum(post.channel in (CARE, KUDOS, GENERAL, EXT_ACME, EXT_BLUEBIRD) for post in posts)
