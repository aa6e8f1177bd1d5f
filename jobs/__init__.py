"""Clock -> bot: the timetable on one page. The scheduler only ticks; what is due stands in the tables.

So any number of processes may tick, and a tick that is missed or doubled changes nothing.
"""

from collections.abc import Awaitable, Callable, Iterable
from inspect import unwrap
from typing import Any

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.deps import Deps, wall_clock
from bot.store.uninstalls import everywhere
from jobs import (
    asks,
    boundary,
    channel_questions,
    channels,
    departures,
    digest,
    figures,
    first_run,
    gaps,
    homes,
    housekeeping,
    installations,
    living_lists,
    loads,
    nudges,
    people,
    presence,
    privacy,
    promises,
    prompts,
    pulse,
    retention,
    uninstalls,
)
from jobs.measured import Job, measured

TIMETABLE = (
    # job, every so many seconds
    (people.learn, 1),
    (gaps.fill, 1),
    (nudges.sweep, 1),
    (asks.sweep, 1),
    (promises.sweep, 1),
    (living_lists.sweep, 1),
    (channels.refresh, 5),
    (gaps.welcome, 5),
    (channel_questions.ask, 5),
    (first_run.greet, 5),
    (first_run.follow, 5),
    (presence.notice, 5),
    (privacy.erase, 5),
    (homes.follow, 10),
    (loads.watch, 60),
    (presence.read_dnd, 60),
    (digest.post, 60),
    (prompts.post, 60),
    (boundary.check_in, 60),
    (pulse.turn, 60),
    (departures.follow, 60),
    (channels.refresh_groups, 300),
    (people.meet_teams, 300),
    (figures.complete, 3600),
    (housekeeping.purge, 3600),
    (privacy.council_forgets, 3600),
    (retention.purge, 3600),
    (departures.forget, 3600),
    (uninstalls.look, 3600),
    (installations.look, 60),
    (installations.renew, 60),
)

# What goes on where CareCue was uninstalled everywhere.
ENDING = (housekeeping.purge, uninstalls.look, installations.look, installations.renew)
LOOK = 30  # seconds until that is noticed

# What of it a quiet start leaves: what is learned and kept. Nothing here speaks.
QUIET = (
    people.learn,
    gaps.fill,
    gaps.welcome,
    channels.refresh,
    channels.refresh_groups,
    people.meet_teams,
    figures.complete,
    privacy.erase,
    privacy.council_forgets,
    housekeeping.purge,
    retention.purge,
    departures.follow,
    departures.forget,
    uninstalls.look,
    installations.look,
    installations.renew,
)

Entry = tuple[Callable[[Deps], Awaitable[Any]], int]


def timetable(deps: Deps, more: Iterable[Entry] = (), wrap: Callable[[Job], Job] = lambda job: job) -> AsyncIOScheduler:
    """A scheduler with every job in it, and `more`, not started. Each is measured, and in what it is to be wrapped."""
    scheduler = AsyncIOScheduler(
        timezone="UTC", job_defaults={"coalesce": True, "misfire_grace_time": None, "max_instances": 1}
    )
    at_once = wall_clock()  # the scheduler lives by the machine's time, whatever the jobs go by
    usual: Iterable[Entry] = TIMETABLE
    if deps.settings.dry_run:
        usual = [entry for entry in TIMETABLE if entry[0] in QUIET]
    for job, seconds in (*usual, *more):
        scheduler.add_job(wrap(measured(job)), "interval", args=(deps,), seconds=seconds, next_run_time=at_once)
    return scheduler


def rest_when_gone(scheduler: AsyncIOScheduler, deps: Deps) -> None:
    """Where CareCue was uninstalled, jobs rest until it is back: Slack would refuse whatever they ask."""

    async def rest() -> None:
        gone = await deps.db.read(everywhere)
        for entry in scheduler.get_jobs():
            job = unwrap(entry.func)
            if job not in (*ENDING, rest) and (entry.next_run_time is None) is not gone:
                entry.modify(next_run_time=None if gone else wall_clock())

    scheduler.add_job(rest, "interval", seconds=LOOK, next_run_time=wall_clock())
