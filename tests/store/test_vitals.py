"""What is seen of the tables by who keeps CareCue running."""

from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import insert, select, text, update

from bot.store import listening, migrate, outbox, set_aside, uninstalls, vitals, workspaces
from bot.store.db import Db, is_sqlite
from bot.store.outbox import POST, Saying
from bot.store.set_aside import Thing
from bot.store.tables import ASIDE, waits
from bot.store.tables import outbox as table
from bot.store.vitals import Unsaid
from bot.store.workspaces import Installation

NOW = datetime(2026, 3, 2, 9, tzinfo=UTC)
LEASE = timedelta(minutes=1)


def minutes(count: float) -> timedelta:
    return timedelta(minutes=count)


def put(db: Db, key: str, ago: float = 0, due_in: float | None = None) -> None:
    due_at = None if due_in is None else NOW + minutes(due_in)
    with db.begin() as tx:
        outbox.put(tx, "T1", Saying(key, POST, f"C{key}", {}, due_at=due_at), NOW - minutes(ago))


def take(db: Db, key: str) -> Any:
    with db.begin() as tx:
        (row,) = [row for row in outbox.lease(tx, NOW, 100, LEASE) if row.key == key]
        return row


def unsaid(db: Db) -> Unsaid:
    with db.reading() as tx:
        return vitals.read(tx, NOW).unsaid


def test_of_an_empty_database_there_is_nothing_to_tell(db: Db) -> None:
    with db.reading() as tx:
        seen = vitals.read(tx, NOW)
    assert (seen.workspaces, seen.heard_until, seen.late, seen.unsaid) == (0, None, {}, Unsaid())


def test_what_is_due_is_told_from_what_is_put_off_and_the_oldest_has_its_time(db: Db) -> None:
    put(db, "now", ago=3)
    put(db, "before", ago=5)
    put(db, "tonight", ago=60, due_in=600)
    assert unsaid(db) == Unsaid(due=2, later=1, oldest=NOW - minutes(5))


def test_what_was_tried_and_waits_is_overdue_since_it_was_put(db: Db) -> None:
    """While Slack is away all rows are put off: their number must not look as if nothing was the matter."""
    put(db, "tried", ago=7)
    row = take(db, "tried")
    with db.begin() as tx:
        outbox.later(tx, row, NOW + minutes(30), "chat.postMessage: unclear")
    assert unsaid(db) == Unsaid(again=1, oldest=NOW - minutes(7))


def test_what_was_set_aside_is_counted_and_what_no_longer_needed_saying_is_not(db: Db) -> None:
    for key in ("refused", "needless", "said"):
        put(db, key)
        row = take(db, key)
        with db.begin() as tx:
            if key == "refused":
                outbox.failed(tx, row, "channel_not_found")
            elif key == "needless":
                outbox.dropped(tx, row, "answered")
            else:
                outbox.sent(tx, row, NOW)
    assert unsaid(db) == Unsaid(aside=1)


def test_a_sweep_is_late_by_the_first_that_it_should_have_taken(db: Db) -> None:
    with db.begin() as tx:
        for number, ago in enumerate((-5, 2, 9)):
            ts = f"{number}.0"
            facts = {"team_id": "T1", "channel": "C1", "root_ts": ts, "from_ts": ts, "first": True, "target_s": 60}
            times = {"started_at": NOW, "next_nudge_at": NOW - minutes(ago)}
            tx.execute(insert(waits).values(**facts, **times))
    with db.reading() as tx:
        assert vitals.read(tx, NOW).late == {"nudges": NOW - minutes(9)}
    with db.begin() as tx:
        tx.execute(update(waits).values(next_nudge_at=NOW + minutes(1)))
    with db.reading() as tx:
        assert vitals.read(tx, NOW).late == {}


def test_nothing_is_late_where_carecue_was_taken_out(db: Db) -> None:
    """What falls due there rests for the whole grace period: nobody is to be woken for it."""
    with db.begin() as tx:
        for team_id, ago in (("T1", 90), ("T2", 4)):
            workspaces.install(tx, Installation(team_id, team_id, "https://x.slack.com/"))
            facts = {"team_id": team_id, "channel": "C1", "root_ts": "1.0", "from_ts": "1.0", "first": True}
            times = {"target_s": 60, "started_at": NOW, "next_nudge_at": NOW - minutes(ago)}
            tx.execute(insert(waits).values(**facts, **times))
        uninstalls.note(tx, "T1", NOW)
    with db.reading() as tx:
        assert vitals.read(tx, NOW).late == {"nudges": NOW - minutes(4)}


def test_what_broke_is_counted_by_kind_once_it_is_given_up(db: Db) -> None:
    for kind, times in (("wait", 3), ("event", 3), ("people.learn", 1)):
        for time in range(times):
            with db.begin() as tx:
                set_aside.note(tx, Thing("T1", kind, "1"), LookupError(), "1a2b3c4d", NOW - minutes(5 * (times - time)))
    with db.reading() as tx:
        assert vitals.read(tx, NOW).aside == {"wait": 1, "event": 1}
        assert vitals.read(tx, NOW + timedelta(days=1)).aside == {"event": 1}  # the wait was tried, and went well


def test_slack_was_heard_where_it_was_heard_least_and_where_carecue_still_is(db: Db) -> None:
    for team_id, ago in (("T1", 1), ("T2", 8), ("T3", 99)):
        with db.begin() as tx:
            workspaces.install(tx, Installation(team_id, team_id, "https://x.slack.com/"))
            listening.keep(tx, team_id, NOW - minutes(ago))
    with db.begin() as tx:
        uninstalls.note(tx, "T3", NOW)
    with db.reading() as tx:
        seen = vitals.read(tx, NOW)
    assert (seen.workspaces, seen.heard_until) == (2, NOW - minutes(8))


def test_what_was_set_aside_is_found_by_an_index_alone(new_db: Db) -> None:
    for number in range(300):
        put(new_db, f"{number}")
    with new_db.begin() as tx:
        tx.execute(update(table).values(due_at=None, sent_at=NOW))
        query = select(table.c.id).where(text(ASIDE)).order_by(table.c.id.desc()).limit(20)
        if not is_sqlite(tx):
            tx.execute(text("ANALYZE outbox"))
        said = str(query.compile(tx.engine, compile_kwargs={"literal_binds": True}))
        plan = " ".join(map(str, tx.execute(text(f"EXPLAIN {'QUERY PLAN ' if is_sqlite(tx) else ''}{said}"))))
    assert "ix_outbox_aside" in plan


def test_tables_of_an_older_release_do_not_serve(db: Db) -> None:
    with db.begin() as tx:
        tx.execute(text("CREATE TABLE IF NOT EXISTS alembic_version (version_num VARCHAR(32))"))
        tx.execute(text("DELETE FROM alembic_version"))
        tx.execute(text("INSERT INTO alembic_version VALUES ('0008')"))
        assert not vitals.read(tx, NOW).is_current
        tx.execute(text("UPDATE alembic_version SET version_num = :to"), {"to": migrate.head()})
        assert vitals.read(tx, NOW).is_current
