"""The tables for commands that look after all workspaces at once, and change nothing about the tables themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.asking import refuse
from bot.settings import Settings
from bot.store import migrate
from bot.store.db import Db, away


@contextmanager
def tables(*, reads: bool = False) -> Iterator[Connection]:
    """A transaction. One that cannot be begun, or has older tables before it, is refused. Raises NewerDatabase."""
    db = Db(Settings().database_url)
    try:
        with db.reading() if reads else db.begin() as tx:
            migrate.checked(tx)
            if not migrate.at_head(tx):
                refuse("The tables are older than this release: run `carecue migrate`.")
            yield tx
    except SQLAlchemyError as error:
        refuse(away(error))
    finally:
        db.close()
