"""Several servers measured in turns, so that whatever else the machine does meets them all alike."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from random import Random
from statistics import median

from tests.benchmarks import tables, town
from tests.benchmarks.servers import Server

ROUNDS, EVENTS, AT_ONCE = 7, 1_500, 64
WARM_UP = 600
BARE = "Bolt alone"


@dataclass(frozen=True, slots=True)
class Run:
    """Events a second, and the server's seconds on the processor for each."""

    rate: float
    cpu: float


@dataclass(frozen=True, slots=True)
class Runner:
    """`send` sends events, all of which are acknowledged when it gives how many a second they were."""

    server: Server
    send: Callable[[list[bytes]], Awaitable[float]]


async def measure(runners: Mapping[str, Runner], warm: Callable[[], None]) -> dict[str, list[Run]]:
    """A round is each server after the other with the same events; `warm` comes after a first, uncounted one."""
    messages = town.Messages(Random(1))
    await _round(runners, messages.bodies(WARM_UP))
    warm()
    rounds = [await _round(runners, messages.bodies(EVENTS)) for _ in range(ROUNDS)]
    return {name: [one[name] for one in rounds] for name in runners}


def show(title: str, found: Mapping[str, list[Run]], at_once: int = AT_ONCE) -> None:
    """Medians over the rounds; a ratio is a round's own before it is a median."""
    rows = [(name, *_figures(runs, found[BARE])) for name, runs in found.items()]
    head = ("", "events/s", "of bare", "rounds", "cpu us/event", "of bare")
    tables.show(f"{title}, {at_once} at once, {ROUNDS} rounds of {EVENTS} events", head, rows)


async def _round(runners: Mapping[str, Runner], bodies: list[bytes]) -> dict[str, Run]:
    runs = {}
    for name, runner in runners.items():
        before = runner.server.cpu_seconds
        rate = await runner.send(bodies)
        runs[name] = Run(rate, (runner.server.cpu_seconds - before) / len(bodies))
    return runs


def _figures(runs: list[Run], bare: list[Run]) -> tuple[str, ...]:
    shares = [mine.rate / its.rate for mine, its in zip(runs, bare, strict=True)]
    cpu_shares = [its.cpu / mine.cpu for mine, its in zip(runs, bare, strict=True)]
    return (
        f"{median(run.rate for run in runs):,.0f}",
        f"{median(shares):.0%}",
        f"{min(shares):.0%}-{max(shares):.0%}",
        f"{median(run.cpu for run in runs) * 1e6:.0f}",
        f"{median(cpu_shares):.0%}",
    )
