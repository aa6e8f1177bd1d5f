"""Answers by `response_url`: to Slack, and never to an address that somebody else wrote into a payload."""

import logging
from collections.abc import Mapping
from typing import Any

import aiohttp
from yarl import URL

from bot.slack.client import new_session

HOSTS = ("hooks.slack.com", "hooks.slack-gov.com")

log = logging.getLogger(__name__)


def slacks(url: object, slack_url: str) -> URL | None:
    """A `response_url` to which an answer may go; None for all others.

    Slack's own are https; where the Web API is asked somewhere else, as in a sandbox, its answers go there, too.
    """
    try:
        found, api = URL(url if isinstance(url, str) else ""), URL(slack_url)
        there = (found.scheme, found.host, found.port)
    except ValueError:
        return None
    if found.user is not None or found.password is not None:
        return None
    known = [*(("https", host, 443) for host in HOSTS), (api.scheme, api.host, api.port)]
    return found if there in known else None


async def answer(url: URL, said: Mapping[str, Any]) -> None:
    """At most once: nobody can look up whether it arrived, and the person can ask again. It follows no redirects."""
    async with new_session(trust_env=True) as session:
        try:
            async with session.post(url, json=said, allow_redirects=False) as taken:
                problem = "" if taken.status == 200 else f"status {taken.status}"
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            problem = type(error).__name__  # its text may quote the address, by which anybody may answer
    if problem:
        log.warning("an answer did not reach whoever asked: %s", problem)
