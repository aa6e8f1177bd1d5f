"""Each week's page comes once: over restarts, deaths in the middle, clocks that jump, weeks of 167 and 169 hours, and
several processes at once."""

import random
from collections import Counter
from collections.abc import Iterable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from multiprocessing import get_context
from pathlib import Path
from threading import Thread
from zoneinfo import ZoneInfo

import pytest

from bot.domain.weekly import Weekly
from bot.store.db import Db
from tests import databases
from tests.jobs.weekly_processes import Died, Process, live, said, settled

BEGINNING = datetime(2026, 1, 7, 12, 0, tzinfo=UTC)
RESTARTS = 250  # of each team, a thousand in all
PLACES = [
    ("Europe/Berlin", Weekly(0, 540)),
    ("America/New_York", Weekly(6, 150)),  # at half past two on Sunday: skipped in March, doubled in November
    ("Australia/Lord_Howe", Weekly(4, 1439)),  # where the clocks change by half an hour
    ("Asia/Kathmandu", Weekly(0, 0)),
]


def wanted(zone: str, hour: Weekly, ticks: Iterable[datetime]) -> set[str]:
    """The weeks that had to be told of, reckoned day by day: at each tick the latest hour that had come by then."""
    return {_week_of_latest(zone, hour, tick) for tick in ticks}


def _week_of_latest(zone: str, hour: Weekly, tick: datetime) -> str:
    day = tick.astimezone(ZoneInfo(zone)).date()
    while True:
        local = datetime(day.year, day.month, day.day, hour.minute // 60, hour.minute % 60, tzinfo=ZoneInfo(zone))
        if day.weekday() == hour.weekday and local.astimezone(UTC) <= tick:
            return (day - timedelta(days=day.weekday() + 7)).isoformat()
        day -= timedelta(days=1)


@pytest.mark.parametrize(("zone", "hour"), PLACES)
async def test_over_a_thousand_restarts_none_is_missing_and_none_comes_twice(
    zone: str, hour: Weekly, tmp_path: Path
) -> None:
    chance = random.Random(f"{zone} {hour}")
    db = Db(databases.on_sqlite(tmp_path))
    settled(db, zone, hour, BEGINNING, weeks=160)
    now, done = BEGINNING, [BEGINNING]
    await Process(db).tick(now)  # the first of all is silent
    before = wanted(zone, hour, done)
    for _ in range(RESTARTS):
        process = Process(db, lambda: chance.choices(["", "before", "after"], [8, 1, 1])[0])
        with suppress(Died):
            for _ in range(chance.randrange(1, 4)):
                now += timedelta(hours=chance.choice([0.01, 1, 20, 70, 200]) * chance.random())
                await process.tick(now)
                done.append(now)
    await Process(db).tick(now)
    told = said(db)
    db.close()
    assert Counter(told).most_common(1)[0][1] == 1
    assert set(told) >= wanted(zone, hour, [*done, now]) - before
    assert told == sorted(told)
    assert len(told) > 50


async def test_a_clock_that_jumps_to_and_fro_neither_loses_nor_doubles_a_page(tmp_path: Path) -> None:
    chance = random.Random(7)
    zone, hour = PLACES[0]
    db = Db(databases.on_sqlite(tmp_path))
    settled(db, zone, hour, BEGINNING, weeks=60)
    process, now, done = Process(db), BEGINNING, [BEGINNING]
    await process.tick(now)
    for _ in range(300):
        now += timedelta(hours=30 * chance.random())
        shown = now + chance.choice([timedelta()] * 5 + [timedelta(days=-3), timedelta(days=16), timedelta(hours=-1)])
        await process.tick(shown)
        done.append(shown)
    told = said(db)
    db.close()
    assert Counter(told).most_common(1)[0][1] == 1
    assert set(told) == wanted(zone, hour, done) - wanted(zone, hour, [BEGINNING])


@pytest.mark.parametrize(("zone", "hour"), PLACES)
async def test_a_bot_that_ticks_every_hour_tells_of_every_week_of_the_year_at_its_hour(
    zone: str, hour: Weekly, tmp_path: Path
) -> None:
    db = Db(databases.on_sqlite(tmp_path))
    settled(db, zone, hour, BEGINNING, weeks=54)
    process, now = Process(db), BEGINNING
    assert await process.tick(now) == 0  # a new team, or a new release: the first page is that of the next week
    for _ in range(52):
        at = hour.upcoming(zone, now)
        assert await process.tick(at - timedelta(seconds=1)) == 0
        assert await process.tick(at) == 1
        assert await process.tick(at + timedelta(seconds=1)) == 0
        now = at
    told = [datetime.fromisoformat(week) for week in said(db)]
    db.close()
    assert len(told) == 52
    assert {later - earlier for earlier, later in pairwise(told)} == {timedelta(days=7)}


async def test_a_page_that_cannot_be_drawn_holds_up_no_other_and_comes_later(tmp_path: Path) -> None:
    db = Db(databases.on_sqlite(tmp_path))
    zone, hour = PLACES[0]
    settled(db, zone, hour, BEGINNING, weeks=3, teams=("care", "night"))
    await Process(db).tick(BEGINNING)
    at = hour.upcoming(zone, BEGINNING)
    fates = iter(["broken", "", ""])  # one page, what is noted of it, the other page
    assert await Process(db, fates.__next__).tick(at) == 1
    assert len(said(db)) == 1
    assert await Process(db).tick(at + timedelta(minutes=1)) == 1
    assert len(said(db)) == 2
    db.close()


def test_four_processes_on_postgresql_tell_of_each_week_once(postgres_tables: str) -> None:
    db = Db(postgres_tables)
    zone, hour = PLACES[0]
    settled(db, zone, hour, BEGINNING, weeks=12)
    moments = [BEGINNING + timedelta(hours=12 * number) for number in range(2 * 7 * 12)]
    context = get_context("spawn")
    lives = [context.Process(target=live, args=(postgres_tables, moments)) for _ in range(4)]
    for life in lives:
        life.start()
    for life in lives:
        life.join(120)
    told = said(db)
    db.close()
    assert [life.exitcode for life in lives] == [0] * 4
    assert told == sorted(set(told))
    assert set(told) == wanted(zone, hour, moments) - wanted(zone, hour, [BEGINNING])


def test_four_threads_with_connections_of_their_own_tell_of_each_week_once(tmp_path: Path) -> None:
    url = databases.on_sqlite(tmp_path)
    db = Db(url)
    zone, hour = PLACES[0]
    settled(db, zone, hour, BEGINNING, weeks=12)
    moments = [BEGINNING + timedelta(hours=24 * number) for number in range(7 * 12)]
    lives = [Thread(target=live, args=(url, moments)) for _ in range(4)]
    for life in lives:
        life.start()
    for life in lives:
        life.join(120)
    told = said(db)
    db.close()
    assert told == sorted(set(told))
    assert set(told) == wanted(zone, hour, moments) - wanted(zone, hour, [BEGINNING])
