"""INSERT .. ON CONFLICT, which SQLite and PostgreSQL spell alike and SQLAlchemy keeps apart."""

from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from sqlalchemy import Connection, Executable, Table
from sqlalchemy.dialects import postgresql, sqlite

from bot.store.db import is_sqlite


def new(tx: Connection, table: Table) -> sqlite.Insert | postgresql.Insert:
    """An insert that knows ON CONFLICT, in the dialect spoken here."""
    return insert_into(is_sqlite(tx), table)


def upsert(tx: Connection, table: Table, rows: Sequence[Mapping[str, Any]], keep: Sequence[str] | None = ()) -> None:
    """Insert rows by primary key; of one that exists, replace all but the columns to `keep` (None: keep it whole).

    All rows name the same columns.
    """
    if rows:
        kept = None if keep is None else tuple(keep)
        tx.execute(_upsert(is_sqlite(tx), table, tuple(rows[0]), kept), list(rows))


@cache
def _upsert(on_sqlite: bool, table: Table, given: tuple[str, ...], keep: tuple[str, ...] | None) -> Executable:
    statement = insert_into(on_sqlite, table)
    key = [column.name for column in table.primary_key]
    fresh = {name: statement.excluded[name] for name in sorted(set(given) - set(key) - set(keep or ()))}
    if keep is None or not fresh:
        return statement.on_conflict_do_nothing(index_elements=key)
    return statement.on_conflict_do_update(index_elements=key, set_=fresh)


def insert_into(on_sqlite: bool, table: Table) -> sqlite.Insert | postgresql.Insert:
    """As `new`, for statements that are made once."""
    return sqlite.insert(table) if on_sqlite else postgresql.insert(table)
