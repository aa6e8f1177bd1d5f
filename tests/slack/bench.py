"""A sender with an outbox, a pretend Slack and a clock, for the tests beside this file."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from bot.sandbox import Fault, Sandbox
from bot.slack.client import Slack
from bot.slack.guard import Guard
from bot.slack.pace import Pace
from bot.slack.sender import Sender
from bot.store import outbox
from bot.store.db import Db
from bot.store.outbox import POST, Row, Saying
from bot.store.tables import outbox as outbox_table
from bot.store.workspaces import Workspaces


@dataclass
class Wall:
    """The machine's clock for rests: whoever sleeps moves it on."""

    at: float = 0.0
    slept: list[float] = field(default_factory=list)

    def monotonic(self) -> float:
        return self.at

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.at += seconds


@dataclass
class Bench:
    """A sender with its outbox and Slack.

    `over` are the keys that no longer hold, `told` is what `on_sent` heard, `killed` breaks it while it hears, and
    `delays` are seconds that the checks of rows take, one after the other.
    """

    sandbox: Sandbox
    db: Db
    slack: Slack
    wall: Wall
    over: set[str] = field(default_factory=set)
    told: list[tuple[str, str, str]] = field(default_factory=list)
    killed: bool = False
    delays: list[float] = field(default_factory=list)
    known: Workspaces = field(default_factory=Workspaces)

    def now(self) -> datetime:
        return self.sandbox.clock.now()

    @property
    def guard(self) -> Guard:
        return Guard(self.db, self.slack, self.known, self.now)

    def sender(self, gap: float = 0.0) -> Sender:
        """Another process of the bot, as far as the outbox and Slack can tell."""
        return Sender(self.db, self.slack, self.now, self.guard, self.still_holds, self.on_sent, self.pace(gap))

    def pace(self, gap: float = 0.0) -> Pace:
        """Of one process."""
        return Pace(gap, self.wall.monotonic, self._both_clocks if gap else self.wall.sleep)

    async def _both_clocks(self, seconds: float) -> None:
        await self.wall.sleep(seconds)
        self.later(seconds)

    def still_holds(self, _tx: Connection, row: Row, _now: datetime) -> str | None:
        self.wall.at += self.delays.pop() if self.delays else 0
        return "answered" if row.key in self.over else None

    def on_sent(self, _tx: Connection, row: Row, channel: str, ts: str, _now: datetime) -> None:
        if self.killed:
            raise OperationalError("", None, RuntimeError("killed between Slack's answer and our commit"))
        self.told.append((row.key, channel, ts))

    def say(self, key: str, target: str = "U1", method: str = POST, **payload: Any) -> None:
        saying = Saying(key, method, target, {"text": key} | payload)
        with self.db.begin() as tx:
            outbox.put(tx, "T1", saying, self.now())

    def fault(self, kind: str, method: str = POST, **more: Any) -> None:
        self.sandbox.faults.add(Fault(kind, method=method, **more))

    def later(self, seconds: float) -> None:
        self.sandbox.clock.advance(timedelta(seconds=seconds))

    def errors(self) -> dict[str, str | None]:
        """What every settled row ended with."""
        with self.db.begin() as tx:
            rows = tx.execute(select(outbox_table).where(outbox_table.c.due_at.is_(None)))
            return {row.key: row.error for row in rows}

    def posted(self) -> list[str]:
        """Everything that the bot ever posted anywhere, as the sandbox saw it."""
        return [entry.text for entry in self.sandbox.record.posts(by_bot=True)]

    def called(self, method: str) -> int:
        return len(self.sandbox.record.called(method))
