"""Events: acknowledged only when what they say is stored. They do not come to Bolt.

Bolt itself acknowledges an event before its listener has run; a crash in between would lose it for good.
"""

import asyncio
import json
from collections.abc import Awaitable, Callable, Mapping
from contextlib import suppress
from functools import partial
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.request.payload_utils import to_action, to_options, to_shortcut, to_step, to_view
from slack_sdk.signature import SignatureVerifier
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from sqlalchemy.exc import SQLAlchemyError

from bot.deps import wall_clock
from bot.domain.arrivals import read
from bot.metrics import RECONNECTS
from bot.store.writer import Busy, NotWritten, Writer

Next = Callable[[], Awaitable[Any]]

PING_SECONDS = 10.0  # as Bolt has it
HOME_OPENED = "app_home_opened"  # nothing to be stored: answered like a button
UNINSTALLED, REVOKED = "app_uninstalled", "tokens_revoked"  # nor here: Slack is asked what there is to it
ACCESS_GRANTED, ACCESS_REVOKED = "team_access_granted", "team_access_revoked"  # of an organization's workspaces
TO_BOLT = {HOME_OPENED, UNINSTALLED, REVOKED, ACCESS_GRANTED, ACCESS_REVOKED}

OK, UNSIGNED, LATER = 200, 401, 503  # after the last Slack delivers it again
SSL_CHECK = b"ssl_check=1"  # Slack looks whether the address has a certificate, and does not sign that
SSL_CHECK_MOST = 500
NOTHING = BoltResponse(status=404, body="")  # a payload on which Bolt would stumble
NONSENSE = (ValueError, TypeError, AttributeError, LookupError, RecursionError)  # as it does before anybody is asked


def before_authorize() -> AsyncMiddleware:
    """The middleware that answers payloads on which Bolt would stumble, and lets everything else pass."""
    return _Readable()


class SignedEvents:
    """The first look at what comes over HTTP: nobody reads what Slack has not signed, and nobody logs it.

    Events need not go through Bolt either: to look for what else they may be is most of its work.
    """

    def __init__(self, writer: Writer, signing_secret: str) -> None:
        self._writer = writer
        self._verifier = SignatureVerifier(signing_secret)

    async def taken(self, body: bytes, headers: Mapping[str, str]) -> int | None:
        """The status of the answer; None for what is Bolt's. Raises ValueError and RecursionError for nonsense."""
        if not self._is_signed(body, headers):
            return OK if SSL_CHECK in body[:SSL_CHECK_MOST].split(b"&") else UNSIGNED
        if b'"event_callback"' not in body:
            return None
        payload = json.loads(body)
        if not isinstance(payload, dict) or not _is_event(payload):
            return None
        return OK if await _stored(self._writer, payload) else LATER

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """By Slack, and in the last five minutes."""
        stamp, signature = headers.get("x-slack-request-timestamp"), headers.get("x-slack-signature")
        try:
            return bool(stamp and signature) and self._verifier.is_valid(body, stamp, signature)
        except (ValueError, TypeError):  # a stamp that is no number, a body that is no text, a signature of no letters
            return False


class SocketMode(SocketModeClient):
    """Socket Mode as Bolt has it, but that events need not go through Bolt: nothing has to be verified here.

    They come by the hundred, so that none has a task of its own.
    """

    def __init__(self, bolt: AsyncApp, app_token: str, writer: Writer) -> None:
        super().__init__(app_token, bolt.logger, bolt.client, ping_interval=PING_SECONDS)
        self._bolt, self._writer = bolt, writer
        self._stored: list[str] = []  # envelopes that are to be acknowledged
        self._acknowledging: asyncio.Task[None] | None = None
        self.socket_mode_request_listeners.append(self._pass_on)

    async def connect(self) -> None:
        """As the SDK does; counted where there was a connection before."""
        again = self.current_session is not None
        await super().connect()  # type: ignore[no-untyped-call]
        if again:
            RECONNECTS.inc()

    async def enqueue_message(self, message: str) -> None:
        """Acknowledge an event once it is stored; one that could not be is left open, so that it comes again."""
        envelope = _event_in(message)
        if envelope is None:
            await super().enqueue_message(message)
            return
        written = partial(self._written, envelope["envelope_id"])
        delivery = read(envelope["payload"])
        if delivery is None:
            written(None)
            return
        with suppress(Busy):
            self._writer.take(delivery, written)

    async def _pass_on(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        began = wall_clock().timestamp()  # for a line in the log
        await send_async_response(client, req, await run_async_bolt_app(self._bolt, req), began)

    def _written(self, envelope_id: str, error: Exception | None) -> None:
        if error:
            return
        self._stored.append(envelope_id)
        if self._acknowledging is None or self._acknowledging.done():
            self._acknowledging = asyncio.create_task(self._acknowledge(), name="acknowledging")

    async def _acknowledge(self) -> None:
        while self._stored:
            envelopes, self._stored = self._stored, []
            for envelope_id in envelopes:
                with suppress(ConnectionError):  # Slack sends again what it does not hear of
                    await self.send_message(json.dumps({"envelope_id": envelope_id}))


class _Readable(AsyncMiddleware):
    """A class, since for a function Bolt reads out of every payload what it takes to be in it."""

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Next,  # noqa: A002
    ) -> BoltResponse | None:
        if not _readable(req.body):
            return NOTHING
        await next()
        return None


def _event_in(message: str) -> dict[str, Any] | None:
    """The envelope, if an event is in it that is to be stored."""
    try:
        envelope = json.loads(message)
    except (ValueError, RecursionError):
        return None
    if not isinstance(envelope, dict) or envelope.get("type") != "events_api" or not envelope.get("envelope_id"):
        return None
    payload = envelope.get("payload")
    return envelope if isinstance(payload, dict) and _is_event(payload) else None


def _is_event(body: dict[str, Any]) -> bool:
    """Whether this is something to be stored."""
    return body.get("type") == "event_callback" and _kind(body) not in TO_BOLT


async def _stored(writer: Writer, body: dict[str, Any]) -> bool:
    """Whether nothing of this event can be lost any more."""
    delivery = read(body)
    if delivery is not None:
        try:
            await writer.put(delivery)
        except (Busy, NotWritten, SQLAlchemyError):
            return False
    return True


def _kind(body: dict[str, Any]) -> str | None:
    event = body.get("event")
    return event.get("type") if isinstance(event, dict) else None


def _readable(body: dict[str, Any]) -> bool:
    """Whether Bolt can get out of a payload what it takes to be in every one of its kind."""
    held = [body[name] for name in ("view", "event") if name in body]
    try:
        found = [part(body) for part in (to_action, to_options, to_shortcut, to_step, to_view)]
    except (LookupError, TypeError, AttributeError):
        return False
    return all(isinstance(part, dict) for part in [*held, *(part for part in found if part is not None)])
