"""The steps of the demo about being left in peace: own hours, away, and no more than so many pings a day."""

from datetime import datetime, timedelta

from bot.demo.listed import line, posts, the_line
from bot.demo.place import ADA, ANA, EXT_ACME, LEE, OMAR, ZONE
from bot.demo.proof import Act, expect, texts
from bot.demo.reading import read
from bot.demo.stage import Stage
from bot.domain.moments import moment
from bot.domain.setup import Team

CAP = Team("", "").cap
ANSWER = "It is sorted, and you have a mail about it."


async def outside_hours(stage: Stage) -> str:
    """Ana works in the mornings: what falls due in her afternoon goes to a colleague, and nothing rings for her."""
    said = await _command(stage, "hours mon-fri 9:00-13:00")
    await stage.until(_at(stage, 12, 30))
    ts = await stage.say(ADA, EXT_ACME, "Can we change the coach for Sunday?")
    await stage.wait(minutes=46)
    expect(line(stage, ANA, ts) is None, "a line for who is off work")
    theirs = the_line(stage, _whose(stage, ts), ts)
    expect(f"<@{ANA}> is off work" in theirs.text, "not why it came")
    await stage.say(LEE, EXT_ACME, ANSWER, ts)
    await stage.until(_at(stage, 16, 50))
    late = await stage.say(ADA, EXT_ACME, "And what does a second coach cost?")
    await stage.morning()
    hours = [moment(post.ts).astimezone(ZONE).hour for post in posts(stage, ANA)]
    expect(all(9 <= hour < 17 for hour in hours), "a ping outside of hours")
    await stage.say(ANA, EXT_ACME, ANSWER, late)
    await _command(stage, "hours off")
    return said


async def out_of_office(stage: Stage) -> str:
    """A status that says away: who waits goes to a colleague at once. Then a pause, and one press ends it."""
    ts = await stage.say(ADA, EXT_ACME, "Which of the two invoices is the right one?")
    await stage.wait(minutes=46)
    rung, back = len(posts(stage, ANA)), stage.clock.now() + timedelta(hours=3)
    stage.sandbox.world.change_person(ANA, status_emoji=":palm_tree:", status_expiration=int(back.timestamp()))
    await stage.settle()
    passed_on = the_line(stage, _whose(stage, ts), ts)
    await stage.wait(minutes=5)
    expect(line(stage, ANA, ts) is None, "still in the list of who is away")
    await stage.say(LEE, EXT_ACME, "The second one; the first is void.", ts)
    await stage.until(back + timedelta(minutes=1))
    stage.sandbox.world.change_person(ANA, status_emoji="", status_expiration=0)
    said = await _command(stage, "pause until monday")
    expect("You are paused until" in said, "no word of the pause")
    expect("You are back" in await _command(stage, "resume"), "not back")
    expect(len(posts(stage, ANA)) == rung, "a ping for who is away")
    return read(stage.sandbox.world, passed_on.text.splitlines()[-1])


async def budget_capped(stage: Stage) -> str:
    """Seven hours in which something is new all the time: six pings, and the list goes on without a sound."""
    asked, before = [], len(posts(stage, ANA))
    for number in range(5):
        asked.append(await stage.say(ADA, EXT_ACME, f"What is in lunch box {number + 1}?"))
        await stage.wait(minutes=70)
    expect(len(posts(stage, ANA)) - before == CAP, f"{len(posts(stage, ANA)) - before} pings in a day")
    last = the_line(stage, ANA, asked[-1])
    await stage.morning()
    expect(len(posts(stage, ANA)) - before == CAP + 1, "no ping for what is still due the next morning")
    for ts in asked:
        await stage.say(ANA, EXT_ACME, "Bread, an apple and a slice of cake.", ts)
    return read(stage.sandbox.world, last.text.splitlines()[0])


async def _command(stage: Stage, words: str) -> str:
    """Ana types /care …; the answer, which only she sees."""
    await stage.sandbox.command(ANA, EXT_ACME, "/care", words)
    await stage.settle()
    shown = stage.sandbox.record.ephemerals(ANA)[-1].message
    return read(stage.sandbox.world, " ".join(texts(shown)[0].splitlines()))


def _whose(stage: Stage, ts: str) -> str:
    """In whose list it stands, of those who are not away."""
    (user,) = [user for user in (LEE, OMAR) if line(stage, user, ts)]
    return user


def _at(stage: Stage, hour: int, minute: int) -> datetime:
    return stage.clock.now().astimezone(ZONE).replace(hour=hour, minute=minute, second=0, microsecond=0)


STEPS: tuple[tuple[str, Act], ...] = (
    ("quiet.outside_hours", outside_hours),
    ("quiet.out_of_office", out_of_office),
    ("budget.capped", budget_capped),
)
