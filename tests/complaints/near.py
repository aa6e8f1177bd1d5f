"""Slack and CareCue in one room: the sandbox is asked, and delivers, without a network in between.

All else is as it is in earnest: events are written by the writer, jobs and sender do their work, and what was said
is what the sandbox has in its own record.
"""

import json
from collections.abc import Callable
from contextlib import AbstractContextManager
from typing import Any, TypeVar, cast
from urllib.parse import urlencode

import aiohttp
from slack_sdk.web.async_slack_response import AsyncSlackResponse
from sqlalchemy import Connection, event
from starlette.requests import Request
from starlette.responses import Response

from bot.domain.arrivals import read
from bot.sandbox.acts import Acts
from bot.sandbox.api.door import answer
from bot.sandbox.delivery import Answer, Delivery
from bot.sandbox.wire import Dropped
from bot.slack.client import Slack
from bot.slack.errors import HALF_DONE, RateLimited, SlackError, Unclear, retry_after
from bot.store.db import Db
from bot.store.writer import Writer

Json = dict[str, Any]
T = TypeVar("T")

JSON = "application/json"


class Near(Acts):
    """The sandbox, with the bot's writer within reach. While nobody listens, a delivery fails as Slack has it."""

    listener: Writer | None = None

    async def send(self, delivery: Delivery) -> Answer:
        if self.listener is None or delivery.kind != "events_api":
            return Answer(False, reason="connection_failed")
        if arrival := read(delivery.payload):
            await self.listener.put(arrival)
        return Answer(True)


class Here(Db):
    """A database whose transactions run where they are asked for: no thread has to be woken for each."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        if self.engine.dialect.name == "sqlite":
            event.listen(self.engine, "connect", _hasty)

    async def _elsewhere(
        self, begin: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], T]
    ) -> T:
        with begin() as tx:
            return work(tx)


def _hasty(connection: Any, _entry: object) -> None:
    """No process dies here but in a test's mind, and the machine never: nothing has to reach the disk."""
    connection.execute("PRAGMA synchronous=OFF")


class Killed(Exception):
    """The process died here."""


class Spoken(Slack):
    """The Web API, spoken across the room. `dies` is how many requests from now on take effect and kill who asked."""

    def __init__(self, near: Near, session: aiohttp.ClientSession) -> None:
        super().__init__(near.world.app.bot_token, "http://127.0.0.1/api/", session, _at_once)
        self._near = near
        self.dies = 0

    async def _call(self, method: str, **arguments: Any) -> AsyncSlackResponse:
        response = await answer(self._near, self._request(method, **arguments))
        if self.dies and method == "chat.postMessage":
            self.dies -= 1
            raise Killed(method)
        return cast(AsyncSlackResponse, _read(method, response))

    def _request(
        self, method: str, http_verb: str = "POST", params: Json | None = None, json: Json | None = None
    ) -> Request:
        headers = {"authorization": f"Bearer {self._near.world.app.bot_token}", "content-type": JSON}
        scope = {
            "type": "http",
            "method": http_verb,
            "path": f"/api/{method}",
            "path_params": {"method": method},
            "headers": [(name.encode(), value.encode()) for name, value in headers.items()],
            "query_string": urlencode(_plain(params or {})).encode(),
        }
        return Request(scope, _Body(json or {}).receive)


class _Body:
    def __init__(self, body: Json) -> None:
        self._body = json.dumps(body).encode()

    async def receive(self) -> Json:
        return {"type": "http.request", "body": self._body, "more_body": False}


class _Said(dict[str, Any]):
    """An answer that is fine."""

    def __init__(self, said: Json, response: Response) -> None:
        super().__init__(said)
        self.headers = response.headers


def _read(method: str, response: Response) -> _Said:
    """As the client reads what came over the network."""
    if isinstance(response, Dropped):
        raise Unclear(method, "connection lost")
    if response.status_code == 429:
        raise RateLimited(method, retry_after(response.headers))
    if response.status_code >= 500:
        raise Unclear(method, f"status {response.status_code}")
    said = json.loads(bytes(response.body))
    if said["ok"]:
        return _Said(said, response)
    if said["error"] in HALF_DONE:
        raise Unclear(method, said["error"])
    raise SlackError(method, said["error"], str(said.get("needed") or ""))


def _plain(params: Json) -> Json:
    """As a query has them: flags are numbers, what is not given is left out."""
    return {
        name: int(value) if isinstance(value, bool) else value for name, value in params.items() if value is not None
    }


async def _at_once(_seconds: float) -> None:
    """No pause between tries: the sandbox's time stands still meanwhile."""
