"""What this process counts and times, for Prometheus. No label names a person, a channel or a workspace.

No label is called `job` or `instance`, either: these are the scraper's own.

Whoever counts calls what stands here; what is asked of the database at the moment of a scrape stands in `bot.watch`.
"""

import re
from bisect import bisect_left
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from itertools import accumulate
from time import perf_counter

from prometheus_client import CollectorRegistry, Counter, Histogram, disable_created_metrics
from prometheus_client.core import HistogramMetricFamily
from prometheus_client.process_collector import ProcessCollector
from prometheus_client.registry import Collector

QUICK = (0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 3.0)  # Slack waits three seconds
CALLS = (0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 20.0)
JOBS = (0.005, 0.025, 0.1, 0.5, 1.0, 2.5, 10.0, 60.0, 300.0)
AGES = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0, 300.0, 1800.0, 7200.0)

disable_created_metrics()  # type: ignore[no-untyped-call]  # when a series began doubles their number, and nobody asks
REGISTRY = CollectorRegistry()
ProcessCollector(registry=REGISTRY)


class Waiting(Collector):
    """A histogram that takes many at once, from one thread: what happens per event costs as little as can be."""

    def __init__(self, name: str, says: str, buckets: Iterable[float]) -> None:
        self._name, self._says, self._bounds = name, says, tuple(buckets)
        self._counts = [0] * (len(self._bounds) + 1)
        self._sum = 0.0
        REGISTRY.register(self)

    def observe(self, seconds: float, times: int = 1) -> None:
        """So many took so long."""
        self._counts[bisect_left(self._bounds, seconds)] += times
        self._sum += seconds * times

    def collect(self) -> Iterator[HistogramMetricFamily]:
        """As Prometheus wants them: each bucket with all below it."""
        bounds = [*map(str, self._bounds), "+Inf"]
        buckets = list(zip(bounds, map(float, accumulate(self._counts)), strict=True))
        yield HistogramMetricFamily(self._name, self._says, buckets=buckets, sum_value=self._sum)


# Events. `stored`: committed; `refused`: the queue was full, so that Slack comes again; `failed`: not written.
EVENTS = Counter("carecue_events", "Events taken, by what became of them", ["outcome"], registry=REGISTRY)
STORED, REFUSED, FAILED = (EVENTS.labels(outcome) for outcome in ("stored", "refused", "failed"))
ACKNOWLEDGED = Waiting(
    "carecue_ingest_seconds", "From an event's arrival to the commit, of the first of its group", QUICK
)
RECONNECTS = Counter("carecue_reconnects", "Socket Mode connections opened after the first", registry=REGISTRY)

# Slack. `outcome`: ok, Slack's name of an error, ratelimited, or unclear where nobody knows whether it was done.
SLACK_CALLS = Counter("carecue_slack_calls", "Web API calls", ["method", "outcome"], registry=REGISTRY)
SLACK_SECONDS = Histogram(
    "carecue_slack_seconds", "How long Slack took to answer", ["method"], buckets=CALLS, registry=REGISTRY
)

# The outbox.
SAID_SECONDS = Histogram(
    "carecue_said_seconds",
    "From the decision to say it to when Slack had it",
    ["method"],
    buckets=AGES,
    registry=REGISTRY,
)
NOT_SAID = Counter("carecue_not_said", "Rows of the outbox that were set aside", ["method"], registry=REGISTRY)

# Doors, jobs, and what broke whoever took it.
DOOR_SECONDS = Histogram(
    "carecue_door_seconds", "From a knock to all of its answer", ["door"], buckets=QUICK, registry=REGISTRY
)
DOOR_FAILURES = Counter("carecue_door_failures", "Knocks that ended in a reference", ["kind"], registry=REGISTRY)
JOB_SECONDS = Histogram("carecue_job_seconds", "How long a job took", ["name"], buckets=JOBS, registry=REGISTRY)
JOB_FAILURES = Counter("carecue_job_failures", "Runs of a job that raised", ["name"], registry=REGISTRY)
POISONED = Counter("carecue_poisoned", "What was set aside since it broke whoever took it", ["what"], registry=REGISTRY)

for _kind in ("command", "button", "form", "event", "notice"):
    DOOR_FAILURES.labels(_kind)

_NAME = re.compile(r"[a-z_]+")


def called(method: str, seconds: float, error: str = "") -> None:
    """Slack has answered, or not. Of an error only its name is a label: Slack appends more to some."""
    name = _NAME.match(error or "ok")
    SLACK_CALLS.labels(method, name.group() if name else "unclear").inc()
    SLACK_SECONDS.labels(method).observe(seconds)


@contextmanager
def timed(histogram: Histogram, *labels: str) -> Iterator[None]:
    """How long the block takes, also where it raises."""
    began = perf_counter()
    try:
        yield
    finally:
        histogram.labels(*labels).observe(perf_counter() - began)
