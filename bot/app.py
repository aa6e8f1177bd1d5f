"""Where parts are chosen and put together; nowhere else. Nothing runs until somebody enters one of these contexts."""

import asyncio
import logging
import secrets
import signal
from collections.abc import AsyncIterator, Callable, Generator
from contextlib import asynccontextmanager, closing, contextmanager, suppress
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import Any

from pydantic import SecretStr
from slack_bolt.async_app import AsyncApp
from slack_bolt.logger.messages import warning_client_prioritized_and_token_skipped
from slack_sdk.web.async_client import AsyncWebClient
from sqlalchemy import Connection

from bot import web
from bot.deps import Deps, wall_clock
from bot.replay import quiet
from bot.settings import NotSetUp as NotSetUp
from bot.settings import Settings
from bot.slack import doctor_many
from bot.slack.client import Slack, new_session
from bot.slack.clients import clients, everywhere
from bot.slack.doctor import Check, checks, of_way_in
from bot.slack.errors import SlackError
from bot.slack.guard import Guard
from bot.slack.installed import Installed
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from bot.slack.uninstalls import noticed
from bot.store import migrate, sent, setup, uninstalls, workspaces
from bot.store.db import Db
from bot.store.outbox import Row
from bot.store.quarantine import Quarantine
from bot.store.quiet import nothing_holds
from bot.store.workspaces import Workspaces
from bot.store.writer import Writer
from bot.views.words.common import OUTSIDERS
from bot.watch import Watch
from handlers import DOORS, install, open_doors
from handlers.authorize import authorize
from handlers.ingest import SignedEvents, before_authorize
from handlers.sockets import Ears
from jobs import listening as heartbeat
from jobs.listening import Hears
from jobs.shift import at_work

# At DEBUG Bolt logs what is said, so its words are kept at INFO at the least, whatever the level of all else.
_bolt_log = logging.getLogger("bot.slack.bolt")
_NOT_INSTALLED = "Although the app should be installed"


@dataclass(frozen=True, slots=True)
class Bot:
    """All parts of one process."""

    deps: Deps
    bolt: AsyncApp


@asynccontextmanager
async def assembled(
    settings: Settings, now: Callable[[], datetime] = wall_clock, pace: Pace | None = None
) -> AsyncIterator[Bot]:
    """The parts of a bot; on the way out what is queued is written and every connection closed. Raises NotSetUp."""
    async with new_session() as session:
        with closing(Db(settings.database_url)) as db:
            known = Workspaces(share=settings.many)
            slack = clients(settings, db, session, now)
            many = slack if isinstance(slack, Installed) else None
            guard = Guard(db, slack, known, now)
            holds = nothing_holds if settings.dry_run else partial(_still_holds, known)
            sender = Sender(db, slack, now, guard, holds, partial(_on_sent, known), pace, Quarantine(db, known, now))
            writer = Writer(db, known, now, sender.wake)
            deps = Deps(settings, db, slack, now, known, writer, sender, many)
            try:
                yield Bot(deps, _bolt(settings, deps))
            finally:
                await writer.close()


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
    """As `introduce`. Who was taken out of the workspace stays, and ends what is kept. Raises SlackError.

    Where there are many, each is known since it was installed.
    """
    if deps.installed:
        return
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
        if not anywhere and not settings.many:
            asyncio.run(_introduced(settings))
        with db.reading() if reads else db.begin() as tx:
            yield tx, setup.pick(tx, team_id)
    finally:
        db.close()


async def examined(settings: Settings) -> list[Check]:
    """What `carecue doctor` prints."""
    token, app_token = settings.bot_token, _secret(settings.app_token)
    way_in = of_way_in(app_token, _secret(settings.signing_secret))
    db = Db(settings.database_url)
    try:
        async with new_session() as session:
            if settings.many:
                every = everywhere(settings, db, session, wall_clock)
                found = await doctor_many.checks(db, every, app_token, DOORS, migrate.at_head, wall_clock)
            else:
                slack = Slack(token.get_secret_value(), settings.slack_url, session) if token else None
                found = await checks(db, slack, app_token, DOORS, migrate.at_head, wall_clock)
            return [*found, *way_in]
    finally:
        db.close()


def _secret(token: SecretStr | None) -> str | None:
    return token.get_secret_value() if token else None


async def _introduced(settings: Settings) -> None:
    async with assembled(settings) as bot:
        await introduce(bot.deps)


@asynccontextmanager
async def working(bot: Bot) -> AsyncIterator[None]:
    """Jobs and the sender, for as long as the context lasts; in a quiet start there is no sender."""
    is_quiet = bot.deps.settings.dry_run
    async with at_work(bot.deps, quiet.TIMETABLE if is_quiet else (), silent=is_quiet):
        yield


@asynccontextmanager
async def listening(bot: Bot) -> AsyncIterator[Hears]:
    """Socket Mode, for as long as the context lasts; gives whether it is connected. Raises NotSetUp."""
    token = bot.deps.settings.app_token
    if token is None:
        raise NotSetUp("There is no app token. Set SLACK_APP_TOKEN, in the environment or in the file .env.")
    ears = Ears(bot.bolt, token.get_secret_value(), bot.deps.writer)
    await ears.open()
    try:
        yield ears.hear
    finally:
        await ears.close()


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


def over_http(settings: Settings) -> Hears | None:
    """Whether events reach who serves; None where Slack sends them to those that listen by Socket Mode.

    Who serves there, for installs, must not say for those that they hear: what they missed would never be read.
    """
    return None if settings.socket_mode else always


@asynccontextmanager
async def serving(bot: Bot, host: str, port: int) -> AsyncIterator[int]:
    """HTTP mode, for as long as the context lasts; gives the port. Raises NotSetUp."""
    settings = bot.deps.settings
    if settings.signing_secret is None and not settings.socket_mode:
        raise NotSetUp("There is no signing secret. Set SLACK_SIGNING_SECRET, or SLACK_APP_TOKEN for Socket Mode.")
    slack = web.events(bot.bolt, SignedEvents(bot.deps.writer, _signing_secret(settings)))
    seen = Watch(bot.deps, over_http(settings)).routes(counted=settings.metrics_port is None)
    async with web.served([slack, *install.routes(bot.deps), *seen], host, port) as bound:
        yield bound


@asynccontextmanager
async def watched(bot: Bot, hears: Hears | None) -> AsyncIterator[int | None]:
    """What is seen from outside on a port of its own, if one is set; gives the port. Raises NotSetUp.

    `hears` says whether events reach this process; None where that is not its work.
    """
    settings = bot.deps.settings
    if settings.metrics_port is None:
        yield None
        return
    seen = Watch(bot.deps, hears).routes(counted=True)
    async with web.served(seen, settings.host, settings.metrics_port, "CARECUE_METRICS_PORT") as bound:
        yield bound


async def stopped() -> None:
    """Return when the process is asked to stop."""
    asked = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, asked.set)
    await asked.wait()


def _signing_secret(settings: Settings) -> str:
    """Where none is set, one that nobody can know: Socket Mode needs none, and what comes over HTTP is refused."""
    return settings.signing_secret.get_secret_value() if settings.signing_secret else secrets.token_hex(32)


def _bolt(settings: Settings, deps: Deps) -> AsyncApp:
    token = settings.bot_token.get_secret_value() if settings.bot_token else None
    _bolt_log.addFilter(_is_news)
    _bolt_log.setLevel(max(logging.INFO, logging.getLogger("bot").getEffectiveLevel()))
    bolt = AsyncApp(
        name="carecue",  # without one Bolt looks for it in the whole call stack, file by file
        logger=_bolt_log,
        signing_secret=_signing_secret(settings),
        client=AsyncWebClient(token=token, base_url=settings.slack_url),
        before_authorize=before_authorize(),
        **(_asking(deps, deps.installed) if deps.installed else {}),
    )
    open_doors(bolt, deps)
    return bolt


def _is_news(record: logging.LogRecord) -> bool:
    """Bolt looks for a token in the environment by itself, and warns that it uses ours: it is the same one.

    And it takes for an error of ours that somebody of a workspace without CareCue presses a button in a shared channel.
    """
    said = record.getMessage()
    return said != warning_client_prioritized_and_token_skipped() and not said.startswith(_NOT_INSTALLED)


def _asking(deps: Deps, many: Installed) -> dict[str, Any]:
    """Bolt's part of many workspaces."""
    return {"authorize": authorize(deps.db, many), "user_facing_authorize_error_message": OUTSIDERS()}


def _still_holds(known: Workspaces, tx: Connection, row: Row, now: datetime) -> str | None:
    return sent.still_holds(tx, known, row, now)


def _on_sent(known: Workspaces, tx: Connection, row: Row, channel: str, ts: str, now: datetime) -> None:
    sent.posted(tx, known, row, channel, ts, now)
