"""The aviary, over Socket Mode and over HTTP, on both databases, with every logger at its most talkative."""

import logging
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests import databases
from tests.canaries.aviary import Aviary
from tests.canaries.planting import Cage
from tests.handlers.office import opened


@pytest.fixture(params=["socket-sqlite", "http-postgresql"])
async def aviary(
    request: pytest.FixtureRequest, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> AsyncIterator[Aviary]:
    """The office at ten on a Monday. At the end of every test: no canary is kept anywhere."""
    postgres = request.param.endswith("postgresql")
    database = request.getfixturevalue("postgres_tables") if postgres else databases.on_sqlite(tmp_path)
    with caplog.at_level(logging.DEBUG):
        async with opened(database, http=request.param.startswith("http")) as office:
            aviary = Aviary(office.sandbox, office.clock, office.bot, Cage(), tmp_path)
            yield aviary
            await aviary.settle()
            records = [*caplog.get_records("setup"), *caplog.get_records("call")]
            assert aviary.cage.size, "nothing was planted"
            assert aviary.escaped(records) == []
