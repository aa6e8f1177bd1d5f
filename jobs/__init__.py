"""Clock -> bot: the timetable on one page. The scheduler only ticks; what is due stands in the tables.

So any number of processes may tick, and a tick that is missed or doubled changes nothing.
"""

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.deps import Deps
from jobs import channels, housekeeping, nudges, people

TIMETABLE = (
    # job, every so many seconds
    (people.learn, 1),
    (nudges.sweep, 1),
    (channels.refresh, 5),
    (channels.refresh_groups, 300),
    (housekeeping.purge, 3600),
)


def timetable(deps: Deps) -> AsyncIOScheduler:
    """A scheduler with every job in it, not started."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    for job, seconds in TIMETABLE:
        scheduler.add_job(job, "interval", args=(deps,), seconds=seconds)
    return scheduler
