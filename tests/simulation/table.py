"""What a simulated team's weeks came to, and the table of it."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from math import ceil

from sqlalchemy import func, select

from bot.store.tables import waits
from tests.simulation.run import Run


@dataclass(frozen=True, slots=True)
class Figures:
    """`pings`: of each agent on each day at work; `within` of `answered` were within target, by kind of wait."""

    pings: tuple[int, ...]
    managers: tuple[int, ...]
    answered: dict[str, int]
    within: dict[str, int]

    @classmethod
    def of(cls, run: Run) -> "Figures":
        crew = run.crew
        days = [day for day in crew.days if day.weekday() < 5]
        at_work = [(user, day) for user in crew.agents for day in days if _works(run, user, day)]
        off_work = [(user, day) for user, day in run.pings if user != crew.manager and (user, day) not in set(at_work)]
        return cls(
            tuple(run.pings[one] for one in (*at_work, *off_work)),
            tuple(run.pings[crew.manager, day] for day in days),
            _counted(run, within=False),
            _counted(run, within=True),
        )


def added(all_of: Iterable[Figures]) -> Figures:
    """Of several teams."""
    known = list(all_of)
    return Figures(
        tuple(count for one in known for count in one.pings),
        tuple(count for one in known for count in one.managers),
        {kind: sum(one.answered[kind] for one in known) for kind in KINDS},
        {kind: sum(one.within[kind] for one in known) for kind in KINDS},
    )


def lines(before: Figures, after: Figures) -> Iterator[str]:
    """The table, in Markdown."""
    yield "| | without budgets | with budgets |"
    yield "|---|---:|---:|"
    for name, value in ROWS:
        yield f"| {name} | {value(before)} | {value(after)} |"


def _works(run: Run, user: str, day: date) -> bool:
    schedule, midnight = run.crew.at_work[user], run.crew.midnight(day)
    return bool(schedule.elapsed(midnight, midnight + DAY))


def _counted(run: Run, *, within: bool) -> dict[str, int]:
    answered = select(waits.c.first, func.count()).where(waits.c.ended_by == "answer").group_by(waits.c.first)
    if within:
        answered = answered.where(waits.c.working_s <= waits.c.target_s)
    with run.db.begin() as tx:
        found = {bool(row[0]): int(row[1]) for row in tx.execute(answered)}
    return {kind: found.get(kind == "first", 0) for kind in KINDS}


def _mean(counts: Sequence[int]) -> str:
    return f"{sum(counts) / len(counts):.1f}" if counts else "-"


def _p95(counts: Sequence[int]) -> str:
    return str(sorted(counts)[ceil(0.95 * len(counts)) - 1]) if counts else "-"


def _most(counts: Sequence[int]) -> str:
    return str(max(counts)) if counts else "-"


def _share(figures: Figures, kind: str) -> str:
    answered = figures.answered[kind]
    return f"{100 * figures.within[kind] / answered:.1f} %" if answered else "-"


DAY = timedelta(days=1)
KINDS = ("first", "next")
ROWS: tuple[tuple[str, Callable[[Figures], str]], ...] = (
    ("pings per agent and day at work: mean", lambda it: _mean(it.pings)),
    ("... 95th percentile", lambda it: _p95(it.pings)),
    ("... most", lambda it: _most(it.pings)),
    ("pings per manager and day: mean", lambda it: _mean(it.managers)),
    ("... most", lambda it: _most(it.managers)),
    ("first replies within 1 hour of working time", lambda it: _share(it, "first")),
    ("later replies within 2 hours of working time", lambda it: _share(it, "next")),
    ("waits answered", lambda it: f"{sum(it.answered.values()):,}"),
)
