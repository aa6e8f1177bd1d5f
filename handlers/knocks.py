"""Each knock at a door as it is seen from outside: how long its answer took, and what it is called in the log."""

import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any

from bot import logs
from bot.metrics import DOOR_FAILURES, DOOR_SECONDS, timed
from bot.traces import span

log = logging.getLogger(__name__)


@contextmanager
def knocked(do: Callable[..., Any]) -> Iterator[None]:
    """Until all of its answer is given: `do` is who answers, as handlers/__init__.py has it."""
    door = f"{do.__module__.rpartition('.')[2]}.{getattr(do, '__name__', 'door')}"
    with logs.about(), span("door", door=door), timed(DOOR_SECONDS, door):
        yield


def failed(kind: str) -> str:
    """The reference of a failure, under which the log has its trace."""
    reference = logs.reference()
    DOOR_FAILURES.labels(kind).inc()
    log.exception("%s failed, reference %s", kind, reference)
    return reference
