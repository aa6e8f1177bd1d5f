"""What is asked often finds its rows by an index on both databases, whatever has been stored: plans, not seconds."""

import json
import re
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from datetime import UTC, datetime, timedelta
from random import Random
from typing import Any

from pydantic import SecretStr
from sqlalchemy import Connection, Engine, Select, event, select, text, update

from bot.app import Bot, assembled
from bot.domain.arrivals import Delivery, read_event
from bot.domain.weeks import last_weeks
from bot.settings import Settings
from bot.store import home, statistics, vitals, waiting
from bot.store.db import Db, is_sqlite
from bot.store.tables import conversations, metadata, waits
from jobs import TIMETABLE, listening
from tests.benchmarks import town, towns
from tests.benchmarks.slack import slack
from tests.benchmarks.towns import Town

NOW = datetime(2026, 3, 3, 15, tzinfo=UTC)
SMALL = Town(agents=3, channels=2, customers=4, open=4, ended=8)
HOURLY = 3600
GROWING = {"conversations", "events", "moves", "nudges", "outbox", "waits"}  # with every message
PARTIAL = {
    index.name
    for table in metadata.tables.values()
    for index in table.indexes
    if index.dialect_kwargs.get("sqlite_where") is not None
}

Asked = dict[str, Any]  # statement: parameters


@asynccontextmanager
async def busy(url: str) -> AsyncIterator[Bot]:
    """Three workspaces, and one in which more happens."""
    towns.set_up(url, 3, NOW, SMALL)
    town.set_up(url, NOW)
    secrets: dict[str, Any] = {"bot_token": SecretStr("xoxb-nobody"), "signing_secret": SecretStr("nobody")}
    async with slack() as here:
        settings = Settings.stated(slack_url=f"{here.url}/api/", database_url=url, **secrets)
        async with assembled(settings, lambda: NOW) as bot:
            yield bot


@contextmanager
def noted(engine: Engine) -> Iterator[Asked]:
    """Everything that is asked meanwhile, once each."""
    asked: Asked = {}

    def note(_connection: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        asked.setdefault(statement, parameters[0] if many and isinstance(parameters, list) else parameters)

    event.listen(engine, "before_cursor_execute", note)
    yield asked
    event.remove(engine, "before_cursor_execute", note)


async def test_what_is_asked_often_finds_its_rows_by_an_index(empty_url: str) -> None:
    async with busy(empty_url) as bot:
        with noted(bot.deps.db.engine) as asked:
            await _a_day(bot)
        with bot.deps.db.engine.connect() as tx:
            _as_if_large(tx)
            found = {where: sql for sql, given in asked.items() for where in _read_whole(tx, sql, given)}
            tx.rollback()
    assert len(asked) > 100
    assert not found, "\n\n".join(f"{where}: {sql}" for where, sql in found.items())


def test_a_conversation_is_not_looked_up_by_its_channel(db: Db) -> None:
    """PostgreSQL takes a workspace's channel for as good as a key; of ten million it then reads fifty thousand."""
    here = select(conversations.c.root_ts).where(conversations.c.team_id == "T", conversations.c.channel == "C")
    with db.begin() as tx:
        if is_sqlite(tx):
            return
        tx.execute(text("SET LOCAL enable_seqscan = off"))
        one, lately = (_plan(tx, asked) for asked in (here, here.where(conversations.c.last_ts >= "1")))
    assert "ix_conversations_by_time" not in one
    assert "ix_conversations_by_time" in lately


def _plan(tx: Connection, asked: Select[Any]) -> str:
    sql = asked.compile(tx, compile_kwargs={"literal_binds": True})
    return "\n".join(tx.exec_driver_sql(f"EXPLAIN {sql}").scalars())


async def _a_day(bot: Bot) -> None:
    """Customers write, are answered, wait too long; pages and metrics are looked at; every job of the day ticks."""
    messages = town.Messages(Random(1), NOW - timedelta(hours=3))
    for _ in range(60):
        body = messages.envelope()
        arrival = read_event(body["event"])
        assert arrival
        await bot.deps.writer.put(Delivery(town.OURS, body["event_id"], arrival, ext_shared=True))
    await bot.deps.db.run(_fall_due)
    await listening.beat(bot.deps, NOW)
    for job, seconds in TIMETABLE:
        if seconds < HOURLY:
            await job(bot.deps)
    for user in (*town.AGENTS[:2], town.CUSTOMERS[0]):
        await bot.deps.db.run(_look, bot, user)
    await bot.deps.db.read(vitals.read, NOW)


def _fall_due(tx: Connection) -> None:
    tx.execute(update(waits).where(waits.c.ended_at.is_(None)).values(next_nudge_at=NOW))


def _look(tx: Connection, bot: Bot, user: str) -> None:
    """At /care, at the Home tab, and at the figures of a team and of oneself."""
    here = bot.deps.workspaces.get(tx, town.OURS, NOW)
    assert here
    weeks = last_weeks("UTC", NOW, 9)
    waiting.mine(tx, here, user, NOW, 20)
    home.read(tx, bot.deps.workspaces, town.OURS, user, NOW)
    statistics.weekly(tx, here, "care", weeks, NOW)
    statistics.mine(tx, here, user, weeks, NOW)
    statistics.open_waits(tx, here, "care", NOW, 20)


def _as_if_large(tx: Connection) -> None:
    """PostgreSQL believes that the tables that grow have ten million rows; SQLite believes that of any."""
    if is_sqlite(tx):
        return
    tx.execute(text("UPDATE nudges SET cleared_at = created_at WHERE id % 10 <> 0"))
    tx.execute(text("ANALYZE"))
    for name in sorted(GROWING):
        told = f"'schemaname', 'public', 'relname', '{name}', 'relpages', 1, 'reltuples', 1e7::real"
        tx.execute(text(f"SELECT pg_restore_relation_stats({told})"))


def _read_whole(tx: Connection, sql: str, given: Any) -> Iterator[str]:
    """The tables that grow of which all is read, or all of a workspace."""
    if not re.match(r"\s*(SELECT|UPDATE|DELETE|INSERT|WITH)", sql):
        return
    if is_sqlite(tx):
        for row in tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", given):
            yield from _of_sqlite(row.detail)
    else:
        (plan,) = tx.exec_driver_sql(f"EXPLAIN (FORMAT JSON) {sql}", given).scalars()
        for node in _nodes((json.loads(plan) if isinstance(plan, str) else plan)[0]["Plan"]):
            yield from _of_postgresql(node)


def _of_sqlite(detail: str) -> Iterator[str]:
    """ "SEARCH waits USING INDEX ix_waits_open (team_id=? AND owner=?)"."""
    match = re.match(r"(SCAN|SEARCH) (\w+)(?: USING (?:COVERING )?INDEX (\w+))?(?:.* \((.*)\))?", detail)
    if match and match[2] in GROWING and match[3] not in PARTIAL and _is_wide(match[4] or ""):
        yield detail


def _nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield plan
    for inner in plan.get("Plans", ()):
        yield from _nodes({"Relation Name": plan.get("Relation Name")} | inner)


def _of_postgresql(node: dict[str, Any]) -> Iterator[str]:
    reads = node["Node Type"] in ("Seq Scan", "Index Scan", "Index Only Scan", "Bitmap Index Scan")
    cond, index = node.get("Index Cond", ""), node.get("Index Name")
    if reads and node.get("Relation Name") in GROWING and index not in PARTIAL and _is_wide(cond):
        yield f"{node['Node Type']} on {node['Relation Name']} {index or ''} {cond}"


def _is_wide(condition: str) -> bool:
    """Whether it names the workspace alone, or nothing."""
    return not set(re.findall(r"\b([a-z_]+)\b(?= ?(?:=|<|>|IS|~))", condition)) - {"team_id"}
