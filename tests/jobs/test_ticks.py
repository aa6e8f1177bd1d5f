"""What a tick costs follows what is due, not how many workspaces there are."""

from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Engine, event

from bot.app import Bot, assembled
from bot.settings import Settings
from jobs import TIMETABLE, listening
from tests.benchmarks import towns
from tests.benchmarks.towns import Town

NOW = datetime(2026, 3, 3, 15, tzinfo=UTC)
SMALL = Town(agents=2, channels=2, customers=2, open=2, ended=2)
HOURLY = 300  # seconds: what ticks as rarely may walk through all workspaces


@asynccontextmanager
async def bot_in(count: int, folder: Path) -> AsyncIterator[Bot]:
    """So many workspaces in which nothing is due."""
    url = f"sqlite:///{folder}/{count}.db"
    towns.set_up(url, count, NOW, SMALL)
    settings = Settings.stated(bot_token=SecretStr("xoxb-nobody"), database_url=url)
    async with assembled(settings, lambda: NOW) as bot:
        yield bot


@contextmanager
def counted(engine: Engine) -> Iterator[list[str]]:
    """The statements of what happens meanwhile."""
    told: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        told.append(statement)

    event.listen(engine, "before_cursor_execute", note)
    yield told
    event.remove(engine, "before_cursor_execute", note)


async def test_an_idle_tick_asks_as_much_of_many_workspaces_as_of_few(tmp_path: Path) -> None:
    found = []
    for count in (2, 9):
        async with bot_in(count, tmp_path) as bot:
            found.append({job.__module__ + "." + job.__name__: await _asked(bot, job) for job in _often()})
    assert found[0] == found[1]


async def _asked(bot: Bot, job: Any) -> int:
    await job(bot.deps)  # the first time it gets to know them
    with counted(bot.deps.db.engine) as told:
        await job(bot.deps)
    return len(told)


def _often() -> list[Any]:
    async def beat(deps: Any) -> None:
        await listening.beat(deps, deps.now())

    return [beat, *(job for job, seconds in TIMETABLE if seconds < HOURLY)]
