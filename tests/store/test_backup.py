"""A backup taken while much is written has in it all that was acknowledged before, and comes back whole."""

import asyncio
import sqlite3
import subprocess
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager, closing, contextmanager
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import insert, select, text
from sqlalchemy.engine import make_url
from typer.testing import CliRunner, Result

from bot.__main__ import app
from bot.domain.arrivals import Account, Delivery, Posted
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.store import backup, migrate, outbox, people, workspaces
from bot.store.db import Db
from bot.store.tables import events, moves
from bot.store.tables import outbox as outbox_table
from bot.store.workspaces import Installation, Workspaces
from bot.store.writer import Writer

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OURS = "T0CARE"
SETUP = Setup(
    teams=(Team("care", "Care", agents=("U0ANA",)),), channels=(Channel("C0ACME", team="care", owner="U0ANA"),)
)
BEFORE = 300  # events that are acknowledged when the backup begins
WRITERS, TALKS = 40, 50

Restored = Callable[[], Db]  # gives the database that came out of the backup


def moved_in(db: Db) -> None:
    """A workspace with one team, and a customer who is known."""
    migrate.upgrade(db.engine)
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/", None, "U0BOT", "B0BOT"))
        workspaces.save_setup(tx, OURS, SETUP)
        for user, home in (("U0ANA", OURS), ("U0ADA", "T0ACME")):
            people.save(tx, OURS, Account(user, home, None, user, "UTC", False, False, False, False, False), MONDAY)


@pytest.fixture
def empty(database_url: str) -> Iterator[Db]:
    db = Db(database_url)
    moved_in(db)
    yield db
    db.close()


def said(number: int) -> Delivery:
    """A customer's message, in one of many threads."""
    ts, root = ts_of_number(number), ts_of_number(number % TALKS)
    return Delivery(OURS, f"Ev{number}", Posted("C0ACME", ts, root, "U0ADA", "T0ACME", False, (), ()))


def ts_of_number(number: int) -> str:
    return ts_of(MONDAY + timedelta(milliseconds=number))


class Load:
    """Events, as fast as they are acknowledged."""

    def __init__(self, db: Db) -> None:
        self._writer = Writer(db, Workspaces(), lambda: MONDAY, lambda: None)
        self._numbers = count()
        self.acknowledged: set[str] = set()
        self._more = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        stop = asyncio.Event()
        at_work = [asyncio.create_task(self._go_on(stop)) for _ in range(WRITERS)]
        try:
            yield
        finally:
            stop.set()
            await asyncio.gather(*at_work)

    async def reached(self, number: int) -> None:
        while len(self.acknowledged) < number:
            self._more.clear()
            await self._more.wait()

    async def _go_on(self, stop: asyncio.Event) -> None:
        while not stop.is_set():
            delivery = said(next(self._numbers))
            await self._writer.put(delivery)
            self.acknowledged.add(delivery.event_id)
            self._more.set()


async def test_a_backup_under_load_has_all_that_was_acknowledged_before(
    empty: Db, database_url: str, tmp_path: Path
) -> None:
    """And whatever else is in it is there as a whole: of no event only a part."""
    file, load = tmp_path / "saved", Load(empty)
    async with load.running():
        await load.reached(BEFORE)
        before = set(load.acknowledged)
        await asyncio.to_thread(saved, database_url, file)
        await load.reached(len(before) + 2 * WRITERS)  # and it goes on
    with came_back(empty, database_url, file) as db, db.begin() as tx:
        stored = set(tx.execute(select(events.c.event_id)).scalars())
        assert before <= stored <= load.acknowledged
        assert set(tx.execute(select(moves.c.ts)).scalars()) == {ts_of_number(int(id_[2:])) for id_ in stored}
        assert migrate.at_head(tx)


def saved(url: str, file: Path) -> None:
    """As docs/deploying.md says."""
    database = backup.file_of(url)
    if database:
        backup.save(database, file)
    else:
        run_tool(url, "pg_dump", "--format=custom", f"--file={file}", url)


@contextmanager
def came_back(busy: Db, url: str, file: Path) -> Iterator[Db]:
    """The backup, brought back into a database of its own, on which a release then starts."""
    with elsewhere(busy, url, file) as there:
        db = Db(there)
        try:
            migrate.upgrade(db.engine)
            yield db
        finally:
            db.close()


@contextmanager
def elsewhere(busy: Db, url: str, file: Path) -> Iterator[str]:
    if backup.file_of(url):
        database = file.with_name("elsewhere.db")
        assert backup.put_back(file, database, MONDAY) is None
        yield f"sqlite:///{database}"
        return
    target = make_url(url).set(database="elsewhere").render_as_string(hide_password=False)
    with busy.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as server:
        server.execute(text("CREATE DATABASE elsewhere"))
        try:
            run_tool(url, "pg_restore", "--no-owner", "--single-transaction", f"--dbname={target}", str(file))
            yield target
        finally:
            server.execute(text("DROP DATABASE elsewhere WITH (FORCE)"))


def run_tool(url: str, name: str, *words: str) -> None:
    """One that came with the server: a newer server's database cannot be dumped by an older tool."""
    db = Db(url)
    with db.begin() as tx:
        folder = tx.scalar(text("SELECT setting FROM pg_config WHERE name = 'BINDIR'"))
    db.close()
    subprocess.run([f"{folder}/{name}", *words], check=True, capture_output=True)


def test_what_was_about_to_be_said_is_looked_for_before_it_is_said(empty: Db) -> None:
    """It may have been said between the backup and the restore."""
    lease = timedelta(minutes=1)
    with empty.begin() as tx:
        for key in ("waits", "leased", "done"):
            outbox.put(tx, OURS, outbox.Saying(key, outbox.POST, f"C0{key}", {}), MONDAY)
        rows = {row.key: row for row in outbox.lease(tx, MONDAY, 10, lease)}
        outbox.sent(tx, rows["done"], MONDAY)
        outbox.later(tx, rows["waits"], MONDAY, "it was busy", untried=True)
        backup.look_again(tx)
        assert {row.key: row.attempts for row in outbox.lease(tx, MONDAY, 10, lease)} == {"waits": 2, "leased": 2}


# The command, on SQLite.


@pytest.fixture
def home(tmp_path: Path) -> Path:
    """A folder with a database in it that nobody has open."""
    db = Db(f"sqlite:///{tmp_path}/carecue.db")
    moved_in(db)
    db.close()
    return tmp_path


def run(home: Path, *words: object) -> Result:
    url = f"sqlite:///{home}/carecue.db"
    return CliRunner().invoke(app, list(map(str, words)), env={"CARECUE_DATABASE_URL": url})


def names(home: Path) -> set[str]:
    with closing(sqlite3.connect(home / "carecue.db")) as tx:
        return {user for (user,) in tx.execute("SELECT user_id FROM people")}


def change(home: Path) -> None:
    with closing(sqlite3.connect(home / "carecue.db")) as tx, tx:
        tx.execute("DELETE FROM people WHERE user_id = 'U0ADA'")


def test_a_database_comes_back_as_it_was_and_what_was_there_is_kept(home: Path) -> None:
    saved = run(home, "backup", home / "monday.db")
    assert saved.stdout == f"{home}/monday.db is written.\n"
    change(home)
    assert names(home) == {"U0ANA"}
    told = run(home, "restore", home / "monday.db", "--yes")
    assert told.exit_code == 0, told.output
    assert names(home) == {"U0ANA", "U0ADA"}
    (kept,) = home.glob("carecue.db.before-*")
    assert str(kept) in told.stdout
    with closing(sqlite3.connect(kept)) as tx:
        assert tx.execute("SELECT count(*) FROM people").fetchone() == (1,)
    assert {path.name for path in home.iterdir()} == {"carecue.db", "monday.db", kept.name}


def test_what_waits_in_a_backup_is_tried_as_if_it_had_been_before(home: Path) -> None:
    db = Db(f"sqlite:///{home}/carecue.db")
    with db.begin() as tx:
        tx.execute(insert(outbox_table).values(**ROW))
    db.close()
    run(home, "backup", home / "monday.db")
    run(home, "restore", home / "monday.db", "--yes")
    with closing(sqlite3.connect(home / "carecue.db")) as tx:
        assert tx.execute("SELECT attempts FROM outbox").fetchall() == [(1,)]


def test_a_backup_is_one_file_that_only_its_owner_may_read(home: Path) -> None:
    """Where it is opened, nothing needs to be written beside it."""
    run(home, "backup", home / "monday.db")
    assert (home / "monday.db").stat().st_mode & 0o777 == 0o600
    assert {path.name for path in home.iterdir()} == {"carecue.db", "monday.db"}
    with closing(sqlite3.connect(f"{(home / 'monday.db').as_uri()}?immutable=1", uri=True)) as tx:
        assert tx.execute("PRAGMA journal_mode").fetchone() == ("delete",)


def test_a_restored_database_belongs_to_whom_it_belonged(home: Path) -> None:
    (home / "carecue.db").chmod(0o640)
    run(home, "backup", home / "monday.db")
    run(home, "restore", home / "monday.db", "--yes")
    assert (home / "carecue.db").stat().st_mode & 0o777 == 0o640


def test_a_database_that_is_gone_comes_back(home: Path) -> None:
    run(home, "backup", home / "monday.db")
    (home / "carecue.db").unlink()
    assert run(home, "restore", home / "monday.db").exit_code == 0
    assert names(home) == {"U0ANA", "U0ADA"}


def test_a_damaged_database_is_replaced(home: Path) -> None:
    run(home, "backup", home / "monday.db")
    (home / "carecue.db").write_bytes(b"no database at all" * 500)
    (home / "carecue.db-wal").write_bytes(b"nor is this")
    assert run(home, "restore", home / "monday.db", "--yes").exit_code == 0
    assert names(home) == {"U0ANA", "U0ADA"}
    assert not (home / "carecue.db-wal").exists()


def test_nothing_is_restored_under_a_process_that_runs(home: Path) -> None:
    run(home, "backup", home / "monday.db")
    db = Db(f"sqlite:///{home}/carecue.db")
    with db.begin() as tx:
        tx.execute(insert(outbox_table).values(**ROW))
    refused = run(home, "restore", home / "monday.db", "--yes")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert f"CareCue runs on {home}/carecue.db" in refused.stderr
    with db.begin() as tx:
        assert outbox.pending(tx) == 1
    db.close()
    assert {path.name for path in home.iterdir()} == {"carecue.db", "monday.db"}


ROW = {
    "team_id": OURS,
    "key": "a",
    "method": outbox.POST,
    "target": "C1",
    "payload": {},
    "created_at": MONDAY,
    "due_at": MONDAY,
}


def _of_another(home: Path) -> None:
    with closing(sqlite3.connect(home / "file")) as tx:
        tx.execute("CREATE TABLE something (id)")


def _torn(home: Path) -> None:
    run(home, "backup", home / "file")
    whole = (home / "file").read_bytes()
    (home / "file").write_bytes(whole[: len(whole) // 2])


def _newer(home: Path) -> None:
    run(home, "backup", home / "file")
    with closing(sqlite3.connect(home / "file")) as tx, tx:
        tx.execute("UPDATE alembic_version SET version_num = '9999'")


@pytest.mark.parametrize(
    ("make", "why"),
    [
        (lambda home: None, "There is no file"),
        (lambda home: (home / "file").write_text("Dear diary"), "cannot be read: file is not a database"),
        (_of_another, "none of CareCue's"),
        (_torn, "malformed"),
        (_newer, "the database is at 9999"),
    ],
    ids=["nothing", "a text", "another program's", "torn", "a newer release's"],
)
def test_what_is_no_good_backup_changes_nothing(home: Path, make: Callable[[Path], Any], why: str) -> None:
    make(home)
    there = {path.name for path in home.iterdir()}
    refused = run(home, "restore", home / "file", "--yes")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert why in refused.stderr
    assert names(home) == {"U0ANA", "U0ADA"}
    assert {path.name for path in home.iterdir()} == there


def test_a_backup_writes_over_nothing_unasked(home: Path) -> None:
    run(home, "backup", home / "monday.db")
    change(home)
    assert run(home, "backup", home / "monday.db").exit_code == 2
    assert run(home, "backup", home / "monday.db", "--replace").exit_code == 0
    assert run(home, "backup", home / "carecue.db", "--replace").exit_code == 2
    assert "cannot be written" in run(home, "backup", home / "no" / "such" / "folder").stderr


def test_a_database_that_is_not_there_is_not_made_by_looking(home: Path) -> None:
    (home / "carecue.db").unlink()
    assert "There is no database" in run(home, "backup", home / "monday.db").stderr
    assert list(home.iterdir()) == []


def test_an_empty_database_is_no_backup(home: Path) -> None:
    """Somebody who asked for anything in the wrong folder has one there: to save that every night saves nothing."""
    (home / "carecue.db").write_bytes(b"")
    refused = run(home, "backup", home / "monday.db")
    assert (refused.exit_code, refused.stdout) == (2, "")
    assert refused.stderr == f"{home}/carecue.db is a database, but none of CareCue's.\n"
    assert {path.name for path in home.iterdir()} == {"carecue.db"}


def test_with_postgresql_its_own_tools_are_named(emptied_postgres: str) -> None:
    """After them, `carecue restore` does what is left to do."""
    env = {"CARECUE_DATABASE_URL": emptied_postgres}
    assert "pg_dump --format=custom --file=monday" in CliRunner().invoke(app, ["backup", "monday"], env=env).stderr
    assert "pg_restore" in CliRunner().invoke(app, ["restore", "monday"], env=env).stderr
    assert "looked for in Slack" in CliRunner().invoke(app, ["restore"], env=env).stdout
