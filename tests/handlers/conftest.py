"""Sandbox and bot talk over real HTTP and WebSocket, and time passes when a test says so."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import databases
from tests.handlers.office import Office, leaks, opened
from tests.handlers.thanking import Thanking


@pytest.fixture
def way() -> str:
    """How Slack and the bot are connected, and where the bot keeps its tables; a test may ask for other ways."""
    return "socket-sqlite"


@pytest.fixture
def tables_at(request: pytest.FixtureRequest, way: str, tmp_path: Path) -> str:
    """The address of a database with nothing in it."""
    if way.endswith("postgresql"):
        return str(request.getfixturevalue("postgres_tables"))
    return databases.on_sqlite(tmp_path)


@pytest.fixture
async def office(way: str, tables_at: str, caplog: pytest.LogCaptureFixture) -> AsyncIterator[Office]:
    """The office at ten on a Monday. Whatever a test does in it: nobody's words stay in tables or log."""
    for name in ("bot", "handlers", "jobs", "slack_bolt", "slack_sdk"):
        caplog.set_level(logging.DEBUG, logger=name)
    async with opened(tables_at, http=way.startswith("http")) as office:
        yield office
        await office.settle()
        assert not leaks(office, caplog.get_records("setup") + caplog.get_records("call"))


@pytest.fixture
async def team(office: Office) -> Thanking:
    """The office, thanking."""
    team = Thanking(office.sandbox, office.clock, office.bot)
    await team.prepare()
    return team
