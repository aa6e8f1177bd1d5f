"""Teams whose truth is known, and the weeks that they live: what is foretold of them can be held against it."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from random import Random

from bot.domain.expectations import Day, Wait

LENGTH = 8 * 3600
MINUTE = 60
WEEKS_KNOWN, WEEKS_AHEAD = 8, 4


@dataclass(frozen=True)
class Truth:
    """A team whose truth is known: what comes in an hour on each weekday, who is there, how long an answer takes them.

    `owners`: each customer has a person. `notices` is how long it takes whoever is free to see that somebody waits.
    """

    hourly: tuple[float, ...] = (9, 8, 8, 8, 10)
    people: tuple[int, ...] = (5, 5, 5, 5, 4)
    minutes: float = 18
    spread: float = 0.6
    notices: float = 0
    rush: bool = False
    owners: bool = False
    ill: float = 0.05

    def weeks(self, count: int, seed: int) -> Iterator[tuple[Day, list[Wait]]]:
        """Its days, one after the other, lived by its people; what nobody has begun by evening waits."""
        chance, queue = Random(seed), list[int]()
        free = dict.fromkeys(range(max(self.people)), 0)
        for number in range(5 * count):
            weekday, begins = number % 5, number * LENGTH
            here = [who for who in range(self.people[weekday]) if chance.random() > self.ill] or [0]
            free = {who: max(at, begins) for who, at in free.items()}
            waiting, queue, waits = [*queue, *self.arrivals(weekday, begins, chance)], list[int](), list[Wait]()
            for arrived in waiting:
                who = chance.choice(here) if self.owners else min(here, key=lambda one: (free[one], one))
                if not self.owners and max(free[who], arrived) >= begins + LENGTH:
                    queue.append(arrived)
                else:
                    waits.append(self.answer(arrived, who, free, chance, begins + LENGTH))
            yield Day(weekday, begins, LENGTH), waits

    def arrivals(self, weekday: int, begins: int, chance: Random) -> Iterator[int]:
        at = 0.0
        while (at := at + chance.expovariate(2 * self.hourly[weekday] / 3600)) < LENGTH:
            if chance.random() < (0.75 if self.rush and at < LENGTH / 3 else 0.5):
                yield begins + round(at)

    def answer(self, arrived: int, who: int, free: dict[int, int], chance: Random, evening: int) -> Wait:
        """What somebody has begun they end before they leave, late in the evening if need be."""
        noticed = chance.expovariate(1 / (60 * self.notices)) if self.notices and free[who] <= arrived else 0
        takes = 60 * self.minutes * chance.lognormvariate(0, self.spread)
        free[who] = min(max(free[who], arrived) + round(noticed + takes), max(evening, free[who]))
        return Wait(arrived, free[who], f"U{who}")


TEAMS: Mapping[str, Truth] = {
    "ample": Truth(hourly=(8, 7, 7, 7, 8), people=(6, 6, 6, 6, 6)),
    "busy": Truth(hourly=(9, 8, 8, 8, 8), people=(5, 5, 5, 5, 5)),
    "thin on Fridays": Truth(hourly=(8, 8, 8, 8, 8), people=(6, 6, 6, 6, 4)),
    "slow to notice": Truth(hourly=(7, 7, 7, 7, 7), people=(8, 8, 8, 8, 8), notices=25),
    "rushed in the morning": Truth(hourly=(6, 6, 6, 6, 6), people=(6, 6, 6, 6, 6), rush=True),
    "each customer has a person": Truth(hourly=(7, 7, 7, 7, 7), people=(7, 7, 7, 7, 7), owners=True),
    "large": Truth(hourly=(26, 24, 24, 24, 24), people=(13, 13, 13, 13, 12)),
    "quick answers": Truth(hourly=(20, 18, 18, 18, 18), minutes=6, spread=0.9),
    "often ill": Truth(hourly=(7, 7, 7, 7, 7), people=(7, 7, 7, 7, 7), ill=0.25),
}


def lived(truth: Truth, seed: int, weeks: int = WEEKS_KNOWN + WEEKS_AHEAD) -> tuple[list[Day], list[Wait]]:
    days = list(truth.weeks(weeks, seed))
    return [day for day, _ in days], [wait for _, waits in days for wait in waits]
