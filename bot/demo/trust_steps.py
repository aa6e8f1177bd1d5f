"""The steps of the demo about who gets in, and what gets out."""

from datetime import timedelta
from typing import Any

from bot.demo.listed import the_line
from bot.demo.place import ACME, ADA, ANA, BOB, CARE, CUSTOMERS, EXT_ACME, EXT_BLUEBIRD, GITA, LEE
from bot.demo.proof import Act, expect, is_about
from bot.demo.stage import Stage
from bot.views import nudges as views
from bot.views.words import common
from jobs import nudges


async def stranger_refused(stage: Stage) -> str:
    """A guest who came into the team's channel presses an old button there: they are told, and nothing changes."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Is there a table for eight on Sunday?")
    await stage.wait(minutes=91)
    (post,) = _home_posts(stage, ts)
    stage.sandbox.world.invite(ANA, CARE, GITA)
    await stage.settle()
    await stage.sandbox.press(GITA, CARE, post["ts"], views.CLAIM)
    await stage.settle()
    told = stage.sandbox.record.ephemerals(GITA)[-1].text
    expect(told == common.OUTSIDERS(), "a guest is let in")
    expect(f"<@{GITA}>" not in str(stage.sandbox.world.message(CARE, post["ts"]).blocks), "the guest has taken it on")
    the_line(stage, LEE, ts)
    stage.sandbox.world.leave(GITA, CARE)
    await stage.say(LEE, EXT_BLUEBIRD, "There is: at one o'clock, by the window.", ts)
    return told


async def shared_channel(stage: Stage) -> str:
    """Between decision and word the team's channel is shared with a customer's company: nothing is said there."""
    ts = await stage.say(ADA, EXT_ACME, "Can the coach wait for ten minutes?")
    await stage.wait(minutes=89)
    stage.clock.advance(timedelta(minutes=1, seconds=1))
    expect(await nudges.sweep(stage.bot.deps) > 0, "nothing that was to be said")
    stage.sandbox.world.share(CARE, ACME)
    await stage.settle()
    expect(not _home_posts(stage, ts), "a word to a channel that a customer can read")
    stage.sandbox.world.unshare(CARE, ACME)
    await stage.say(ANA, EXT_ACME, "It can, the driver knows.", ts)
    expect(not any(stage.sandbox.record.posts(channel=one, by_bot=True) for one in CUSTOMERS), "a word to customers")
    expect(not any(stage.dm(customer) for customer in (ADA, BOB, GITA)), "a message to a customer")
    return "nothing"


def _home_posts(stage: Stage, ts: str) -> list[dict[str, Any]]:
    """What the team's channel was told about this customer."""
    posts = stage.sandbox.record.posts(channel=CARE, by_bot=True)
    return [entry.message for entry in posts if is_about(entry.message, ts)]


STEPS: tuple[tuple[str, Act], ...] = (
    ("roles.stranger_refused", stranger_refused),
    ("leak.shared_channel", shared_channel),
)
