"""Many numbers as a distribution, in which nobody is to be found."""

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil


@dataclass(frozen=True, slots=True)
class Spread:
    """`bars` are how many of the numbers lie in each span, named as people read it, in order and without a gap."""

    p50: float
    p90: float
    most: float
    bars: tuple[tuple[str, int], ...]


def spread(numbers: Sequence[float]) -> Spread | None:
    """None of no numbers. None of them may be negative."""
    ordered = sorted(numbers)
    half, mostly = nearest_rank(ordered, 50), nearest_rank(ordered, 90)
    if half is None or mostly is None:
        return None
    found = Counter(map(_bar, ordered))
    bars = range(min(found), max(found) + 1)
    return Spread(half, mostly, ordered[-1], tuple((_name(bar), found[bar]) for bar in bars))


def nearest_rank(ordered: Sequence[float], percent: int) -> float | None:
    """The smallest value that at least so many percent of all are not above; None of nothing."""
    return ordered[ceil(percent * len(ordered) / 100) - 1] if ordered else None


def _bar(number: float) -> int:
    """0; up to 1; up to 2; 3 and 4; 5 to 8; and so on, each twice as wide as the one before."""
    return (ceil(number) - 1).bit_length() + 1 if number else 0


def _name(bar: int) -> str:
    if bar <= 2:
        return str(bar)
    least, most = 2 ** (bar - 2) + 1, 2 ** (bar - 1)
    return f"{least}–{most}"
