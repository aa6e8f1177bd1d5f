"""Socket Mode: two connections, so that a refresh of one is no gap. Events are acknowledged once they are stored.

Slack asks each connection to go every few hours, and delivers to whichever is there.
"""

import asyncio
import json
from collections.abc import Callable
from contextlib import suppress
from functools import partial
from time import monotonic
from typing import Any

from slack_bolt.adapter.socket_mode.async_internals import run_async_bolt_app, send_async_response
from slack_bolt.async_app import AsyncApp
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.deps import wall_clock
from bot.domain.arrivals import read
from bot.metrics import RECONNECTS
from bot.store.writer import Busy, Writer
from handlers.ingest import NONSENSE, is_event

CONNECTIONS = 2
PING_SECONDS = 10.0  # as Bolt has it
GOOD = 30.0  # seconds for which an address that Slack gave to connect to is tried
LEAVE = 60.0  # seconds after a warning in which Slack closes a connection, as a rule after ten
LOOK = 0.1  # seconds between looks whether it has
FINISH = 5.0  # seconds in which what was heard is stored and answered before a connection is closed
TOO_MANY, TOO_MANY_REST = "too_many_websockets", 60.0  # Slack takes ten of an app, in all its processes

Leaves = Callable[["SocketMode", str], None]  # told that Slack asks a connection to go, and why


class SocketMode(SocketModeClient):
    """One connection as Bolt has it, but that events need not go through Bolt: nothing has to be verified here.

    They come by the hundred, so that none has a task of its own.
    """

    def __init__(self, bolt: AsyncApp, app_token: str, writer: Writer, leaves: Leaves) -> None:
        super().__init__(app_token, bolt.logger, bolt.client, ping_interval=PING_SECONDS)
        self._bolt, self._writer, self._leaves = bolt, writer, leaves
        self._stored: list[str] = []  # envelopes that are to be acknowledged
        self._acknowledging: asyncio.Task[None] | None = None
        self._is_deaf = False
        self._open = 0  # envelopes that were heard and not answered yet
        self._answered = asyncio.Event()
        self.socket_mode_request_listeners.append(self._pass_on)

    @property  # type: ignore[override]  # which says str, and sets it to None
    def wss_uri(self) -> str | None:
        """Where to connect to; None where Slack is to be asked. It is good for once: the SDK would try it for good."""
        return self._address if monotonic() < self._good_until else None

    @wss_uri.setter
    def wss_uri(self, address: str | None) -> None:
        self._address, self._good_until = address, monotonic() + GOOD

    async def connect(self) -> None:
        """As the SDK does; counted where there was a connection before."""
        again = self.current_session is not None
        await super().connect()  # type: ignore[no-untyped-call]
        if again:
            RECONNECTS.inc()

    async def enqueue_message(self, message: str) -> None:
        """Acknowledge an event once it is stored; one that could not be is left open, so that it comes again."""
        envelope = _read(message)
        if self._is_deaf and envelope.get("envelope_id"):
            return  # Slack delivers it elsewhere
        if envelope.get("type") == "disconnect":
            self._leaves(self, str(envelope.get("reason")))
        elif _has_event(envelope):
            self._take(envelope)
        elif envelope:
            self._open += bool(envelope.get("envelope_id"))
            await super().enqueue_message(message)

    def stay_away(self) -> None:
        """Another connection is opened in this one's place, and not by the SDK."""
        self.auto_reconnect_enabled = self.default_auto_reconnect_enabled = False

    async def left(self) -> None:
        """Slack has closed it: whoever hangs up first loses what is on its way."""
        with suppress(TimeoutError):
            async with asyncio.timeout(LEAVE):
                while self.current_session and not self.current_session.closed:  # noqa: ASYNC110  # the SDK tells nobody
                    await asyncio.sleep(LOOK)

    async def finish(self) -> None:
        """Hear nothing more, store and answer what was heard, and close."""
        self._is_deaf = True
        self.stay_away()
        with suppress(TimeoutError):
            async with asyncio.timeout(FINISH):
                while self._open:
                    self._answered.clear()
                    await self._answered.wait()
        await self.close()  # type: ignore[no-untyped-call]

    def _take(self, envelope: dict[str, Any]) -> None:
        self._open += 1
        written = partial(self._written, envelope["envelope_id"])
        delivery = read(envelope["payload"])
        if delivery is None:
            written(None)
            return
        try:
            self._writer.take(delivery, written)
        except Busy as error:
            written(error)

    async def _pass_on(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        began = wall_clock().timestamp()  # for a line in the log
        try:
            with suppress(*NONSENSE):
                await send_async_response(client, req, await run_async_bolt_app(self._bolt, req), began)
        finally:
            self._close(1)

    def _written(self, envelope_id: str, error: Exception | None) -> None:
        if error:
            self._close(1)
            return
        self._stored.append(envelope_id)
        if self._acknowledging is None or self._acknowledging.done():
            self._acknowledging = asyncio.create_task(self._acknowledge(), name="acknowledging")

    async def _acknowledge(self) -> None:
        while self._stored:
            envelopes, self._stored = self._stored, []
            for envelope_id in envelopes:
                with suppress(ConnectionError):  # Slack sends again what it does not hear of
                    await self.send_message(json.dumps({"envelope_id": envelope_id}))
            self._close(len(envelopes))

    def _close(self, count: int) -> None:
        self._open -= count
        if not self._open:
            self._answered.set()


class Ears:
    """The connections of one process. Where one is to go, the next is there before it does."""

    def __init__(self, bolt: AsyncApp, app_token: str, writer: Writer) -> None:
        self._new = partial(SocketMode, bolt, app_token, writer, self._go)
        self._ears: list[SocketMode] = []
        self._going: dict[SocketMode, asyncio.Task[None]] = {}

    async def open(self) -> None:
        """Returns once all are connected, however long that takes."""
        self._ears = [self._new() for _ in range(CONNECTIONS)]
        await asyncio.gather(*(one.connect() for one in self._ears))

    async def hear(self) -> bool:
        """Whether Slack can reach us."""
        return any([await one.is_connected() for one in self._ears])

    async def close(self) -> None:
        """What was heard is stored and answered first."""
        for going in self._going.values():
            going.cancel()
        await asyncio.gather(*self._going.values(), return_exceptions=True)
        await asyncio.gather(*(one.finish() for one in {*self._ears, *self._going}))

    def _go(self, one: SocketMode, reason: str) -> None:
        if one in self._ears and one not in self._going:
            one.stay_away()
            self._going[one] = asyncio.create_task(self._replace(one, reason), name="refresh")

    async def _replace(self, one: SocketMode, reason: str) -> None:
        if reason == TOO_MANY:
            await asyncio.sleep(TOO_MANY_REST)
        fresh = self._new()
        self._ears.append(fresh)
        await fresh.connect()
        RECONNECTS.inc()
        await one.left()
        self._ears.remove(one)
        await one.finish()
        del self._going[one]


def _read(message: str) -> dict[str, Any]:
    """The envelope; nothing for what is none."""
    try:
        envelope = json.loads(message)
    except (ValueError, RecursionError):
        return {}
    return envelope if isinstance(envelope, dict) and isinstance(envelope.get("payload", {}), dict) else {}


def _has_event(envelope: dict[str, Any]) -> bool:
    """Whether an event is in it that is to be stored."""
    payload = envelope.get("payload")
    is_events = envelope.get("type") == "events_api" and bool(envelope.get("envelope_id"))
    return is_events and isinstance(payload, dict) and is_event(payload)
