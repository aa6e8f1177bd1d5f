"""Where a replay plays: a database that is thrown away, with a workspace in it made of what the export says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from sqlalchemy import Connection, event
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.pool import ConnectionPoolEntry

from bot.domain.conversations import Side
from bot.domain.people import side
from bot.domain.setup import Setup, Team
from bot.replay.export import Export, our_enterprise
from bot.replay.options import Options
from bot.store import channels, people, workspaces
from bot.store.db import Db
from bot.store.tables import metadata, waits

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # before anything in an export
CACHE = 8 * 1024  # KiB of the database in memory, of each of several processes


@contextmanager
def database(file: Path) -> Iterator[Db]:
    """A database in this file, which is not kept; made where it is not there yet."""
    fresh = not file.exists()
    db = Db(f"sqlite:///{file}")
    event.listen(db.engine, "connect", _in_haste)
    try:
        if fresh:
            metadata.create_all(db.engine)
            _drop_what_nobody_asks(db)
        yield db
    finally:
        db.close()


def install(tx: Connection, export: Export, team_id: str, options: Options) -> None:
    """One team looks after every channel: each counts as shared with customers."""
    team = Team("care", "Care", week=options.week)
    workspaces.install(tx, workspaces.Installation(team_id, team_id, "", our_enterprise(export, team_id)))
    workspaces.save_setup(tx, team_id, Setup(teams=(team,), targets=options.targets))
    people.save_many(tx, team_id, export.people, LONG_AGO)
    for channel, name in export.channels.items():
        shared = channels.Facts(channel, name, False, True, False, False, True)
        channels.save_channel(tx, team_id, shared, LONG_AGO)


def our_people(export: Export, team_id: str) -> tuple[str, ...]:
    """Who may be nudged."""
    enterprise = our_enterprise(export, team_id)
    return tuple(p.user for p in export.people if side(p, team_id, enterprise) is Side.OURS)


def _drop_what_nobody_asks(db: Db) -> None:
    """The indexes of waits are for sweeps, lists and figures: here nobody asks for these, and to keep them costs."""
    with db.begin() as tx:
        for index in waits.indexes:
            index.drop(tx)


def _in_haste(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    cursor = connection.cursor()
    for pragma in ("synchronous=OFF", "locking_mode=EXCLUSIVE", f"cache_size=-{CACHE}"):
        cursor.execute(f"PRAGMA {pragma}")  # nobody misses it after a crash, and nobody else reads it
    cursor.close()
