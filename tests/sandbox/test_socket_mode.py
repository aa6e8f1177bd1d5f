"""A real Bolt app on Slack's own Socket Mode client, connected to the pretend Slack."""

from collections.abc import AsyncIterator
from datetime import timedelta
from typing import Any

import aiohttp
import pytest
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.web.async_client import AsyncWebClient

from bot.sandbox import Fault, Refused, Sandbox

BOT = "U0SANDBOXBOT"
Json = dict[str, Any]


@pytest.fixture
def app(sandbox: Sandbox) -> AsyncApp:
    client = AsyncWebClient(token=sandbox.world.app.bot_token, base_url=f"{sandbox.url}/api/", retry_handlers=[])
    return AsyncApp(client=client, signing_secret=sandbox.world.app.signing_secret, ignoring_self_events_enabled=False)


@pytest.fixture
def bodies(app: AsyncApp) -> list[Json]:
    """Everything the app was sent."""
    seen: list[Json] = []

    @app.middleware
    async def keep(body: Json, next_: Any) -> None:
        seen.append(body)
        await next_()

    @app.event({"type": "message"})
    async def message() -> None: ...

    for event in ("member_joined_channel", "reaction_added", "channel_shared", "app_home_opened", "user_change"):
        app.event(event)(message)
    return seen


@pytest.fixture
async def connected(app: AsyncApp, sandbox: Sandbox, bodies: list[Json]) -> AsyncIterator[Any]:
    handler: Any = AsyncSocketModeHandler(app, sandbox.world.app.app_token)
    await handler.connect_async()
    await sandbox.sockets.wait_for(1)
    yield handler
    await handler.close_async()


@pytest.mark.usefixtures("connected")
async def test_an_event_reaches_the_app_in_slacks_envelope(sandbox: Sandbox, bodies: list[Json]) -> None:
    message = sandbox.world.say("U9", "C1", "is it up?")
    await sandbox.settled()
    (body,) = bodies
    assert (body["type"], body["team_id"], body["context_team_id"]) == ("event_callback", "T2", "T1")
    assert body["is_ext_shared_channel"]
    assert body["authorizations"][0]["user_id"] == BOT
    assert (body["event"]["ts"], body["event"]["channel_type"]) == (message.ts, "channel")
    assert [(sent.attempts, sent.outcome) for sent in sandbox.record.events()] == [(1, "acked")]


@pytest.mark.usefixtures("connected")
async def test_the_apps_own_words_come_back_to_it_and_foreign_rooms_do_not(
    app: AsyncApp, sandbox: Sandbox, bodies: list[Json]
) -> None:
    await app.client.chat_postMessage(channel="C1", text="hello")
    sandbox.world.say("U1", "C2", "behind closed doors")
    await sandbox.settled()
    assert [body["event"]["bot_id"] for body in bodies] == ["B0SANDBOX"]


@pytest.mark.usefixtures("connected")
async def test_what_the_manifest_does_not_subscribe_to_is_not_delivered(sandbox: Sandbox, bodies: list[Json]) -> None:
    sandbox.world.archive("U1", "C1")
    await sandbox.settled()
    assert bodies == []


@pytest.mark.usefixtures("connected")
async def test_an_unacknowledged_event_comes_again_marked_as_a_retry(sandbox: Sandbox, bodies: list[Json]) -> None:
    sandbox.faults.add(Fault("swallow_ack", event="message"))
    sandbox.world.say("U1", "C1", "once or twice?")
    await sandbox.settled()
    assert [body["event_id"] for body in bodies] == [bodies[0]["event_id"]] * 2
    assert sandbox.record.events()[0].attempts == 2


@pytest.mark.usefixtures("connected")
async def test_faults_double_hold_back_and_lose_events(sandbox: Sandbox, bodies: list[Json]) -> None:
    for kind in ("duplicate", "reorder", "lose"):
        sandbox.faults.add(Fault(kind, event="message"))
    for word in ("doubled", "late", "lost", "last"):
        sandbox.world.say("U1", "C1", word)
    await sandbox.settled()
    assert sorted(body["event"]["text"] for body in bodies) == ["doubled", "doubled", "last", "late"]
    assert [body["event"]["text"] for body in bodies].index("late") >= 2


async def test_without_a_connection_events_are_tried_on_slacks_schedule_and_then_lost(sandbox: Sandbox) -> None:
    sandbox.world.say("U1", "C1", "anybody?")
    tried = []
    for minutes in (0, 1, 5):
        sandbox.clock.advance(timedelta(minutes=minutes))
        await sandbox.settled()
        tried.append(sandbox.record.events()[0].attempts)
    assert tried == [2, 3, 4]
    assert sandbox.record.events()[0].outcome == "connection_failed"


async def test_an_app_that_comes_back_within_minutes_gets_what_it_missed(
    sandbox: Sandbox, app: AsyncApp, bodies: list[Json]
) -> None:
    sandbox.world.say("U1", "C1", "anybody?")
    await sandbox.settled()
    handler: Any = AsyncSocketModeHandler(app, sandbox.world.app.app_token)
    await handler.connect_async()
    await sandbox.sockets.wait_for(1)
    sandbox.clock.advance(timedelta(minutes=1))
    await sandbox.settled()
    assert [body["event"]["text"] for body in bodies] == ["anybody?"]
    await handler.close_async()


async def test_each_event_goes_to_one_of_several_connections(sandbox: Sandbox, app: AsyncApp, bodies: Any) -> None:
    handlers: list[Any] = [AsyncSocketModeHandler(app, sandbox.world.app.app_token) for _ in range(2)]
    for handler in handlers:
        await handler.connect_async()
    await sandbox.sockets.wait_for(2)
    for number in range(4):
        sandbox.world.say("U1", "C1", str(number))
    await sandbox.settled()
    assert sorted(body["event"]["text"] for body in bodies) == ["0", "1", "2", "3"]
    for handler in handlers:
        await handler.close_async()


def link(sandbox: Sandbox, ticket: str) -> str:
    return f"{sandbox.url.replace('http', 'ws')}/link/?ticket={ticket}"


async def test_a_ticket_lets_one_socket_in_and_a_made_up_one_none(sandbox: Sandbox, session: Any) -> None:
    ticket = sandbox.sockets.ticket()
    async with session.ws_connect(link(sandbox, ticket)):
        for refused in (ticket, "mine"):
            with pytest.raises(aiohttp.WSServerHandshakeError):
                await session.ws_connect(link(sandbox, refused))


async def test_an_eleventh_connection_is_sent_away(sandbox: Sandbox, session: Any) -> None:
    sockets = [await session.ws_connect(link(sandbox, sandbox.sockets.ticket())) for _ in range(11)]
    said = [await socket.receive_json() for socket in sockets]
    assert [one["type"] for one in said] == ["hello"] * 10 + ["disconnect"]
    assert said[10]["reason"] == "too_many_websockets"
    for socket in sockets:
        await socket.close()


async def test_a_slow_acknowledgement_does_not_count(sandbox: Sandbox, session: Any) -> None:
    sandbox.sockets._timeout = 0.01
    async with session.ws_connect(link(sandbox, sandbox.sockets.ticket())) as socket:
        assert (await socket.receive_json())["type"] == "hello"
        await sandbox.sockets.wait_for(1)
        sandbox.world.say("U1", "C1", "x")
        await sandbox.settled()
        first, again = await socket.receive_json(), await socket.receive_json()
    assert (first["retry_attempt"], again["retry_attempt"], again["retry_reason"]) == (0, 1, "timeout")
    assert first["envelope_id"] != again["envelope_id"]
    assert not first["accepts_response_payload"]


@pytest.mark.usefixtures("connected")
async def test_a_command_answers_its_person_alone(app: AsyncApp, sandbox: Sandbox) -> None:
    heard: list[Json] = []

    @app.command("/bell")
    async def bell(ack: AsyncAck, command: Json) -> None:
        heard.append(command)
        await ack("ding")

    outcome = await sandbox.command("U1", "C1", "/bell", "@ann twice")
    assert outcome.ok
    assert (heard[0]["text"], heard[0]["user_id"]) == ("<@U1|ann> twice", "U1")
    assert [entry.text for entry in sandbox.record.ephemerals("U1")] == ["ding"]
    assert sandbox.record.posts(channel="C1") == []


@pytest.mark.usefixtures("connected")
async def test_commands_are_for_the_workspace_that_installed_the_app(sandbox: Sandbox) -> None:
    with pytest.raises(Refused, match="unknown_command"):
        await sandbox.command("U9", "C1", "/bell")
    with pytest.raises(Refused, match="unknown_command"):
        await sandbox.command("U1", "C1", "/ding")


@pytest.mark.usefixtures("connected")
async def test_a_button_is_pressed_and_its_message_answered(app: AsyncApp, sandbox: Sandbox) -> None:
    pressed: list[Json] = []

    @app.action("ring")
    async def ring(ack: AsyncAck, body: Json, respond: Any) -> None:
        pressed.append(body)
        await ack()
        await respond(text="rung", replace_original=True)

    button = {"type": "button", "action_id": "ring", "value": "7", "text": {"type": "plain_text", "text": "Ring"}}
    posted = await app.client.chat_postMessage(
        channel="C1", text="?", blocks=[{"type": "actions", "elements": [button]}]
    )
    outcome = await sandbox.press("U9", "C1", posted["ts"], "ring")
    assert outcome.ok
    await sandbox.until(lambda: sandbox.world.message("C1", posted["ts"]).text == "rung")
    (body,) = pressed
    assert (body["team"]["id"], body["user"]["team_id"]) == ("T1", "T2")
    assert (body["actions"][0]["value"], body["message"]["ts"]) == ("7", posted["ts"])


@pytest.mark.usefixtures("connected")
async def test_nobody_presses_what_is_not_there(app: AsyncApp, sandbox: Sandbox) -> None:
    posted = await app.client.chat_postMessage(channel="C1", text="plain")
    with pytest.raises(Refused, match="no_such_element"):
        await sandbox.press("U1", "C1", posted["ts"], "ring")
    await app.client.chat_delete(channel="C1", ts=posted["ts"])
    with pytest.raises(Refused, match="message_not_found"):
        await sandbox.press("U1", "C1", posted["ts"], "ring")


@pytest.mark.usefixtures("connected")
async def test_an_id_that_the_app_has_no_door_for_is_a_failure_that_the_person_sees(
    app: AsyncApp, sandbox: Sandbox
) -> None:
    sandbox.sockets._timeout = 0.05
    button = {"type": "button", "action_id": "nobody", "text": {"type": "plain_text", "text": "Ring"}}
    posted = await app.client.chat_postMessage(
        channel="C1", text="?", blocks=[{"type": "actions", "elements": [button]}]
    )
    outcome = await sandbox.press("U1", "C1", posted["ts"], "nobody")
    assert (outcome.ok, outcome.error) == (False, "timeout")


@pytest.mark.usefixtures("connected")
async def test_a_refresh_is_bridged_by_the_client_without_losing_an_event(sandbox: Sandbox, bodies: list[Json]) -> None:
    await sandbox.sockets.disconnect("refresh_requested")
    sandbox.world.say("U1", "C1", "still there?")
    await sandbox.settled()
    await sandbox.sockets.wait_for(1)
    sandbox.clock.advance(timedelta(minutes=1))
    await sandbox.settled()
    assert [body["event"]["text"] for body in bodies] == ["still there?"]
