"""Where a replay plays: a database that is thrown away, with a workspace in it made of what the export says."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory

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
from bot.store.tables import metadata

LONG_AGO = datetime(1970, 1, 1, tzinfo=UTC)  # before anything in an export


@contextmanager
def database() -> Iterator[Db]:
    """A database on disk, gone afterwards however it ends."""
    with TemporaryDirectory(prefix="carecue-replay-") as folder:
        db = Db(f"sqlite:///{Path(folder) / 'replay.db'}")
        event.listen(db.engine, "connect", _in_haste)
        try:
            metadata.create_all(db.engine)
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


def _in_haste(connection: DBAPIConnection, _entry: ConnectionPoolEntry) -> None:
    connection.cursor().execute("PRAGMA synchronous=OFF")  # nobody misses it after a crash
