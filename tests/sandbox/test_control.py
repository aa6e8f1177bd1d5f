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


async def test_another_sites_page_cannot_act_through_the_browser(sandbox: Sandbox, session: Any) -> None:
    for origin, status in (("https://evil.example", 403), ("null", 403), (sandbox.url, 200)):
        async with session.post(f"{sandbox.url}/control/clear_faults", headers={"Origin": origin}) as response:
            assert response.status == status


async def test_a_form_is_sent_off_with_its_errors_told(sandbox: Sandbox, act: Any) -> None:
    button = {"type": "plain_text", "text": "Go"}
    element = {"type": "plain_text_input", "action_id": "a"}
    block = {"type": "input", "block_id": "b", "label": button, "element": element}
    view = sandbox.windows.open("U1", {"type": "modal", "title": button, "submit": button, "blocks": [block]})
    assert (await act("submit", user="U1", view_id=view.id, values={}))["error"] == "missing_input"
    answer = await act("submit", user="U1", view_id=view.id, values={"b": "x"})
    assert (answer["ok"], answer["error"]) == (False, "connection_failed")


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
