"""The indexes that a release adds to PostgreSQL's tables, made before its migrations and while others write.

Within a migration an index locks its table for as long as all rows take to read, and nothing can be acknowledged to
Slack meanwhile.
"""

import time
from collections.abc import Iterator
from contextlib import suppress
from datetime import timedelta

from sqlalchemy import (
    ColumnElement,
    Connection,
    Engine,
    Index,
    MetaData,
    column,
    func,
    inspect,
    literal_column,
    select,
    table,
    text,
)
from sqlalchemy.exc import ProgrammingError
from sqlalchemy.schema import CreateIndex

from bot.store.tables import metadata

LOCK = 0xCA4EC0F  # any number that nothing else in the database locks


def make(engine: Engine, patience: timedelta) -> None:
    """Those of tables and columns that there are. One process does it; others look again after `patience`."""
    with engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        # Never waited for inside the database: what makes an index waits for whoever waits there.
        while not server.scalar(select(func.pg_try_advisory_lock(LOCK))):
            time.sleep(patience.total_seconds())
        try:
            for index in list(missing(server)):
                with suppress(
                    ProgrammingError
                ):  # it also asks for a column that only a migration makes, and which does
                    server.execute(_beside_others(index))
        finally:
            server.execute(select(func.pg_advisory_unlock(LOCK)))


def missing(server: Connection) -> Iterator[Index]:
    """Of tables and columns that there are. One that was broken off in the making is taken away first."""
    _clear(server)
    inspector = inspect(server)
    for name in set(inspector.get_table_names()) & set(metadata.tables):
        made = {one["name"] for one in inspector.get_indexes(name)}
        columns = {one["name"] for one in inspector.get_columns(name)}
        for index in sorted(metadata.tables[name].indexes, key=lambda one: str(one.name)):
            if index.name not in made and {one.name for one in index.columns} <= columns:
                yield index


def _clear(server: Connection) -> None:
    """Of ours alone: an index that somebody else is making there is not valid yet, either."""
    ours = {index.name for made in metadata.tables.values() for index in made.indexes}
    broken = table("pg_index", column("indexrelid"), column("indisvalid"))
    name: ColumnElement[str] = literal_column("indexrelid::regclass::text")
    found = server.execute(select(name).select_from(broken).where(broken.c.indisvalid.is_(False))).scalars().all()
    for index in ours.intersection(found):
        server.execute(text(f"DROP INDEX CONCURRENTLY IF EXISTS {index}"))


def _beside_others(index: Index) -> CreateIndex:
    assert index.table is not None
    copies = index.table.to_metadata(MetaData()).indexes
    (copy,) = (one for one in copies if one.name == index.name)
    copy.dialect_options["postgresql"]["concurrently"] = True
    return CreateIndex(copy, if_not_exists=True)
