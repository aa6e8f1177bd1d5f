"""Jobs do not rest until a clock that was set back has caught up."""

import asyncio
from contextlib import suppress
from datetime import timedelta

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.deps import wall_clock
from jobs import ticking


async def test_a_job_goes_on_at_once_when_the_clock_was_set_back() -> None:
    ran = asyncio.Event()
    scheduler = AsyncIOScheduler(timezone="UTC")
    # As it stands after a tick at three, once somebody has set the clock to two.
    scheduler.add_job(ran.set, "interval", seconds=1, next_run_time=wall_clock() + timedelta(hours=1))
    scheduler.start()
    keeping = asyncio.create_task(ticking.keep_up(scheduler, every=0.01))
    try:
        async with asyncio.timeout(5):
            await ran.wait()
    finally:
        keeping.cancel()
        with suppress(asyncio.CancelledError):
            await keeping
        scheduler.shutdown(wait=False)


async def test_a_job_that_rests_and_one_whose_time_has_not_come_are_left_alone() -> None:
    scheduler = AsyncIOScheduler(timezone="UTC")
    soon = wall_clock() + timedelta(minutes=50)
    scheduler.add_job(print, "interval", id="rare", hours=1, next_run_time=soon)
    scheduler.add_job(print, "interval", id="resting", seconds=1)
    scheduler.start(paused=True)
    scheduler.pause_job("resting")
    keeping = asyncio.create_task(ticking.keep_up(scheduler, every=0.01))
    await asyncio.sleep(0.05)
    keeping.cancel()
    assert {job.id: job.next_run_time for job in scheduler.get_jobs()} == {"rare": soon, "resting": None}
    scheduler.shutdown(wait=False)
