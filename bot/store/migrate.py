"""Bring a database's tables to where this release wants them; any number of processes may try at once.

Alembic is loaded only where there is something to do: a start waits for no more than one look at the database.
"""

from importlib import resources

from sqlalchemy import Connection, Engine, column, func, inspect, select, table

from bot.store.db import is_sqlite

LOCK = 0xCA4EC0E  # any number that nothing else in the database locks
AT = table("alembic_version", column("version_num"))


class NewerDatabase(RuntimeError):
    """A newer release has been here: this one does not know the tables."""

    def __init__(self, revision: str) -> None:
        super().__init__(f"the database is at {revision}, this CareCue knows up to {head()}: run the newer release")


def upgrade(engine: Engine) -> None:
    """Run the migrations that are missing, all or none. Raises NewerDatabase.

    The engine is that of `bot.store.db.Db`, whose transactions on SQLite hold the file from their beginning.
    """
    with engine.begin() as tx:
        if not is_sqlite(tx):
            tx.execute(select(func.pg_advisory_xact_lock(LOCK)))
        revision = current(tx)
        if revision and revision not in revisions():
            raise NewerDatabase(revision)
        if revision != head():
            _run_missing(tx)


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
    """Whether no migration is missing."""
    return current(tx) == head()


def _run_missing(tx: Connection) -> None:
    from alembic import command
    from alembic.config import Config

    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    config.attributes["connection"] = tx
    command.upgrade(config, "head")
