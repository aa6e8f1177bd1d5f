"""Each knock at a door as it is seen from outside."""

import logging

import pytest
from sqlalchemy import text

from bot import logs
from bot.demo.place import ANA
from bot.metrics import REGISTRY
from tests.handlers.office import Office


def counted(name: str, **labels: str) -> float:
    return REGISTRY.get_sample_value(name, labels) or 0.0


async def test_an_answer_is_counted_with_how_long_it_took(office: Office) -> None:
    before = counted("carecue_door_seconds_count", door="care.care")
    await office.command(ANA, "help")
    assert counted("carecue_door_seconds_count", door="care.care") == before + 1


async def test_a_failure_is_counted_and_the_log_carries_its_reference(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """Also in a field of its own, for whoever searches the log by what a person was told."""
    lines: list[str] = []
    handler = logging.Handler()
    handler.emit = lambda record: lines.append(logs.Json().format(record))  # type: ignore[method-assign]
    logging.getLogger("handlers").addHandler(handler)
    before = counted("carecue_door_failures_total", kind="command")
    with office.bot.deps.db.begin() as tx:
        tx.execute(text("ALTER TABLE waits RENAME TO broken"))
    told = await office.command(ANA)
    with office.bot.deps.db.begin() as tx:
        tx.execute(text("ALTER TABLE broken RENAME TO waits"))
    logging.getLogger("handlers").removeHandler(handler)
    assert counted("carecue_door_failures_total", kind="command") == before + 1
    (line,) = [line for line in lines if "failed" in line]
    reference = line.split('"reference": "')[1].split('"')[0]
    assert reference in told
