"""Where parts are chosen and put together; nowhere else. Nothing runs until somebody enters one of these contexts."""

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import ExitStack, asynccontextmanager, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from socket import AI_PASSIVE, IPPROTO_TCP, SO_REUSEADDR, SOCK_STREAM, SOL_SOCKET, getaddrinfo
from socket import socket as Socket
from typing import Any

import uvicorn
from slack_bolt.adapter.starlette.async_handler import AsyncSlackRequestHandler
from slack_bolt.async_app import AsyncApp
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection, text
from sqlalchemy.exc import SQLAlchemyError
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.deps import Deps, wall_clock
from bot.gate import Gate, Impatient
from bot.replay import quiet
from bot.settings import Settings
from bot.slack.client import Slack, new_session
from bot.slack.doctor import Check, checks
from bot.slack.errors import SlackError
from bot.slack.guard import Guard
from bot.slack.manifest import PATH
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from bot.slack.uninstalls import noticed
from bot.store import migrate, sent, setup, uninstalls, workspaces
from bot.store.db import Db
from bot.store.outbox import Row
from bot.store.quiet import nothing_holds
from bot.store.workspaces import Workspaces
from bot.store.writer import Writer
from handlers import DOORS, open_doors
from handlers.ingest import SignedEvents, SocketMode, before_authorize
from jobs import listening as heartbeat
from jobs import rest_when_gone, timetable
from jobs.listening import Hears

BACKLOG = 2048

# At DEBUG Bolt logs what is said, so its words are kept at INFO at the least, whatever the level of all else.
_bolt_log = logging.getLogger("bot.slack.bolt")


@dataclass(frozen=True, slots=True)
class Bot:
    """All parts of one process."""

    deps: Deps
    bolt: AsyncApp


class NotSetUp(Exception):
    """A setting is missing; the message is a sentence for the engineer who runs CareCue."""


@asynccontextmanager
async def assembled(
    settings: Settings, now: Callable[[], datetime] = wall_clock, pace: Pace | None = None
) -> AsyncIterator[Bot]:
    """The parts of a bot; on the way out what is queued is written and every connection closed. Raises NotSetUp."""
    if settings.bot_token is None:
        raise NotSetUp("There is no bot token. Set SLACK_BOT_TOKEN, here or in the file .env.")
    async with new_session() as session:
        db = Db(settings.database_url)
        known = Workspaces()
        slack = Slack(settings.bot_token.get_secret_value(), settings.slack_url, session)
        guard = Guard(db, slack, known, now)
        holds = nothing_holds if settings.dry_run else partial(_still_holds, known)
        sender = Sender(db, slack, now, guard, holds, partial(_on_sent, known), pace)
        writer = Writer(db, known, now, sender.wake)
        deps = Deps(settings, db, slack, now, known, writer, sender)
        try:
            yield Bot(deps, _bolt(settings, deps))
        finally:
            await writer.close()
            db.close()


async def introduce(deps: Deps) -> str:
    """Ask Slack who we are and where, and remember; the workspace's `team_id`. Raises SlackError."""
    asked_at = deps.now()
    slack = await deps.slack.of("")
    installation = (await slack.identity()).installation
    await deps.db.run(workspaces.install, installation)
    for facts in await slack.joined():
        await deps.db.run(setup.save_channel, installation.team_id, facts, asked_at, asked_at)
    return installation.team_id


async def arrive(deps: Deps) -> None:
    """As `introduce`. Who was taken out of the workspace stays, and ends what is kept. Raises SlackError."""
    try:
        await introduce(deps)
    except SlackError as error:
        if not await noticed(deps.db, error, deps.now()):
            raise


@contextmanager
def installed(
    settings: Settings, team_id: str | None = None, *, reads: bool = False
) -> Generator[tuple[Connection, str], None, None]:
    """A transaction, and the workspace that is meant; asks Slack where CareCue is installed if nobody knows yet.

    `reads`: nothing is written in it.

    Raises WhichWorkspace, NotSetUp, SlackError.
    """
    db = Db(settings.database_url)
    try:
        migrate.upgrade(db.engine)
        with db.begin() as tx:
            anywhere = workspaces.all_ids(tx) or uninstalls.everywhere(tx)
        if not anywhere:
            asyncio.run(_introduced(settings))
        with db.reading() if reads else db.begin() as tx:
            yield tx, setup.pick(tx, team_id)
    finally:
        db.close()


async def examined(settings: Settings) -> list[Check]:
    """What `carecue doctor` prints."""
    token, app_token = settings.bot_token, settings.app_token
    db = Db(settings.database_url)
    try:
        async with new_session() as session:
            slack = Slack(token.get_secret_value(), settings.slack_url, session) if token else None
            socket = app_token.get_secret_value() if app_token else None
            return await checks(db, slack, socket, DOORS, migrate.at_head, wall_clock)
    finally:
        db.close()


async def _introduced(settings: Settings) -> None:
    async with assembled(settings) as bot:
        await introduce(bot.deps)


@asynccontextmanager
async def working(bot: Bot) -> AsyncIterator[None]:
    """Jobs and the sender, for as long as the context lasts; in a quiet start there is no sender."""
    is_quiet = bot.deps.settings.dry_run
    scheduler = timetable(bot.deps, quiet.TIMETABLE if is_quiet else ())
    rest_when_gone(scheduler, bot.deps)
    sending = asyncio.create_task(_silence() if is_quiet else bot.deps.sender.run(), name="sender")
    scheduler.start()
    try:
        yield
    finally:
        scheduler.shutdown(wait=False)
        sending.cancel()
        with suppress(asyncio.CancelledError):
            await sending


async def _silence() -> None:
    """In the sender's place."""
    await asyncio.Event().wait()


@asynccontextmanager
async def listening(bot: Bot) -> AsyncIterator[Hears]:
    """Socket Mode, for as long as the context lasts; gives whether it is connected. Raises NotSetUp."""
    token = bot.deps.settings.app_token
    if token is None:
        raise NotSetUp("There is no app token. Set SLACK_APP_TOKEN, here or in the file .env.")
    client = SocketMode(bot.bolt, token.get_secret_value(), bot.deps.writer)
    await client.connect()  # type: ignore[no-untyped-call]
    try:
        yield client.is_connected
    finally:
        await client.close()  # type: ignore[no-untyped-call]


@asynccontextmanager
async def noticing(bot: Bot, hears: Hears) -> AsyncIterator[None]:
    """For as long as the context lasts it is kept until when events reached us, and what was missed is read."""
    beating = asyncio.create_task(heartbeat.go_on(bot.deps, hears), name="heartbeat")
    try:
        yield
    finally:
        beating.cancel()
        with suppress(asyncio.CancelledError):
            await beating


async def always() -> bool:
    """What HTTP mode knows of whether events reach it: it serves."""
    return True


def web(bot: Bot) -> Starlette:
    """HTTP mode: Slack's request URL, and whether the process is well."""
    slack = AsyncSlackRequestHandler(bot.bolt)
    events = SignedEvents(bot.deps.writer, _signing_secret(bot.deps.settings))

    async def take(request: Request) -> Response:
        try:
            status = await events.taken(await request.body(), request.headers)
            return Response(status_code=status) if status else await slack.handle(request)
        except (ValueError, TypeError, AttributeError, RecursionError):  # signed, and yet nothing that Bolt can read
            return PlainTextResponse("that is no payload of Slack's", status_code=400)

    async def healthz(_request: Request) -> Response:
        try:
            await bot.deps.db.run(_alive)
        except SQLAlchemyError:
            return PlainTextResponse("the database does not answer", status_code=503)
        return PlainTextResponse("ok")

    return Starlette(routes=[Route(PATH, take, methods=["POST"]), Route("/healthz", healthz)])


@asynccontextmanager
async def serving(bot: Bot, host: str, port: int) -> AsyncIterator[int]:
    """HTTP mode on uvicorn, for as long as the context lasts; gives the port. Raises NotSetUp."""
    if bot.deps.settings.signing_secret is None:
        raise NotSetUp("There is no signing secret. Set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode.")
    at_the_gate = Gate(web(bot))
    config = uvicorn.Config(at_the_gate, http=Impatient, log_config=None, access_log=False, lifespan="off", ws="none")
    server = _Server(config)
    with _bound(host, port) as socket:
        task = asyncio.create_task(server.serve(sockets=[socket]), name="web")
        try:
            yield socket.getsockname()[1]
        finally:
            server.should_exit = True
            await task


async def stopped() -> None:
    """Return when the process is asked to stop."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()


class _Server(uvicorn.Server):
    """Uvicorn that leaves signals alone: stopping is decided in one place."""

    @contextmanager
    def capture_signals(self) -> Generator[None, None, None]:
        """Capture none."""
        yield


def _bound(host: str, port: int) -> Socket:
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
        raise NotSetUp(f"Port {port} cannot be listened on: {error.strerror}. Set PORT to a free one.") from None
    return listener


def _signing_secret(settings: Settings) -> str:
    """Where none is set, one that nobody can know: Socket Mode needs none, and what comes over HTTP is refused."""
    return settings.signing_secret.get_secret_value() if settings.signing_secret else secrets.token_hex(32)


def _bolt(settings: Settings, deps: Deps) -> AsyncApp:
    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    _bolt_log.setLevel(max(logging.INFO, logging.getLogger("bot").getEffectiveLevel()))
    bolt = AsyncApp(
        name="carecue",  # without one Bolt looks for it in the whole call stack, file by file
        logger=_bolt_log,
        signing_secret=_signing_secret(settings),
        client=AsyncWebClient(token=token, base_url=settings.slack_url),
        before_authorize=before_authorize(),
    )
    open_doors(bolt, deps)
    return bolt


def _still_holds(known: Workspaces, tx: Connection, row: Row, now: datetime) -> str | None:
    return sent.still_holds(tx, known, row, now)


def _on_sent(known: Workspaces, tx: Connection, row: Row, channel: str, ts: str, now: datetime) -> None:
    sent.posted(tx, known, row, channel, ts, now)


def _alive(tx: Connection) -> Any:
    return tx.execute(text("SELECT 1")).scalar()
