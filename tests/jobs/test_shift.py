"""A process that stops finishes what it has begun, within bounds, and is of use again if it is started anew."""

import asyncio
import logging
from typing import Any

import pytest

from bot.deps import Deps
from jobs import shift
from jobs.shift import at_work
from tests.handlers.office import Office


class Slow:
    """A job that takes a while; `ended` is how it ended."""

    def __init__(self, seconds: float) -> None:
        self._seconds, self.begun, self.ended = seconds, asyncio.Event(), ""

    async def work(self, _deps: Deps) -> Any:
        self.begun.set()
        try:
            await asyncio.sleep(self._seconds)
            self.ended = "finished"
        except asyncio.CancelledError:
            self.ended = "stopped"
            raise


@pytest.mark.parametrize(("seconds", "ended"), [(0.1, "finished"), (60, "stopped")])
async def test_a_job_that_runs_is_finished_unless_it_takes_too_long(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture, seconds: float, ended: str
) -> None:
    monkeypatch.setattr(shift, "FINISH", 0.5)
    slow = Slow(seconds)
    async with at_work(office.bot.deps, [(slow.work, 3600)]):
        await slow.begun.wait()
    assert slow.ended == ended
    assert not [record for record in caplog.records if record.levelno >= logging.ERROR]


async def test_the_sender_that_was_told_to_leave_sends_again_afterwards(office: Office) -> None:
    async with at_work(office.bot.deps):
        pass
    _, nudge = await office.asked()
    assert nudge
