"""Many values as one parameter, on both databases."""

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
from sqlalchemy import Connection, insert, select, tuple_

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
        listed = insert(waits).from_select(columns, lists.rows(is_sqlite(tx), columns, "rows"))
        tx.execute(listed, {"rows": lists.packed_rows([row])})
        assert _waits(tx) == kept
        assert tx.execute(select(waits.c.started_at).where(waits.c.started_at == at)).scalar() == at.astimezone(UTC)


def _waits(tx: Connection) -> list[dict[str, Any]]:
    return [{**row, "id": None} for row in tx.execute(select(waits)).mappings()]


@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
def test_sqlite_looks_pairs_up_and_does_not_read_the_whole_workspace(db: Db) -> None:
    here = tuple_(moves.c.channel, moves.c.root_ts).in_(lists.pairs(True, "places"))
    with db.begin() as tx:
        wanted = select(moves.c.ts).where(moves.c.team_id == "T1", here).compile(tx)
        plan = tx.exec_driver_sql(f"EXPLAIN QUERY PLAN {wanted}", ("T1", "$[0]", "$[1]", "[]")).all()
    assert "team_id=? AND channel=? AND root_ts=?" in plan[0][-1]
