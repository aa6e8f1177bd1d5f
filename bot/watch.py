"""One process seen from outside: is it alive, can it work, and what is there to count."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Mapping
from datetime import datetime
from hmac import compare_digest
from importlib.metadata import version
from time import monotonic

from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest
from prometheus_client.core import GaugeMetricFamily, Metric
from prometheus_client.registry import Collector
from sqlalchemy.exc import SQLAlchemyError
from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from bot.deps import Deps
from bot.metrics import REGISTRY
from bot.slack.doctor import Check
from bot.store import vitals
from bot.store.vitals import CLOCKS, Vitals
from bot.store.writer import QUEUE

PATIENCE = 3.0  # seconds in which the database has answered
FRESH = 5.0  # seconds for which its answer is good: whoever asks often costs no more

Hears = Callable[[], Awaitable[bool]]


class Watch:
    """`hears` says whether events reach this process; None where that is not its work."""

    def __init__(self, deps: Deps, hears: Hears | None, clock: Callable[[], float] = monotonic) -> None:
        self._deps, self._hears, self._clock = deps, hears, clock
        self._looking: asyncio.Task[Vitals | None] | None = None
        self._began = 0.0

    def routes(self, *, counted: bool) -> list[Route]:
        """`/healthz` and `/readyz`; `/metrics` if it is to be `counted`."""
        well = [Route("/healthz", self._healthz), Route("/readyz", self._readyz)]
        return [*well, Route("/metrics", self._metrics)] if counted else well

    async def checks(self) -> list[Check]:
        """What this process needs for its work, each ok or not."""
        seen = await self._vitals()
        if seen is None:
            return [Check("database", False, "The database does not answer."), *await self._own()]
        told = "The tables are those of this release." if seen.is_current else "The tables are older: carecue migrate."
        tables = Check("migrations", seen.is_current, told)
        return [Check("database", True, "The database answers."), tables, *await self._own()]

    async def counts(self) -> bytes:
        """All that is counted, as Prometheus reads it."""
        seen = await self._vitals()
        hears = await self._hears() if self._hears else None
        scrape = CollectorRegistry()
        for collector in (REGISTRY, Gauges(seen, hears, self._deps.writer.waiting, self._deps.now())):
            scrape.register(collector)
        return generate_latest(scrape)

    async def _own(self) -> list[Check]:
        """What is known without the database."""
        free = self._deps.writer.waiting < QUEUE
        queue = Check("queue", free, "There is room for events." if free else "More arrives than is written.")
        if self._hears is None:
            return [queue]
        hears = await self._hears()
        return [queue, Check("slack", hears, "Slack reaches us." if hears else "Slack is not connected.")]

    async def _vitals(self) -> Vitals | None:
        """None where the database does not answer. However many ask, it is asked once."""
        if self._looking is None or (self._looking.done() and self._clock() - self._began >= FRESH):
            self._began = self._clock()
            self._looking = asyncio.create_task(self._look(), name="vitals")
        await asyncio.wait([self._looking], timeout=PATIENCE)
        return self._looking.result() if self._looking.done() else None

    async def _look(self) -> Vitals | None:
        try:
            return await self._deps.db.read(vitals.read, self._deps.now())
        except SQLAlchemyError:
            return None

    async def _healthz(self, _request: Request) -> Response:
        return PlainTextResponse("ok")

    async def _readyz(self, _request: Request) -> Response:
        found = await self.checks()
        lines = [f"{'ok ' if check.ok else 'NOT'}  {check.name}: {check.sentence}" for check in found]
        return PlainTextResponse("\n".join(lines), 200 if all(check.ok for check in found) else 503)

    async def _metrics(self, request: Request) -> Response:
        token = self._deps.settings.metrics_token
        shown = request.headers.get("authorization", "")
        if token and not compare_digest(shown.encode(), f"Bearer {token.get_secret_value()}".encode()):
            return PlainTextResponse("CARECUE_METRICS_TOKEN is wanted", 401, {"WWW-Authenticate": "Bearer"})
        return Response(await self.counts(), media_type=CONTENT_TYPE_LATEST)


class Gauges(Collector):
    """How things stand at the moment of a scrape."""

    def __init__(self, seen: Vitals | None, hears: bool | None, waiting: int, now: datetime) -> None:
        self._seen, self._hears, self._waiting, self._now = seen, hears, waiting, now

    def collect(self) -> Iterator[Metric]:
        """Of the database only what it has answered."""
        yield _family("carecue_info", "Which release this is", {version("carecue"): 1}, "version")
        yield _gauge("carecue_queue_events", "Events that wait to be written", self._waiting)
        yield _gauge("carecue_queue_limit", "Events that may wait", QUEUE)
        yield _gauge("carecue_database_up", "Whether the database answers", self._seen is not None)
        if self._hears is not None:
            yield _gauge("carecue_slack_connected", "Whether events reach this process", self._hears)
        if self._seen is not None:
            yield from self._stored(self._seen)

    def _stored(self, seen: Vitals) -> Iterator[Metric]:
        unsaid = seen.unsaid
        rows = {"due": unsaid.due, "again": unsaid.again, "later": unsaid.later, "aside": unsaid.aside}
        lags = {job: self._since(seen.late.get(job)) for job in CLOCKS}
        yield _family("carecue_outbox_rows", "What is to be said, by where it stands", rows, "state")
        yield _gauge(
            "carecue_outbox_oldest_seconds", "How long the first overdue row waits", self._since(unsaid.oldest)
        )
        yield _family("carecue_sweep_lag_seconds", "By how much a sweep is late", lags, "sweep")
        yield _family("carecue_set_aside", "What broke whoever took it, and is set aside", seen.aside, "kind")
        yield _gauge("carecue_silence_seconds", "Since Slack was heard", self._since(seen.heard_until))
        yield _gauge("carecue_workspaces", "Workspaces that CareCue is installed in", seen.workspaces)

    def _since(self, moment: datetime | None) -> float:
        return max(0.0, (self._now - moment).total_seconds()) if moment else 0.0


def _gauge(name: str, says: str, value: float) -> Metric:
    return GaugeMetricFamily(name, says, value=value)


def _family(name: str, says: str, values: Mapping[str, float], label: str) -> Metric:
    family = GaugeMetricFamily(name, says, labels=[label])
    for key, value in values.items():
        family.add_metric([key], value)
    return family
