"""Bring a database's tables to where this release wants them; any number of processes may try at once.

Alembic is loaded only where there is something to do: a start waits for no more than one look at the database.
"""

import time
from datetime import timedelta
from importlib import resources

from sqlalchemy import Connection, Engine, column, func, inspect, select, table
from sqlalchemy.exc import OperationalError

from bot.store.db import is_sqlite

LOCK = 0xCA4EC0E  # any number that nothing else in the database locks
PATIENCE = timedelta(seconds=2)  # for a table in use; nobody else gets at it meanwhile
TRIES = 30
IN_USE = ("55P03", "40P01")  # PostgreSQL's lock_not_available and deadlock_detected
OVERLAPS = "0008"  # from these tables on, a release serves while the next one's migrations run
AT = table("alembic_version", column("version_num"))


class NewerDatabase(RuntimeError):
    """A newer release has been here: this one does not know the tables."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is at {revision}, this CareCue knows up to {head()}: run the newer release")


def upgrade(engine: Engine, patience: timedelta = PATIENCE) -> str:
    """Run the migrations that are missing, all or none; the revision that the database is at then.

    A table that is altered waits for whoever uses it, and everybody else for the table: so it is waited for no longer
    than `patience`, and tried again. Raises NewerDatabase, and what the database raised where it never comes free.

    The engine is that of `bot.store.db.Db`, whose transactions on SQLite hold the file from their beginning.
    """
    with engine.begin() as tx:
        revision = checked(tx)
    if revision and revision >= head():
        return revision
    if revision and revision >= OVERLAPS and engine.dialect.name == "postgresql":
        from bot.store import indexes_ahead

        indexes_ahead.make(engine, patience)
    for tries_left in reversed(range(TRIES)):
        try:
            return _upgraded(engine, patience)
        except OperationalError as error:
            if not tries_left or getattr(error.orig, "sqlstate", None) not in IN_USE:
                raise
            time.sleep(patience.total_seconds())
    raise AssertionError("the last try returns or raises")


def _upgraded(engine: Engine, patience: timedelta) -> str:
    with engine.begin() as tx:
        if not is_sqlite(tx):
            tx.execute(select(func.pg_advisory_xact_lock(LOCK)))
            tx.execute(select(func.set_config("lock_timeout", f"{patience.total_seconds() * 1000:.0f}ms", True)))
        revision = checked(tx)
        if revision is None or revision < head():
            _run_missing(tx)
            return head()
        return revision


def checked(tx: Connection) -> str | None:
    """The revision that the database is at; None before the first migration. Raises NewerDatabase."""
    revision = current(tx)
    if revision and not _is_known(revision):
        raise NewerDatabase(revision)
    return revision


def head() -> str:
    """The revision that this release wants."""
    return revisions()[-1]


def revisions() -> list[str]:
    """All that this release knows, oldest first: the file of each is named after it."""
    files = resources.files("bot.store.migrations.versions").iterdir()
    return sorted(file.name.partition("_")[0] for file in files if file.name[0].isdigit())


def current(tx: Connection) -> str | None:
    """The revision that the database is at; None before the first migration."""
    return tx.execute(select(AT.c.version_num)).scalar() if inspect(tx).has_table(AT.name) else None


def at_head(tx: Connection) -> bool:
    """Whether no migration is missing, and none is there that this release cannot know of."""
    revision = current(tx)
    return revision is not None and revision >= head() and _is_known(revision)


def _is_known(revision: str) -> bool:
    """Of this release, or the next one: that only adds, and takes away what ours does not use any more.

    So a process that dies while the next release is put in place can start again, and one release can be gone back.
    """
    return revision in revisions() or revision == f"{int(head()) + 1:04}"


def _run_missing(tx: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = tx
    command.upgrade(config, "head")
