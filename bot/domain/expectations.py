"""What can reasonably be expected of a team: its own weeks, played again many times with the people there are.

A wait comes in, whoever is free takes it, and it takes as long as answers take here; what nobody is free for queues up.
Arrivals, cover and the time of answers are drawn from the team's past, so that no shape has to be believed. All times
are working seconds. Where the replayed past does not look like the real one, nothing is foretold.
"""

from bisect import bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from heapq import heapify, heapreplace
from math import sqrt
from random import Random
from statistics import median

FEWEST_PEOPLE = 3  # of fewer a figure would tell of one
FEWEST_WAITS = 60  # to learn from
REPLAYED = 12_000  # waits, about
CLOSE = 0.05  # how near the replayed past has to be to the real one, as a share
ENOUGH, SURE = 0.80, 0.95  # below the one a target is out of reach; the one that is offered meets the other
OFFERED = tuple(60 * minutes for minutes in (15, 20, 30, 45, 60, 75, 90, 120, 150, 180, 240, 300, 360, 480))


@dataclass(frozen=True, slots=True)
class Wait:
    """A wait that was answered: working seconds since the first day began, and who answered.

    `judged` is whether the target in question is the one it is held to.
    """

    arrived: int
    answered: int
    by: str
    judged: bool = True


@dataclass(frozen=True, slots=True)
class Day:
    """A working day: Monday is 0; `begins` and `length` in working seconds."""

    weekday: int
    begins: int
    length: int


@dataclass(frozen=True, slots=True)
class Past:
    """What is known of a day: when waits came in (seconds since it began, and whether judged), and who answered."""

    day: Day
    arrivals: tuple[tuple[int, bool], ...]
    cover: int


@dataclass(frozen=True, slots=True)
class Model:
    """How a team works. `takes` is how long answers took, by whether they are judged and by whether one was free.

    Who comes from another answer has seen the wait already; first answers take longer than later ones, or shorter.
    `owned`: each wait has its person from the beginning on, whoever else is free.
    """

    past: tuple[Past, ...]
    takes: Mapping[tuple[bool, bool], tuple[int, ...]]
    people: int
    owned: bool = False

    def cover(self, weekday: int) -> int:
        """How many people usually answer on that day; 0 where nobody ever did."""
        known = [one.cover for one in self.past if one.day.weekday == weekday and one.cover]
        return round(median(known)) if known else 0


@dataclass(frozen=True, slots=True)
class Forecast:
    """How long judged waits will take (sorted), on each weekday on which they come in."""

    by_weekday: Mapping[int, tuple[int, ...]]

    def share(self, target: int, weekday: int | None = None) -> float:
        """Of the waits (of that weekday) that end within so many working seconds."""
        chosen = [took for day, took in self.by_weekday.items() if weekday in (None, day)]
        return sum(bisect_right(took, target) for took in chosen) / max(1, sum(map(len, chosen)))


@dataclass(frozen=True, slots=True)
class OutOfReach:
    """The target is met too rarely, on the weekday on which it is worst (None: in the whole week).

    `better` is one that would be met, and `better_share` how often; None where none of those that one offers would.
    """

    weekday: int | None
    target: int
    share: float
    better: int | None = None
    better_share: float = 0.0


def fit(days: Sequence[Day], waits: Sequence[Wait]) -> Model | None:
    """How a team works, from its past; None where that is too little to tell, or not how this model works."""
    people = len({wait.by for wait in waits})
    if people < FEWEST_PEOPLE or sum(wait.judged for wait in waits) < FEWEST_WAITS:
        return None
    model = _model(days, waits, people)
    owned = replace(model, owned=True)
    took = sorted(wait.answered - wait.arrived for wait in waits if wait.judged)
    error, best = min(((_error(one, took), one) for one in (model, owned)), key=lambda pair: pair[0])
    return best if error <= CLOSE else None


def forecast(model: Model, cover: Mapping[int, int] | None = None, seed: int = 0) -> Forecast:
    """How it goes on, with so many people on each weekday; the usual ones where nothing else is said."""
    chance = Random(seed)  # noqa: S311  # of a simulation
    took: dict[int, list[int]] = defaultdict(list)
    for weekday, seconds in _replay(model, cover or {}, chance):
        took[weekday].append(seconds)
    return Forecast({weekday: tuple(sorted(seconds)) for weekday, seconds in sorted(took.items())})


def out_of_reach(model: Model, target: int) -> OutOfReach | None:
    """Whether this target asks too much of the people there are, and which one would not."""
    ahead = forecast(model)
    weekdays = [day for day, took in ahead.by_weekday.items() if model.cover(day) >= FEWEST_PEOPLE and len(took) > 0]
    places: list[int | None] = [None, *weekdays]
    worst = min(places, key=lambda place: ahead.share(target, place))
    share = ahead.share(target, worst)
    if share >= ENOUGH:
        return None
    better = next((one for one in OFFERED if one > target and ahead.share(one, worst) >= SURE), None)
    return OutOfReach(worst, target, share, better, ahead.share(better, worst) if better else 0.0)


class _Record:
    """Who did what on which day, as far as answers show it."""

    def __init__(self, days: Sequence[Day], waits: Sequence[Wait]) -> None:
        self._begins = [day.begins for day in days]
        self._waits = sorted(waits, key=lambda one: (one.answered, one.arrived))
        self._seen = {(wait.by, self._ended(wait)) for wait in waits}

    def place(self, at: int) -> int:
        """The number of the day. The end of a day is the beginning of the next one."""
        return max(0, bisect_right(self._begins, at) - 1)

    def _ended(self, wait: Wait) -> int:
        """The day of the answer. One that is given in the evening, at no working time, belongs to the day before."""
        return max(self.place(wait.arrived), self.place(wait.answered - 1))

    def services(self) -> Iterator[tuple[Wait, int, bool]]:
        """When each answer was begun by who gave it, and whether they were free when the wait came in.

        Nobody begins one on a day on which they answer nothing: then it was the next day on which they do.
        """
        done: dict[str, int] = {}
        for wait in self._waits:
            before = done.get(wait.by, -1)
            begun, last = max(before, wait.arrived), self._ended(wait)
            day = self.place(begun)
            while day < last and (wait.by, day) not in self._seen:
                day, begun = day + 1, self._begins[day + 1]
            yield wait, min(begun, wait.answered), begun == wait.arrived
            done[wait.by] = wait.answered


def _model(days: Sequence[Day], waits: Sequence[Wait], people: int) -> Model:
    """Who begins an answer on a day is there."""
    record = _Record(days, waits)
    arrivals: dict[int, list[tuple[int, bool]]] = defaultdict(list)
    there: dict[int, set[str]] = defaultdict(set)
    takes: dict[tuple[bool, bool], list[int]] = defaultdict(list)
    for wait, begun, free in record.services():
        place = record.place(wait.arrived)
        arrivals[place].append((wait.arrived - days[place].begins, wait.judged))
        there[record.place(begun)].add(wait.by)
        takes[wait.judged, free].append(wait.answered - begun)
    past = (Past(day, tuple(sorted(arrivals[place])), len(there[place])) for place, day in enumerate(days))
    return Model(tuple(past), {kind: tuple(sorted(found)) for kind, found in takes.items()}, people)


def _error(model: Model, took: Sequence[int]) -> float:
    """By how much the share within any of the targets that one would offer differs, replayed and real."""
    ahead = forecast(model)
    return max(abs(ahead.share(target) - bisect_right(took, target) / len(took)) for target in OFFERED)


class _Shift:
    """The people of a team day after day, each with the moment from which on they are free."""

    def __init__(self, model: Model, chance: Random) -> None:
        self._model, self._chance = model, chance
        self._free, self._queue = list[int](), list[tuple[int, int, bool]]()

    def day(self, day: Day, people: int, arrivals: Iterable[tuple[int, bool]]) -> Iterator[tuple[int, int]]:
        """The weekday on which each judged wait that was begun came in, and how long it took.

        What nobody has begun by the end of the day is there in the morning; what somebody has begun, they end.
        """
        late = sorted((at for at in self._free if at > day.begins), reverse=True)[: max(1, people)]
        self._free = late + [day.begins] * (max(1, people) - len(late))
        heapify(self._free)
        waiting = [*self._queue, *((day.weekday, day.begins + at, judged) for at, judged in arrivals)]
        self._queue = []
        for came_on, arrived, judged in waiting:
            place = self._chance.randrange(len(self._free)) if self._model.owned else 0
            if not self._model.owned and max(self._free[0], arrived) >= day.begins + day.length:
                self._queue.append((came_on, arrived, judged))
                continue
            done = self._serve(place, arrived, judged)
            if judged:
                yield came_on, done - arrived

    def _serve(self, place: int, arrived: int, judged: bool) -> int:
        free, takes = self._free[place] <= arrived, self._model.takes
        known = takes.get((judged, free)) or takes.get((judged, not free)) or (0,)
        done = max(self._free[place], arrived) + self._chance.choice(known)
        if self._model.owned:
            self._free[place] = done
        else:
            heapreplace(self._free, done)
        return done


def _replay(model: Model, cover: Mapping[int, int], chance: Random) -> Iterator[tuple[int, int]]:
    """Weeks drawn from the past, one after the other, as long as it takes: weekdays and lengths of judged waits."""
    by_weekday: dict[int, list[Past]] = defaultdict(list)
    for one in model.past:
        by_weekday[one.day.weekday].append(one)
    a_week = sum(len(one.arrivals) for one in model.past) * len(by_weekday) / len(model.past)
    begins, shift = 0, _Shift(model, chance)
    for _ in range(max(20, round(REPLAYED / max(1.0, a_week)))):
        for weekday, known in sorted(by_weekday.items()):
            drawn = chance.choice(known)
            people = cover.get(weekday) or chance.choice([one.cover for one in known if one.cover] or [1])
            yield from shift.day(replace(drawn.day, begins=begins), people, drawn.arrivals)
            begins += drawn.day.length


@dataclass(frozen=True, slots=True)
class Pace:
    """A day: how much was answered by how many people in how many hours; after `again` the customer asked again."""

    answers: int
    people: int
    hours: float
    again: int

    @property
    def hourly(self) -> float:
        """Answers a person an hour."""
        return self.answers / (self.people * self.hours)


@dataclass(frozen=True, slots=True)
class TooFast:
    """On the faster half of the days customers had to ask again clearly more often. Shares are from 0 to 1."""

    hourly: float
    again: float
    again_else: float


FEWEST_DAYS = 10  # in each half
FEWEST_ANSWERS = 100
CLEARLY = 2.6  # standard errors: in one of two hundred comparisons by chance
BY_HOW_MUCH = 0.05


def too_fast(days: Iterable[Pace]) -> TooFast | None:
    """Whether haste shows: beyond which pace customers had to ask again more often than on calmer days."""
    known = sorted((one for one in days if one.people >= FEWEST_PEOPLE and one.answers and one.hours > 0), key=_hourly)
    calm, fast = known[: len(known) // 2], known[len(known) // 2 :]
    if len(calm) < FEWEST_DAYS:
        return None
    (few, of_few), (many, of_many) = (_again(half) for half in (calm, fast))
    if min(of_few, of_many) < FEWEST_ANSWERS:
        return None
    together = (few + many) / (of_few + of_many)
    error = sqrt(together * (1 - together) * (1 / of_few + 1 / of_many))
    more = many / of_many - few / of_few
    if more < max(BY_HOW_MUCH, CLEARLY * error):
        return None
    return TooFast(fast[0].hourly, many / of_many, few / of_few)


def _hourly(one: Pace) -> float:
    return one.hourly


def _again(days: Iterable[Pace]) -> tuple[int, int]:
    """After how many answers somebody asked again, of how many."""
    counted = Counter[str]()
    for one in days:
        counted.update(again=one.again, answers=one.answers)
    return counted["again"], counted["answers"]
