"""The weekly prompts to those who lead a team, as data/prompts.toml has them and as teams add their own."""

from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from typing import Any

from bot.domain.behaviours import Behaviour
from bot.domain.data_files import load


class Dimension(StrEnum):
    """Sides of servant leadership (Liden, Wayne, Zhao and Henderson 2008)."""

    HEALING = "emotional_healing"
    COMMUNITY = "value_for_the_community"
    CONCEPTS = "conceptual_skills"
    EMPOWERING = "empowering"
    GROWTH = "helping_others_grow"
    OTHERS_FIRST = "putting_others_first"
    ETHICS = "ethical_behaviour"


class Signal(StrEnum):
    """What a team's week may call for, the most pressing first."""

    BOUNDARY_CALLS = "boundary_calls"
    SLOW_ASKS = "slow_asks"
    PULSE_DOWN = "pulse_down"
    OVERLOAD = "overload"
    AFTER_HOURS = "after_hours"
    NEW_COLLEAGUE = "new_colleague"
    OUT_OF_REACH = "out_of_reach"
    OPEN_SNAGS = "open_snags"
    UNTHANKED = "unthanked"
    GOOD_WEEK = "good_week"


@dataclass(frozen=True, slots=True)
class Prompt:
    """Texts are plain. `signals` are what calls it; one that is not for `anytime` never comes by turn.

    `team` is the key of the only team whose managers get it, None for everybody's.
    """

    id: str
    title: str
    why: str
    act: str
    question: str
    notice: str
    dimension: Dimension
    feeds: Behaviour
    signals: tuple[Signal, ...] = ()
    anytime: bool = True
    team: str | None = None


@cache
def book() -> tuple[Prompt, ...]:
    """Those that CareCue brings along, in the order of the file."""
    return tuple(map(_prompt, load("prompts")["prompt"]))


def _prompt(row: dict[str, Any]) -> Prompt:
    read = {
        "dimension": Dimension(row["dimension"]),
        "feeds": Behaviour(row["feeds"]),
        "signals": tuple(map(Signal, row.get("signals", ()))),
    }
    return Prompt(**(row | read))
