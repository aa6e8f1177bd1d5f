"""What is seen of a process from outside: whether it lives, whether it can work, and what it has counted."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any, cast

import aiohttp
import pytest
from prometheus_client.parser import text_string_to_metric_families
from pydantic import SecretStr
from sqlalchemy import text

from bot.app import Bot, NotSetUp, serving, watched
from bot.demo.place import ADA, ANA, CARE, EXT_ACME, OURS
from bot.metrics import REGISTRY
from bot.store import outbox
from bot.store.outbox import POST, Saying
from bot.store.writer import QUEUE, Writer
from bot.watch import FRESH, Watch
from tests.handlers.office import Office

Samples = dict[tuple[str, str], float]


@pytest.fixture
async def session() -> AsyncIterator[aiohttp.ClientSession]:
    async with aiohttp.ClientSession() as session:
        yield session


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


@dataclass
class Behind:
    """A writer with a queue."""

    waiting: int


class Asked:
    """A watch whose look at the database is as old as a test wants."""

    def __init__(self, office: Office, hears: Any = yes) -> None:
        self.at = 0.0
        self.watch = Watch(office.bot.deps, hears, lambda: self.at)

    async def checks(self) -> dict[str, bool]:
        self.at += FRESH
        return {check.name: check.ok for check in await self.watch.checks()}

    async def samples(self) -> Samples:
        self.at += FRESH
        return read((await self.watch.counts()).decode())


def read(told: str) -> Samples:
    """Each sample by its name and the value of its label."""
    families = text_string_to_metric_families(told)
    return {(one.name, "".join(one.labels.values())): one.value for family in families for one in family.samples}


def with_settings(office: Office, **settings: Any) -> Bot:
    deps = replace(office.bot.deps, settings=office.bot.deps.settings.model_copy(update=settings))
    return replace(office.bot, deps=deps)


async def test_a_process_that_can_work_is_ready(office: Office) -> None:
    assert await Asked(office).checks() == {"database": True, "migrations": True, "queue": True, "slack": True}


async def test_who_does_not_listen_is_ready_without_slack(office: Office) -> None:
    """A worker beside web processes."""
    assert "slack" not in await Asked(office, hears=None).checks()


async def test_a_process_that_slack_does_not_reach_is_not_ready(office: Office) -> None:
    assert (await Asked(office, hears=no).checks())["slack"] is False


async def test_a_process_on_older_tables_is_not_ready(office: Office) -> None:
    with office.bot.deps.db.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert (await Asked(office).checks())["migrations"] is False


async def test_a_process_that_cannot_keep_up_is_not_ready(office: Office) -> None:
    """Whoever shares the work out sends it to others until the queue is shorter."""
    for waiting, ready in ((QUEUE - 1, True), (QUEUE, False)):
        deps = replace(office.bot.deps, writer=cast(Writer, Behind(waiting)))
        found = await Watch(deps, yes).checks()
        assert {check.name: check.ok for check in found}["queue"] is ready


async def test_a_database_that_does_not_answer_keeps_nobody_waiting(office: Office) -> None:
    """And however many ask meanwhile, it is asked once."""
    asked, deps = Asked(office), office.bot.deps
    with deps.db.begin() as tx:
        tx.execute(text("ALTER TABLE outbox RENAME TO elsewhere"))
    assert (await asked.checks())["database"] is False
    samples = await asked.samples()
    assert samples["carecue_database_up", ""] == 0
    assert ("carecue_outbox_rows", "due") not in samples
    with deps.db.begin() as tx:
        tx.execute(text("ALTER TABLE elsewhere RENAME TO outbox"))
    assert (await asked.checks())["database"] is True


async def test_what_is_asked_of_the_database_is_good_for_a_while(office: Office) -> None:
    asked = Asked(office)
    assert (await asked.checks())["migrations"]
    with office.bot.deps.db.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '0001'"))
    assert all(check.ok for check in await asked.watch.checks())
    assert not (await asked.checks())["migrations"]


async def test_events_slack_calls_and_what_waits_are_counted(office: Office) -> None:
    asked = Asked(office)
    before = await asked.samples()
    await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    with office.bot.deps.db.begin() as tx:
        outbox.put(tx, OURS, Saying("a test's", POST, CARE, {}), office.clock.now())
    office.clock.advance(timedelta(seconds=90))
    after = await asked.samples()

    def grew(name: str, label: str = "") -> float:
        return after.get((name, label), 0.0) - before.get((name, label), 0.0)

    assert grew("carecue_events_total", "stored") >= 1
    assert grew("carecue_ingest_seconds_count") == grew("carecue_events_total", "stored")
    assert grew("carecue_slack_calls_total", "chat.postMessageok") >= 1
    assert grew("carecue_slack_seconds_count", "chat.postMessage") >= 1
    assert (after["carecue_outbox_rows", "due"], after["carecue_outbox_oldest_seconds", ""]) == (1, 90)
    assert (after["carecue_database_up", ""], after["carecue_workspaces", ""]) == (1, 1)
    await office.wait(minutes=1)


async def test_a_sweep_that_nobody_runs_is_late(office: Office) -> None:
    await office.say(ADA, EXT_ACME, "Where is the form?")
    office.clock.advance(timedelta(hours=2))
    lag = (await Asked(office).samples())["carecue_sweep_lag_seconds", "nudges"]
    assert 3600 < lag < 7200


async def test_no_label_names_anybody(office: Office) -> None:
    await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    told = (await Watch(office.bot.deps, yes).counts()).decode()
    for name in (OURS, ADA, ANA, EXT_ACME, CARE):
        assert name not in told


async def test_it_is_served_on_a_port_of_its_own_where_one_is_set(
    office: Office, session: aiohttp.ClientSession
) -> None:
    async with watched(with_settings(office, metrics_port=0, host="127.0.0.1"), None) as port:
        for path in ("healthz", "readyz", "metrics"):
            async with session.get(f"http://127.0.0.1:{port}/{path}") as answer:
                assert answer.status == 200, await answer.text()
    async with watched(office.bot, None) as none:
        assert none is None


@pytest.mark.parametrize("way", ["http-sqlite"])
async def test_in_http_mode_it_is_served_beside_slacks_address(office: Office, session: aiohttp.ClientSession) -> None:
    """But for the numbers where they have a port of their own: the other one is the world's."""
    for path, own, status in (("readyz", None, 200), ("metrics", None, 200), ("readyz", 1, 200), ("metrics", 1, 404)):
        async with (
            serving(with_settings(office, metrics_port=own), "127.0.0.1", 0) as port,
            session.get(f"http://127.0.0.1:{port}/{path}") as answer,
        ):
            assert answer.status == status, (path, own)


async def test_numbers_are_told_to_whoever_has_the_token(office: Office, session: aiohttp.ClientSession) -> None:
    bot = with_settings(office, metrics_port=0, host="127.0.0.1", metrics_token=SecretStr("let me in"))
    async with watched(bot, None) as port:
        address = f"http://127.0.0.1:{port}/metrics"
        for headers in ({}, {"Authorization": "Bearer let me out"}, {"Authorization": "Bearer é"}):
            async with session.get(address, headers=headers) as answer:
                assert answer.status == 401
        async with session.get(address, headers={"Authorization": "Bearer let me in"}) as answer:
            assert answer.status == 200


async def test_a_port_that_is_taken_is_said_with_its_setting(office: Office) -> None:
    async with watched(with_settings(office, metrics_port=0, host="127.0.0.1"), None) as port:
        with pytest.raises(NotSetUp, match="CARECUE_METRICS_PORT"):
            async with watched(with_settings(office, metrics_port=port, host="127.0.0.1"), None):
                pass


async def test_a_connection_after_the_first_is_counted(office: Office) -> None:
    def reconnects() -> float:
        return REGISTRY.get_sample_value("carecue_reconnects_total") or 0.0

    before = reconnects()
    await office.sandbox.sockets.disconnect("refresh_requested")
    await office.sandbox.until(lambda: reconnects() > before)
