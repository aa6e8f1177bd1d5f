"""INSERT .. ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.db import is_sqlite


def new(tx: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows ON CONFLICT, in the dialect spoken here."""
    return sqlite.insert(table) if is_sqlite(tx) else postgresql.insert(table)


def upsert(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]], keep: Sequence[str] | None = ()) -> None:
    """Insert rows by primary key; of one that exists, replace all but the columns to `keep` (None: keep it whole).

    All rows name the same columns.
    """
    if not rows:
        return
    statement = new(tx, table)
    given = set(rows[0])
    key = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in sorted(given - set(key) - set(keep or ()))}
    if keep is None or not fresh:
        tx.execute(statement.on_conflict_do_nothing(index_elements=key), list(rows))
    else:
        tx.execute(statement.on_conflict_do_update(index_elements=key, set_=fresh), list(rows))
