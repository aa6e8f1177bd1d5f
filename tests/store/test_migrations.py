"""The migrations make exactly the tables of the code, on both databases: from nothing, and from every release."""

import sqlite3
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import closing
from pathlib import Path
from threading import Barrier, Timer
from typing import Any

import psycopg
import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, Inspector, Table, func, inspect, select, text
from sqlalchemy.engine import make_url

from bot.store import migrate
from bot.store.db import Db
from bot.store.tables import metadata

DUMPS = Path(__file__).parents[1] / "migrations"
RELEASES = sorted({path.name.split(".")[0] for path in DUMPS.glob("*.sql")})


@pytest.fixture
def empty(empty_url: str) -> Iterator[Db]:
    """A database with nothing in it."""
    db = Db(empty_url)
    yield db
    db.close()


def schema(tx: Connection) -> dict[str, Any]:
    """All that a database tells of its tables, but the order of their columns."""
    inspector = inspect(tx)
    return {name: _table(inspector, name) for name in inspector.get_table_names() if name != "alembic_version"}


def _table(inspector: Inspector, name: str) -> dict[str, Any]:
    columns = {
        column["name"]: (str(column["type"]), column["nullable"], column["default"])
        for column in inspector.get_columns(name)
    }
    return {
        "columns": columns,
        "key": inspector.get_pk_constraint(name),
        "uniques": {unique["name"]: unique["column_names"] for unique in inspector.get_unique_constraints(name)},
        "indexes": {
            index["name"]: (
                index["column_names"],
                index["unique"],
                {key: str(value) for key, value in index.get("dialect_options", {}).items()},
            )
            for index in inspector.get_indexes(name)
        },
    }


def wanted(db: Db) -> dict[str, Any]:
    """The schema that the code's tables make; the database is left empty."""
    with db.begin() as tx:
        metadata.create_all(tx)
        found = schema(tx)
        metadata.drop_all(tx)
    return found


def differences(tx: Connection) -> list[Any]:
    """As Alembic sees them."""
    context = MigrationContext.configure(tx, opts={"compare_type": True, "compare_server_default": True})
    return list(compare_metadata(context, metadata))


def test_an_empty_database_gets_exactly_the_tables_of_the_code(empty: Db) -> None:
    expected = wanted(empty)
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        assert schema(tx) == expected
        assert differences(tx) == []
        assert migrate.at_head(tx)


def test_the_schema_that_is_compared_tells_partial_indexes_and_defaults_apart(empty: Db) -> None:
    """Or else the comparison above would prove little."""
    told = wanted(empty)
    _, _, due = told["waits"]["indexes"]["ix_waits_due"]
    assert [where.strip("()") for where in due.values() if "NULL" in where] == ["next_nudge_at IS NOT NULL"]
    assert told["waits"]["columns"]["steps_done"][2].strip("'()") == "0"
    assert told["outbox"]["uniques"] == {"uq_outbox_team_id_key": ["team_id", "key"]}


def test_a_second_upgrade_changes_nothing(empty: Db) -> None:
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        before = schema(tx)
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        assert schema(tx) == before
        assert tx.execute(text("SELECT count(*) FROM alembic_version")).scalar() == 1


def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    together = Barrier(3)

    def start(_number: int) -> bool:
        db = Db(empty_url)
        try:
            together.wait(timeout=10)
            migrate.upgrade(db.engine)
            with db.begin() as tx:
                return migrate.at_head(tx)
        finally:
            db.close()

    with ThreadPoolExecutor(together.parties) as processes:
        assert list(processes.map(start, range(together.parties))) == [True, True, True]


def test_a_process_waits_for_another_that_is_making_the_file(tmp_path: Path) -> None:
    """SQLite by itself fails the second one at once."""
    with closing(sqlite3.connect(tmp_path / "carecue.db", isolation_level=None, check_same_thread=False)) as other:
        other.execute("BEGIN IMMEDIATE")
        soon = Timer(0.05, other.execute, ["COMMIT"])
        soon.start()
        db = Db(f"sqlite:///{tmp_path}/carecue.db")
        migrate.upgrade(db.engine)
        db.close()
        soon.join()


def test_a_database_says_where_it_is(empty: Db) -> None:
    with empty.begin() as tx:
        assert migrate.current(tx) is None
        assert not migrate.at_head(tx)
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        assert migrate.current(tx) == migrate.head()


def test_a_migration_that_fails_leaves_nothing_behind(empty: Db) -> None:
    """The last table is there already, so that the migration breaks off after it has made the others."""
    with empty.begin() as tx:
        tx.execute(text("CREATE TABLE workspaces (team_id TEXT)"))
    with pytest.raises(Exception, match="workspaces"):
        migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        assert set(schema(tx)) == {"workspaces"}
        assert migrate.current(tx) is None


def test_what_a_newer_release_has_migrated_is_left_alone(empty: Db) -> None:
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        tx.execute(text("UPDATE alembic_version SET version_num = '9999'"))
    with pytest.raises(migrate.NewerDatabase, match=r"at 9999, this CareCue knows up to 0.*: run the newer release"):
        migrate.upgrade(empty.engine)


@pytest.mark.parametrize("release", RELEASES)
def test_every_release_can_be_upgraded_with_what_is_in_it(empty: Db, empty_url: str, release: str) -> None:
    expected = wanted(empty)
    load(empty_url, release)
    with empty.begin() as tx:
        before = rows(tx)
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        assert schema(tx) == expected
        assert differences(tx) == []
        assert migrate.at_head(tx)
        assert before.items() <= rows(tx).items()
        assert set(before.values()) == {1}


def test_what_stood_in_messages_of_its_own_rings_in_lists(empty: Db, empty_url: str) -> None:
    """To whoever has a customer, has promised something, or was called."""
    load(empty_url, "0006_reading_rightly")
    with empty.begin() as tx:
        for statement in STOOD:
            tx.execute(text(statement))
    migrate.upgrade(empty.engine)
    with empty.begin() as tx:
        told = tx.execute(text("SELECT user_id, news FROM list_news WHERE user_id LIKE 'U%'")).all()
        assert sorted(map(tuple, told)) == [("U0ANA", "ring"), ("U0LEE", "ring"), ("U0MIA", "ring")]


STOOD = (
    "UPDATE waits SET ended_at = NULL",
    """UPDATE nudges SET "to" = 'U0ANA', wait_id = 1, cleared_at = NULL""",
    "UPDATE promises SET \"by\" = 'U0LEE', ended_at = NULL",
    "UPDATE asks SET ended_at = NULL",
    "UPDATE people SET user_id = 'U0MIA'",
    "UPDATE kudos_posts SET about = 'ask:1', \"key\" = 'ask:1:0:U0MIA'",
)


def load(url: str, release: str) -> None:
    dialect = make_url(url).get_backend_name()
    script = (DUMPS / f"{release}.{dialect}.sql").read_text()
    if dialect == "sqlite":
        with closing(sqlite3.connect(make_url(url).database or "")) as connection:
            connection.executescript(script)
        return
    with psycopg.connect(url) as server:
        server.execute(script.encode())


def rows(tx: Connection) -> dict[str, int]:
    """How many rows each table has, of those that there are."""
    there = inspect(tx).get_table_names()
    return {table.name: _count(tx, table) for table in metadata.sorted_tables if table.name in there}


def _count(tx: Connection, table: Table) -> int:
    return tx.execute(select(func.count()).select_from(table)).scalar_one()


def test_the_files_of_migrations_are_named_after_their_revisions() -> None:
    """A start reads their names, and loads Alembic only to run what is missing."""
    config = Config()
    config.set_main_option("script_location", "bot.store:migrations")
    scripts = list(ScriptDirectory.from_config(config).walk_revisions())
    assert migrate.revisions() == [script.revision for script in reversed(scripts)]
