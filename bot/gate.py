"""What a stranger may cost the web server, before anybody has shown who they are: so many bytes, in so much time."""

import asyncio
from asyncio import TimerHandle, Transport
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from starlette.responses import Response
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

HEAD_SECONDS = 10.0  # in which a connection has said what it wants
MOST_HEAD = 32 * 2**10  # bytes of a request line and its headers; Slack's are below one thousand
MOST_SENT = 8 * 2**20  # bytes of a body as it is sent: in chunks it is longer than it will be


@dataclass(frozen=True, slots=True)
class Limits:
    """Of bodies. Slack's longest is an edit of 40,000 characters, each escaped, four times over: below `body`."""

    body: int = 4 * 2**20  # bytes
    held: int = 64 * 2**20  # bytes of all bodies together that are here and not answered yet
    seconds: float = 10.0  # in which a body has arrived


class Gate:
    """ASGI. Hands a request on once its whole body is here; answers 413, 408 or 503 where that costs too much."""

    def __init__(self, app: ASGIApp, limits: Limits | None = None) -> None:
        self._app = app
        self._limits = limits or Limits()
        self._held = 0

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """As ASGI has it."""
        length = _length(scope["headers"]) if scope["type"] == "http" else 0
        if not length:
            await self._app(scope, receive, send)
            return
        body = bytearray()
        try:
            status = await self._refusal(length, receive, body)
            if status is None:
                await self._app(scope, _again(bytes(body), receive), send)
            else:
                await Response(status_code=status, headers={"Connection": "close"})(scope, receive, send)
        finally:
            self._held -= len(body)

    async def _refusal(self, length: int, receive: Receive, body: bytearray) -> int | None:
        """The status with which a request is turned away; None once `body` is whole."""
        if length > self._limits.body:
            return 413
        try:
            async with asyncio.timeout(self._limits.seconds):
                return await self._read(receive, body)
        except TimeoutError:
            return 408

    async def _read(self, receive: Receive, body: bytearray) -> int | None:
        more = True
        while more:
            message = await receive()
            if message["type"] == "http.disconnect":
                return 400  # nobody reads it
            chunk = message.get("body", b"")
            body += chunk
            self._held += len(chunk)
            if len(body) > self._limits.body:
                return 413
            if self._held > self._limits.held:
                return 503
            more = message.get("more_body", False)
        return None


class Impatient(HttpToolsProtocol):
    """Uvicorn's connection, but that one which does not come to its point is closed: by itself it waits for ever."""

    _late: TimerHandle | None = None  # while a head is waited for
    _heard = 0  # bytes since a head began, or its end

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        """A connection that says nothing at all is as slow as one that never ends its head."""
        super().connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """A head without an end is not kept, either."""
        self._heard += len(data)
        super().data_received(data)
        if self._heard > (MOST_SENT if self._late is None else MOST_HEAD):
            self.transport.abort()

    def on_header(self, name: bytes, value: bytes) -> None:
        """Nor are headers that follow a body in chunks: nobody here asks for them, and uvicorn would keep them all."""
        if self._late is None:
            self.transport.abort()
        else:
            super().on_header(name, value)

    def on_message_begin(self) -> None:
        """The next request on a connection that was kept open, too."""
        super().on_message_begin()
        self._wait()

    def on_headers_complete(self) -> None:
        """What follows is a body, and the gate's."""
        self._rest()
        super().on_headers_complete()

    def connection_lost(self, exc: Exception | None) -> None:
        """Nobody is waited for any more."""
        self._rest()
        super().connection_lost(exc)

    def _wait(self) -> None:
        self._rest()
        self._late = self.loop.call_later(HEAD_SECONDS, self.transport.abort)

    def _rest(self) -> None:
        self._heard = 0
        if self._late is not None:
            self._late.cancel()
            self._late = None


def _length(headers: Iterable[tuple[bytes, bytes]]) -> int:
    """As it is stated; 1 where there is a body of which nothing is stated, and 0 where there is none."""
    stated = dict(headers)
    if b"transfer-encoding" in stated:
        return 1
    length = stated.get(b"content-length", b"0")
    return int(length) if length.isdigit() else 1


def _again(body: bytes, receive: Receive) -> Receive:
    """Gives the body that was read; after it, what there is to receive."""
    first: list[Any] = [{"type": "http.request", "body": body, "more_body": False}]

    async def heard() -> Message:
        return first.pop() if first else await receive()

    return heard
