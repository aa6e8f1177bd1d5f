"""The steps of the demo about the leader's clock: an agent asks, the manager owes word, loops are closed."""

from typing import Any

from bot.demo.listed import posts, press, the_list
from bot.demo.place import ADA, ANA, CARE, EXT_ACME, LEE, MIA, OMAR
from bot.demo.proof import Act, about, buttons, expect, text
from bot.demo.stage import Stage
from bot.domain.asks import Outcome
from bot.views import ask_forms as forms
from bot.views import asks as views
from bot.views import living_list as lists
from bot.views.words import asks as words

Json = dict[str, Any]


async def clock(stage: Stage) -> str:
    """Asked from the second nudge: the manager's list rings at once, and once more; the agent sees when word comes."""
    ts = await stage.say(ADA, EXT_ACME, "May forty of us change trains in Porto on the same ticket?")
    await stage.wait(minutes=75)
    rung = len(posts(stage, MIA))
    await press(stage, ANA, ts, lists.ASK)
    await _send(stage, ANA, {forms.LINE: "Forty on one ticket: may I promise that?"})
    expect(len(posts(stage, MIA)) == rung + 1 and bool(about(stage, MIA, ts)), "the manager has not heard at once")
    own = _own(stage, ANA)
    expect("expect word by" in text(stage, own), "no word of when to expect word")
    await stage.press(MIA, the_list(stage, MIA), views.HAVE_IT)
    expect(f"<@{MIA}> has it" in _own(stage, ANA)["text"], "who has it is not to be seen")
    await stage.wait(minutes=46)
    expect(len(posts(stage, MIA)) == rung + 2, "no reminder, or more than one")
    await _answer(stage, {forms.LINE: "Yes, up to fifty. I have told the ticket office."})
    await stage.say(ANA, EXT_ACME, "You may, all forty of you: the ticket office knows.", ts)
    return text(stage, own)


async def answered(stage: Stage) -> str:
    """The answer reaches the agent, the manager's list clears itself, and no channel has seen any of it."""
    before = len(stage.sandbox.record.posts(channel=EXT_ACME, by_bot=True))
    await _type(stage, ANA, EXT_ACME, "ask Could you look over my reply to Acme with me?")
    await stage.wait(minutes=20)
    await _answer(stage, {forms.LINE: "With pleasure, I come over at three."})
    heard = stage.dm(ANA)[-1]
    expect("I come over at three" in str(heard), "the agent has not heard the answer")
    expect(views.ANSWER not in buttons(the_list(stage, MIA)), "buttons of an ask that has its answer")
    expect(len(stage.sandbox.record.posts(channel=EXT_ACME, by_bot=True)) == before, "a word where the customer reads")
    return text(stage, heard)


async def closed_loop(stage: Stage) -> str:
    """A snag that two others share: one answer, and all three hear it."""
    await _type(stage, ANA, CARE, "snag The export stops at 500 rows")
    for user in (LEE, OMAR):
        await _type(stage, user, CARE, "snag")
        form = stage.sandbox.windows.top(user)
        known = [option["value"] for option in _options(form.blocks if form else [])]
        await _send(stage, user, {forms.SAME: known[0]})
    await stage.wait(minutes=30)
    expect(words.me_toos(2) in str(the_list(stage, MIA)), "those who share it are not counted")
    await _answer(stage, {forms.OUTCOME: Outcome.FIXED, forms.LINE: "The new version goes up to 50,000."})
    for user in (ANA, LEE, OMAR):
        expect("50,000" in str(stage.dm(user)[-1]), "somebody has not heard what became of it")
    return text(stage, stage.dm(LEE)[-1])


async def _type(stage: Stage, user: str, where: str, typed: str) -> None:
    expect((await stage.sandbox.command(user, where, "/care", typed)).ok, "the command was not taken")
    await stage.settle()


async def _answer(stage: Stage, values: dict[str, str]) -> None:
    await stage.press(MIA, the_list(stage, MIA), views.ANSWER)
    await _send(stage, MIA, values)


async def _send(stage: Stage, user: str, values: dict[str, str]) -> None:
    """Send the open form off; what it turned into is closed."""
    view = stage.sandbox.windows.top(user)
    assert view is not None
    expect((await stage.sandbox.submit(user, view.id, values)).ok, "the form was not taken")
    await stage.settle()
    if (left := stage.sandbox.windows.top(user)) is not None:
        await stage.sandbox.close_view(user, left.id)


def _own(stage: Stage, user: str) -> Json:
    """The agent's own message about their ask."""
    return next(message for message in reversed(stage.dm(user)) if views.WITHDRAW in buttons(message))


def _options(blocks: list[Json]) -> list[Json]:
    (field,) = [block for block in blocks if block.get("block_id") == forms.SAME]
    return list(field["element"]["options"])


STEPS: tuple[tuple[str, Act], ...] = (
    ("ask.clock", clock),
    ("ask.answered", answered),
    ("snag.closed_loop", closed_loop),
)
