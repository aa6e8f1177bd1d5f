"""What is old goes, what is under way stays, figures stay what they were, and nobody waits long for any of it."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import fields, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from sqlalchemy import BigInteger, Integer, Text, event, func, insert, select

from bot.domain.moments import ts_of
from bot.domain.retention import Retention
from bot.store import old_conversations, statistics
from bot.store.db import Db
from bot.store.old_rows import Key
from bot.store.promise_tables import promises
from bot.store.retention import KINDS, Kind
from bot.store.tables import conversations, metadata, moves, nudges, waits
from tests import databases
from tests.migrations.dump import SAMPLES
from tests.store.test_statistics import AGENTS, MANY, NOW, OURS, TEAMS, WEEKS, ZONE, Desk, Row, thorough

LONG_AFTER = NOW + timedelta(days=60)
ZONES = {team.key: ZONE for team in TEAMS}  # in whose weeks the figures are counted


@pytest.fixture
def desk(db: Db) -> Desk:
    return Desk(db)


def to_the_minute(rows: Sequence[Row]) -> list[Row]:
    return [row | {name: _minute(row[name]) for name in ("started_at", "ended_at")} for row in rows]


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None


def talked(desk: Desk, rows: Sequence[Row]) -> None:
    """The conversations of these waits, with a move and a nudge each."""
    places = sorted({(row["channel"], row["root_ts"]) for row in rows})
    with desk.db.begin() as tx:
        for table in (conversations, moves, nudges, promises):
            tx.execute(table.delete())
        for channel, root_ts in places:
            last = max(row["from_ts"] for row in rows if (row["channel"], row["root_ts"]) == (channel, root_ts))
            place = {"team_id": OURS, "channel": channel, "root_ts": root_ts}
            tx.execute(insert(conversations), place | {"turn": "theirs", "last_ts": last, "customer": "U0ADA"})
            tx.execute(insert(moves), place | _move(root_ts))
        for row in tx.execute(select(waits)).all():
            told = {"team_id": OURS, "wait_id": row.id, "key": f"nudge:{row.id}", "say": "reply", "to": "U0ANA"}
            tx.execute(insert(nudges), told | {"created_at": row.started_at})


def _move(ts: str) -> dict[str, Any]:
    plain = {"needs_reply": True, "reason": "", "threaded": False}
    return plain | {"ts": ts, "kind": "theirs", "user_id": "U0ADA", "about": ts}


def let_go(desk: Desk, kind: Kind, before: datetime, limit: int = 7) -> int:
    """As the job does it."""
    gone, last = 0, list[Key]()
    while True:
        with desk.db.reading() as tx:
            keys: list[Key] = [tuple(row) for row in kind.find(tx, OURS, before, limit, last[-1] if last else None)]
        if not keys or keys == last:
            return gone
        with desk.db.begin() as tx:
            kind.drop(tx, OURS, keys, before)
        gone, last = gone + len(keys), keys


def unname(desk: Desk, before: datetime) -> None:
    with desk.db.begin() as tx:
        for one in list(old_conversations.answerers(tx, OURS, ZONES, before)):
            old_conversations.unname(tx, OURS, one)


def count(desk: Desk, table: Any) -> int:
    with desk.db.begin() as tx:
        return tx.execute(select(func.count()).select_from(table)).scalar_one()


def figures(desk: Desk) -> list[Any]:
    with desk.db.begin() as tx:
        weekly = [statistics.weekly(tx, desk.workspace, team.key, WEEKS, NOW) for team in TEAMS]
        loads = [statistics.load(tx, desk.workspace, team.key, WEEKS, NOW) for team in TEAMS]
    return weekly + loads


@thorough
@given(rows=MANY)
def test_the_figures_of_a_week_stay_when_its_conversations_go(desk: Desk, rows: list[Row]) -> None:
    """To a number; and nothing that is left names anybody, or any place."""
    rows = to_the_minute(rows)
    desk.hold(rows)
    talked(desk, rows)
    before = figures(desk)
    let_go(desk, KINDS[0], LONG_AFTER)
    unname(desk, LONG_AFTER)
    assert figures(desk) == before
    with desk.db.begin() as tx:
        left = tx.execute(select(waits).where(waits.c.ended_at.is_not(None))).all()
        still_open = {row.root_ts for row in tx.execute(select(waits).where(waits.c.ended_at.is_(None)))}
    figures_alone = [row for row in left if row.root_ts not in still_open]
    assert not [row for row in left if row.team and row.ended_user in AGENTS]
    assert {(row.channel, row.root_ts, row.last_answer_by, row.owner) for row in figures_alone} <= {
        ("", "", None, None)
    }


@thorough
@given(rows=MANY)
def test_only_the_conversations_of_those_who_still_wait_are_left(desk: Desk, rows: list[Row]) -> None:
    desk.hold(rows)
    talked(desk, rows)
    still_open = {row["root_ts"] for row in rows if row["ended_at"] is None}
    let_go(desk, KINDS[0], LONG_AFTER)
    with desk.db.begin() as tx:
        left = set(tx.execute(select(conversations.c.root_ts)).scalars())
        assert {row.root_ts for row in tx.execute(select(moves))} == left == still_open
        held = set(tx.execute(select(waits.c.id).where(waits.c.root_ts.in_(still_open))).scalars())
        assert set(tx.execute(select(nudges.c.wait_id)).scalars()) == held


def old_talk(desk: Desk, many: int, at: datetime = NOW - timedelta(days=500)) -> list[Row]:
    """So many questions that were answered at once, a minute apart."""
    rows = []
    for number in range(many):
        began = at + timedelta(minutes=number)
        row: Row = {"team_id": OURS, "channel": "C0ACME", "root_ts": ts_of(began), "from_ts": ts_of(began)}
        row |= {"team": "care", "started_at": began, "first": True, "target_s": 3600, "ended_by": "answer"}
        row |= {"ended_at": began + timedelta(minutes=1), "ended_user": "U0ANA", "working_s": 60, "after_hours": False}
        rows.append(row)
    desk.hold(rows)
    talked(desk, rows)
    return rows


def test_what_goes_on_stays_however_long_ago_it_began(desk: Desk) -> None:
    _, second, third = old_talk(desk, 3)
    with desk.db.begin() as tx:
        heard = conversations.update().where(conversations.c.root_ts == second["root_ts"])
        tx.execute(heard.values(last_ts=ts_of(NOW)))
        promised = {"team_id": OURS, "channel": "C0ACME", "root_ts": third["root_ts"], "ts": third["root_ts"]}
        tx.execute(insert(promises), promised | {"by": "U0ANA", "named": True, "due_at": NOW})
    assert let_go(desk, KINDS[0], NOW - timedelta(days=400)) == 1
    with desk.db.begin() as tx:
        left = set(tx.execute(select(conversations.c.root_ts)).scalars())
    assert left == {second["root_ts"], third["root_ts"]}


def test_what_goes_on_in_the_very_moment_stays(desk: Desk) -> None:
    """Between being found and going, the customer asks again."""
    (one,) = old_talk(desk, 1)
    before, kind = NOW - timedelta(days=400), KINDS[0]
    with desk.db.reading() as tx:
        keys = [tuple(row) for row in kind.find(tx, OURS, before, 7, None)]
    with desk.db.begin() as tx:
        tx.execute(conversations.update().values(last_ts=ts_of(NOW)))
        kind.drop(tx, OURS, keys, before)
    assert len(keys) == count(desk, conversations) == count(desk, moves) == 1
    assert one["channel"] == "C0ACME"


def test_figures_go_when_they_are_to(desk: Desk) -> None:
    old_talk(desk, 3)
    let_go(desk, KINDS[0], NOW)
    (kind,) = [kind for kind in KINDS if kind.name == "figures"]
    assert count(desk, waits) == 3
    assert kind.before(Retention(), NOW) is None
    let_go(desk, kind, kind.before(Retention(statistics=400), NOW) or NOW, limit=2)
    assert count(desk, waits) == 0


@contextmanager
def watched(db: Db) -> Iterator[list[tuple[str, Any]]]:
    """Every statement that is run meanwhile, with its values."""
    seen: list[tuple[str, Any]] = []

    def look(_conn: Any, _cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:
        seen.append((statement, parameters[0] if many else parameters))

    event.listen(db.engine, "before_cursor_execute", look)
    yield seen
    event.remove(db.engine, "before_cursor_execute", look)


@pytest.mark.parametrize("kind", KINDS, ids=[kind.name for kind in KINDS])
def test_nobody_waits_while_a_table_is_searched(tmp_path: Path, kind: Kind) -> None:
    """What is searched for is searched for by a reader; whoever holds SQLite's lock finds each row by its key."""
    db = Db(databases.on_sqlite(tmp_path))
    desk = Desk(db)
    with desk.db.begin() as tx:
        keys = [tuple("1" for _ in row) for row in [_key_of(kind)]] * 3
        with watched(desk.db) as seen:
            kind.drop(tx, OURS, keys, NOW)
        plans = [(sql, tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {sql}", values).all()) for sql, values in seen]
    db.close()
    assert plans
    for sql, plan in plans:
        scans = [row.detail for row in plan if row.detail.startswith("SCAN") and "SCAN CONSTANT" not in row.detail]
        assert not scans, (sql, scans)


def _key_of(kind: Kind) -> Sequence[Any]:
    """As many values as the kind's keys have: its table is told by how it finds them."""
    old = getattr(kind.find, "__self__", None)
    if old is not None:
        return list(old.at.table.primary_key)
    return list(conversations.primary_key) if kind.find is old_conversations.find else ["id"]


def test_every_kind_of_the_setup_is_held_to(desk: Desk) -> None:
    """Each number in [retention] has something that goes by it; the grace period is that of uninstalls."""
    nothing = Retention(None, None, None, None, None)
    for field in fields(Retention):
        if field.name != "grace":
            only = replace(nothing, **{field.name: 31})
            assert [kind for kind in KINDS if kind.before(only, NOW) != kind.before(nothing, NOW)], field.name


OLD: dict[str, dict[str, Any]] = {"overloads": {"since": None}, "kudos_posts": {"about": "kudos:1"}}
STAYS = {
    # who and where, as it is now
    *("workspaces", "people", "channels", "members", "user_groups", "departures", "rotas", "over_channels"),
    # what people chose
    *("presences", "digest_choices", "kudos_choices", "leader_choices", "prompt_choices", "silent_rules"),
    # what is under way, or goes by itself within days
    *("absences", "events", "outbox", "unresolved", "homes", "living_lists", "list_news", "listening", "gaps"),
    *("listened_channels", "setup_drafts", "erasures", "uninstalls", "first_runs", "channel_questions"),
    *("limits", "pulse_counts", "pulse_people", "installations", "oauth_states"),
}


def test_of_every_table_it_is_known_whether_what_is_in_it_goes(desk: Desk) -> None:
    """A row in each, all of them old: whoever adds a table says here that it stays, or in bot.store.retention when."""
    samples = SAMPLES | {Text: "1", BigInteger: 1, Integer: 1}
    with desk.db.begin() as tx:
        for table in metadata.sorted_tables:
            tx.execute(table.delete())
            row = {column.name: samples[type(column.type)] for column in table.columns}
            tx.execute(insert(table).values(row | OLD.get(table.name, {})))
    for kind in KINDS:
        let_go_of(desk, kind, "1")
    left = {table.name for table in metadata.sorted_tables if count(desk, table)}
    assert left <= STAYS, f"these stay for good: {left - STAYS}"


def let_go_of(desk: Desk, kind: Kind, team_id: str) -> None:
    before = datetime(2100, 1, 1, tzinfo=UTC)
    with desk.db.begin() as tx:
        keys = [tuple(row) for row in kind.find(tx, team_id, before, 7, None)]
        assert keys or kind.name == "questions of the pulse", kind.name
        kind.drop(tx, team_id, keys, before)
