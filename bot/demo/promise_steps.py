"""The steps of the demo about promises: what is kept is never brought up, what falls due is, in private."""

from itertools import pairwise
from typing import Any

from bot.demo.listed import lists, posts
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE
from bot.demo.proof import Act, expect
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import promises as views


async def kept(stage: Stage) -> str:
    """A holding reply ends the wait and stands in /care; the answer keeps it, and nobody was reminded of anything."""
    rung = len(posts(stage, ANA))
    ts = await stage.say(ADA, EXT_ACME, "Our seats on the 14:20 to Porto are gone from the booking, where are they?")
    await stage.say(ANA, EXT_ACME, "Let me check with the railway and get back to you by 3pm.", ts)
    await stage.wait(hours=2)
    await stage.sandbox.command(ANA, EXT_ACME, "/care", "")
    shown = stage.sandbox.record.ephemerals(ANA)[-1].message
    listed = [line for line in _lines(shown) if "by <!date^" in line]
    expect(len(listed) == 1, "what was promised does not stand in /care")
    await stage.say(ANA, EXT_ACME, "Found them: they had moved to coach 5, all fifteen in a row.", ts)
    await stage.wait(days=1)
    expect(len(posts(stage, ANA)) == rung, "a nudge about what was kept")
    return read(stage.sandbox.world, listed[0])


async def nudged(stage: Stage) -> str:
    """Due at three: at two it is brought up, once and to who promised. Told there that it takes longer, it waits."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Can the oven be set to start by itself at four in the morning?")
    await stage.say(LEE, EXT_BLUEBIRD, "Good question! I'll ask the makers and let you know by 3pm.", ts)
    await stage.wait(hours=3, minutes=59)
    expect(not _promised(stage, LEE), "a nudge too early")
    rung = len(posts(stage, LEE))
    await stage.wait(minutes=2)
    (told,) = _promised(stage, LEE)
    expect(len(posts(stage, LEE)) == rung + 1, "no ring, or more than one")
    await stage.say(LEE, EXT_BLUEBIRD, "They still look into it: I'll update you tomorrow by noon.", ts)
    expect(not _promised(stage, LEE), "a promise that has a new time")
    await stage.morning()
    await stage.say(LEE, EXT_BLUEBIRD, "It can: hold the clock for three seconds, then choose the hour.", ts)
    await stage.wait(hours=5)
    expect(not _promised(stage, LEE), "a nudge about what was kept")
    return read(stage.sandbox.world, told)


def _promised(stage: Stage, user: str) -> list[str]:
    """What stands in somebody's list of what they promised: above the buttons that a promise has."""
    blocks = [block for message in lists(stage, user) for block in message["blocks"]]
    return [str(text["text"]["text"]) for text, row in pairwise(blocks) if views.DONE in str(row.get("elements"))]


def _lines(message: dict[str, Any]) -> list[str]:
    return [str(block["text"]["text"]) for block in message["blocks"] if block["type"] == "section"]


STEPS: tuple[tuple[str, Act], ...] = (
    ("promise.kept", kept),
    ("promise.nudged", nudged),
)
