"""HTTP and WebSocket on loopback: one uvicorn in the caller's own event loop."""

import asyncio
import contextlib
import socket
from collections.abc import Generator
from typing import Any

import uvicorn
from starlette.responses import Response
from starlette.types import ASGIApp, Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

PARTING_SECONDS = 1.0


class Dropped(Response):
    """An answer that never comes: the connection ends."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002
        scope["sandbox.connection"].abort()
        while (await receive())["type"] != "http.disconnect":
            pass


class _Protocol(HttpToolsProtocol):
    """Hands the connection to the application, which may cut it."""

    def on_message_begin(self) -> None:
        super().on_message_begin()
        self.scope["sandbox.connection"] = self.transport  # type: ignore[typeddict-unknown-key]


class _Server(uvicorn.Server):
    @contextlib.contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Signals belong to the process that the sandbox is a guest in."""
        yield

    leaving: asyncio.Event

    async def main_loop(self) -> None:
        """Keeps the Date header right, and stops at once when asked."""
        self.leaving = asyncio.Event()
        while not await self.on_tick(0):
            with contextlib.suppress(TimeoutError):
                async with asyncio.timeout(1):
                    await self.leaving.wait()

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:  # noqa: ARG002 - closed with servers
        """As uvicorn's own, without its pauses: nobody but the app and a browser is connected."""
        for server in self.servers:
            server.close()
        for connection in list(self.server_state.connections):
            connection.shutdown()
        with contextlib.suppress(TimeoutError):
            async with asyncio.timeout(PARTING_SECONDS):
                while self.server_state.connections or self.server_state.tasks:  # noqa: ASYNC110 - no event tells
                    await asyncio.sleep(0.001)
        for task in list(self.server_state.tasks):
            task.cancel()

    def leave(self) -> None:
        self.should_exit = True
        self.leaving.set()


class Wire:
    """A server on a loopback port of its own."""

    def __init__(self, app: ASGIApp) -> None:
        config = uvicorn.Config(
            app,
            http=_Protocol,
            ws="websockets-sansio",
            lifespan="off",
            log_config=None,
            access_log=False,
            server_header=False,
        )
        self._server = _Server(config)
        self._task: asyncio.Task[Any] | None = None

    async def start(self, port: int) -> int:
        """Returns the port; 0 takes any that is free. Raises OSError for one that is taken."""
        # asyncio turns Nagle's delay off only for sockets that say they are TCP; it costs 40 ms an answer
        listener = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
        listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            listener.bind(("127.0.0.1", port))
        except OSError:
            listener.close()
            raise
        self._task = asyncio.create_task(self._server.serve(sockets=[listener]))
        while not self._server.started and not self._task.done():  # noqa: ASYNC110 - uvicorn offers nothing to wait on
            await asyncio.sleep(0.001)
        return int(listener.getsockname()[1])

    async def stop(self) -> None:
        if self._task is not None:
            self._server.leave()
            await self._task
