"""Deliveries to the app: who may hear of what, in what envelope, and how often it is tried."""

import asyncio
from collections.abc import Coroutine
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any, Protocol

from bot.sandbox.faults import Fault, Faults
from bot.sandbox.installed import App
from bot.sandbox.record import Record, Sent
from bot.sandbox.state import Happening, State

Json = dict[str, Any]

# Slack tries an event again nearly at once, a minute later, and five minutes later; then it is lost.
RETRY_AFTER = (timedelta(), timedelta(minutes=1), timedelta(minutes=5))

# Of an installation in a whole enterprise these tell no workspace.
OF_ORGS = frozenset({"app_uninstalled", "team_access_granted", "team_access_revoked", "tokens_revoked"})

AT_ONCE_MAX = 100  # the app's three seconds begin when it is spoken to, not while others are


@dataclass(frozen=True, slots=True)
class Answer:
    """What the app said. `ok`: acknowledged in time; else `reason` is Slack's retry reason."""

    ok: bool
    body: Any = None
    reason: str = ""
    retry: bool = True  # the app may forbid it: X-Slack-No-Retry


@dataclass(slots=True)
class Delivery:
    """`kind` is the socket envelope's: events_api, interactive or slash_commands."""

    kind: str
    payload: Json
    sent: Sent
    attempt: int = 0
    reason: str = ""
    takes_answer: bool = False


class Transport(Protocol):
    async def send(self, delivery: Delivery) -> Answer: ...


@dataclass
class Deliveries:
    """Every event the app may hear goes out as it happens, each in a task of its own, so order is not promised."""

    state: State
    record: Record
    faults: Faults
    transport: Transport
    contexts: dict[str, tuple[App, ...]] = field(default_factory=dict)  # of an event: every installation it is for
    retries: tuple[timedelta, ...] = RETRY_AFTER
    deaf: bool = False  # the app is not there, and not back before Slack has given up: events are lost
    _busy: set[asyncio.Task[None]] = field(default_factory=set)
    _waiting: dict[int, Any] = field(default_factory=dict)  # id of a delivery -> when it goes out again
    _lanes: asyncio.Semaphore = field(default_factory=lambda: asyncio.Semaphore(AT_ONCE_MAX))
    _held: list[Delivery] = field(default_factory=list)
    _idle: asyncio.Event = field(default_factory=asyncio.Event)
    _count: int = 0

    def start(self) -> None:
        self.state.listeners.append(self._hear)
        self._idle.set()

    async def stop(self) -> None:
        self.state.listeners.remove(self._hear)
        tasks = list(self._busy)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    # events

    def _hear(self, happening: Happening) -> None:
        """Of several installations that may hear of it, Slack names one; the app gets the event once."""
        hears = [app for app in happening.heard_by if app.installed and happening.kind in app.events]
        if hears:
            self.post(self.envelope(happening, hears[0]), happening.channel)

    def envelope(self, happening: Happening, app: App | None = None) -> Json:
        """`team_id` is where it happened, which for a person of another company is not where the app is installed."""
        app = app or self.state.app
        home = self.state.workspace(app.team_id)
        self._count += 1
        context = f"4-{self._count:08d}"
        self.contexts[context] = happening.heard_by
        channel = self.state.channels.get(happening.channel or "")
        where: Json = {"enterprise_id": app.org} if app.org else {}
        where |= {} if happening.kind in OF_ORGS and app.org else {"team_id": happening.team_id}
        return {
            "token": app.verification_token,
            **where,
            "context_team_id": app.team_id,
            "context_enterprise_id": home.enterprise_id,
            "api_app_id": app.app_id,
            "event": happening.event,
            "type": "event_callback",
            "event_id": f"Ev09SBX{self._count:08d}",
            "event_time": self.state.seconds(),
            "authorizations": [self.authorization(app)],
            "is_ext_shared_channel": bool(channel and channel.is_ext_shared),
            "event_context": context,
        }

    def authorization(self, app: App) -> Json:
        """An installation that an event is for; one of a whole enterprise names no workspace."""
        named: Json = {"enterprise_id": self.state.workspace(app.team_id).enterprise_id}
        named |= {"team_id": None if app.org else app.team_id, "user_id": app.bot_user_id}
        return named | {"is_bot": True, "is_enterprise_install": app.org is not None}

    def post(self, envelope: Json, channel: str | None = None) -> Sent:
        """Deliver an event; a fault may have it doubled, held back, delayed, unheard or lost."""
        name = envelope["event"]["type"]
        sent = Sent("events_api", name, envelope, self.state.clock.now())
        self.record.sent.append(sent)
        if self.deaf:
            sent.outcome = "lost"
            return sent
        delivery = Delivery("events_api", envelope, sent)
        fault = self.faults.for_event(name, channel)
        if fault is not None and fault.kind == "reorder":
            self._held.append(delivery)
            return sent
        if fault is None or fault.kind != "lose":
            self._spawn(self._tried(delivery, fault))
        else:
            sent.outcome = "lost"
        if fault is not None and fault.kind == "duplicate":
            self._spawn(self._tried(Delivery("events_api", envelope, sent), None))
        self._release()
        return sent

    async def _tried(self, delivery: Delivery, fault: Fault | None) -> None:
        swallow = fault is not None and fault.kind == "swallow_ack"
        if fault is not None and fault.kind == "delay":
            await self._wait(delivery, timedelta(seconds=fault.seconds))
        for pause in (*self.retries, None):
            answer = await self._attempt(delivery)
            if answer.ok and not swallow:
                delivery.sent.outcome = "acked"
                return
            swallow = False
            delivery.sent.outcome = delivery.reason = answer.reason or "timeout"
            if pause is None or not answer.retry:
                return
            delivery.attempt += 1
            await self._wait(delivery, pause)

    async def _attempt(self, delivery: Delivery) -> Answer:
        delivery.sent.attempts += 1
        async with self._lanes:
            return await self.transport.send(delivery)

    async def _wait(self, delivery: Delivery, pause: timedelta) -> None:
        """Waiting for the sandbox's clock is no work: who waits until all is settled does not wait for this."""
        if not pause:
            return
        due = self.state.clock.now() + pause
        self._waiting[id(delivery)] = due
        self._check_idle()
        try:
            await self.state.clock.until(due)
        finally:
            del self._waiting[id(delivery)]
            self._check_idle()

    # interactions

    async def ask(self, kind: str, payload: Json, *, takes_answer: bool) -> Answer:
        """An interaction: tried once, for the person stands and waits."""
        sent = Sent(kind, str(payload.get("type") or payload.get("command")), payload, self.state.clock.now())
        self.record.sent.append(sent)
        answer = await self._attempt(Delivery(kind, payload, sent, takes_answer=takes_answer))
        sent.outcome = "acked" if answer.ok else answer.reason
        return answer

    # settling

    async def settled(self) -> None:
        """Until nothing is under way or due. What waits for a later moment of the sandbox's clock stays."""
        await asyncio.sleep(0)
        while self._held or not self._quiet():
            self._release()
            self._check_idle()
            await self._idle.wait()
            await asyncio.sleep(0)

    def _quiet(self) -> bool:
        now = self.state.clock.now()
        return len(self._busy) == len(self._waiting) and all(due > now for due in self._waiting.values())

    def _check_idle(self) -> None:
        if self._quiet():
            self._idle.set()
        else:
            self._idle.clear()

    def _release(self) -> None:
        held, self._held = self._held, []
        for delivery in held:
            self._spawn(self._tried(delivery, None))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.get_running_loop().create_task(work)
        self._busy.add(task)
        self._idle.clear()
        task.add_done_callback(self._done)

    def _done(self, task: asyncio.Task[None]) -> None:
        self._busy.discard(task)
        self._check_idle()
        if not task.cancelled() and (failure := task.exception()):
            raise failure
