"""Boundary calls: the three cases in which the agent comes first, and what follows."""

from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.hours import NoWorkingTime, Schedule
from bot.domain.nudges import Snooze, snoozed_until
from bot.domain.setup import BoundarySetup, CaseWords


class Case(StrEnum):
    """Why somebody calls a boundary."""

    ABUSIVE = "abusive"  # the customer is
    RIGHT = "right"  # the agent is, and it matters
    UNREASONABLE = "unreasonable"  # the customer stays so


def own_words(setup: BoundarySetup, case: Case) -> CaseWords:
    """What a team says of this case."""
    return {Case.ABUSIVE: setup.abusive, Case.RIGHT: setup.right, Case.UNREASONABLE: setup.unreasonable}[case]


def may_answer(case: Case) -> bool:
    """Whether the agent may answer the customer before the manager has said a word: who is right need not ask."""
    return case is Case.RIGHT


def breather_ends(begins: datetime, length: timedelta, schedule: Schedule) -> datetime | None:
    """When an agent is nudged again; None where there is no breather, or the team never works."""
    if not length:
        return None
    try:
        return schedule.due(begins, length)
    except NoWorkingTime:
        return None


def check_in_at(called: datetime, schedule: Schedule) -> datetime | None:
    """The morning of the next working day; None where the team never works."""
    try:
        return snoozed_until(Snooze.TOMORROW, called, schedule)
    except NoWorkingTime:
        return None
