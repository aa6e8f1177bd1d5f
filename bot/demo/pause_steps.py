"""The step of the demo about a wait that is the customer's turn: its clock stands, and comes back by itself."""

import re
from datetime import UTC, datetime, timedelta

from bot.demo.listed import choose, posts, the_line
from bot.demo.place import BOB, CARE, EXT_BLUEBIRD, LEE
from bot.demo.proof import Act, buttons, expect, is_about
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.views import living_list as views
from bot.views.living_list import Way
from bot.views.nudges import CLAIM
from bot.views.words import living_list as words


async def expires(stage: Stage) -> str:
    """*Waiting on customer*: no word for two working days, then the line is back as something new, and rings once."""
    ts = await stage.say(BOB, EXT_BLUEBIRD, "The scale in the back room shows an error, can you tell me what it means?")
    await stage.wait(minutes=45)
    await choose(stage, LEE, ts, Way.PAUSE)
    paused, rung = the_line(stage, LEE, ts), len(posts(stage, LEE))
    expect(views.RESUME in paused.buttons, "no way to resume")
    said = paused.text.splitlines()[-1]
    ends = _date(said)
    expect(timedelta(days=2) <= ends - stage.clock.now() <= timedelta(days=6), f"until {ends}, not two working days")
    await stage.until(ends - timedelta(minutes=1))
    expect(len(posts(stage, LEE)) == rung, "a ring while we wait on the customer")
    expect(not _asked_for_a_hand(stage, ts), "word to the team while we wait on the customer")
    await stage.wait(minutes=2)
    back = the_line(stage, LEE, ts)
    expect(len(posts(stage, LEE)) == rung + 1, "no ring at the end of the pause")
    expect(words.SAYS["paused"]() in back.text and views.RESUME not in back.buttons, "not that the pause is over")
    await stage.say(LEE, EXT_BLUEBIRD, "It wants a new battery. One is on its way to you.", ts)
    return read(stage.sandbox.world, said)


def _asked_for_a_hand(stage: Stage, ts: str) -> bool:
    """Whether the team was; that its weekly page tells of who waits is no such word."""
    home = [entry.message for entry in stage.sandbox.record.posts(channel=CARE, by_bot=True)]
    return any(is_about(message, ts) and CLAIM in buttons(message) for message in home)


def _date(said: str) -> datetime:
    """The moment that a line names; raises Wrong."""
    found = re.search(r"<!date\^(\d+)", said)
    expect(found is not None, f"no end of the pause: {said}")
    return datetime.fromtimestamp(int(found[1]) if found else 0, UTC)


STEPS: tuple[tuple[str, Act], ...] = (("waiting_on_customer.expires", expires),)
