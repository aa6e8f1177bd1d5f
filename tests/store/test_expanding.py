"""A migration runs while the release before it serves: it adds, and what was there stays as that release knows it."""

import re
from collections.abc import Iterator, Mapping
from datetime import timedelta
from threading import Timer
from typing import Any

import psycopg
import pytest
from alembic import command
from alembic.config import Config
from sqlalchemy import Connection, event, inspect, select, text
from sqlalchemy.exc import OperationalError
from sqlalchemy.sql import column, table

from bot.store import indexes_ahead, migrate
from bot.store.db import Db
from bot.store.tables import metadata
from tests.store.test_migrations import DUMPS, RELEASES, load, rows

FIRST = "0009"  # since this one, releases are put in place without a stop
EXPANDING = [revision for revision in migrate.revisions() if revision >= FIRST]
SERVING = [release for release in RELEASES if f"{int(FIRST) - 1:04}" <= release[:4] < migrate.head()]

# What a migration takes away since the release before it, which no longer used it: "table" or "table.column".
LET_GO: Mapping[str, frozenset[str]] = {}


@pytest.fixture
def empty(empty_url: str) -> Iterator[Db]:
    """A database with nothing in it."""
    db = Db(empty_url)
    yield db
    db.close()


def to(db: Db, revision: str) -> None:
    """Up to there and no further."""
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    with db.begin() as tx:
        config.attributes["connection"] = tx
        command.upgrade(config, revision)


def shape(tx: Connection) -> dict[str, Any]:
    """What statements meet: columns, keys, what is checked."""
    inspector = inspect(tx)
    return {name: _table(inspector, name) for name in inspector.get_table_names() if name != "alembic_version"}


def _table(inspector: Any, name: str) -> dict[str, Any]:
    indexes = inspector.get_indexes(name)
    return {
        "columns": {one["name"]: one for one in inspector.get_columns(name)},
        "key": inspector.get_pk_constraint(name)["constrained_columns"],
        "checked": {
            *(f"check {one['name']}" for one in inspector.get_check_constraints(name)),
            *(f"foreign key {one['constrained_columns']}" for one in inspector.get_foreign_keys(name)),
            *(f"unique {one['column_names']}" for one in inspector.get_unique_constraints(name)),
            *(f"unique {one['column_names']}" for one in indexes if one["unique"]),
        },
    }


def broken(before: Mapping[str, Any], after: Mapping[str, Any], let_go: frozenset[str] = frozenset()) -> list[str]:
    """What the release of the tables `before` would stumble over."""
    gone = [name for name in before if name not in after and name not in let_go]
    there = [(name, old, after[name]) for name, old in before.items() if name in after]
    return [f"{name} is gone" for name in gone] + [
        f"{name}: {what}" for name, old, new in there for what in _broken_in(name, old, new, let_go)
    ]


def _broken_in(name: str, old: Mapping[str, Any], new: Mapping[str, Any], let_go: frozenset[str]) -> Iterator[str]:
    if old["key"] != new["key"]:
        yield "another key"
    yield from (f"newly {rule}" for rule in sorted(new["checked"] - old["checked"]))
    for column_name, was in old["columns"].items():
        now = new["columns"].get(column_name)
        if now is None and f"{name}.{column_name}" not in let_go:
            yield f"{column_name} is gone"
        elif now and str(now["type"]) != str(was["type"]):
            yield f"{column_name} is another type"
        elif now and was["nullable"] and not now["nullable"]:
            yield f"{column_name} must be given"
    for column_name, now in new["columns"].items():
        if column_name not in old["columns"] and not now["nullable"] and now["default"] is None:
            yield f"{column_name} must be given"


@pytest.mark.parametrize("revision", EXPANDING)
def test_the_release_before_finds_all_that_it_knows(empty: Db, revision: str) -> None:
    to(empty, f"{int(revision) - 1:04}")
    with empty.begin() as tx:
        before = shape(tx)
    to(empty, revision)
    with empty.begin() as tx:
        assert broken(before, shape(tx), LET_GO.get(revision, frozenset())) == []


def test_what_a_migration_may_not_do_is_noticed(db: Db) -> None:
    """Or else the test above would prove little."""
    with db.begin() as tx:
        before = shape(tx)
        for statements, found in CHANGES:
            with tx.begin_nested() as tried:
                for statement in statements.split("; "):
                    tx.execute(text(statement))
                told = broken(before, shape(tx))
                tried.rollback()
            assert set(found) <= set(told) if found else told == [], statements
        assert broken(before, shape(tx)) == []


CHANGES: list[tuple[str, list[str]]] = [
    ("ALTER TABLE people ADD COLUMN shoe TEXT", []),
    ("ALTER TABLE people ADD COLUMN shoe TEXT NOT NULL DEFAULT ''", []),
    ("CREATE TABLE shoes (size TEXT NOT NULL)", []),
    ("CREATE INDEX shoes ON people (name)", []),
    ("DROP TABLE people", ["people is gone"]),
    ("ALTER TABLE people RENAME COLUMN name TO called", ["people: name is gone", "people: called must be given"]),
    ("CREATE UNIQUE INDEX one ON people (team_id, name)", ["people: newly unique ['team_id', 'name']"]),
    ("DROP TABLE asks; CREATE TABLE asks (id BIGINT, team_id TEXT NOT NULL)", ["asks: another key"]),
]


@pytest.mark.parametrize("release", SERVING)
def test_what_older_releases_write_and_read_goes_on_working(empty: Db, empty_url: str, release: str) -> None:
    """Their own statements, on the newest tables."""
    load(empty_url, release)
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        old = {name: columns for name, columns, _ in _inserts(empty, release)}
        before = {name: read(tx, name, columns) for name, columns in old.items()}
        assert all(len(found) == 1 for found in before.values())
        for name in old:
            tx.execute(text(f"DELETE FROM {name}"))
        for _, _, statement in _inserts(empty, release):
            tx.exec_driver_sql(statement)
        counted = {"id"}  # ids count on
        for name, columns in old.items():
            assert _but(read(tx, name, columns), columns, counted) == _but(before[name], columns, counted)
            tx.execute(text(f"UPDATE {name} SET {', '.join(f'{one} = {one}' for one in columns)}"))


def _inserts(db: Db, release: str) -> Iterator[tuple[str, list[str], str]]:
    """Of a release's dump: the table, its columns, and the statement."""
    script = (DUMPS / f"{release}.{db.engine.dialect.name}.sql").read_text()
    for found in re.finditer(r"^INSERT INTO (\w+) \(([^)]*)\) VALUES .*?;$", script, re.MULTILINE):
        if found[1] != "alembic_version":
            yield found[1], found[2].split(", "), found[0]


def read(tx: Connection, name: str, columns: list[str]) -> list[Any]:
    return [tuple(row) for row in tx.execute(text(f"SELECT {', '.join(columns)} FROM {name}"))]


def _but(found: list[Any], columns: list[str], names: set[str]) -> list[Any]:
    return [[value for name, value in zip(columns, row, strict=True) if name not in names] for row in found]


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
@pytest.mark.parametrize("revision", EXPANDING)
def test_no_table_that_was_there_is_written_anew(empty: Db, revision: str) -> None:
    """PostgreSQL does so for some changes, and locks the table for as long as that takes."""
    to(empty, f"{int(revision) - 1:04}")
    before = files(empty)
    to(empty, revision)
    assert before.items() <= files(empty).items()


def files(db: Db) -> dict[str, int]:
    """Of PostgreSQL's tables: in which file each is."""
    found = table("pg_class", column("relname"), column("relfilenode"), column("relkind"))
    with db.begin() as tx:
        ours = select(found.c.relname, found.c.relfilenode).where(found.c.relname.in_(metadata.tables))
        return {row.relname: row.relfilenode for row in tx.execute(ours)}


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_an_index_of_a_table_that_was_there_is_made_while_others_write(empty: Db, empty_url: str) -> None:
    """Before any migration; one that was broken off in the making is made anew."""
    load(empty_url, SERVING[-1])
    with empty.begin() as tx:
        there = set(inspect(tx).get_table_names())
        tx.execute(text("CREATE INDEX ix_outbox_aside ON outbox (id)"))
        tx.execute(text("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_outbox_aside'::regclass"))
    said: list[str] = []
    event.listen(empty.engine, "before_cursor_execute", lambda *given: said.append(given[2]))
    indexes_ahead.make(empty.engine, timedelta(milliseconds=20))
    made = [statement for statement in said if statement.startswith("CREATE")]
    assert made
    assert all(statement.startswith("CREATE INDEX CONCURRENTLY") for statement in made)
    with empty.begin() as tx:
        wanted = {str(index.name) for name in there & set(metadata.tables) for index in metadata.tables[name].indexes}
        valid = text("SELECT indexrelid::regclass::text FROM pg_index WHERE indisvalid")
        assert wanted - set(tx.execute(valid).scalars()) == set()
        assert migrate.current(tx) == SERVING[-1][:4]
    assert migrate.upgrade(empty.engine) == migrate.head()


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_an_index_that_somebody_else_is_making_is_left_alone(empty: Db) -> None:
    """Until it is made it is not valid, as one that was broken off. The database may hold more than CareCue."""
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        tx.execute(text("CREATE TABLE theirs (id integer)"))
        tx.execute(text("CREATE INDEX ix_theirs ON theirs (id)"))
        tx.execute(text("UPDATE pg_index SET indisvalid = false WHERE indexrelid = 'ix_theirs'::regclass"))
    indexes_ahead.make(empty.engine, timedelta(milliseconds=20))
    with empty.begin() as tx:
        assert tx.execute(text("SELECT to_regclass('ix_theirs')")).scalar()


def test_a_release_goes_on_while_the_next_one_is_put_in_place(empty: Db) -> None:
    """A process of it that dies after the migration starts again; and the next release can be gone back from."""
    migrate.upgrade(empty.engine)
    following = f"{int(migrate.head()) + 1:04}"
    with empty.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = :next"), {"next": following})
    assert migrate.upgrade(empty.engine) == following
    with empty.begin() as tx:
        assert migrate.at_head(tx)
        assert set(rows(tx).values()) == {0}


@pytest.mark.parametrize("empty_url", ["postgresql"], indirect=True)
def test_a_table_in_use_is_waited_for_and_nobody_waits_long_behind_it(empty: Db, empty_url: str) -> None:
    """Somebody looks something up for long; the migration wants the table, and others would queue behind it."""
    load(empty_url, "0007_nudges_people_keep")
    with psycopg.connect(empty_url) as reader:
        reader.execute("SELECT * FROM people")
        with pytest.raises(OperationalError, match="lock timeout"):
            migrate._upgraded(empty.engine, timedelta(milliseconds=20))
        with empty.begin() as tx:
            assert migrate.current(tx) == "0007"
        soon = Timer(0.05, reader.commit)
        soon.start()
        assert migrate.upgrade(empty.engine, timedelta(milliseconds=20)) == migrate.head()
        soon.join()
