"""The steps of the demo about why: what is told of a conversation, and what follows from a word that it was misread."""

from bot.demo.listed import line, posts, the_line, the_list
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE
from bot.demo.proof import Act, expect, is_about, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import why as views
from bot.views.words import clock
from bot.views.words import why as words


async def explained(stage: Stage) -> str:
    """/care why and a link: what started the clock, what counted, how it was read and who hears of it next."""
    ts = await stage.say(ADA, EXT_ACME, "Which of the two menus did we order for the choir?")
    await stage.wait(minutes=30)
    heard = len(stage.sandbox.record.posts(channel=EXT_ACME, by_bot=True))
    await stage.sandbox.command(ANA, EXT_ACME, "/care", f"why {_link(EXT_ACME, ts)}")
    shown = stage.sandbox.record.ephemerals(ANA)[-1].message
    told = "\n".join(texts(shown))
    expect(is_about(shown, ts), "no way to the message that started the clock")
    expect(f"<@{ANA}>" in told and "(rule `" in told, "not who hears of it next, or not by which rule it was read")
    expect(len(stage.sandbox.record.posts(channel=EXT_ACME, by_bot=True)) == heard, "a word of it where others read")
    await stage.say(ANA, EXT_ACME, "The second one, with the lentil soup.", ts)
    return read(stage.sandbox.world, next(line for line in texts(shown) if clock.CLOCK() in line).splitlines()[1])


async def corrected(stage: Stage) -> str:
    """ "This needed no reply": the reminder goes at once, and none comes after it."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "For your notes: the courier came at nine today.")
    await stage.wait(minutes=46)
    the_line(stage, LEE, ts)
    await stage.sandbox.command(LEE, EXT_BLUEBIRD, "/care", f"why {_link(EXT_BLUEBIRD, ts)}")
    shown = stage.sandbox.record.ephemerals(LEE)[-1]
    await stage.sandbox.press(
        LEE, EXT_BLUEBIRD, shown.ts, views.CORRECT, words.NOT_NEEDED(), block_id=views.block_id(ts)
    )
    await stage.settle()
    after, rung = the_list(stage, LEE), len(posts(stage, LEE))
    expect(line(stage, LEE, ts) is None, "a reminder that was none")
    await stage.wait(days=2)
    expect(line(stage, LEE, ts) is None and len(posts(stage, LEE)) == rung, "a reminder after the correction")
    return read(stage.sandbox.world, after["text"])


def _link(channel: str, ts: str) -> str:
    """As Slack copies it."""
    return f"https://linden.slack.com/archives/{channel}/p{ts.replace('.', '')}"


STEPS: tuple[tuple[str, Act], ...] = (
    ("why.explained", explained),
    ("why.corrected", corrected),
)
