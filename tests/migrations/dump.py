"""Keep the tables as a release leaves them, with a row in each, so that later releases can prove that they bring
them along.

    python -m tests.migrations.dump 0001_walking_product

writes `0001_walking_product.sqlite.sql` and `0001_walking_product.postgresql.sql` beside this file, from
`bot.store.tables`, to which `tests/store/test_migrations.py` holds the migrations. Once a release is out, its dumps
stay as they are.
"""

import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from alembic.runtime.migration import MigrationContext
from sqlalchemy import JSON, BigInteger, Boolean, Dialect, Integer, Table, Text, insert, text
from sqlalchemy.engine import URL
from sqlalchemy.schema import CreateIndex, CreateTable
from sqlalchemy.sql.base import Executable
from sqlalchemy.sql.ddl import ExecutableDDLElement
from sqlalchemy.types import TypeEngine

from bot.store import migrate
from bot.store.tables import UtcDateTime, metadata

HERE = Path(__file__).parent
DIALECTS = ("sqlite", "postgresql")
SAMPLES: dict[type[TypeEngine[Any]], Any] = {
    Text: "something",
    Boolean: True,
    Integer: 1,
    BigInteger: 1,
    JSON: text("'{}'"),
    UtcDateTime: datetime(2026, 3, 2, 9, 30, 0, 250_000, UTC),
}


def write(name: str) -> None:
    for suffix in DIALECTS:
        dialect = URL.create(suffix).get_dialect()()
        said = (f"{_text(statement, dialect)};\n" for statement in _statements(dialect))
        (HERE / f"{name}.{suffix}.sql").write_text("\n".join(said))


def _statements(dialect: Dialect) -> Iterator[Any]:
    version = MigrationContext.configure(dialect=dialect).impl.version_table_impl(
        version_table="alembic_version", version_table_schema=None, version_table_pk=True
    )
    yield CreateTable(version)
    yield insert(version).values(version_num=migrate.head())
    for table in metadata.sorted_tables:
        yield CreateTable(table)
        yield from (CreateIndex(index) for index in sorted(table.indexes, key=lambda index: str(index.name)))
        yield _row(table)


def _row(table: Table) -> Executable:
    """A value in every column; ids count themselves."""
    given = [column for column in table.columns if column.autoincrement is not True]
    return insert(table).inline().values({column: SAMPLES[type(column.type)] for column in given})


def _text(statement: Any, dialect: Dialect) -> str:
    options = {} if isinstance(statement, ExecutableDDLElement) else {"compile_kwargs": {"literal_binds": True}}
    lines = str(statement.compile(dialect=dialect, **options)).strip().splitlines()
    return "\n".join(line.rstrip().replace("\t", "    ") for line in lines)


if __name__ == "__main__":
    write(sys.argv[1])
