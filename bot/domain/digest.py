"""The weekly page: how a week compares with those before it, and which thanks it tells as stories."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta
from enum import Enum
from statistics import median
from typing import TypeVar

from bot.domain.behaviours import Behaviour, unseen
from bot.domain.statistics import Figures, Load

LOOK_BACK = 8  # weeks before, which say what is usual
ENOUGH = 3  # weeks that make something usual
MOST_STORIES = 3
LATE = timedelta(hours=2)  # what comes later than that says so

Told = TypeVar("Told", Figures, Load)


class Change(Enum):
    """How much there is of something, beside what there was."""

    FAR_LESS = -2
    LESS = -1
    SAME = 0
    MORE = 1
    FAR_MORE = 2


@dataclass(frozen=True, slots=True)
class Compared:
    """With what is usual and with the week before; None where there is nothing to compare with."""

    usual: Change | None = None
    last: Change | None = None


@dataclass(frozen=True, slots=True)
class Tale:
    """Kudos that a page may tell. `receivers` are those whom it may name."""

    id: int
    giver: str
    receivers: tuple[str, ...]
    behaviours: tuple[Behaviour, ...]


def change(now: float, before: float, least: float) -> Change:
    """Less than a tenth, or than `least`, is no difference; up to a third is a little."""
    difference = now - before
    if abs(difference) <= max(before / 10, least):
        return Change.SAME
    far = abs(difference) > max(before / 3, 2 * least)
    return Change((2 if far else 1) * (1 if difference > 0 else -1))


def compared(now: float, before: Sequence[float | None], least: float) -> Compared:
    """`before` are the weeks before, oldest first, None where nothing is known; the usual is their median."""
    known = [value for value in before if value is not None]
    usual = change(now, median(known), least) if len(known) >= ENOUGH else None
    last = change(now, before[-1], least) if before and before[-1] is not None else None
    return Compared(usual, last)


def since_known(weeks: Sequence[Told]) -> Sequence[Told]:
    """Without the weeks before anything was known: they say nothing of what is usual."""
    start = next((place for place, week in enumerate(weeks) if not week.is_empty), len(weeks))
    return weeks[start:]


def chosen(tales: Iterable[Tale], told: Sequence[Tale], most: int = MOST_STORIES) -> tuple[Tale, ...]:
    """Those to tell, so that people, behaviours and givers take turns. `told` are those of the pages before.

    Nobody is thanked twice on one page: who had many thanks has them on their own page.
    """
    left, found = list(tales), list[Tale]()
    while left and len(found) < most:
        left = [tale for tale in left if not _names(found).intersection(tale.receivers)]
        if left:
            found.append(min(left, key=lambda tale: _weight(tale, [*told, *found])))
    return tuple(found)


def invitation(counts: Counter[Behaviour], week: int) -> Behaviour | None:
    """One of the behaviours that nobody was thanked for, another each week; none where nobody was thanked at all."""
    missing = unseen(counts)
    return missing[week % len(missing)] if missing and counts.total() else None


def _names(tales: Iterable[Tale]) -> set[str]:
    return {user for tale in tales for user in tale.receivers}


def _weight(tale: Tale, told: Sequence[Tale]) -> tuple[int, ...]:
    """How often its people, its behaviours and its giver were told of; what came first breaks a tie."""
    people = Counter(user for one in told for user in one.receivers)
    behaviours = Counter(behaviour for one in told for behaviour in one.behaviours)
    givers = Counter(one.giver for one in told)
    of_people = max((people[user] for user in tale.receivers), default=0)
    of_behaviours = max((behaviours[behaviour] for behaviour in tale.behaviours), default=0)
    return of_people, of_behaviours, givers[tale.giver], tale.id
