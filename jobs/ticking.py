"""The timetable goes on when the machine's clock is set back: the scheduler waits until the time of its next tick.

That may be an hour away then. So each tick that lies further ahead than its job's interval is brought forward.
"""

import asyncio
import logging
from datetime import datetime, timedelta

from apscheduler.job import Job
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.deps import wall_clock

EVERY = 2.0  # seconds, by a clock that nobody sets
SLACK = timedelta(seconds=1)

log = logging.getLogger(__name__)


async def keep_up(scheduler: AsyncIOScheduler, every: float = EVERY) -> None:
    """Look after it until cancelled."""
    while True:
        await asyncio.sleep(every)
        now = wall_clock()
        late = [job for job in scheduler.get_jobs() if _is_too_far(job, now)]
        for job in late:
            job.modify(next_run_time=now)
        if late:
            log.warning("The clock has been set back; what happens by it goes on at once.")


def _is_too_far(job: Job, now: datetime) -> bool:
    return job.next_run_time is not None and job.next_run_time - now > job.trigger.interval + SLACK
