"""The verbs of people over HTTP, as the page and scripts use them."""

import asyncio
from typing import Any

import pytest

from bot.sandbox import Sandbox

Json = dict[str, Any]


@pytest.fixture
def act(sandbox: Sandbox, session: Any) -> Any:
    async def act(verb: str, **fields: Any) -> Json:
        async with session.post(f"{sandbox.url}/control/{verb}", json=fields) as response:
            return dict(await response.json())

    return act


async def test_people_talk_and_refusals_have_slacks_names(act: Any) -> None:
    said = await act("say", user="U9", channel="C1", text="help", thread_ts=None)
    assert said["message"]["text"] == "help"
    assert (await act("react", user="U1", channel="C1", ts=said["ts"], name="eyes"))["ok"]
    assert await act("say", user="U9", channel="C2", text="x") == {"ok": False, "error": "channel_not_found"}


@pytest.mark.parametrize("fields", [{"user": "U1"}, {"user": "U1", "channel": "C1", "text": "x", "colour": "red"}])
async def test_missing_and_unknown_arguments_are_refused(act: Any, fields: Json) -> None:
    assert (await act("say", **fields))["error"] == "invalid_arguments"


async def test_an_unknown_verb_names_those_there_are(act: Any) -> None:
    answer = await act("fly")
    assert answer["error"] == "unknown_verb"
    assert {"say", "press", "submit", "advance", "fault"} <= set(answer["verbs"])


async def test_the_clock_is_moved_and_sped_up(act: Any, sandbox: Sandbox) -> None:
    assert (await act("advance", seconds=90))["now"] == "2026-03-02T09:01:30+00:00"
    assert (await act("advance", to="2026-03-02T12:00:00+00:00"))["now"] == "2026-03-02T12:00:00+00:00"
    assert (await act("speed", speed=60))["speed"] == 60
    assert sandbox.clock.speed == 60


async def test_faults_are_made_and_the_record_is_read(act: Any, web: Any) -> None:
    assert (await act("fault", kind="ratelimited", method="chat.postMessage", times=2))["times"] == 2
    assert (await act("fault", kind="earthquake", method="x"))["error"] == "invalid_arguments"
    await act("clear_faults")
    await web.chat_postMessage(channel="C1", text="hi")
    (call,) = (await act("record", part="calls"))["calls"]
    assert (call["method"], call["outcome"]) == ("chat.postMessage", "ok")


async def test_whoever_subscribes_hears_of_every_change(sandbox: Sandbox) -> None:
    notices = sandbox.subscribe()
    first = asyncio.ensure_future(anext(notices))
    await asyncio.sleep(0)
    sandbox.world.say("U1", "C2", "even where the bot is not")
    notice = await first
    assert (notice["kind"], notice["channel"]) == ("message.groups", "C2")
    await notices.aclose()  # type: ignore[attr-defined]
