"""Everything that CareCue sends, as Slack's shapes have it, and within the lengths that its reference pages name."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from bot.demo.place import ADA, ANA, EXT_ACME, OMAR, OURS
from bot.demo.proof import play
from bot.demo.stage import Stage, stage
from bot.demo.steps import STEPS
from bot.sandbox.blocks import message_problems, view_problems
from bot.slack.manifest import build
from bot.views.message import Message
from handlers import DOORS
from tests.shapes.conftest import Problem
from tests.views.examples import MENUS, MESSAGES, MODALS
from tests.views.homes import HOMES, READ

SHAPES = {
    "chat.postMessage": "XChatPostMessage",
    "chat.update": "XChatUpdate",
    "views.open": "XViewsOpen",
    "views.publish": "XViewsPublish",
    "conversations.open": "XConversationsOpen",
}
SAYINGS = {f"{noun}: {name}": one for noun, messages in MESSAGES.items() for name, one in messages.items()}
FORMS = {f"{noun}: {name}": one for noun, modals in MODALS.items() for name, one in modals.items()}
FORMS |= READ
FORMS |= {f"{noun}: {name}": one for noun, menus in MENUS.items() for name, one in menus.items()}


@pytest.mark.parametrize("message", SAYINGS.values(), ids=SAYINGS)
def test_every_message_has_slacks_shape_and_lengths(problem: Problem, message: Message) -> None:
    payload = message.payload() | {"channel": "C0ACME"}
    assert not problem("XChatPostMessage", payload)
    assert not problem("XChatUpdate", payload | {"ts": "1772445600.000100"})
    assert not message_problems(payload["blocks"])
    assert 0 < len(payload["text"]) <= 4000
    assert len(payload["blocks"]) <= 50


@pytest.mark.parametrize("view", FORMS.values(), ids=FORMS)
def test_every_form_has_slacks_shape_and_lengths(problem: Problem, view: dict[str, Any]) -> None:
    assert not problem("XModalView", view)
    assert not problem("XViewsOpen", {"trigger_id": "1.2.3", "view": view})
    assert not view_problems(view)
    assert len(view["title"]["text"]) <= 24
    assert len(view.get("private_metadata", "")) <= 3000


@pytest.mark.parametrize("view", HOMES.values(), ids=HOMES)
def test_every_home_has_slacks_shape_and_lengths(problem: Problem, view: dict[str, Any]) -> None:
    assert not problem("XHomeView", view)
    assert not problem("XViewsPublish", {"user_id": "U0ANA", "view": view, "hash": "1772445600.x"})
    assert not view_problems(view)
    assert len(view["blocks"]) <= 100


@pytest.mark.parametrize("url", [None, "https://care.example.com", "https://care.example.com/below/"])
def test_the_manifest_has_slacks_shape(problem: Problem, url: str | None) -> None:
    assert not problem("manifest", build(DOORS, url))


@pytest.fixture
async def story() -> AsyncIterator[Stage]:
    """The demo's fortnight, in which everything happens at least once."""
    async with stage() as office:
        for name, act in STEPS:
            step = await play(office, name, act)
            assert step.ok, step
        world = office.sandbox.world
        ts = await office.say(ADA, EXT_ACME, "Where is the form?")
        world.react(ANA, EXT_ACME, ts, "eyes")
        world.unreact(ANA, EXT_ACME, ts, "eyes")
        world.say(ADA, EXT_ACME, "And the other one?", thread_ts=ts, broadcast=True)
        world.say(ADA, EXT_ACME, files=["form.pdf"])
        world.delete(ADA, EXT_ACME, (await office.say(ADA, EXT_ACME, "Sorry")))
        world.invite(ANA, EXT_ACME, OMAR)
        world.leave(OMAR, EXT_ACME)
        world.rename(ANA, EXT_ACME, "acme")
        world.archive(ANA, EXT_ACME)
        world.change_person(OMAR, is_restricted=True)
        world.add_person(team_id=OURS, name="ike")
        await office.settle()
        yield office


async def test_every_request_of_a_fortnight_has_slacks_shape(problem: Problem, story: Stage) -> None:
    calls = story.sandbox.record.calls
    assert set(SHAPES) <= {call.method for call in calls}
    for call in calls:
        if call.method in SHAPES:
            assert not problem(SHAPES[call.method], call.args), call.method


async def test_the_sandboxs_events_have_slacks_shape(problem: Problem, story: Stage) -> None:
    """What the bot is tried with has to be what it will get.

    A message within an event has no channel of its own in real payloads, and files have fewer fields; the schema
    wants more than that.
    """
    for sent in story.sandbox.record.events():
        event = sent.payload["event"]
        if not {"message", "previous_message", "root", "files"} & set(event):
            assert not problem("XSlackEvent", event), event
        assert sent.payload["context_team_id"] == OURS
    assert {"message", "member_joined_channel", "reaction_added"} <= {
        sent.type for sent in story.sandbox.record.events()
    }
