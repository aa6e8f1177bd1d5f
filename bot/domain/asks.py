"""The leader's clock: whom an agent's call reaches, when, and by when word is to be expected."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.kudos import Source


class Kind(StrEnum):
    """What is called for."""

    HELP = "help"
    SNAG = "snag"
    BOUNDARY = "boundary"


class Outcome(StrEnum):
    """What became of it: an answer to each kind, or nobody needs one any more."""

    ANSWERED = "answered"
    FIXED = "fixed"
    WHEN = "when"
    WONT = "wont"
    TAKE_OVER = "take_over"
    BACK = "back"
    END = "end"
    APOLOGY = "apology"
    WITHDRAWN = "withdrawn"


ANSWERS: dict[Kind, tuple[Outcome, ...]] = {
    Kind.HELP: (Outcome.ANSWERED,),
    Kind.SNAG: (Outcome.FIXED, Outcome.WHEN, Outcome.WONT),
    Kind.BOUNDARY: (Outcome.BACK, Outcome.TAKE_OVER, Outcome.END, Outcome.APOLOGY),
}
LINE_MAX = 500  # characters, of what an agent or a leader writes


@dataclass(frozen=True, slots=True)
class Ask:
    """What an agent (`by`) calls for. `team` is its key, `about` the message at hand, `case` a boundary's."""

    kind: Kind
    team: str
    by: str
    line: str
    about: Source | None = None
    case: str | None = None


@dataclass(frozen=True, slots=True)
class Asked:
    """An ask on the leader's clock. `owner` said that they have it; `ended_at` is its first answer.

    `outcome` is None while it is open; a snag's *when* may become *fixed* later on: `answers` counts.
    """

    id: int
    ask: Ask
    opened_at: datetime
    target: timedelta
    owner: str | None = None
    steps_done: int = 0
    snoozed_until: datetime | None = None
    ended_at: datetime | None = None
    ended_user: str | None = None
    outcome: Outcome | None = None
    answer: str = ""
    answers: int = 0
    working: timedelta | None = None

    @property
    def open(self) -> bool:
        """Whether the agent still waits for word."""
        return self.ended_at is None

    @property
    def settled(self) -> bool:
        """Whether there is nothing left to say: after *when*, there is."""
        return self.outcome not in (None, Outcome.WHEN)


class Leaders(tuple[tuple[str, ...], ...]):
    """Who is called: the managers, their deputies, the managers' managers. Each once; nobody calls on themselves."""

    __slots__ = ()

    @classmethod
    def of(cls, by: str, managers: Iterable[str], deputies: Iterable[str], above: Iterable[str]) -> "Leaders":
        """Where nobody is on one level, the next one takes its place."""
        seen = {by}
        found = []
        for level in (managers, deputies, above):
            fresh = tuple(user for user in dict.fromkeys(level) if user not in seen)
            seen.update(fresh)
            found += [fresh] if fresh else []
        return cls(found)

    @property
    def all(self) -> tuple[str, ...]:
        """From the first to be called to the last."""
        return tuple(user for level in self for user in level)


@dataclass(frozen=True, slots=True)
class Rung:
    """A step of the leader's ladder: `at` percent of the target, to which level."""

    at: int
    level: int


LADDER = (Rung(0, 0), Rung(75, 0), Rung(100, 1), Rung(200, 2))


def audience(asked: Asked, leaders: Leaders, step: int) -> tuple[str, ...]:
    """Whom a step speaks to. The reminder goes to who has it, where somebody said so."""
    level = LADDER[step].level
    found = leaders[level] if level < len(leaders) else ()
    return (asked.owner,) if asked.owner and found and step == 1 else found


def told(asked: Asked, leaders: Leaders) -> tuple[str, ...]:
    """Who has heard of it by now."""
    levels = {LADDER[step].level for step in range(asked.steps_done)}
    return tuple(user for level, users in enumerate(leaders) if level in levels for user in users)


def step_at(asked: Asked, schedule: Schedule, step: int) -> datetime:
    """When a step falls due, in the team's working time and never at its very end. Raises NoWorkingTime."""
    return schedule.next_open(schedule.due(asked.opened_at, asked.target * LADDER[step].at / 100))


def due_steps(asked: Asked, leaders: Leaders, schedule: Schedule, now: datetime) -> tuple[int, ...]:
    """The steps to take now: of several to the same people only the last is worth a word."""
    steps = range(asked.steps_done, len(LADDER))
    due = [step for step in steps if step_at(asked, schedule, step) <= now]
    latest = {LADDER[step].level: step for step in due if audience(asked, leaders, step)}
    return tuple(sorted(latest.values()))


def climbed(asked: Asked, schedule: Schedule, now: datetime) -> int:
    """How many steps lie behind by now, those to nobody too. Raises NoWorkingTime."""
    return max(asked.steps_done, sum(step_at(asked, schedule, step) <= now for step in range(len(LADDER))))


def next_at(asked: Asked, leaders: Leaders, schedule: Schedule) -> datetime | None:
    """When to look at it again; None when the ladder is climbed, nobody is left to call, or the team never works."""
    if not asked.open:
        return None
    try:
        if asked.snoozed_until:
            return schedule.next_open(asked.snoozed_until)
        steps = range(asked.steps_done, len(LADDER))
        return next((step_at(asked, schedule, step) for step in steps if audience(asked, leaders, step)), None)
    except NoWorkingTime:
        return None


def word_by(asked: Asked, schedule: Schedule) -> datetime | None:
    """By when the agent may expect word: within the target, or after a snooze; None where the team never works."""
    try:
        due = schedule.due(asked.opened_at, asked.target)
    except NoWorkingTime:
        return None
    return max(due, asked.snoozed_until) if asked.snoozed_until else due


def fits(kind: Kind, outcome: Outcome) -> bool:
    """Whether this kind of ask can be answered so."""
    return outcome in ANSWERS[kind]


def team_of(mine: Collection[str], here: str | None) -> str | None:
    """The key of the team that is called on: that of the channel, if it is the agent's, else the agent's only one."""
    if here in mine:
        return here
    return next(iter(mine)) if len(mine) == 1 else None
