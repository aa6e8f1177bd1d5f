"""Rows that have grown old: found by whoever only reads, and deleted by their keys, a few at a time.

So nobody who writes waits for a search. A condition is asked again where rows are deleted, for what has happened since.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    Column,
    ColumnElement,
    Connection,
    Delete,
    Table,
    Text,
    and_,
    bindparam,
    delete,
    select,
    true,
)

Key = tuple[Any, ...]
Keys = Sequence[Key]
Named = Callable[[datetime], object]  # what a text column calls a moment: a day, a week


def delete_rows(tx: Connection, table: Table, keys: Keys, still: ColumnElement[bool] | None = None) -> None:
    """Delete the rows with these primary keys, as far as they are `still` so."""
    if keys:
        names = [f"key_{column.name}" for column in table.primary_key]
        statement = _by_key(table) if still is None else _by_key(table).where(still)
        tx.execute(statement, [dict(zip(names, key, strict=True)) for key in keys])


@cache
def _by_key(table: Table) -> Delete:
    """One row after another: SQLite would read the whole workspace for a list of keys."""
    each = (column == bindparam(f"key_{column.name}", type_=column.type) for column in table.primary_key)
    return delete(table).where(and_(*each))


@dataclass(frozen=True, slots=True)
class Old:
    """Rows of one table that are old by one of their columns, which may be a text that begins with the day."""

    at: Column[Any]
    only: ColumnElement[bool] = true()
    named: Named = datetime.isoformat

    def find(self, tx: Connection, team_id: str, before: datetime, limit: int, _after: Key | None) -> Sequence[Any]:
        """Their keys, at most `limit`."""
        table = self.at.table
        here = (table.c.team_id == team_id) & self._is_old(before)
        return tx.execute(select(*table.primary_key).where(here).limit(limit)).all()

    def drop(self, tx: Connection, _team_id: str, keys: Keys, before: datetime) -> None:
        """Delete those of them that are old still."""
        delete_rows(tx, self.at.table, keys, self._is_old(before))

    def _is_old(self, before: datetime) -> ColumnElement[bool]:
        limit = self.named(before) if isinstance(self.at.type, Text) else before
        return (self.at < limit) & self.only
