"""Waits by the million, written by the database itself: one large workspace, and as many small ones as it takes."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, text

from bot.store.db import Db, is_sqlite
from bot.store.tables import conversations, waits
from tests.benchmarks import town, towns
from tests.benchmarks.towns import Town

LARGE, EACH = 1_000_000, 10_000  # waits of the large workspace, and of each small one
LARGE_OPEN, EACH_OPEN = 500, 100
SPAN = timedelta(weeks=9)
AGENTS, PLACES, CUSTOMERS = 5, 10, 20
SMALL = Town(agents=AGENTS, channels=PLACES, customers=CUSTOMERS, open=0, ended=0)

NUMBERS = {
    True: "WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < {count} - 1)",
    False: "WITH n(i) AS (SELECT generate_series(0::bigint, {count} - 1))",
}
# How long ago, in seconds, from the newest to the oldest; and the text of a moment and of a message's `ts`.
AGO = "(600 + (i % {each}) * {span} / {each})"
MOMENT = {
    True: "strftime('%Y-%m-%d %H:%M:%S.000000', {seconds}, 'unixepoch')",
    False: "to_timestamp({seconds})",
}
TS = {
    True: "printf('%d.%06d', {now} - {ago}, i % {each} % 1000000)",
    False: "({now} - {ago})::text || '.' || lpad((i % {each} % 1000000)::text, 6, '0')",
}
TEAM = {True: "printf('T%08d', {number})", False: "'T' || lpad(({number})::text, 8, '0')"}
OWN = {True: "printf('{letter}%05d', {number})", False: "'{letter}' || lpad(({number})::text, 5, '0')"}


def large(db: Db, now: datetime) -> None:
    """A million waits of the town's workspace."""
    names = {"team": f"'{town.OURS}'", "channel": "'C0EXT' || i % 20"}
    names |= {"agent": "'U0AGENT' || i % 10", "customer": "'U0CUSTOMER' || i % 200"}
    _fill(db, now, LARGE, LARGE, LARGE_OPEN, names)


def small(db: Db, url: str, now: datetime, begin: int, count: int, still_open: int = EACH_OPEN) -> None:
    """So many workspaces with ten thousand each, numbered from `begin` on."""
    towns.set_up(url, count, now, SMALL, begin)
    number = f"{begin} + i / {EACH}"
    with db.begin() as tx:
        own = OWN[is_sqlite(tx)]
        channel = own.format(letter="C", number=number) + f" || i % {PLACES}"
        agent = own.format(letter="U", number=number) + f" || 'A' || i % {AGENTS}"
        customer = own.format(letter="U", number=number) + f" || 'C' || i % {CUSTOMERS}"
        team = TEAM[is_sqlite(tx)].format(number=number)
    names = {"team": team, "channel": channel, "agent": agent, "customer": customer}
    _fill(db, now, count * EACH, EACH, still_open, names)


def _fill(db: Db, now: datetime, count: int, each: int, still_open: int, names: dict[str, str]) -> None:
    for table, statement in ((conversations, CONVERSATIONS), (waits, WAITS)):
        with db.begin() as tx, _bare(tx, table):
            tx.execute(text(_told(is_sqlite(tx), statement, now, count, each, still_open, names)))
    with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.execute(text("ANALYZE"))
        if connection.dialect.name == "postgresql":
            connection.execute(text("VACUUM"))


@contextmanager
def _bare(tx: Connection, table: Table) -> Iterator[None]:
    """Indices are made afterwards, all at once."""
    for index in table.indexes:
        index.drop(tx)
    yield
    for index in table.indexes:
        index.create(tx)


def _told(
    on_sqlite: bool, statement: str, now: datetime, count: int, each: int, still_open: int, names: dict[str, str]
) -> str:
    seconds = int(now.timestamp())
    ago = AGO.format(each=each, span=int(SPAN.total_seconds()))
    began, took = f"({seconds} - {ago})", "(60 + i * 7919 % 7200)"
    moment, is_open = MOMENT[on_sqlite], f"i % {each} < {still_open}"
    least = "min" if on_sqlite else "least"
    ended = moment.format(seconds=f"{least}({began} + {took}, {seconds})")
    given = {
        "numbers": NUMBERS[on_sqlite].format(count=count),
        "ts": TS[on_sqlite].format(now=seconds, ago=ago, each=each),
        "started": moment.format(seconds=began),
        "ended": f"CASE WHEN {is_open} THEN NULL ELSE {ended} END",
        "later": f"CASE WHEN {is_open} THEN {moment.format(seconds=seconds + 86400)} END",
        "if_ended": f"CASE WHEN NOT ({is_open}) THEN",
        "took": took,
        "turn": f"CASE WHEN {is_open} THEN 'ours' ELSE 'theirs' END",
    }
    return statement.format(**given, **names)


CONVERSATIONS = """
INSERT INTO conversations (team_id, channel, root_ts, customer, turn, answered_by, new_here, last_ts)
{numbers} SELECT {team}, {channel}, {ts}, {customer}, {turn}, {if_ended} {agent} END, false, {ts} FROM n
"""
WAITS = """
INSERT INTO waits (team_id, channel, root_ts, from_ts, first, target_s, started_at, ended_at, ended_by, ended_user,
  team, working_s, after_hours, owner, next_nudge_at)
{numbers} SELECT {team}, {channel}, {ts}, {ts}, true, 3600, {started}, {ended}, {if_ended} 'answer' END,
  {if_ended} {agent} END, 'care', {if_ended} {took} END, {if_ended} false END, {agent}, {later} FROM n
"""
