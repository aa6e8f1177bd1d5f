"""A room for each complaint, on the database that it asks for."""

from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path

import pytest

from tests import databases
from tests.complaints.room import Room, entered

Enter = Callable[..., AbstractAsyncContextManager[Room]]


@pytest.fixture
def enter(tmp_path: Path) -> Enter:
    """The way into a room at some moment, under some setup."""
    return lambda **given: entered(databases.on_sqlite(tmp_path), **given)


@pytest.fixture
async def room(enter: Enter) -> AsyncIterator[Room]:
    """The demo's team on a Monday at ten."""
    async with enter() as room:
        yield room


@pytest.fixture
async def anywhere(database_url: str) -> AsyncIterator[Room]:
    """The same, once on each database."""
    async with entered(database_url) as room:
        yield room
