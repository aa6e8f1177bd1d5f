"""A real Bolt app behind HTTP request URLs gets signed deliveries, and retries as Slack's."""

from collections.abc import AsyncIterator
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncAck, AsyncApp
from slack_sdk.signature import SignatureVerifier
from slack_sdk.web.async_client import AsyncWebClient
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.sandbox import Clock, Sandbox, World
from bot.sandbox.wire import Wire

Json = dict[str, Any]

MONDAY = datetime(2026, 3, 2, 9, tzinfo=UTC)


class Endpoint:
    """The app's web server: Bolt, or while `status` is set, a server in trouble."""

    def __init__(self, secret: str) -> None:
        client = AsyncWebClient(token="xoxb-sandbox-bot", retry_handlers=[])
        self.app = AsyncApp(client=client, signing_secret=secret)
        self.seen: list[Request] = []
        self.status: int | None = None
        self.no_retry = False
        self.verifier = SignatureVerifier(secret)

    async def answer(self, request: Request) -> Response:
        self.seen.append(request)
        assert self.verifier.is_valid_request(await request.body(), dict(request.headers))
        if self.status:
            return PlainTextResponse("no", self.status, {"X-Slack-No-Retry": "1"} if self.no_retry else None)
        return await AsyncSlackRequestHandler(self.app).handle(request)


async def _nothing() -> None:
    """Bolt answers 404 to an event that nobody listens to, and Slack takes that for a failure."""


@pytest.fixture
def endpoint() -> Endpoint:
    return Endpoint("sandbox-signing-secret")


@pytest.fixture
async def url(endpoint: Endpoint) -> AsyncIterator[str]:
    wire = Wire(Starlette(routes=[Route("/slack/events", endpoint.answer, methods=["POST"])]))
    yield f"http://127.0.0.1:{await wire.start(0)}/slack/events"
    await wire.stop()


@pytest.fixture
def world(world: World, url: str) -> World:
    """The same Slack, but its manifest names request URLs."""
    settings = world.app.manifest["settings"]
    settings["socket_mode_enabled"] = False
    settings["event_subscriptions"]["request_url"] = url
    settings["interactivity"]["request_url"] = url
    world.app.manifest["features"]["slash_commands"][0]["url"] = url
    return world


@pytest.fixture
async def sandbox(world: World, endpoint: Endpoint) -> AsyncIterator[Sandbox]:
    async with Sandbox(world, Clock(MONDAY, speed=0)) as sandbox:
        endpoint.app.client.base_url = f"{sandbox.url}/api/"
        yield sandbox


async def test_slack_takes_up_the_url_after_its_handshake(sandbox: Sandbox, endpoint: Endpoint) -> None:
    assert await sandbox.request_urls.verify()
    endpoint.status = 500
    assert not await sandbox.request_urls.verify()


async def test_events_commands_and_presses_arrive_signed(sandbox: Sandbox, endpoint: Endpoint, web: Any) -> None:
    heard: list[str] = []

    @endpoint.app.event("message")
    async def message(event: Json) -> None:
        heard.append(event["text"])

    @endpoint.app.command("/bell")
    async def bell(ack: AsyncAck) -> None:
        await ack(text="ding", response_type="in_channel")

    sandbox.world.say("U1", "C1", "hello")
    await sandbox.settled()
    await sandbox.until(lambda: heard)
    assert (await sandbox.command("U1", "C1", "/bell")).ok
    assert [entry.text for entry in sandbox.record.posts(channel="C1", by_bot=True)] == ["ding"]


async def test_a_failing_app_is_tried_again_at_once_after_a_minute_and_after_five(
    sandbox: Sandbox, endpoint: Endpoint
) -> None:
    endpoint.status = 500
    sandbox.world.say("U1", "C1", "hello")
    tried = []
    for minutes in (0, 1, 5, 60):
        sandbox.clock.advance(timedelta(minutes=minutes))
        await sandbox.settled()
        tried.append(len(endpoint.seen))
    assert tried == [2, 3, 4, 4]
    retries = [(r.headers.get("x-slack-retry-num"), r.headers.get("x-slack-retry-reason")) for r in endpoint.seen]
    assert retries == [(None, None), ("1", "http_error"), ("2", "http_error"), ("3", "http_error")]


async def test_an_app_may_ask_not_to_be_tried_again(sandbox: Sandbox, endpoint: Endpoint) -> None:
    endpoint.status, endpoint.no_retry = 503, True
    sandbox.world.say("U1", "C1", "hello")
    await sandbox.settled()
    assert len(endpoint.seen) == 1


async def test_an_app_that_is_down_gets_the_event_when_it_is_back(sandbox: Sandbox, endpoint: Endpoint) -> None:
    endpoint.app.event("message")(_nothing)
    up = sandbox.world.app.manifest["settings"]["event_subscriptions"].copy()
    sandbox.world.app.manifest["settings"]["event_subscriptions"]["request_url"] = "http://127.0.0.1:1/"
    sandbox.world.say("U1", "C1", "hello")
    await sandbox.settled()
    assert sandbox.record.events()[0].outcome == "connection_failed"
    sandbox.world.app.manifest["settings"]["event_subscriptions"] = up
    sandbox.clock.advance(timedelta(minutes=1))
    await sandbox.settled()
    assert sandbox.record.events()[0].outcome == "acked"
    assert endpoint.seen[0].headers["x-slack-retry-num"] == "2"


async def test_the_sandbox_speaks_only_to_its_own_name(sandbox: Sandbox, session: Any) -> None:
    headers = {"Host": "evil.example"}
    async with session.post(f"{sandbox.url}/control/say", json={}, headers=headers) as response:
        assert response.status == 400


async def test_retries_follow_a_running_clock_too(world: World, endpoint: Endpoint) -> None:
    endpoint.status = 500
    async with Sandbox(world, Clock(MONDAY, speed=36_000)) as sandbox:
        sandbox.world.say("U1", "C1", "hello")
        await sandbox.until(lambda: len(endpoint.seen) == 4)
