"""The web server: Slack's request URL, and how whatever is to be served is listened for."""

import asyncio
from collections.abc import AsyncIterator, Generator, Sequence
from contextlib import ExitStack, asynccontextmanager, contextmanager
from socket import AI_PASSIVE, IPPROTO_TCP, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, getaddrinfo
from socket import socket as Socket

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.gate import Gate, Impatient
from bot.settings import NotSetUp
from bot.slack.manifest import PATH
from handlers.ingest import NONSENSE, SignedEvents

BACKLOG = 2048
FINISH = 5  # seconds in which whoever knocked gets an answer before the process ends


def events(bolt: AsyncApp, signed: SignedEvents) -> Route:
    """Where Slack sends everything, in HTTP mode."""
    slack = AsyncSlackRequestHandler(bolt)

    async def take(request: Request) -> Response:
        try:
            status = await signed.taken(await request.body(), request.headers)
            return Response(status_code=status) if status else await slack.handle(request)
        except NONSENSE:  # signed, and yet nothing that Bolt can read
            return PlainTextResponse("that is no payload of Slack's", status_code=400)

    return Route(PATH, take, methods=["POST"])


@asynccontextmanager
async def served(routes: Sequence[Route], host: str, port: int, setting: str = "PORT") -> AsyncIterator[int]:
    """On uvicorn, for as long as the context lasts; gives the port. Raises NotSetUp, which names the `setting`."""
    at_the_gate = Gate(Starlette(routes=routes))
    config = uvicorn.Config(
        at_the_gate,
        http=Impatient,
        log_config=None,
        access_log=False,
        lifespan="off",
        ws="none",
        timeout_graceful_shutdown=FINISH,
    )
    server = _Server(config)
    with _bound(host, port, setting) as socket:
        task = asyncio.create_task(server.serve(sockets=[socket]), name="web")
        try:
            yield socket.getsockname()[1]
        finally:
            server.should_exit = True
            await task


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals alone: stopping is decided in one place."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


def _bound(host: str, port: int, setting: str) -> Socket:
    """A listening socket: who connects before uvicorn is up waits a moment."""
    try:
        (family, kind, _, _, address), *_ = getaddrinfo(host, port, type=SOCK_STREAM, flags=AI_PASSIVE)
        # asyncio switches Nagle's delay (40 ms an answer) off only for sockets that say they are TCP.
        with ExitStack() as otherwise:
            listener = otherwise.enter_context(Socket(family, kind, IPPROTO_TCP))
            listener.setsockopt(SOL_SOCKET, SO_REUSEADDR, 1)
            listener.bind(address)
            listener.listen(BACKLOG)
            otherwise.pop_all()
    except OSError as error:
        raise NotSetUp(f"Port {port} cannot be listened on: {error.strerror}. Set {setting} to a free one.") from None
    return listener
