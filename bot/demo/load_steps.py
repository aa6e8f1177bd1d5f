"""The steps of the demo about fair load: who gets what nobody had, and what happens when one person has too much."""

from dataclasses import replace
from typing import Any

from bot.demo.listed import line, lists, posts, the_line, the_list
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE, MIA, OMAR, OURS
from bot.demo.proof import Act, expect, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.store import setup
from bot.views import loads as views
from bot.views.words import loads as words

TOO_MANY = 9  # one more than is fair


async def manager_told(stage: Stage) -> str:
    """Nine customers wait for one agent, who hears no more of it; her manager does, and takes two of them off her."""
    asked = []
    for number in range(TOO_MANY):
        asked.append(await stage.say(ADA, EXT_ACME, f"Where do we park coach number {number + 1}?"))
        await stage.wait(minutes=6)
    told = next(one for one in texts(the_list(stage, MIA)) if one.startswith(f"<@{ANA}> has {TOO_MANY}"))
    rung = len(posts(stage, ANA))
    await stage.wait(minutes=31)
    expect(len(posts(stage, ANA)) == rung, "a ping for somebody who has too much")
    await stage.press(MIA, the_list(stage, MIA), views.TAKE_OFF, ANA)
    form = stage.sandbox.record.views(MIA)[-1].view
    await stage.sandbox.submit(MIA, form["id"], {views.WHICH: _first_two(form), views.WHO: "any"})
    await stage.settle()
    expect(all(line(stage, ANA, ts) is None for ts in asked[:2]), "still in the list that it was taken off")
    expect({user for ts in asked[:2] for user in (LEE, OMAR) if line(stage, user, ts)} == {LEE, OMAR}, "not shared")
    expect(words.TAKE_OFF() not in str(lists(stage, MIA)), "still told of what is fair again")
    for ts in asked:
        await stage.say(ANA, EXT_ACME, "Behind the hall, and the gate is open.", ts)
    return read(stage.sandbox.world, told)


async def moved_on(stage: Stage) -> str:
    """Nobody's customer goes to whose turn it is; half an hour without a word, and it is the next one's turn."""
    deps = stage.bot.deps
    before = setup.read(await deps.db.run(setup.export, OURS))
    nobodys = tuple(replace(one, owner=None) if one.id == EXT_BLUEBIRD else one for one in before.channels)
    await deps.db.run(setup.apply, OURS, replace(before, channels=nobodys), deps.now(), None)
    try:
        return await _goes_round(stage)
    finally:
        await deps.db.run(setup.apply, OURS, before, deps.now(), None)


async def _goes_round(stage: Stage) -> str:
    ts = await stage.say(BOB, EXT_BLUEBIRD, "Who do we talk to about the Easter order?")
    await stage.wait(minutes=45)
    first = _whose(stage, ts)
    await stage.wait(minutes=30)
    second = _whose(stage, ts)
    expect(first != second, "it did not move on")
    shown = the_line(stage, second, ts)
    expect(f"It was with <@{first}>" in shown.text, "not why it came")
    await stage.say(second, EXT_BLUEBIRD, "To me, gladly.", ts)
    return read(stage.sandbox.world, shown.text.splitlines()[-1])


def _first_two(form: dict[str, Any]) -> list[str]:
    boxes = next(block["element"] for block in form["blocks"] if block.get("block_id") == views.WHICH)
    return [option["value"] for option in boxes["options"][:2]]


def _whose(stage: Stage, ts: str) -> str:
    """In whose list alone it stands."""
    (user,) = [user for user in (ANA, LEE, OMAR) if line(stage, user, ts)]
    return user


STEPS: tuple[tuple[str, Act], ...] = (
    ("load.manager_told", manager_told),
    ("rota.moved_on", moved_on),
)
