"""Events: acknowledged only when what they say is stored, before Bolt looks at them.

Bolt itself acknowledges an event before its listener has run; a crash in between would lose it for good.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.adapter.socket_mode.aiohttp import AsyncSocketModeHandler
from slack_bolt.async_app import AsyncApp
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.request.payload_utils import to_action, to_options, to_shortcut, to_step, to_view
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.socket_mode.response import SocketModeResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.deps import Deps
from bot.domain.arrivals import read
from bot.store.writer import Busy, Writer

Next = Callable[[], Awaitable[Any]]

HOME_OPENED = "app_home_opened"  # nothing to be stored: answered like a button

OK = BoltResponse(status=200, body="")
NOTHING = BoltResponse(status=404, body="")  # a payload on which Bolt would stumble
LATER = BoltResponse(status=503, body="")  # Slack delivers it again


def before_authorize(deps: Deps) -> AsyncMiddleware:
    """The middleware that takes events and lets everything else pass."""
    return _Ingest(deps.writer)


class SocketMode(AsyncSocketModeHandler):
    """Socket Mode as Bolt has it, but that events need not go through Bolt: nothing has to be verified here."""

    def __init__(self, bolt: AsyncApp, app_token: str, writer: Writer) -> None:
        super().__init__(bolt, app_token)
        self._writer = writer

    async def handle(self, client: SocketModeClient, req: SocketModeRequest) -> None:  # type: ignore[override]
        """Acknowledge an event once it is stored; one that could not be is left open, so that it comes again."""
        if not _is_event(req.payload):
            await super().handle(client, req)
        elif await _stored(self._writer, req.payload):
            await client.send_socket_mode_response(SocketModeResponse(req.envelope_id))


class _Ingest(AsyncMiddleware):
    """A class, since for a function Bolt reads out of every payload what it takes to be in it."""

    def __init__(self, writer: Writer) -> None:
        self._writer = writer

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Next,  # noqa: A002
    ) -> BoltResponse | None:
        if _is_event(req.body):
            return OK if await _stored(self._writer, req.body) else LATER
        if not _readable(req.body):
            return NOTHING
        await next()
        return None


def _is_event(body: dict[str, Any]) -> bool:
    """Whether this is something to be stored."""
    return body.get("type") == "event_callback" and _kind(body) != HOME_OPENED


async def _stored(writer: Writer, body: dict[str, Any]) -> bool:
    """Whether nothing of this event can be lost any more."""
    delivery = read(body)
    if delivery is not None:
        try:
            await writer.put(delivery)
        except (Busy, SQLAlchemyError):
            return False
    return True


def _kind(body: dict[str, Any]) -> str | None:
    event = body.get("event")
    return event.get("type") if isinstance(event, dict) else None


def _readable(body: dict[str, Any]) -> bool:
    """Whether Bolt can get out of a payload what it takes to be in every one of its kind."""
    try:
        for part in (to_action, to_options, to_shortcut, to_step, to_view):
            part(body)
    except (LookupError, TypeError, AttributeError):
        return False
    return True
