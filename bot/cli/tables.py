"""The tables for commands that look after all workspaces at once, and change nothing about the tables themselves."""

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection
from sqlalchemy.exc import SQLAlchemyError

from bot.cli.asking import refuse
from bot.settings import Settings
from bot.store import migrate
from bot.store.db import Db


@contextmanager
def tables(*, reads: bool = False) -> Iterator[Connection]:
    """A transaction. One that cannot be begun, or has older tables before it, is refused."""
    db = Db(Settings().database_url)
    try:
        with db.reading() if reads else db.begin() as tx:
            if not migrate.at_head(tx):
                refuse("The tables are not those of this release: run `carecue migrate`.")
            yield tx
    except SQLAlchemyError as error:
        cause = type(getattr(error, "orig", None) or error).__name__
        refuse(f"The database does not answer ({cause}): look at DATABASE_URL.")
    finally:
        db.close()
