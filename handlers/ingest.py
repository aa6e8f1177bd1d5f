"""Events: acknowledged only when what they say is stored, before Bolt looks at them.

Bolt itself acknowledges an event before its listener has run; a crash in between would lose it for good.
"""

from collections.abc import Awaitable, Callable
from typing import Any

from slack_bolt import BoltResponse
from sqlalchemy.exc import SQLAlchemyError

from bot.deps import Deps
from bot.domain.arrivals import read
from bot.store.writer import Busy

Next = Callable[[], Awaitable[Any]]

LATER = BoltResponse(status=503, body="")  # Slack delivers it again


def before_authorize(deps: Deps) -> Callable[..., Awaitable[BoltResponse | None]]:
    """The middleware that takes events and lets everything else pass."""

    async def take(body: dict[str, Any], next: Next) -> BoltResponse | None:  # noqa: A002  # Bolt's name
        if body.get("type") != "event_callback":
            await next()
            return None
        delivery = read(body)
        if delivery is not None:
            try:
                await deps.writer.put(delivery)
            except (Busy, SQLAlchemyError):
                return LATER
        return BoltResponse(status=200, body="")

    return take
