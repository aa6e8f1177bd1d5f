"""Events: acknowledged only when what they say is stored, before Bolt looks at them.

Bolt itself acknowledges an event before its listener has run; a crash in between would lose it for good.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from slack_bolt.middleware.async_middleware import AsyncMiddleware
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.request.payload_utils import to_action, to_options, to_shortcut, to_step, to_view
from sqlalchemy.exc import SQLAlchemyError

from bot.deps import Deps
from bot.domain.arrivals import read
from bot.store.writer import Busy

Next = Callable[[], Awaitable[Any]]

HOME_OPENED = "app_home_opened"  # nothing to be stored: answered like a button

NOTHING = BoltResponse(status=404, body="")  # a payload on which Bolt would stumble
LATER = BoltResponse(status=503, body="")  # Slack delivers it again


def before_authorize(deps: Deps) -> AsyncMiddleware:
    """The middleware that takes events and lets everything else pass."""
    return _Ingest(deps)


class _Ingest(AsyncMiddleware):
    """A class, since for a function Bolt reads out of every payload what it takes to be in it."""

    def __init__(self, deps: Deps) -> None:
        self._writer = deps.writer

    async def async_process(
        self,
        *,
        req: AsyncBoltRequest,
        resp: BoltResponse,  # noqa: ARG002
        next: Next,  # noqa: A002
    ) -> BoltResponse | None:
        if req.body.get("type") != "event_callback" or _kind(req.body) == HOME_OPENED:
            if not _readable(req.body):
                return NOTHING
            await next()
            return None
        delivery = read(req.body)
        if delivery is not None:
            try:
                await self._writer.put(delivery)
            except (Busy, SQLAlchemyError):
                return LATER
        return BoltResponse(status=200, body="")


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
