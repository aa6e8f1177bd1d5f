"""In which working time customers hear from us, and whom to tell on the way there."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Literal

To = Literal["owner", "home", "manager"]
Say = Literal["reply", "help", "lend_hand", "how_help"]


@dataclass(frozen=True, slots=True)
class Targets:
    """Working time in which a wait should end: the first one of a conversation, and each later one."""

    first: timedelta = timedelta(minutes=60)
    next: timedelta = timedelta(minutes=120)


@dataclass(frozen=True, slots=True)
class Step:
    """One step of the ladder, `at` percent of the target."""

    at: int
    to: To
    say: Say


DEFAULT_LADDER = (
    Step(75, "owner", "reply"),
    Step(100, "owner", "help"),
    Step(150, "home", "lend_hand"),
    Step(200, "manager", "how_help"),
)
