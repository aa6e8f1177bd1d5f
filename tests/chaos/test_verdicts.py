"""What is read from the record of a storm: that who is forgotten, or told late or too often, is seen."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from random import Random

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Clock, Sandbox, World
from tests.chaos import town
from tests.chaos.fleet import Fleet
from tests.chaos.record import uncovered
from tests.chaos.talk import Talk
from tests.chaos.verdicts import Witness

NOON = datetime(2026, 3, 2, 12, tzinfo=UTC)
WHO = town.CUSTOMERS[0]


class Scene:
    """One customer asks at noon; what is told of it is told by the test, in the place of CareCue."""

    def __init__(self, sandbox: Sandbox) -> None:
        self.sandbox = sandbox
        self.talk = Talk(sandbox, Random(1))
        self.witness = Witness(sandbox, Fleet([], Path(), Path()), self.talk, [])
        self.asked = self.say(WHO, "The export has no dates in it. Can you help?")

    def say(self, user: str, text: str) -> str:
        """In the customer's thread."""
        thread = self.talk.threads.setdefault(WHO, [])
        root = thread[0].ts if thread else None
        thread.append(self.sandbox.world.say(user, town.channel(0), text, thread_ts=root))
        self.witness.heard[thread[-1].ts] = self.sandbox.clock.now()
        return thread[-1].ts

    def later(self, count: float) -> None:
        """So many seconds."""
        self.sandbox.clock.advance(timedelta(seconds=count))

    async def tell(self, key: str) -> None:
        """Everybody whom the ladder tells, of what was asked."""
        web = AsyncWebClient(self.sandbox.world.app.bot_token, base_url=f"{self.sandbox.url}/api/")
        url = f"https://linden.slack.com/archives/{town.channel(0)}/p{self.asked.replace('.', '')}"
        button = {"type": "button", "action_id": "open", "text": {"type": "plain_text", "text": "Open"}, "url": url}
        for user in town.people_nudged(0):
            mark = {"event_type": "carecue", "event_payload": {"key": f"{key}:{user}"}}
            blocks = [{"type": "actions", "elements": [button]}]
            await web.chat_postMessage(channel=user, text="Somebody waits.", blocks=blocks, metadata=mark)


@pytest.fixture
async def scene() -> AsyncIterator[Scene]:
    sandbox = Sandbox(World.from_dict(town.world("http://127.0.0.1:1")), Clock(NOON, speed=0))
    sandbox.deliveries.deaf = True
    async with sandbox:
        yield Scene(sandbox)


async def test_all_is_well_where_everybody_is_told_once_and_in_time(scene: Scene) -> None:
    scene.later(5)
    await scene.tell("list")
    assert scene.witness.wrong_now() == scene.witness.wrong_ever() == []
    assert scene.witness.lateness() == [timedelta(seconds=3), timedelta(seconds=4)]


async def test_who_is_forgotten_is_seen_at_once_and_in_the_end(scene: Scene) -> None:
    scene.later(60)
    assert "is told []" in scene.witness.wrong_now()[0]
    assert ["never" in line for line in scene.witness.wrong_ever()] == [True, True]


async def test_an_outage_excuses_what_is_late_and_nothing_else_does(scene: Scene) -> None:
    scene.later(60)
    await scene.tell("list")
    assert ["late" in line for line in scene.witness.wrong_ever()] == [True, True]
    scene.witness.outages.append((NOON, NOON + timedelta(seconds=50)))
    assert scene.witness.wrong_ever() == []


async def test_what_is_said_twice_is_seen_also_after_it_was_answered(scene: Scene) -> None:
    scene.later(5)
    await scene.tell("list")
    await scene.tell("list")
    assert [line for line in scene.witness.wrong_ever() if "twice" in line]
    assert [line for line in scene.witness.wrong_now() if "more than one list" in line]


async def test_where_nothing_gets_through_nothing_is_proved(scene: Scene) -> None:
    for sent in scene.sandbox.record.events():
        sent.attempts, sent.outcome = 99, "http_error"
    assert scene.witness.wrong_now() == []
    assert scene.witness.wrong_ever() == ["Slack gave up on 1 customers of 1"]


async def test_what_comes_too_early_or_after_the_answer_is_seen(scene: Scene) -> None:
    await scene.tell("early")
    assert ["before it was due" in line for line in scene.witness.wrong_ever()] == [True, True]
    scene.say(town.agent(0), "I have put it right.")
    scene.later(60)
    await scene.tell("late")
    assert len([line for line in scene.witness.wrong_ever() if "after the answer" in line]) == 2


@pytest.mark.parametrize(
    ("outages", "left"),
    [([], 10), ([(0, 10)], 0), ([(2, 4), (3, 6)], 6), ([(-5, 3), (8, 20)], 5), ([(10, 12)], 10)],
)
def test_outages_are_counted_once(outages: list[tuple[float, float]], left: float) -> None:
    times = [(NOON + timedelta(seconds=down), NOON + timedelta(seconds=up)) for down, up in outages]
    assert uncovered(NOON, NOON + timedelta(seconds=10), times) == timedelta(seconds=left)
