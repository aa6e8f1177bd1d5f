"""Each job as it is seen from outside: how often it ran, how long, how often it broke."""

import logging
from typing import Any, cast

import pytest
from sqlalchemy import create_engine

from bot.deps import Deps
from bot.metrics import REGISTRY
from jobs.measured import measured

DEPS = cast(Deps, None)  # these jobs ask nothing of it


async def wind(_deps: Deps) -> int:
    return 1


async def jam(_deps: Deps) -> int:
    raise RuntimeError("a cog is missing")


def value(name: str, job: str) -> float:
    return REGISTRY.get_sample_value(name, {"name": job}) or 0.0


async def test_a_run_is_counted_with_how_long_it_took() -> None:
    before = value("carecue_job_seconds_count", "test_measured.wind")
    await measured(wind)(DEPS)
    assert value("carecue_job_seconds_count", "test_measured.wind") == before + 1
    assert value("carecue_job_failures_total", "test_measured.wind") == 0


async def test_a_job_that_breaks_is_counted_and_its_trace_is_in_the_log_under_a_reference(
    caplog: pytest.LogCaptureFixture,
) -> None:
    """The scheduler goes on: the job comes again at its next time."""
    before = value("carecue_job_failures_total", "test_measured.jam")
    with caplog.at_level(logging.ERROR):
        result: Any = await measured(jam)(DEPS)
    assert result is None
    assert value("carecue_job_failures_total", "test_measured.jam") == before + 1
    (record,) = caplog.records
    assert "The job test_measured.jam failed and comes again, reference " in record.getMessage()
    assert record.exc_info


async def ask(_deps: Deps) -> None:
    create_engine("postgresql+psycopg://127.0.0.1:1/nothing", connect_args={"connect_timeout": 2}).connect()


async def test_while_the_database_is_away_each_job_says_so_in_a_line(caplog: pytest.LogCaptureFixture) -> None:
    """Its trace would tell nobody anything, and there are some thirty jobs."""
    before = value("carecue_job_failures_total", "test_measured.ask")
    with caplog.at_level(logging.WARNING):
        await measured(ask)(DEPS)
    assert value("carecue_job_failures_total", "test_measured.ask") == before + 1
    (record,) = caplog.records
    assert "The job test_measured.ask comes again. The database does not answer (" in record.getMessage()
    assert "look at DATABASE_URL" in record.getMessage()
    assert not record.exc_info


def test_a_job_keeps_its_name() -> None:
    assert measured(wind).__name__ == "wind"
