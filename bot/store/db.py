"""The database: SQLite in a file, or PostgreSQL; `run` puts one function into one transaction."""

import asyncio
import re
import select
import sqlite3
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, contextmanager
from contextvars import copy_context
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.engine import make_url
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import DBAPIError, DisconnectionError, OperationalError, PendingRollbackError, SQLAlchemyError
from sqlalchemy.exc import TimeoutError as NoConnection
from sqlalchemy.pool import ConnectionPoolEntry, PoolProxiedConnection

Given = ParamSpec("Given")
Result = TypeVar("Result")

WORKERS = 4
WAL_TRIES = 50

# What PostgreSQL says (by class) and SQLite (by code) where another try may go well: the connection was lost, somebody
# else was in the way, there is no room, or the server goes down or comes up.
# Or the tables are not those of this release: 42.
_PASSING_STATES = ("08", "40", "42", "53", "55", "57", "58")
_PASSING_CODES = {
    *(sqlite3.SQLITE_BUSY, sqlite3.SQLITE_LOCKED, sqlite3.SQLITE_IOERR, sqlite3.SQLITE_FULL),
    *(sqlite3.SQLITE_CANTOPEN, sqlite3.SQLITE_READONLY, sqlite3.SQLITE_PROTOCOL, sqlite3.SQLITE_INTERRUPT),
}

# A server that vanishes without a word would else hold a thread for hours.
_KEEPALIVE = {
    "connect_timeout": "10",
    "keepalives_idle": "30",
    "keepalives_interval": "10",
    "keepalives_count": "3",
    "tcp_user_timeout": "30000",
}

_READS = "carecue reads"  # noted with a connection of whose transaction nothing is written


class Db:
    """Synchronous SQLAlchemy Core behind an async door. Errors of the work roll its transaction back and pass on."""

    def __init__(self, url: str) -> None:
        self.engine = _engine(url)
        self._workers = ThreadPoolExecutor(WORKERS, thread_name_prefix="db")

    def begin(self) -> AbstractContextManager[Connection]:
        """A transaction as a block, for synchronous callers."""
        return self.engine.begin()

    @contextmanager
    def reading(self) -> Iterator[Connection]:
        """The same for who only looks, and may take long: SQLite has one writer at a time, and others wait for it."""
        with self.engine.connect() as tx:
            tx.connection.info[_READS] = True
            try:
                with tx.begin():
                    yield tx
            finally:
                del tx.connection.info[_READS]

    async def read(
        self, work: Callable[Concatenate[Connection, Given], Result], *args: Given.args, **named: Given.kwargs
    ) -> Result:
        """What `work(tx, …)` finds, which writes nothing."""
        return await self._elsewhere(self.reading, lambda tx: work(tx, *args, **named))

    async def run(
        self, work: Callable[Concatenate[Connection, Given], Result], *args: Given.args, **named: Given.kwargs
    ) -> Result:
        """What `work(tx, …)` returns, after its transaction has been committed."""
        return await self._elsewhere(self.begin, lambda tx: work(tx, *args, **named))

    async def _elsewhere(
        self, begin: Callable[[], AbstractContextManager[Connection]], work: Callable[[Connection], Result]
    ) -> Result:
        def in_transaction() -> Result:
            with begin() as tx:
                return work(tx)

        # A thread of the pool would speak another language than whoever asks.
        here = copy_context()
        return await asyncio.get_running_loop().run_in_executor(self._workers, here.run, in_transaction)

    def close(self) -> None:
        """Wait for what runs, then let go of every connection."""
        self._workers.shutdown(wait=True)
        self.engine.dispose()


def is_sqlite(tx: Connection) -> bool:
    """Which of the two dialects is spoken here."""
    return tx.dialect.name == "sqlite"


def away(error: SQLAlchemyError) -> str:
    """The sentence for the engineer who runs CareCue, with what the database or its driver said of it.

    On one line, which holds no statement and no values; of an address it may hold the host, and never a password.
    """
    orig = getattr(error, "orig", None) or error
    said = str(orig).partition("\n")[0] if isinstance(error, OperationalError) else type(orig).__name__
    # A password that has an @ of its own is read as part of the host.
    told = re.sub(r"(?<![^\s'\"])[^\s'\"]*@", "", said)
    return f"The database does not answer ({told}): look at DATABASE_URL, and whether it runs; or try again later."


def is_away(error: BaseException) -> bool:
    """Whether the database could not do it now, whatever it was: nothing is wrong with what was to be written."""
    if isinstance(error, NoConnection | DisconnectionError | PendingRollbackError):
        return True
    if not isinstance(error, DBAPIError):
        return False
    if error.connection_invalidated:
        return True
    state, code = getattr(error.orig, "sqlstate", None), getattr(error.orig, "sqlite_errorcode", None)
    if state:
        return str(state).startswith(_PASSING_STATES)
    if code:
        return code & 0xFF in _PASSING_CODES or str(error.orig).startswith("no such ")
    return isinstance(error, OperationalError)


def _engine(url: str) -> Engine:
    parsed = make_url(url)
    # Without hide_parameters an error quotes the values of its row into the log.
    if parsed.get_backend_name() == "sqlite":
        engine = create_engine(parsed, hide_parameters=True, connect_args={"timeout": 30, "check_same_thread": False})
        event.listen(engine, "connect", _prepare_sqlite)
        # Not as a listener to "begin": engines with listeners look for them at every statement.
        engine.dialect.do_begin = _begin_sqlite  # type: ignore[assignment]
        return engine
    parsed = parsed.set(drivername="postgresql+psycopg", query=_KEEPALIVE | dict(parsed.query))
    engine = create_engine(parsed, hide_parameters=True, pool_size=WORKERS + 1)
    event.listen(engine, "checkout", _refuse_closed)
    return engine


def _refuse_closed(connection: Any, _entry: ConnectionPoolEntry, _proxy: PoolProxiedConnection) -> None:
    """A server that has hung up can be read to its end: seen without a question, which costs a way there and back."""
    news = select.poll()
    news.register(connection.fileno(), select.POLLIN)
    if news.poll(0):
        raise DisconnectionError


def _prepare_sqlite(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.isolation_level = None  # we say BEGIN ourselves
    cursor: Any = connection.cursor()
    _use_wal(cursor)
    for pragma in ("synchronous=FULL", "foreign_keys=ON", "temp_store=MEMORY"):
        cursor.execute(f"PRAGMA {pragma}")
    cursor.close()


def _use_wal(cursor: Any) -> None:
    """Of several that open a new file at once, SQLite fails all but one here: it waits for others only at BEGIN."""
    for tries_left in reversed(range(WAL_TRIES)):
        try:
            cursor.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError:
            if not tries_left:
                raise
            cursor.execute("BEGIN IMMEDIATE")
            cursor.execute("COMMIT")


def _begin_sqlite(connection: Any) -> None:
    # IMMEDIATE: two that read, then write, would else fail each other instead of queueing.
    connection.execute("BEGIN" if _READS in connection.info else "BEGIN IMMEDIATE")
