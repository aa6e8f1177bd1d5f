"""The steps of the demo about the pulse, and about what can reasonably be expected of a team."""

from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, time, timedelta
from typing import Any

from bot.demo.place import ANA, CARE, LEE, MIA, OMAR, OURS, ZONE
from bot.demo.proof import Act, buttons, expect, text
from bot.demo.reading import read
from bot.demo.rounds import Week, lines, live
from bot.demo.stage import Stage
from bot.domain import pulse
from bot.domain.setup import Setup, Targets
from bot.store import setup
from bot.views.expectations import TAKE
from bot.views.words import pulse as words
from jobs import people

Json = dict[str, Any]

A_MINUTE = timedelta(minutes=1)
NEW_HERE = ("jon", "kim", "pia")
WEEKS = 3
BUSY = Week(pace=45, a_day=4)
HALF_AN_HOUR = Targets(timedelta(minutes=30), timedelta(hours=1))


async def floor(stage: Stage) -> str:
    """Four answers are deleted unheard; of six the whole team reads a sentence, in which all are alike."""
    more = [stage.sandbox.world.add_person(team_id=OURS, name=name).id for name in NEW_HERE]
    agents = (ANA, LEE, OMAR, *more)
    async with _set_up(stage, lambda before: _with_agents(before, agents)):
        await people.meet_teams(stage.bot.deps)
        await stage.settle()
        told = await _round(stage, agents[:4])
        expect(not told, f"four answers were told of: {told}")
        told = await _round(stage, agents)
    expect(len(told) == 1, f"{len(told)} pages of one round")
    expect(not any(user in str(told) for user in agents), "somebody is named")
    expect("Most say yes" in told[0]["text"], "all said yes, and that is not what was told")
    return text(stage, told[0])


async def out_of_reach(stage: Stage) -> str:
    """Half an hour is more than three people can keep. The manager hears it, with one that they can, a click away."""
    async with _set_up(stage, lambda before: replace(before, targets=HALF_AN_HOUR)):
        for _ in range(WEEKS):
            began = _monday_after(stage.clock.now()).date()
            await live(stage, lines(BUSY, began, began.toordinal() // 7))
        await stage.until(_monday_after(stage.clock.now()) + A_MINUTE)
        page = next((one for one in reversed(stage.dm(MIA)) if TAKE in buttons(one)), None)
        expect(page is not None, "the manager was told nothing")
        assert page
        await stage.press(MIA, page, TAKE)
        answer = stage.sandbox.record.ephemerals(MIA)[-1].text
    others = [one for user in (ANA, LEE, OMAR) for one in stage.dm(user) if TAKE in str(one)]
    expect(not others, "agents were told as well")
    return read(stage.sandbox.world, answer)


async def _round(stage: Stage, answering: Sequence[str]) -> list[Json]:
    """The next round, in which these people say *yes*; what the team's channel hears of it."""
    before = len(stage.sandbox.record.posts(channel=CARE, by_bot=True))
    opens = pulse.following(ZONE.key, stage.clock.now())
    await stage.until(opens + A_MINUTE)
    for user in answering:
        question = next(one for one in reversed(stage.dm(user)) if words.TITLE() in one["text"])
        await stage.press(user, question, "pulse.5")
    await stage.until(pulse.span(ZONE.key, opens).closes + A_MINUTE)
    posts = stage.sandbox.record.posts(channel=CARE, by_bot=True)[before:]
    return [post.message for post in posts if words.told("Care") in post.text]


@asynccontextmanager
async def _set_up(stage: Stage, change: Callable[[Setup], Setup]) -> AsyncIterator[None]:
    """Another setup for a while."""
    deps = stage.bot.deps
    before = setup.read(await deps.db.run(setup.export, OURS))
    await deps.db.run(setup.apply, OURS, change(before), deps.now(), None)
    try:
        yield
    finally:
        await deps.db.run(setup.apply, OURS, before, deps.now(), None)


def _with_agents(before: Setup, agents: tuple[str, ...]) -> Setup:
    team, *others = before.teams
    return replace(before, teams=(replace(team, agents=agents), *others))


def _monday_after(now: datetime) -> datetime:
    """At nine, in the team's zone."""
    today = now.astimezone(ZONE).date()
    return datetime.combine(today + timedelta(days=7 - today.weekday()), time(9), ZONE)


STEPS: tuple[tuple[str, Act], ...] = (
    ("pulse.floor", floor),
    ("expectation.out_of_reach", out_of_reach),
)
