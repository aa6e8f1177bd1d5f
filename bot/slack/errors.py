"""What can go wrong between CareCue and Slack.

SlackError            Slack said no, by its error name: asking again changes nothing
├── RateLimited       not now, but after `retry_after` seconds; nothing was done
└── Unclear           nobody knows whether it was done: connection lost, no answer in time, a server's error
"""

from collections.abc import Mapping

import aiohttp
from slack_sdk.errors import SlackApiError

RATE_LIMITS = {"ratelimited", "rate_limited"}
# Slack's own words for these: some of the operation may have succeeded.
HALF_DONE = {"internal_error", "fatal_error", "service_unavailable"}
NO_RETRY_AFTER = 10.0


class SlackError(Exception):
    """Slack refused `method`; `error` is Slack's name for why, `needed` the scope that is missing, if that is it."""

    def __init__(self, method: str, error: str, needed: str = "") -> None:
        super().__init__(f"{method}: {error}")
        self.method = method
        self.error = error
        self.needed = needed


class RateLimited(SlackError):
    """Slack wants to be left alone for `retry_after` seconds; this request did nothing."""

    def __init__(self, method: str, retry_after: float) -> None:
        super().__init__(method, "ratelimited")
        self.retry_after = retry_after


class Unclear(SlackError):
    """The request may or may not have taken effect."""


def of_response(method: str, error: SlackApiError) -> SlackError:
    """Which of them an answer is that is not ok."""
    response = error.response
    status: int = getattr(response, "status_code", 0) or getattr(response, "status", 0)
    body = getattr(response, "data", None)
    body = body if isinstance(body, Mapping) else {}
    name = str(body.get("error") or "")
    if status == 429 or name in RATE_LIMITS:
        return RateLimited(method, retry_after(response.headers))
    if status >= 500 or not name or name in HALF_DONE:
        return Unclear(method, name or f"status {status}")
    return SlackError(method, name, str(body.get("needed") or ""))


def of_connection(method: str, error: aiohttp.ClientError | TimeoutError | OSError) -> Unclear:
    """No answer came. Only the kind of error is kept: its text may quote the request."""
    return Unclear(method, type(error).__name__)


def retry_after(headers: Mapping[str, str]) -> float:
    """Seconds to wait, as the answer's header says."""
    given = headers.get("Retry-After", "")
    return float(given) if given.isdigit() else NO_RETRY_AFTER
