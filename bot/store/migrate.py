"""Bring a database's tables to where this release wants them; any number of processes may try at once."""

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Engine, func, select

from bot.store.db import is_sqlite

LOCK = 0xCA4EC0E  # any number that nothing else in the database locks


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
        _refuse_newer(tx)
        config = _config()
        config.attributes["connection"] = tx
        command.upgrade(config, "head")


def head() -> str:
    """The revision that this release wants."""
    revision = _scripts().get_current_head()
    assert revision is not None
    return revision


def current(tx: Connection) -> str | None:
    """The revision that the database is at; None before the first migration."""
    return MigrationContext.configure(tx).get_current_revision()


def at_head(tx: Connection) -> bool:
    """Whether no migration is missing."""
    return current(tx) == head()


def _refuse_newer(tx: Connection) -> None:
    revision = current(tx)
    if revision and revision not in {script.revision for script in _scripts().walk_revisions()}:
        raise NewerDatabase(revision)


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    return config


def _scripts() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())
