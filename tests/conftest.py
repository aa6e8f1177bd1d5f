"""Every test of the store runs on both databases: a SQLite file, and a PostgreSQL server that a wheel brings along."""

import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from bot.store import migrate
from bot.store.db import Db
from tests import databases

settings.register_profile("carecue", deadline=None)  # what takes long on a busy machine is not wrong
settings.load_profile("carecue")


def pytest_addoption(parser: pytest.Parser) -> None:
    """`make pseudo`."""
    parser.addoption("--pseudo", action="store_true", help="mark all texts, and tell what Slack gets without a mark")


def pytest_configure(config: pytest.Config) -> None:
    """Before any test is imported."""
    if config.getoption("--pseudo"):
        from tests import pseudo

        pseudo.install()


@pytest.fixture(autouse=True)
def marked(request: pytest.FixtureRequest) -> Iterator[None]:
    """With --pseudo, a test fails in which Slack gets a text that no catalogue has, or one that is too long."""
    if not request.config.getoption("--pseudo"):
        yield
        return
    from tests import pseudo

    pseudo.begin()
    yield
    assert pseudo.found() == []


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A PostgreSQL of our own for as long as the tests run, with nothing in it but what tests leave there.

    Its folder is none of pytest's: those are closed to the other user that the server runs as under root.
    """
    with tempfile.TemporaryDirectory(prefix="carecue-pg-", ignore_cleanup_errors=True) as folder:
        server = databases.started(Path(folder))
        databases.hurry(server.get_uri())
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def _postgres_tables(postgres_url: str) -> str:
    url = str(make_url(postgres_url).set(database=databases.NAME).render_as_string(hide_password=False))
    databases.make_on_postgres(postgres_url, url)
    return url


@pytest.fixture
def postgres_tables(_postgres_tables: str) -> str:
    """The address of a database of PostgreSQL with all tables and nothing in them."""
    databases.empty_on_postgres(_postgres_tables)
    return _postgres_tables


@pytest.fixture
def emptied_postgres(postgres_url: str) -> str:
    """The address of a database of PostgreSQL without tables."""
    engine = create_engine(postgres_url.replace("postgresql:", "postgresql+psycopg:", 1))
    with engine.begin() as tx:
        tx.execute(text("DROP SCHEMA public CASCADE"))
        tx.execute(text("CREATE SCHEMA public"))
    engine.dispose()
    return postgres_url


@pytest.fixture(params=["sqlite", "postgresql"])
def database_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database with all tables and nothing in them is."""
    if request.param == "sqlite":
        return databases.on_sqlite(tmp_path)
    return str(request.getfixturevalue("postgres_tables"))


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """Where a database without tables is."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path}/empty.db"
    return str(request.getfixturevalue("emptied_postgres"))


@pytest.fixture
def db(database_url: str) -> Iterator[Db]:
    """A database with all tables and nothing in them."""
    db = Db(database_url)
    yield db
    db.close()


@pytest.fixture
def new_db(empty_url: str) -> Iterator[Db]:
    """A database in which never was anything: a plan depends on what a server knows of tables, and on their gaps."""
    db = Db(empty_url)
    migrate.upgrade(db.engine)
    yield db
    db.close()
