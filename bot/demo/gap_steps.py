"""The step of the demo about a silence: what was missed is made up for, in one message."""

from datetime import timedelta

from bot.demo.listed import line, lists, posts, the_line, the_list
from bot.demo.place import ADA, ANA, CARE, EXT_ACME
from bot.demo.proof import Act, expect, is_about
from bot.demo.reading import read
from bot.demo.stage import Stage
from jobs import listening


async def filled_once(stage: Stage) -> str:
    """Four hours unheard: who was answered or took it back is nobody's worry, who waits stands in one message, once."""
    before, world = len(posts(stage, ANA)), stage.sandbox.world
    heard = await stage.say(ADA, EXT_ACME, "Can the choir check in the evening before?")
    await _beat(stage)
    stage.sandbox.deliveries.deaf = True
    world.say(ANA, EXT_ACME, "Yes, from six.", thread_ts=heard)
    asked = world.say(ADA, EXT_ACME, "Where do the drivers sleep?").ts
    stage.clock.advance(timedelta(minutes=30))
    gone = world.say(ADA, EXT_ACME, "And do they get breakfast, what do you think?").ts
    world.delete(ADA, EXT_ACME, gone)
    stage.clock.advance(timedelta(hours=3, minutes=30))
    stage.sandbox.deliveries.deaf = False
    await _beat(stage)
    await stage.settle()
    the_line(stage, ANA, asked)
    expect(line(stage, ANA, heard) is None and line(stage, ANA, gone) is None, "a line for what is over")
    expect(len(lists(stage, ANA)) == 1 and len(posts(stage, ANA)) == before + 1, "not one message")
    told = the_list(stage, ANA)["blocks"][1]["elements"][0]["text"]
    expect("away" in told, f"no word of the silence: {told}")
    await _beat(stage)
    await stage.wait(minutes=29)
    home = [entry for entry in stage.sandbox.record.posts(channel=CARE, by_bot=True) if is_about(entry.message, asked)]
    expect(len(posts(stage, ANA)) == before + 1 and len(home) == 1, "said twice")
    await stage.say(ANA, EXT_ACME, "At the inn next door; the rooms are booked.", asked)
    return read(world, told)


async def _beat(stage: Stage) -> None:
    await listening.beat(stage.bot.deps, stage.clock.now())


STEPS: tuple[tuple[str, Act], ...] = (("gap.filled_once", filled_once),)
