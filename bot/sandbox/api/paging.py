"""Cursors, as Slack hands them out: opaque, and refused when made up."""

import base64
import binascii
from collections.abc import Sequence
from typing import Any, TypeVar

from bot.sandbox.api.call import Call
from bot.sandbox.refused import Refused

Json = dict[str, Any]
T = TypeVar("T")

LIMIT_MAX = 1000


def page(call: Call, rows: Sequence[T], *, default: int = 100, most: int = LIMIT_MAX) -> tuple[list[T], Json]:
    """The rows of this page, and the `response_metadata` that leads to the next."""
    limit = call.number("limit", default)
    if not 1 <= limit <= most:
        raise Refused("invalid_limit")
    start = _position(call.text("cursor"))
    more = start + limit < len(rows)
    next_cursor = base64.b64encode(f"next_ts:{start + limit}".encode()).decode() if more else ""
    return list(rows[start : start + limit]), {"next_cursor": next_cursor}


def _position(cursor: str | None) -> int:
    if not cursor:
        return 0
    try:
        word, _, position = base64.b64decode(cursor, validate=True).decode().partition(":")
        if word == "next_ts":
            return int(position)
    except (ValueError, binascii.Error):
        pass
    raise Refused("invalid_cursor")
