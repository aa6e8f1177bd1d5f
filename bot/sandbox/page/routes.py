"""What the browser asks for: the page's own files, what somebody sees, and word that something changed."""

import asyncio
from contextlib import suppress
from pathlib import Path

from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import BaseRoute, Mount, Route, WebSocketRoute
from starlette.staticfiles import StaticFiles
from starlette.types import ASGIApp, Message, Receive, Scope, Send
from starlette.websockets import WebSocket, WebSocketDisconnect

from bot.sandbox.channels import Channel
from bot.sandbox.core import Core
from bot.sandbox.page.reads import Reads
from bot.sandbox.page.seen import Seen, actors
from bot.sandbox.page.tour import Tour

STATIC = Path(__file__).parent / "static"

# The page runs its own scripts and nothing else, whatever anybody writes in a message; and it calls nobody.
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
_SHOWN_TYPES = frozenset({"image/png", "image/jpeg", "image/gif", "image/webp"})


class Page:
    """`Sandbox.start(pages=page.routes())` serves the page at the sandbox's url.

    `tour` is for the demo to fill. `read_until`: a ts; what was said before it counts as read, usually all so far.
    `wall_time`: the app lives by the clock on the wall, so the page does not offer to move the sandbox's.
    """

    def __init__(
        self, sandbox: Core, tour: Tour | None = None, read_until: str | None = None, *, wall_time: bool = False
    ) -> None:
        self.tour = tour or Tour()
        self._wall_time = wall_time
        self._world = sandbox.world
        self._windows = sandbox.windows
        self._reads = Reads(since=read_until or sandbox.world.new_ts())
        self._live: set[asyncio.Event] = set()
        sandbox.world.listeners.append(lambda _happening: self.changed())
        self.tour.listeners.append(self.changed)

    def routes(self) -> list[BaseRoute]:
        return [
            Route("/", self._index),
            Route("/apps", self._apps),
            Route("/page/state", self._state),
            Route("/page/tour", self._tour),
            Route("/page/file/{file}", self._file),
            WebSocketRoute("/page/live", self._listen),
            Mount("/page", guarded(StaticFiles(directory=STATIC))),
        ]

    def changed(self) -> None:
        """Tell every open browser to look again; for what the world does not tell, such as another speed."""
        for event in self._live:
            event.set()

    async def _index(self, _request: Request) -> Response:
        return _html("index.html")

    async def _apps(self, _request: Request) -> Response:
        """Where an app is made of its manifest."""
        return _html("apps.html")

    async def _state(self, request: Request) -> Response:
        people = actors(self._world)
        asked = request.query_params
        wanted, at = asked.get("as", ""), asked.get("channel", "")
        if not wanted:  # whoever has just come begins where the tour does
            wanted, at = self.tour.next_step.as_user, at or self.tour.next_step.channel
        me = next((person for person in people if person.id == wanted), people[0])
        seen = Seen(self._world, self._windows, self._reads, me)
        place = self._place(seen, at)
        if place and asked.get("looking") == "1":
            self._reads.mark(me.id, place)
        return JSONResponse(
            seen.picture(place, asked.get("thread", "")) | {"tour": self.tour.revision, "wall_time": self._wall_time},
            headers={"cache-control": "no-store"},
        )

    def _place(self, seen: Seen, wanted: str) -> Channel | None:
        """A channel, or a person: the direct message with them. What one may not see is as if it were not there."""
        if wanted in self._world.people and wanted != seen.me.id:
            return self._world.direct(seen.me.id, wanted)
        return self._world.channels[wanted] if seen.sees(wanted) else seen.first_place()

    async def _tour(self, _request: Request) -> Response:
        return JSONResponse(self.tour.as_json(), headers={"cache-control": "no-store"})

    async def _file(self, request: Request) -> Response:
        """Only pictures are shown in place; anything else is saved, so that no file runs as a page of ours."""
        file = self._world.files.get(request.path_params["file"])
        viewer = request.query_params.get("as", "")
        if file is None or not any(self._can_see(viewer, channel) for channel in file.channels):
            return Response(status_code=404)
        headers = _headers()
        if file.mimetype not in _SHOWN_TYPES:
            headers["content-disposition"] = "attachment"
        return Response(file.content, media_type=file.mimetype, headers=headers)

    def _can_see(self, viewer: str, channel: str) -> bool:
        known = viewer in self._world.people and channel in self._world.channels
        return known and self._world.sees(viewer, self._world.channel(channel))

    async def _listen(self, socket: WebSocket) -> None:
        await socket.accept()
        event = asyncio.Event()
        self._live.add(event)
        gone = asyncio.create_task(_until_gone(socket))
        try:
            with suppress(WebSocketDisconnect):  # gone just as there was something to say
                await self._speak(socket, event, gone)
        finally:
            self._live.discard(event)
            gone.cancel()

    async def _speak(self, socket: WebSocket, event: asyncio.Event, gone: asyncio.Task[None]) -> None:
        """Many changes between two words to the browser are one."""
        while not gone.done():
            change = asyncio.create_task(event.wait())
            await asyncio.wait({change, gone}, return_when=asyncio.FIRST_COMPLETED)
            change.cancel()
            if gone.done():
                return
            event.clear()
            await socket.send_text("changed")


async def _until_gone(socket: WebSocket) -> None:
    while (await socket.receive())["type"] != "websocket.disconnect":
        pass


def _html(name: str) -> Response:
    return Response((STATIC / name).read_text("utf-8"), media_type="text/html", headers=_headers())


def _headers() -> dict[str, str]:
    return {"content-security-policy": POLICY, "x-content-type-options": "nosniff", "cache-control": "no-cache"}


def guarded(app: ASGIApp) -> ASGIApp:
    """The same headers on the static files."""

    async def guard(scope: Scope, receive: Receive, send: Send) -> None:
        async def with_headers(message: Message) -> None:
            if message["type"] == "http.response.start":
                extra = [(name.encode(), value.encode()) for name, value in _headers().items()]
                kept = [pair for pair in message["headers"] if pair[0] != b"cache-control"]
                message["headers"] = [*kept, *extra]
            await send(message)

        await app(scope, receive, with_headers)

    return guard
