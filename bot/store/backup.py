"""A SQLite database saved while it is written to, and put back in its place; PostgreSQL has its own tools for both."""

import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection, case, update
from sqlalchemy.engine import make_url

from bot.store import migrate
from bot.store.db import Db
from bot.store.tables import outbox

BESIDE = ("-wal", "-shm")  # what SQLite keeps in files of their own, and cannot do without
PATIENCE = 1.0  # seconds for a lock that is about to be let go of


class NoBackup(Exception):
    """It was not done, and nothing was changed; the message is a sentence for the engineer who runs CareCue."""


def file_of(url: str) -> Path | None:
    """The file that a SQLite address names; None for PostgreSQL."""
    parsed = make_url(url)
    if parsed.get_backend_name() != "sqlite":
        return None
    if parsed.database in (None, "", ":memory:"):
        raise NoBackup("This database is kept in memory: there is no file of it.")
    return Path(str(parsed.database))


def save(database: Path, file: Path) -> None:
    """All that was committed by now, in one file that is whole or not there. Holds up nobody who writes meanwhile.

    Only whoever runs this may read it. Raises NoBackup.
    """
    if not database.exists():
        raise NoBackup(f"There is no database {database}.")
    if file.exists() and file.samefile(database):
        raise NoBackup(f"{file} is the database itself.")
    with _made(file) as draft:
        _copy(database, draft)
    _keep(file.parent)


def put_back(file: Path, database: Path, now: datetime) -> Path | None:
    """The database is as it was when `file` was saved. Where what was there until now is kept; None if nothing was.

    Raises NoBackup: also where a process has the database open.
    """
    if not file.exists():
        raise NoBackup(f"There is no file {file}.")
    if database.exists() and file.samefile(database):
        raise NoBackup(f"{file} is the database itself.")
    kept = database.with_name(f"{database.name}.before-{now:%Y%m%dT%H%M%SZ}") if database.exists() else None
    with _alone(database), _made(database) as draft:
        _copy(file, draft)
        _revive(draft)
        if kept:
            _give(draft, database)
            _set_aside(database, kept)
    _keep(database.parent)
    return kept


def look_again(tx: Connection) -> None:
    """After a restore: what was about to be said may have been said since, so it is looked for in Slack first."""
    tried = case((outbox.c.attempts > 0, outbox.c.attempts), else_=1)
    tx.execute(update(outbox).where(outbox.c.due_at.is_not(None)).values(attempts=tried, leased_until=None))


@contextmanager
def _made(file: Path) -> Iterator[Path]:
    """A draft beside `file`, closed to others, that takes its place at the end, all at once."""
    draft = file.with_name(f"{file.name}.draft")
    try:
        for name in _all(draft):
            name.unlink(missing_ok=True)  # of a run that was killed
        os.close(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600))
        yield draft
        _keep(draft)
        draft.replace(file)
    except OSError as error:
        raise NoBackup(f"{file} cannot be written: {error.strerror}.") from None
    finally:
        for name in _all(draft):
            name.unlink(missing_ok=True)


def _copy(source: Path, target: Path) -> None:
    """In one step, and so of one moment: in several, SQLite begins anew whenever somebody writes in between."""
    try:
        with closing(_opened(source)) as of, closing(_opened(target)) as to:
            of.backup(to, pages=-1)
            to.execute("PRAGMA journal_mode=DELETE")  # one file, which can be read where nothing can be written
            (found,) = to.execute("PRAGMA quick_check(1)").fetchone()
            ours = to.execute("SELECT 1 FROM sqlite_master WHERE name = ?", (migrate.AT.name,)).fetchone()
    except sqlite3.Error as error:
        raise NoBackup(f"{source} cannot be read: {error}.") from None
    if found != "ok":
        raise NoBackup(f"{source} is damaged: {found}.")
    if ours is None:
        raise NoBackup(f"{source} is a database, but none of CareCue's.")


def _revive(draft: Path) -> None:
    db = Db(f"sqlite:///{draft}")
    try:
        migrate.upgrade(db.engine)
        with db.begin() as tx:
            look_again(tx)
    except migrate.NewerDatabase as newer:
        raise NoBackup(f"It is a newer release's: {newer}.") from None
    finally:
        db.close()
    with closing(_opened(draft)) as whole:
        whole.execute("PRAGMA journal_mode=DELETE")


@contextmanager
def _alone(database: Path) -> Iterator[None]:
    """Nobody else has it open, and all of it is in one file. A damaged one is nobody's to hold: it may be replaced."""
    if not database.exists():
        yield
        return
    with closing(_opened(database)) as here:
        try:
            here.execute("PRAGMA locking_mode=EXCLUSIVE")
            here.execute("PRAGMA journal_mode=DELETE")
        except sqlite3.OperationalError as error:
            raise NoBackup(f"CareCue runs on {database} ({error}): stop it first.") from None
        except sqlite3.DatabaseError:
            pass
        yield


def _give(draft: Path, database: Path) -> None:
    """To whom the database belongs, who need not be whoever runs this."""
    was = database.stat()
    os.chmod(draft, was.st_mode & 0o777)
    if (was.st_uid, was.st_gid) != (os.geteuid(), os.getegid()):
        os.chown(draft, was.st_uid, was.st_gid)


def _set_aside(database: Path, kept: Path) -> None:
    """The draft replaces the database itself, so that at no moment there is none."""
    os.link(database, kept)
    for end in BESIDE:
        with suppress(FileNotFoundError):
            Path(f"{database}{end}").rename(f"{kept}{end}")


def _opened(file: Path) -> sqlite3.Connection:
    """Never a new file."""
    return sqlite3.connect(f"{file.absolute().as_uri()}?mode=rw", uri=True, timeout=PATIENCE, isolation_level=None)


def _all(file: Path) -> list[Path]:
    return [file, *(Path(f"{file}{end}") for end in (*BESIDE, "-journal"))]


def _keep(path: Path) -> None:
    """On the disk, not only on its way there."""
    number = os.open(path, os.O_RDONLY)
    try:
        os.fsync(number)
    finally:
        os.close(number)
