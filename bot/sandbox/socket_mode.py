"""Deliveries by Socket Mode: WebSockets that the app opened, with an acknowledgement for every envelope."""

import asyncio
import json
import secrets
import uuid
from dataclasses import dataclass, field
from typing import Any

from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.delivery import Answer, Delivery
from bot.sandbox.installed import App

Json = dict[str, Any]

CONNECTIONS_MAX = 10
CONNECTION_SECONDS = 18_060


@dataclass(eq=False, slots=True)
class Connection:
    socket: WebSocket
    expected: dict[str, asyncio.Future[Answer]] = field(default_factory=dict)
    leaving: bool = False  # told to disconnect: gets nothing new

    async def send(self, envelope: Json, timeout: float) -> Answer:  # noqa: ASYNC109 - Slack's patience, not ours
        future: asyncio.Future[Answer] = asyncio.get_running_loop().create_future()
        self.expected[envelope["envelope_id"]] = future
        try:
            await self.socket.send_json(envelope)
            return await asyncio.wait_for(future, timeout)
        except (RuntimeError, WebSocketDisconnect):
            return Answer(False, reason="connection_failed")
        except TimeoutError:
            return Answer(False, reason="timeout")
        finally:
            self.expected.pop(envelope["envelope_id"], None)

    def heard(self, text: str) -> None:
        """Anything but the acknowledgement of an envelope that waits for one is ignored, as Slack does."""
        try:
            said = json.loads(text)
        except ValueError:
            return
        future = self.expected.get(said.get("envelope_id", "")) if isinstance(said, dict) else None
        if future and not future.done():
            future.set_result(Answer(True, said.get("payload")))

    def lost(self) -> None:
        for future in self.expected.values():
            if not future.done():
                future.set_result(Answer(False, reason="connection_failed"))


class Sockets:
    """`timeout`: real seconds in which an envelope must be acknowledged (Slack's three)."""

    def __init__(self, app: App, timeout: float) -> None:
        self._app = app
        self._timeout = timeout
        self._tickets: set[str] = set()
        self._turn = 0
        self._changed = asyncio.Condition()
        self.connections: list[Connection] = []

    def ticket(self) -> str:
        """One use: it lets one WebSocket in."""
        ticket = secrets.token_urlsafe(18)
        self._tickets.add(ticket)
        return ticket

    async def send(self, delivery: Delivery) -> Answer:
        ready = [connection for connection in self.connections if not connection.leaving]
        if not ready:
            return Answer(False, reason="connection_failed")
        self._turn += 1
        envelope = {
            "envelope_id": str(uuid.uuid4()),
            "payload": delivery.payload,
            "type": delivery.kind,
            "accepts_response_payload": delivery.takes_answer,
        }
        if delivery.kind == "events_api":
            envelope |= {"retry_attempt": delivery.attempt, "retry_reason": delivery.reason}
        return await ready[self._turn % len(ready)].send(envelope, self._timeout)

    async def serve(self, socket: WebSocket) -> None:
        """The life of one WebSocket."""
        ticket = socket.query_params.get("ticket", "")
        if ticket not in self._tickets:
            await socket.close(4001)
            return
        self._tickets.discard(ticket)
        await socket.accept()
        if len(self.connections) >= CONNECTIONS_MAX:
            await socket.send_json({"type": "disconnect", "reason": "too_many_websockets", "debug_info": {}})
            await socket.close()
            return
        connection = Connection(socket)
        await self._greet(connection)
        await self._enter(connection)
        try:
            while True:
                connection.heard(await socket.receive_text())
        except (WebSocketDisconnect, RuntimeError):
            pass
        finally:
            await self._leave(connection)

    async def disconnect(self, reason: str = "refresh_requested", only: Connection | None = None) -> None:
        """Ask connections to go, as Slack does every few hours: `warning`, `refresh_requested` or `link_disabled`."""
        for connection in [only] if only else list(self.connections):
            await connection.socket.send_json({"type": "disconnect", "reason": reason, "debug_info": {}})
            if reason != "warning":
                connection.leaving = True
                await connection.socket.close()

    async def refresh(self, connection: Connection) -> None:
        """Ask one to go in peace: it is warned, gets nothing new, and is closed when it has answered what it has."""
        await self.disconnect("warning", connection)
        connection.leaving = True
        await asyncio.gather(*connection.expected.values())
        await self.disconnect("refresh_requested", connection)

    async def wait_for(self, count: int = 1) -> None:
        """Until the app has this many connections."""
        async with self._changed:
            await self._changed.wait_for(lambda: len(self.connections) >= count)

    async def _greet(self, connection: Connection) -> None:
        hello: Json = {"type": "hello", "num_connections": len(self.connections) + 1}
        hello["debug_info"] = {"host": "sandbox", "started": "", "build_number": 1}
        hello["debug_info"]["approximate_connection_time"] = CONNECTION_SECONDS
        hello["connection_info"] = {"app_id": self._app.app_id}
        await connection.socket.send_json(hello)

    async def _enter(self, connection: Connection) -> None:
        async with self._changed:
            self.connections.append(connection)
            self._changed.notify_all()

    async def _leave(self, connection: Connection) -> None:
        connection.lost()
        async with self._changed:
            self.connections.remove(connection)
            self._changed.notify_all()
