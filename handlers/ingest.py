"""Events: acknowledged only when what they say is stored. They do not come to Bolt.

Bolt itself acknowledges an event before its listener has run; a crash in between would lose it for good.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.request.payload_utils import to_action, to_options, to_shortcut, to_step, to_view
from slack_sdk.signature import SignatureVerifier
from sqlalchemy.exc import SQLAlchemyError

from bot.domain.arrivals import read
from bot.store.writer import Busy, NotWritten, Writer

Next = Callable[[], Awaitable[Any]]

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
        if not isinstance(payload, dict) or not is_event(payload):
            return None
        return OK if await _stored(self._writer, payload) else LATER

    def _is_signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        """By Slack, and in the last five minutes."""
        stamp, signature = headers.get("x-slack-request-timestamp"), headers.get("x-slack-signature")
        try:
            return bool(stamp and signature) and self._verifier.is_valid(body, stamp, signature)
        except (ValueError, TypeError):  # a stamp that is no number, a body that is no text, a signature of no letters
            return False


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
        # Where CareCue is not installed Bolt would answer there by itself, whatever address it is: doors look at it.
        req.context.pop("response_url", None)
        await next()
        return None


def is_event(body: dict[str, Any]) -> bool:
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
    kind = event.get("type") if isinstance(event, dict) else None
    return kind if isinstance(kind, str) else None


def _readable(body: dict[str, Any]) -> bool:
    """Whether Bolt can get out of a payload what it takes to be in every one of its kind."""
    held, actions = [body[name] for name in ("view", "event") if name in body], body.get("actions", [])
    try:
        found = [part(body) for part in (to_action, to_options, to_shortcut, to_step, to_view)]
    except (LookupError, TypeError, AttributeError):
        return False
    parts = [*held, *(part for part in found if part is not None)]
    whole = isinstance(actions, list) and all(isinstance(part, dict) for part in [*parts, *actions])
    return whole and _named(body)


def _named(body: dict[str, Any]) -> bool:
    """Whether it says to which door it comes, where Bolt takes that for granted."""
    kind = body.get("type")
    if kind == "block_actions":
        return all("action_id" in action for action in body.get("actions", [{}]))
    if kind in ("view_submission", "view_closed"):
        return "callback_id" in body.get("view", {})
    return kind not in ("shortcut", "message_action") or "callback_id" in body
