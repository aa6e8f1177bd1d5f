"""At night, and in steps between which others write."""

import asyncio
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import cast

import pytest
from sqlalchemy import Connection, func, select, text

from bot.deps import Deps
from bot.store.db import Db
from bot.store.tables import conversations, waits
from bot.store.workspaces import Workspaces
from jobs import retention
from tests import databases
from tests.store.test_retention import old_talk
from tests.store.test_statistics import NOW, Desk


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    db = Db(databases.on_sqlite(tmp_path))
    yield Desk(db)
    db.close()


def deps_at(desk: Desk, now: datetime) -> Deps:
    """As much of them as the job asks for."""

    class Some:
        db, workspaces = desk.db, Workspaces()

        def now(self) -> datetime:
            return now

    return cast(Deps, Some())


def night(hour: int) -> datetime:
    """By the clock in Berlin, which is two hours ahead."""
    return NOW.replace(hour=hour - 2)


BY_DAY = datetime(2026, 4, 7, 10, tzinfo=UTC)


def left(desk: Desk) -> int:
    with desk.db.begin() as tx:
        return tx.execute(select(func.count()).select_from(conversations)).scalar_one()


async def test_by_day_nothing_goes_and_at_night_what_is_old(desk: Desk) -> None:
    old_talk(desk, 3, NOW - timedelta(days=401))
    assert await retention.purge(deps_at(desk, BY_DAY)) == 0
    assert left(desk) == 3
    assert await retention.purge(deps_at(desk, night(3))) == 3 + 1  # and the name of the one who answered
    assert left(desk) == 0
    with desk.db.begin() as tx:
        assert {row.ended_user for row in tx.execute(select(waits))} == {"someone-1"}
    assert await retention.purge(deps_at(desk, night(4))) == 0


async def test_what_nobody_let_go_of_at_night_goes_by_day(desk: Desk) -> None:
    """Where CareCue runs on a machine that sleeps at night, too."""
    old_talk(desk, 3, NOW - timedelta(days=403))
    assert await retention.purge(deps_at(desk, BY_DAY)) == 3
    assert left(desk) == 0


async def test_what_is_kept_for_good_never_goes(desk: Desk) -> None:
    old_talk(desk, 3, NOW - timedelta(days=399))
    assert await retention.purge(deps_at(desk, night(3))) == 0


async def test_others_write_between_the_steps(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    old_talk(desk, 200)
    seen: list[int] = []

    def write(tx: Connection) -> None:
        tx.execute(text("UPDATE workspaces SET name = name"))
        seen.append(tx.execute(select(func.count()).select_from(conversations)).scalar_one())

    async def others() -> None:
        while left(desk):
            await desk.db.run(write)

    monkeypatch.setattr(retention, "STEP", 5)
    await asyncio.gather(retention.purge(deps_at(desk, night(3))), others())
    assert len(set(seen)) > 5
