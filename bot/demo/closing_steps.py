"""The steps of the demo about goodbyes: thanks that want nothing start no clock, and thanks that want something do."""

from bot.demo.listed import posts, the_line
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE
from bot.demo.proof import Act, about, expect, is_about
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import living_list as views
from bot.views.words import care as words

FURTHER = 89  # minutes after which three quarters of the target for a further reply are nearly over


async def thanks(stage: Stage) -> str:
    """After our answer a goodbye starts no wait: it is in nobody's list, and two days later nobody was nudged."""
    asked = await stage.say(ADA, EXT_ACME, "How do we put a second name on the group's invoice?")
    await stage.say(ANA, EXT_ACME, "Under Billing, then Names: there is room for three.", asked)
    ours = await stage.say(ADA, EXT_ACME, "thanks, that works!", asked)
    await stage.say(BOB, EXT_BLUEBIRD, "O forno não liga, o que fazemos?")
    await stage.say(LEE, EXT_BLUEBIRD, "Carregue no botão da esquerda durante cinco segundos.")
    theirs = await stage.say(BOB, EXT_BLUEBIRD, "Muito obrigado, já funciona :pray:")
    lists = [await _list(stage, ANA, EXT_ACME), await _list(stage, LEE, EXT_BLUEBIRD)]
    expect(set(lists) == {words.care_headline(0)}, f"a list of who waits: {lists}")
    await stage.wait(days=2)
    told = [one.message for user in (ANA, LEE) for one in posts(stage, user)]
    heard = [one["text"] for one in told if is_about(one, ours) or is_about(one, theirs)]
    expect(not heard, f"a nudge after a goodbye: {heard}")
    return lists[0]


async def trap(stage: Stage) -> str:
    """ "Thanks, one more thing" and "thanks, but" are questions with good manners: both are brought up in time."""
    asked = await stage.say(ADA, EXT_ACME, "Which platform does the coach leave from?")
    await stage.say(ANA, EXT_ACME, "From number four, behind the station.", asked)
    more = await stage.say(ADA, EXT_ACME, "thanks, one more thing: the last stop is missing on our plan", asked)
    await stage.say(BOB, EXT_BLUEBIRD, "Which button resets the oven?")
    await stage.say(LEE, EXT_BLUEBIRD, "The left one, for five seconds.")
    but = await stage.say(BOB, EXT_BLUEBIRD, "thanks, but it still shows the old hour")
    await stage.wait(minutes=FURTHER)
    expect(not about(stage, ANA, more) and not about(stage, LEE, but), "a nudge before three quarters of the target")
    await stage.wait(minutes=2)
    first, second = the_line(stage, ANA, more), the_line(stage, LEE, but)
    expect(all(views.WAY in shown.buttons for shown in (first, second)), "no ways out of a nudge")
    await stage.say(ANA, EXT_ACME, "Added: it is Rua do Sol, at noon.", asked)
    await stage.say(LEE, EXT_BLUEBIRD, "Hold it until the lamp blinks, then the hour follows.")
    return read(stage.sandbox.world, first.text.splitlines()[0])


async def _list(stage: Stage, agent: str, channel: str) -> str:
    """The headline of what /care shows them."""
    await stage.sandbox.command(agent, channel, "/care", "")
    return stage.sandbox.record.ephemerals(agent)[-1].text


STEPS: tuple[tuple[str, Act], ...] = (
    ("closing.thanks", thanks),
    ("closing.trap", trap),
)
