"""`python -m tests.chaos.life COMMAND CLOCKS MACHINE`: the carecue command on a clock that can jump.

All pauses are short here: what is half an hour elsewhere is two seconds. Else a test could not see anything come late.
"""

import sys
from dataclasses import replace
from datetime import datetime, timedelta, tzinfo
from importlib import import_module
from pathlib import Path
from typing import Any

from tests.chaos.clocks import Clocks

LEASE = 8.0
REST = 2.0  # between two pings of a list

# Deepest first: others take their copies from these.
PAUSES: tuple[tuple[str, str, object], ...] = (
    ("bot.domain.living_list", "BETWEEN_PINGS", timedelta(seconds=REST)),
    ("bot.domain.living_list", "BETWEEN_EDITS", timedelta(seconds=1)),
    ("bot.domain.gaps", "PATIENCE", timedelta(seconds=15)),
    ("bot.store.gaps", "LEASE", timedelta(seconds=LEASE)),
    ("bot.store.gaps", "LONGEST", timedelta(seconds=LEASE + 2)),
    ("bot.store.outbox", "LONGEST_LEASE", timedelta(seconds=LEASE)),
    ("bot.store.limits", "LONGEST", timedelta(seconds=4)),
    ("bot.store.set_aside", "PAUSES", (timedelta(seconds=1), timedelta(seconds=4))),
    ("bot.store.list_clock", "SOON", timedelta(seconds=1)),
    ("bot.store.list_clock", "LATER", timedelta(seconds=2)),
    ("bot.slack.client", "TIMEOUT", 3.0),
    ("bot.slack.carrier", "LEASE", timedelta(seconds=LEASE)),
    ("bot.slack.carrier", "IN_TIME", 4.0),
    ("bot.slack.refusals", "FIRST_PAUSE", timedelta(seconds=0.5)),
    ("bot.slack.refusals", "LONGEST_PAUSE", timedelta(seconds=4)),
    ("bot.slack.carrier", "UNKNOWN_PAUSE", timedelta(seconds=2)),
    ("jobs.gaps", "PAUSE", timedelta(seconds=0.5)),
    ("jobs.gaps", "LONGEST_PAUSE", timedelta(seconds=4)),
)
BEAT = 2.0
PAGE = timedelta(seconds=0.05)  # of what was missed, after the first fifty


def main() -> None:
    """Put the clocks wrong, then be the command."""
    command, file, machine = sys.argv[1:]
    _live_by(Clocks(Path(file)), int(machine))
    for module, name, value in PAUSES:
        _set(import_module(module), name, value)
    gaps = import_module("bot.store.gaps")
    _set(gaps, "TIER_3", replace(gaps.TIER_3, interval=PAGE))
    _set(import_module("jobs.listening").go_on, "__defaults__", (BEAT,))
    sys.argv = ["carecue", command]
    import_module("bot.__main__").main()


def _live_by(clocks: Clocks, machine: int) -> None:
    now = clocks.of(machine)

    class Wrong(datetime):
        """What the scheduler asks for the time."""

        @classmethod
        def now(cls, tz: tzinfo | None = None) -> Any:
            return now().astimezone(tz)

    _set(import_module("bot.deps"), "wall_clock", now)
    for module in ("schedulers.base", "triggers.interval", "executors.base"):
        _set(import_module(f"apscheduler.{module}"), "datetime", Wrong)


def _set(where: Any, name: str, value: Any) -> None:
    """Raises AttributeError for what is called otherwise by now."""
    getattr(where, name)
    setattr(where, name, value)


if __name__ == "__main__":
    main()
