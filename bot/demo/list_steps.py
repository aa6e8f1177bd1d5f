"""The steps of the demo about the living list: one message for everything, which empties itself."""

from bot.demo.listed import line, lists, posts, the_line, the_list
from bot.demo.place import ADA, ANA, EXT_ACME, GITA, GUESTS, OMAR
from bot.demo.proof import Act, buttons, expect
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views.words import living_list as words

QUESTIONS = (
    "Where do we park the coach on Saturday?",
    "Is lunch in the price for the drivers?",
    "Can the choir warm up at four?",
    "Do you have an invoice for the deposit?",
)


async def one_message(stage: Stage) -> str:
    """Four customers' messages in a quarter of an hour: one list, which rings twice at most, and never in between."""
    before = len(posts(stage, ANA))
    asked = []
    for question in QUESTIONS:
        asked.append(await stage.say(ADA, EXT_ACME, question))
        await stage.wait(minutes=6)
    await stage.wait(minutes=21)
    expect(len(posts(stage, ANA)) == before + 1 and len(lists(stage, ANA)) == 1, "more than one message")
    await stage.wait(minutes=31)
    expect(len(posts(stage, ANA)) == before + 2, "what came meanwhile did not ring at the end of half an hour, once")
    expect(len(lists(stage, ANA)) == 1, "two lists stand")
    expect(all(line(stage, ANA, ts) for ts in asked), "somebody who waits is not in the list")
    told = the_list(stage, ANA)
    for ts in asked:
        await stage.say(ANA, EXT_ACME, "I have just sent you the details.", ts)
    return read(stage.sandbox.world, told["blocks"][0]["text"]["text"])


async def clears(stage: Stage) -> str:
    """Each answer takes its line away at once, without a ring; the last one leaves "All caught up"."""
    first = await stage.say(GITA, GUESTS, "Where do I get my badge?")
    await stage.wait(minutes=10)
    second = await stage.say(GITA, GUESTS, "Is there a quiet room for a call?")
    await stage.wait(minutes=66)
    the_line(stage, OMAR, second)
    rung, place = len(posts(stage, OMAR)), the_line(stage, OMAR, first).message["ts"]
    await stage.say(OMAR, GUESTS, "At the front desk, with your name on it.", first)
    expect(line(stage, OMAR, first) is None and line(stage, OMAR, second) is not None, "not just the line that is done")
    await stage.wait(minutes=1)
    await stage.say(OMAR, GUESTS, "Behind the library; I have booked it for you.", second)
    left = the_list(stage, OMAR)
    expect(left["ts"] == place and len(posts(stage, OMAR)) == rung, "a ring for what is done")
    expect(words.ALL_CAUGHT_UP() in str(left) and not buttons(left), f"of an empty list: {left['text']}")
    return read(stage.sandbox.world, left["blocks"][0]["text"]["text"])


STEPS: tuple[tuple[str, Act], ...] = (
    ("list.one_message", one_message),
    ("list.clears", clears),
)
