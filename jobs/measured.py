"""How often, how long, and under which reference in the log each job runs."""

import logging
from collections.abc import Awaitable, Callable
from functools import wraps
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from bot import logs, metrics, traces
from bot.deps import Deps
from bot.store.db import away, is_away

Job = Callable[[Deps], Awaitable[Any]]

log = logging.getLogger(__name__)


def measured(job: Job) -> Job:
    """The same job, seen from outside. One that raises is in the log, and comes again at its next time."""
    name = f"{job.__module__.rpartition('.')[2]}.{getattr(job, '__name__', 'job')}"
    failures = metrics.JOB_FAILURES.labels(name)

    @wraps(job)
    async def run(deps: Deps) -> None:
        with logs.about() as reference, traces.span("job", job=name), metrics.timed(metrics.JOB_SECONDS, name):
            try:
                await job(deps)
            except Exception as error:  # the one error door of jobs
                failures.inc()
                if isinstance(error, SQLAlchemyError) and is_away(error):
                    log.warning("The job %s comes again. %s", name, away(error))
                else:
                    log.exception("The job %s failed and comes again, reference %s", name, reference)

    return run
