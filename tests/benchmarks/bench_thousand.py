"""A Monday of a thousand workspaces in compressed time: minute after minute, through the jobs and the tables.

Slack is one that takes everything at once. It is the first day of the week, so every weekly page comes as well.
"""

import asyncio
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, func, select

from bot.app import Bot, assembled
from bot.domain.arrivals import Delivery, read_event
from bot.domain.moments import ts_of
from bot.settings import Settings
from bot.store import outbox, sent
from bot.store.ingest import ingest
from bot.store.tables import nudges, waits
from bot.store.tables import outbox as said
from jobs import TIMETABLE, listening
from tests.benchmarks import databases, tables, towns
from tests.benchmarks.slack import slack
from tests.benchmarks.tokens import BOT_TOKEN, SIGNING_SECRET
from tests.benchmarks.towns import Town

TOWNS, QUESTIONS = 1_000, 40  # workspaces, and what customers ask in each of them during the day
ANSWERED, SOONEST, LATEST = 0.75, 5, 50  # so many are answered, after so many minutes
MIDNIGHT = datetime(2026, 3, 2, tzinfo=UTC)
OPENS, CLOSES = 9, 17
DAY = range(OPENS * 60 - 30, CLOSES * 60 + 60)  # minutes; at night nothing happens
TOWN = Town(open=0, ended=0)
MINUTE, GROUP, LEASE = timedelta(minutes=1), 500, timedelta(minutes=5)

Agenda = dict[int, list[Delivery]]  # by the minute of the day


def main() -> None:
    """Where the time goes, and as what share of the day that was lived."""
    with databases.postgres() as url:
        towns.set_up(url, TOWNS, MIDNIGHT + MINUTE * DAY[0], TOWN)
        agenda = _agenda(Random(1))
        spent, found = asyncio.run(_day(url, agenda))
    events = sum(map(len, agenda.values()))
    total = sum(spent.values())
    rows = [(what, f"{seconds:.0f}", f"{seconds / (60 * len(DAY)):.2%}") for what, seconds in spent.most_common(12)]
    rows.append(("all", f"{total:.0f}", f"{total / (60 * len(DAY)):.2%}"))
    title = f"PostgreSQL, {TOWNS:,} workspaces, {events:,} events: one process, seconds of {60 * len(DAY):,}"
    tables.show(title, ("", "seconds", "of that time"), rows)
    print("  " + ", ".join(f"{what}: {number:,}" for what, number in found.items()))


async def _day(url: str, agenda: Agenda) -> tuple[Counter[str], dict[str, int]]:
    at = [MIDNIGHT]
    secrets: dict[str, Any] = {"bot_token": SecretStr(BOT_TOKEN), "signing_secret": SecretStr(SIGNING_SECRET)}
    spent = Counter[str]()
    late = 0
    async with slack() as here:
        settings = Settings.stated(slack_url=f"{here.url}/api/", database_url=url, **secrets)
        async with assembled(settings, lambda: at[0]) as bot:
            for minute in DAY:
                at[0] = MIDNIGHT + MINUTE * (minute + 1)
                await _minute(bot, minute, agenda.get(minute, []), spent)
                late = max(late, await bot.deps.db.read(_overdue, at[0]))
                if minute % 60 == 59:
                    print(f"  {at[0]:%H:%M} after {sum(spent.values()):.0f} s", flush=True)
            return spent, await bot.deps.db.read(_found) | {"waits overdue after a sweep, at most": late}


async def _minute(bot: Bot, minute: int, heard: list[Delivery], spent: Counter[str]) -> None:
    deps = bot.deps
    with _timed(spent, "events"):
        for first in range(0, len(heard), GROUP):
            await deps.db.run(ingest, deps.workspaces, heard[first : first + GROUP], deps.now())
    with _timed(spent, "listening.beat"):
        await listening.beat(deps, deps.now())
    for job, seconds in TIMETABLE:
        if minute % max(1, seconds // 60) == 0:
            with _timed(spent, f"{job.__module__.removeprefix('jobs.')}.{job.__name__}"):
                await job(deps)
    with _timed(spent, "outbox"):
        while await deps.db.run(_send, bot):
            pass


class _timed:
    """Adds what a block takes."""

    def __init__(self, spent: Counter[str], what: str) -> None:
        self._spent, self._what, self._began = spent, what, 0.0

    def __enter__(self) -> None:
        self._began = time.perf_counter()

    def __exit__(self, *_: object) -> None:
        self._spent[self._what] += time.perf_counter() - self._began  # type: ignore[assignment]


_numbers = count()


def _send(tx: Connection, bot: Bot) -> int:
    """Slack takes what is due, at once."""
    now, known = bot.deps.now(), bot.deps.workspaces
    rows = outbox.lease(tx, now, GROUP, LEASE)
    for row in rows:
        if why := sent.still_holds(tx, known, row, now):
            outbox.dropped(tx, row, why)
            continue
        outbox.sent(tx, row, now)
        ts = f"{ts_of(now)[:-6]}{next(_numbers) % 1_000_000:06d}"
        sent.posted(tx, known, row, f"D{row.target}" if row.target[0] == "U" else row.target, ts, now)
    return len(rows)


def _overdue(tx: Connection, now: datetime) -> int:
    return tx.execute(select(func.count()).where(waits.c.next_nudge_at <= now)).scalar_one()


def _found(tx: Connection) -> dict[str, int]:
    told = {
        "waits": select(func.count()).select_from(waits),
        "still open": select(func.count()).where(waits.c.ended_at.is_(None)),
        "nudges": select(func.count()).select_from(nudges),
        "messages": select(func.count()).where(said.c.sent_at.is_not(None)),
        "unsent": select(func.count()).where(said.c.due_at.is_not(None)),
    }
    return {what: tx.execute(statement).scalar_one() for what, statement in told.items()}


def _agenda(random: Random) -> Agenda:
    """Customers ask while teams work; most are answered in their thread."""
    found: Agenda = defaultdict(list)
    for number in range(TOWNS):
        for minute, event in _talk(random, number):
            arrival = read_event(event)
            assert arrival
            team_id = towns.name(number)
            found[minute].append(Delivery(team_id, f"Ev{number}{event['ts']}", arrival, ext_shared=True))
    return found


def _talk(random: Random, number: int) -> Iterator[tuple[int, dict[str, Any]]]:
    theirs, ours, there = (some(TOWN, number) for some in (towns.customers, towns.agents, towns.places))
    for one in range(QUESTIONS):
        minute, place = random.randrange(OPENS * 60, CLOSES * 60), one % len(there)
        customer = theirs[place :: len(there)][one % (len(theirs) // len(there))]
        root = _ts(minute, number, one)
        said_there = {"type": "message", "channel": there[place], "channel_type": "channel", "text": "It fails. Why?"}
        yield minute, said_there | {"user": customer, "team": f"{towns.name(number)}X", "ts": root}
        answered = minute + random.randrange(SOONEST, LATEST)
        if random.random() < ANSWERED and answered in DAY:
            by = {
                "user": random.choice(ours),
                "team": towns.name(number),
                "thread_ts": root,
                "text": "It is fixed now.",
            }
            yield answered, said_there | by | {"ts": _ts(answered, number, one)}


def _ts(minute: int, number: int, one: int) -> str:
    return ts_of(MIDNIGHT + MINUTE * minute + timedelta(milliseconds=one, microseconds=number % 1000))


if __name__ == "__main__":
    main()
