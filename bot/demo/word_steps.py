"""The step of the demo about words: whoever uses Slack in German is told in German, and everybody else as before."""

from bot.demo.listed import the_line, the_list
from bot.demo.place import ANA, GENERAL, GITA, GUESTS, OMAR
from bot.demo.proof import Act, expect, is_about, texts
from bot.demo.reading import read
from bot.demo.stage import Stage

REASON = "finding the lost order on a Friday evening"


async def german(stage: Stage) -> str:
    """Omar's Slack turns German: so do his list and a note to him, and who thanked him is answered in English."""
    stage.sandbox.world.change_person(OMAR, locale="de-DE")
    ts = await stage.say(GITA, GUESTS, "When does the bakery close on Saturday?")
    await stage.wait(minutes=46)
    the_line(stage, OMAR, ts)
    shown = the_list(stage, OMAR)
    expect("wartet auf dich" in shown["text"] and "waiting" not in str(shown), "a list that is not in German")
    await stage.sandbox.command(ANA, GENERAL, "/kudos", f"@omar #kindness for {REASON}")
    await stage.settle()
    note = "\n".join(texts(stage.dm(OMAR)[-1]))
    expect("dankt dir" in note and "Freundlichkeit" in note and REASON in note, "a note that is not in German")
    answer = "\n".join(texts(stage.sandbox.record.ephemerals(ANA)[-1].message))
    expect("will hear it from you" in answer, "an answer that is not in the language of who reads it")
    await stage.say(OMAR, GUESTS, "At four.", ts)
    expect(is_about(shown, ts), "no way to the message")
    stage.sandbox.world.change_person(OMAR, locale="en-GB")
    await stage.settle()
    return read(stage.sandbox.world, shown["text"])


STEPS: tuple[tuple[str, Act], ...] = (("words.german", german),)
