"""The least of Slack that a bot needs to start: three methods, and a WebSocket that counts acknowledgements."""

import asyncio
import json
from collections.abc import AsyncIterator, Iterable, Iterator
from contextlib import asynccontextmanager
from typing import Any

from aiohttp import WSMsgType, web

from tests.benchmarks import town

ANSWERS: dict[str, dict[str, Any]] = {
    "auth.test": {
        "team_id": town.OURS,
        "team": "Linden",
        "url": "https://linden.slack.com/",
        "user_id": town.BOT,
        "bot_id": "B0CARECUE",
    },
    "users.conversations": {"channels": []},
    "dnd.teamInfo": {"users": {}},
}


class Slack:
    """`url` for the Web API; `connected` once a bot has come by Socket Mode."""

    def __init__(self) -> None:
        self.url = ""
        self.connected: asyncio.Queue[web.WebSocketResponse] = asyncio.Queue()
        self._acknowledged = asyncio.Event()
        self._expected: set[str] = set()

    async def push(self, socket: web.WebSocketResponse, bodies: Iterable[bytes], at_once: int) -> None:
        """Send events, at most so many unacknowledged at any time; returns when all are acknowledged."""
        for envelope_id, envelope in _envelopes(bodies):
            while len(self._expected) >= at_once:
                await self._news()
            self._expected.add(envelope_id)
            await socket.send_str(envelope)
        while self._expected:
            await self._news()

    async def _news(self) -> None:
        self._acknowledged.clear()
        await self._acknowledged.wait()

    async def api(self, request: web.Request) -> web.Response:
        method = request.match_info["method"]
        more = {"url": f"{self.url.replace('http', 'ws', 1)}/link"} if method == "apps.connections.open" else {}
        return web.json_response({"ok": True} | ANSWERS.get(method, {}) | more)

    async def link(self, request: web.Request) -> web.WebSocketResponse:
        socket = web.WebSocketResponse()
        await socket.prepare(request)
        await socket.send_json({"type": "hello", "num_connections": 1, "connection_info": {"app_id": "A0CARECUE"}})
        self.connected.put_nowait(socket)
        async for message in socket:
            if message.type is WSMsgType.TEXT:
                self._expected.discard(json.loads(message.data).get("envelope_id", ""))
                self._acknowledged.set()
        return socket


@asynccontextmanager
async def slack() -> AsyncIterator[Slack]:
    """On a loopback port of its own."""
    here = Slack()
    app = web.Application()
    app.add_routes([web.route("*", "/api/{method}", here.api), web.get("/link", here.link)])
    runner = web.AppRunner(app, access_log=None, shutdown_timeout=0)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    here.url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    try:
        yield here
    finally:
        await runner.cleanup()


def _envelopes(bodies: Iterable[bytes]) -> Iterator[tuple[str, str]]:
    for body in bodies:
        envelope_id = json.loads(body)["event_id"]
        yield envelope_id, f'{{"envelope_id": "{envelope_id}", "type": "events_api", "payload": {body.decode()}}}'
