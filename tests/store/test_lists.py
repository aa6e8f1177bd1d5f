"""Many values as one parameter, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select

from bot.store import lists
from bot.store.db import Db, is_sqlite
from bot.store.tables import moves, waits

AWKWARD = ['say "hi"', "it's", "\\", "ü 🎉", "1", ""]


@pytest.mark.parametrize("values", [[], ["C1"], AWKWARD, [f"C{number}" for number in range(2_000)]])
def test_texts_come_out_as_they_went_in(db: Db, values: list[str]) -> None:
    with db.begin() as tx:
        found = tx.execute(lists.texts(is_sqlite(tx), "values"), {"values": lists.packed(values)}).scalars()
        assert sorted(found) == sorted(values)


def test_numbers_come_out_as_numbers(db: Db) -> None:
    with db.begin() as tx:
        found = tx.execute(lists.numbers(is_sqlite(tx), "values"), {"values": lists.packed([3, 2**40, 3])}).scalars()
        assert sorted(found) == [3, 2**40]


def test_pairs_come_out_as_pairs(db: Db) -> None:
    pairs = [("C1", text) for text in AWKWARD]
    with db.begin() as tx:
        found = tx.execute(lists.pairs(is_sqlite(tx), "places"), {"places": lists.packed(pairs)})
        assert sorted((row[0], row[1]) for row in found) == sorted(pairs)


def test_rows_from_a_list_are_as_rows_stored_one_by_one(db: Db) -> None:
    at = datetime(2026, 3, 2, 9, 0, 0, 120, tzinfo=timezone(timedelta(hours=5, minutes=30)))
    row = {"team_id": "T1", "channel": "C1", "root_ts": "1.000001", "from_ts": "1.000001", "first": True}
    row |= {"target_s": 3600, "started_at": at, "ended_at": None, "owner": 'it\'s "Ü"'}
    with db.begin() as tx:
        tx.execute(insert(waits).values(row))
        kept = _waits(tx)
        tx.execute(waits.delete())
        columns = [waits.c[name] for name in row]
        lists.write(tx, insert(waits).from_select(columns, lists.rows(is_sqlite(tx), columns)), [row])
        assert _waits(tx) == kept
        assert tx.execute(select(waits.c.started_at).where(waits.c.started_at == at)).scalar() == at.astimezone(UTC)


def _waits(tx: Connection) -> list[dict[str, Any]]:
    return [{**row, "id": None} for row in tx.execute(select(waits)).mappings()]


def test_pairs_are_looked_up_one_by_one_in_a_table_of_which_nothing_is_known_yet(new_db: Db) -> None:
    with new_db.begin() as tx:
        wanted = select(moves.c.ts).where(moves.c.team_id == "T1")
        found = lists.of_pairs(is_sqlite(tx), wanted, moves.c.channel, moves.c.root_ts, "places").params(places="[]")
        explain = "EXPLAIN QUERY PLAN" if is_sqlite(tx) else "EXPLAIN"
        sql = found.compile(tx, compile_kwargs={"literal_binds": True})
        plan = " ".join(str(row[-1]) for row in tx.exec_driver_sql(f"{explain} {sql}"))
    assert "ix_moves_team_id_root_ts_channel (team_id=? AND root_ts=? AND channel=?)" in plan or "Nested Loop" in plan
    assert "Seq Scan" not in plan, plan


def test_what_was_looked_up_is_what_has_the_pair(db: Db) -> None:
    row = {"team_id": "T1", "kind": "ours", "user_id": "U1", "about": "", "needs_reply": True, "reason": ""}
    row |= {"threaded": False}
    places = [("C1", "1.0"), ("C1", "2.0"), ("C2", "1.0")]
    with db.begin() as tx:
        tx.execute(insert(moves), [row | {"channel": c, "ts": ts, "root_ts": ts} for c, ts in places])
        wanted = select(moves.c.channel, moves.c.ts).where(moves.c.team_id == "T1")
        here = lists.of_pairs(is_sqlite(tx), wanted, moves.c.channel, moves.c.root_ts, "places")
        found = tx.execute(here, {"places": lists.packed([("C1", "1.0"), ("C2", "1.0"), ("C2", "2.0")])}).all()
        assert sorted(map(tuple, found)) == [("C1", "1.0"), ("C2", "1.0")]
