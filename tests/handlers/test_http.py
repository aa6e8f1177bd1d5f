"""HTTP mode: what Slack, and whoever pretends to be Slack, gets for an answer."""

import json
from collections.abc import AsyncIterator
from typing import Any

import aiohttp
import pytest
from pydantic import SecretStr
from slack_sdk.signature import SignatureVerifier

from bot.app import NotSetUp, assembled, listening, serving
from bot.demo.place import ADA, EXT_ACME
from bot.sandbox.clock import wall_seconds
from bot.settings import Settings
from tests.handlers.office import Office

SECRET, OFFICE_SECRET = "a signing secret", "sandbox-signing-secret"
MESSAGE = {"type": "message", "channel": EXT_ACME, "user": ADA, "ts": "1772445600.000100", "text": "Where is it?"}
EVENT: dict[str, Any] = {"type": "event_callback", "team_id": "T0LINDEN", "event_id": "Ev1", "event": MESSAGE}


@pytest.fixture
def way() -> str:
    return "http-sqlite"


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


def url_of(office: Office) -> str:
    return str(office.sandbox.world.app.events_url)


def signed(body: str, secret: str, *, age: int = 0, kind: str = "application/json") -> dict[str, str]:
    """The headers with which Slack sends something."""
    stamp = str(wall_seconds() - age)
    signature = SignatureVerifier(secret).generate_signature(timestamp=stamp, body=body) or ""
    return {"X-Slack-Request-Timestamp": stamp, "X-Slack-Signature": signature, "Content-Type": kind}


async def test_slack_takes_up_the_address_after_its_handshake(office: Office) -> None:
    assert await office.sandbox.request_urls.verify()


async def test_what_slack_did_not_sign_is_refused(office: Office, session: aiohttp.ClientSession) -> None:
    before, body = office.tables(), json.dumps(EVENT)
    forged = {
        "unsigned": {"Content-Type": "application/json"},
        "nonsense": {"X-Slack-Request-Timestamp": "1", "X-Slack-Signature": "v0=00"},
        "another secret": signed(body, "another secret"),
        "an old request again": signed(body, OFFICE_SECRET, age=600),
        "the signature of another body": signed("{}", OFFICE_SECRET),
    }
    for what, headers in forged.items():
        async with session.post(url_of(office), data=body, headers=headers) as answer:
            assert answer.status == 401, what
    assert office.tables() == before


ACKNOWLEDGED: dict[str, dict[str, Any]] = {
    "a kind of event that nobody asked for": EVENT | {"event": {"type": "link_shared", "channel": EXT_ACME}},
    "a kind of event that is not invented yet": EVENT | {"event": {"type": "smell_shared"}},
    "a message without an author": EVENT | {"event": {"type": "message", "channel": EXT_ACME, "ts": "1.0"}},
    "an event of a workspace that is not ours": EVENT | {"team_id": "T0ELSEWHERE"},
    "an event without an id": {key: value for key, value in EVENT.items() if key != "event_id"},
    "an event without anything in it": {"type": "event_callback", "team_id": "T0LINDEN", "event_id": "Ev1"},
    "a message whose ts is a word": EVENT | {"event": MESSAGE | {"ts": "yesterday"}},
    "a message in no channel": EVENT | {"event": MESSAGE | {"channel": None}},
}


async def test_an_event_that_says_nothing_to_careCue_is_acknowledged(
    office: Office, session: aiohttp.ClientSession
) -> None:
    """A 404 or a 500 counts against the app, and Slack would send it again and again."""
    for what, event in ACKNOWLEDGED.items():
        body = json.dumps(event | {"event_id": what} if "event_id" in event else event)
        async with session.post(url_of(office), data=body, headers=signed(body, OFFICE_SECRET)) as answer:
            assert answer.status == 200, what
    await office.settle()
    assert office.waits() == []


async def test_what_is_no_payload_at_all_breaks_nothing(office: Office, session: aiohttp.ClientSession) -> None:
    for body in ("", "{", "[]", "null", '"x"', "payload=%7B", "payload=%5B%5D", "%00"):
        for kind in ("application/json", "application/x-www-form-urlencoded"):
            headers = signed(body, OFFICE_SECRET, kind=kind)
            async with session.post(url_of(office), data=body, headers=headers) as answer:
                assert answer.status < 500, (body, kind)


async def test_a_healthy_process_says_so(office: Office, session: aiohttp.ClientSession) -> None:
    async with session.get(url_of(office).replace("/slack/events", "/healthz")) as answer:
        assert (answer.status, await answer.text()) == (200, "ok")


async def test_only_posts_and_only_the_address_are_answered(office: Office, session: aiohttp.ClientSession) -> None:
    async with session.get(url_of(office)) as answer:
        assert answer.status == 405
    async with session.get(url_of(office).replace("/slack/events", "/")) as answer:
        assert answer.status == 404


def settings(**more: object) -> Settings:
    """Of a process whose database is away."""
    stated: dict[str, object] = {"bot_token": SecretStr("xoxb-x"), "slack_url": "http://127.0.0.1:1/api/"}
    return Settings.stated(**stated | {"database_url": "postgresql://carecue@127.0.0.1:1/none"} | more)


async def test_a_process_whose_database_is_away_lives_is_not_ready_and_takes_no_events(
    session: aiohttp.ClientSession,
) -> None:
    body = json.dumps(EVENT)
    async with assembled(settings(signing_secret=SecretStr(SECRET))) as bot, serving(bot, "127.0.0.1", 0) as port:
        async with session.get(f"http://127.0.0.1:{port}/healthz") as answer:
            assert answer.status == 200  # to start it anew would help nobody
        async with session.get(f"http://127.0.0.1:{port}/readyz") as answer:
            assert answer.status == 503
            assert "NOT  database: The database does not answer." in await answer.text()
        address = f"http://127.0.0.1:{port}/slack/events"
        async with session.post(address, data=body, headers=signed(body, SECRET)) as answer:
            assert answer.status == 503


async def test_what_is_not_set_is_said_in_a_sentence() -> None:
    with pytest.raises(NotSetUp, match="SLACK_BOT_TOKEN"):
        async with assembled(settings(bot_token=None)):
            pass
    async with assembled(settings()) as bot:
        with pytest.raises(NotSetUp, match="SLACK_SIGNING_SECRET"):
            async with serving(bot, "127.0.0.1", 0):
                pass
        with pytest.raises(NotSetUp, match="SLACK_APP_TOKEN"):
            async with listening(bot):
                pass


async def test_a_port_that_is_taken_is_said_in_a_sentence(office: Office) -> None:
    port = int(url_of(office).rsplit(":", 1)[1].split("/")[0])
    with pytest.raises(NotSetUp, match="PORT"):
        async with serving(office.bot, "127.0.0.1", port):
            pass
