"""The sandbox as one thing to start and stop."""

import asyncio
from collections.abc import AsyncIterator
from types import TracebackType
from typing import Any

from starlette.applications import Starlette
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import JSONResponse, PlainTextResponse, Response
from starlette.routing import BaseRoute, Route, WebSocketRoute

from bot.sandbox.acts import Acts
from bot.sandbox.api.door import Knock, answer, keep, meet
from bot.sandbox.authorize import PATH, Authorize
from bot.sandbox.control import Control
from bot.sandbox.refused import Refused
from bot.sandbox.responses import respond
from bot.sandbox.state import Happening
from bot.sandbox.wire import Dropped, Wire

Json = dict[str, Any]

# A browser page of anybody's must not reach the sandbox by pointing a name of its own at loopback.
HOSTS = ["127.0.0.1", "localhost", "[::1]"]


class Sandbox(Acts):
    """`await start()`, then `url`; or `async with`. `pages`: further routes, such as the browser page's."""

    wire: Wire | None = None

    async def start(self, port: int = 0, pages: list[BaseRoute] | None = None) -> None:
        consent = Authorize(self)
        routes = [
            Route(PATH, consent.ask, methods=["GET"]),
            Route(PATH, consent.answer, methods=["POST"]),
            Route("/api/{method:path}", self._api, methods=["GET", "POST"]),
            WebSocketRoute("/link/", self.sockets.serve),
            Route("/hooks/{key}", self._hook, methods=["POST"]),
            Route("/upload/{file}", self._upload, methods=["POST", "PUT"]),
            Route("/control/{verb}", Control(self).answer, methods=["POST"]),
            *(pages or []),
        ]
        guard = Middleware(TrustedHostMiddleware, allowed_hosts=HOSTS, www_redirect=False)
        self.wire = Wire(Starlette(routes=routes, middleware=[guard]))
        self.url = f"http://127.0.0.1:{await self.wire.start(port)}"
        self.deliveries.start()

    async def stop(self) -> None:
        await self.deliveries.stop()
        await self.request_urls.close()
        if self.wire is not None:
            await self.wire.stop()

    async def __aenter__(self) -> "Sandbox":
        await self.start()
        return self

    async def __aexit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.stop()

    async def subscribe(self) -> AsyncIterator[Json]:
        """Notice of every change, until the iterator is closed; it is told of nothing that came before."""
        notices: asyncio.Queue[Happening] = asyncio.Queue()
        self.world.listeners.append(notices.put_nowait)
        try:
            while True:
                happening = await notices.get()
                yield {"kind": happening.kind, "channel": happening.channel, "event": happening.event}
        finally:
            self.world.listeners.remove(notices.put_nowait)

    async def _api(self, request: Request) -> Response:
        return await answer(self, request)

    async def _hook(self, request: Request) -> Response:
        """A response_url; to faults and the record it is the method `response_url`."""
        fault = self.faults.for_call("response_url", None)
        if fault is not None and (early := await meet(self, Knock("response_url", {}), fault)):
            return early
        try:
            body = await _json(request)
            respond(self, self.hooks.use(request.path_params["key"]), body)
        except Refused as refused:
            return self._hook_refusal(refused)
        keep(self, Knock("response_url", body if isinstance(body, dict) else {}), {"ok": True}, "ok")
        return Dropped() if fault is not None and fault.kind == "drop_after" else PlainTextResponse("ok")

    def _hook_refusal(self, refused: Refused) -> Response:
        said = {"ok": False, "error": refused.code} | refused.details
        keep(self, Knock("response_url", {}), said, refused.code)
        return JSONResponse(said, 404 if refused.code in ("used_url", "expired_url", "no_service") else 400)

    async def _upload(self, request: Request) -> Response:
        file = self.world.files.get(request.path_params["file"])
        if file is None:
            return PlainTextResponse("file_not_found", 404)
        file.content = await _content(request)
        return PlainTextResponse(f"OK - {len(file.content)}")


async def _json(request: Request) -> Any:
    try:
        return await request.json()
    except ValueError:
        raise Refused("invalid_payload") from None


async def _content(request: Request) -> bytes:
    """The body itself, or the one file of a form."""
    if not request.headers.get("content-type", "").startswith("multipart/form-data"):
        return await request.body()
    async with request.form() as form:
        for value in form.values():
            if not isinstance(value, str):
                return await value.read()
    return b""
