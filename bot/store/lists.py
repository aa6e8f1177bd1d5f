"""Many values as one parameter: a JSON list that the database opens.

An IN of row values makes SQLite read the whole workspace and PostgreSQL guess, and an IN of so many parameters is
another statement for every length. With a list, a statement is made once, and uses its index on both.
"""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import UTC, datetime
from functools import cache
from operator import itemgetter
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    Column,
    ColumnElement,
    Connection,
    DateTime,
    Dialect,
    Insert,
    Select,
    Subquery,
    Text,
    bindparam,
    cast,
    column,
    func,
    select,
    true,
    tuple_,
)

from bot.store.columns import UtcDateTime
from bot.store.db import is_sqlite

OF = "of_"  # before the name of a column, which a parameter may not have


def packed(values: Iterable[str | int | tuple[str, ...]]) -> str:
    """The parameter: these values, each once and in order."""
    return json.dumps(sorted(set(values)))


def write(tx: Connection, statement: Insert, rows: Sequence[Mapping[str, Any]]) -> None:
    """Run a statement made of `rows`, for all of these: rows of texts, numbers, booleans and moments.

    PostgreSQL takes them in one parameter; SQLite runs it for each, which is less work for it than to open a list.
    """
    if not rows:
        return
    if not is_sqlite(tx):
        told = [{name: value for name, value in row.items() if value is not None} for row in rows]
        tx.execute(statement, {"rows": _ENCODED(told)})
        return
    sql, picked, moments = _for_one(statement, tx.dialect)
    if moments:
        rows = [{**row, **{name: _plain(row[name]) for name in moments}} for row in rows]
    tx.exec_driver_sql(sql, list(map(picked, rows)))


@cache
def _for_one(statement: Insert, dialect: Dialect) -> tuple[str, "itemgetter[Any]", tuple[str, ...]]:
    """As SQLite is told it; the columns that it takes, in this order; and those of them that are moments."""
    compiled = statement.compile(dialect=dialect)
    names = [name.removeprefix(OF) for name in compiled.positiontup or ()]
    moments = {name.removeprefix(OF) for name, bind in compiled.binds.items() if isinstance(bind.type, UtcDateTime)}
    return str(compiled), itemgetter(*names), tuple(moments)


def _plain(value: object) -> object:
    return _as_stored(value) if isinstance(value, datetime) else value


def texts(on_sqlite: bool, name: str) -> Select[str]:
    """The texts in the parameter `name`."""
    given = bindparam(name, type_=Text)
    if on_sqlite:
        return select(func.json_each(given).table_valued("value").c.value)
    each = func.json_array_elements_text(cast(given, JSON)).table_valued("value").render_derived()
    return select(each.c.value)


def numbers(on_sqlite: bool, name: str) -> Select[int]:
    """The numbers in the parameter `name`."""
    return select(cast(texts(on_sqlite, name).subquery().c.value, BigInteger))


def pairs(on_sqlite: bool, name: str) -> Select[str, str]:
    """The pairs of texts in the parameter `name`."""
    return _tuples(on_sqlite, name, "first", "second")


def triples(on_sqlite: bool, name: str) -> Select[str, str, str]:
    """The same for three."""
    return _tuples(on_sqlite, name, "first", "second", "third")


def _tuples(on_sqlite: bool, name: str, *parts: str) -> Select[Any]:
    given = bindparam(name, type_=Text)
    if on_sqlite:
        value = func.json_each(given).table_valued("value").c.value
        return select(*(func.json_extract(value, f"$[{at}]").label(part) for at, part in enumerate(parts)))
    each = func.json_array_elements(cast(given, JSON)).table_valued("value").render_derived()
    return select(*(each.c.value.op("->>")(at).label(part) for at, part in enumerate(parts)))


def of_pairs(on_sqlite: bool, wanted: Select[Any], first: Column[str], second: Column[str], name: str) -> Select[Any]:
    """What is `wanted`, of the rows that have a pair of the parameter `name` in these two columns."""
    if on_sqlite:
        return wanted.where(tuple_(first, second).in_(pairs(True, name)))
    given = pairs(False, name).subquery()
    return for_each(given, wanted.where(first == given.c.first, second == given.c.second).offset(0))


def for_each(given: Subquery, wanted: Select[Any]) -> Select[Any]:
    """What is `wanted` of each row that is given, one after the other: LATERAL, which SQLite does not know.

    PostgreSQL plans a statement once, often for a table that has just begun to grow; left to itself it would go on
    reading the whole of it. An OFFSET or a LIMIT in `wanted` keeps it from turning this into a join of its choice.
    """
    each = wanted.lateral()
    return select(each).select_from(given.join(each, true()))


def rows(on_sqlite: bool, columns: Sequence[Column[Any]]) -> Select[Any]:
    """These columns of the rows that `write` is given; fit to insert from."""
    if on_sqlite:
        # A SELECT that ON CONFLICT follows needs a WHERE, or SQLite takes the ON for a join's.
        return select(*[bindparam(OF + one.name, type_=one.type).label(one.name) for one in columns]).where(true())
    given = bindparam("rows", type_=Text)
    typed = [column(one.name, DateTime() if _is_moment(one) else one.type) for one in columns]
    row = func.json_to_recordset(cast(given, JSON)).table_valued(*typed).render_derived(with_types=True).c
    return select(*[_in_utc(row[one.name]) if _is_moment(one) else row[one.name] for one in columns])


def _is_moment(one: Column[Any]) -> bool:
    return isinstance(one.type, UtcDateTime)


def _in_utc(naive: ColumnElement[Any]) -> ColumnElement[Any]:
    return func.timezone("UTC", naive).label(naive.name)


def _as_stored(moment: datetime) -> str:
    """As SQLAlchemy has SQLite store moments."""
    return moment.astimezone(UTC).isoformat(" ", "microseconds")[:26]


_ENCODED = json.JSONEncoder(default=_as_stored, check_circular=False).encode  # json.dumps would make one for each list
