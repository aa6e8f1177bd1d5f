"""Processes of the bot as far as weekly pages go: they tick, restart, die in the middle, and have clocks that jump."""

import asyncio
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from types import SimpleNamespace
from typing import Any

from sqlalchemy import Connection, insert, select

from bot.domain.hours import OFFICE, Week
from bot.domain.moments import ts_of
from bot.domain.setup import Setup, Team
from bot.domain.weekly import Weekly
from bot.domain.weeks import last_weeks
from bot.store import workspaces
from bot.store.db import Db
from bot.store.tables import metadata, outbox, waits
from bot.store.workspaces import Installation, Workspaces
from jobs import digest

TEAM = "T0CARE"
AGENTS = ("U0ANA", "U0LEE", "U0TOM")


class Died(BaseException):
    """kill -9: nobody deals with it."""


@dataclass
class Process:
    """One life of the bot. `fate` says of each transaction whether it dies: "before" its commit, "after",
    or not; or whether it is "broken"."""

    db: Db
    fate: Callable[[], str] = lambda: ""

    def __post_init__(self) -> None:
        self.workspaces = Workspaces()

    async def run(self, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """As Db.run."""
        fate = self.fate()
        found = await self.db.run(_perhaps_dying, fate, work, *args, **named)
        if fate == "after":
            raise Died
        return found

    async def read(self, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
        """As Db.read: who dies then has changed nothing, either."""
        return await self.db.read(work, *args, **named)

    async def tick(self, now: datetime) -> int:
        """What the timetable does every minute. Raises Died."""
        sender = SimpleNamespace(wake=lambda: None)
        deps: Any = SimpleNamespace(db=self, now=lambda: now, workspaces=self.workspaces, sender=sender)
        return await digest.post(deps)


def _perhaps_dying(tx: Connection, fate: str, work: Callable[..., Any], *args: Any, **named: Any) -> Any:
    found = work(tx, *args, **named)
    if fate == "broken":
        raise LookupError
    if fate == "before":
        raise Died
    return found


def settled(db: Db, zone: str, hour: Weekly, beginning: datetime, weeks: int, teams: Sequence[str] = ("care",)) -> None:
    """Teams whose agents answer three customers in every week."""
    week, keys = Week(zone, OFFICE.days), list(teams)
    metadata.create_all(db.engine)
    with db.begin() as tx:
        workspaces.install(tx, Installation(TEAM, "Linden", "https://linden.slack.com/"))
        named = (Team(key, key, agents=AGENTS, home=f"C0{key.upper()}", week=week, digest=hour) for key in keys)
        workspaces.save_setup(tx, TEAM, Setup(teams=tuple(named)))
        for one in last_weeks(zone, beginning + timedelta(weeks=weeks), weeks + 6):
            at = one.start + timedelta(days=3)
            tx.execute(insert(waits), [_wait(key, at, number) for key in keys for number in range(3)])


def _wait(team: str, at: datetime, number: int) -> dict[str, Any]:
    asked, answered = at + timedelta(minutes=number), at + timedelta(minutes=30 + number)
    place = {"team_id": TEAM, "channel": f"C0{team}", "root_ts": ts_of(asked), "from_ts": ts_of(asked), "first": True}
    ended = {"ended_at": answered, "ended_by": "answer", "ended_user": AGENTS[number]}
    took = {"target_s": 3600, "started_at": asked, "team": team, "working_s": 1800, "after_hours": False}
    return place | ended | took


def said(db: Db) -> list[str]:
    """The weeks whose pages were put into the outbox, as often as they were."""
    with db.begin() as tx:
        keys = tx.execute(select(outbox.c.key).where(outbox.c.key.like("digest:%")).order_by(outbox.c.id)).scalars()
        return [key.split(":")[2] for key in keys]


def live(url: str, moments: Sequence[datetime]) -> None:
    """A whole process that ticks at these moments."""
    db = Db(url)
    try:
        asyncio.run(_live(Process(db), moments))
    finally:
        db.close()


async def _live(process: Process, moments: Iterable[datetime]) -> None:
    for now in moments:
        await process.tick(now)
