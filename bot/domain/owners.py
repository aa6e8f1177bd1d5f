"""Who is to have a wait that is nobody's, or whose owner is away: the one on duty with the lightest load."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Load:
    """How many open waits somebody has, and how many are fair."""

    open: int
    limit: int

    @property
    def too_much(self) -> bool:
        """Whether nothing more is to ring for them."""
        return self.open > self.limit

    @property
    def full(self) -> bool:
        """Whether one more would be too much."""
        return self.open >= self.limit


@dataclass(frozen=True, slots=True)
class Choice:
    """Among whom there is to be chosen.

    `rota` are all who take turns, in their order; `fit` those of them who may have this one. `here` are the people in
    the channel: who has to come in first comes later. `loads` are those of everybody who is fit.
    """

    rota: Sequence[str]
    fit: Collection[str]
    here: Collection[str]
    loads: Mapping[str, Load]


def choose(choice: Choice, turn: int) -> int | None:
    """The place on the rota of whoever is next; the next turn is the place after it. None where nobody is fit.

    The lightest load wins, those who have no room left come last, and ties go round: `turn` is where it begins.
    """
    places = [place for place, user in enumerate(choice.rota) if user in choice.fit]
    return min(places, key=lambda place: _rank(choice, place, turn), default=None)


def _rank(choice: Choice, place: int, turn: int) -> tuple[bool, bool, int, int]:
    user = choice.rota[place]
    load = choice.loads[user]
    return load.full, user not in choice.here, load.open, (place - turn) % len(choice.rota)


def may_have(rota: Collection[str], not_these: Collection[str], inside: Collection[str] | None) -> set[str]:
    """Those who are not ruled out; of a private channel whose members are known, they are `inside` it."""
    return {user for user in rota if user not in not_these and (inside is None or user in inside)}


def soonest(known: Collection[datetime | None], now: datetime) -> datetime | None:
    """The first moment after now; None where there is none."""
    return min((at for at in known if at and at > now), default=None)
