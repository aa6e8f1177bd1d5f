"""The heartbeat: kept while events can reach this process, and by no other."""

import asyncio
from datetime import datetime, timedelta

import pytest
from sqlalchemy import select

from bot.app import listening, noticing
from bot.store.gap_tables import listening as table
from jobs.listening import beat, go_on
from tests.handlers.office import Office


def heard_until(office: Office) -> datetime | None:
    with office.bot.deps.db.begin() as tx:
        return tx.execute(select(table.c.heard_until)).scalar()


async def beats(office: Office, *answers: bool) -> None:
    """As often as something is answered whether events can reach us."""
    left = list(answers)
    asked_enough = asyncio.Event()

    async def hears() -> bool:
        if not left:
            asked_enough.set()
            return False
        return left.pop(0)

    task = asyncio.create_task(go_on(office.bot.deps, hears, every=0))
    await asked_enough.wait()
    task.cancel()


async def test_who_hears_says_so_and_who_does_not_keeps_quiet(office: Office) -> None:
    await beats(office, False, False)
    assert heard_until(office) is None
    await beats(office, False, True)
    assert heard_until(office) == office.clock.now()
    office.clock.advance(timedelta(seconds=30))
    await beats(office, False)
    assert heard_until(office) == office.clock.now() - timedelta(seconds=30)


async def test_socket_mode_knows_whether_it_is_connected(office: Office) -> None:
    async with listening(office.bot) as is_connected:
        await office.sandbox.sockets.wait_for(2)
        assert await is_connected()
        async with noticing(office.bot, is_connected):
            await beats(office, True)
    assert not await is_connected()


async def test_after_a_silence_it_is_said_in_the_log(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    deps = office.bot.deps
    await beat(deps, deps.now())
    office.clock.advance(timedelta(hours=1))
    await beat(deps, deps.now())
    assert "Nobody has listened to Slack" in caplog.text
