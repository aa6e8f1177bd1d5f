"""An empty database of each kind, for as long as a benchmark runs."""

import tempfile
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import text

from bot.store.db import Db
from tests.databases import started


@contextmanager
def folder() -> Iterator[Path]:
    """A place for files."""
    with tempfile.TemporaryDirectory(prefix="carecue-bench-", ignore_cleanup_errors=True) as name:
        yield Path(name)


@contextmanager
def sqlite() -> Iterator[str]:
    """A file."""
    with folder() as here:
        yield f"sqlite:///{here}/carecue.db"


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL of our own."""
    with folder() as here:
        server = started(here)
        try:
            yield str(server.get_uri())
        finally:
            server.cleanup()


def analyze(urls: Iterable[str]) -> None:
    """Count what is there, as PostgreSQL does by itself within a minute."""
    for url in urls:
        db = Db(url)
        with db.begin() as tx:
            tx.execute(text("ANALYZE"))
        db.close()


@contextmanager
def both() -> Iterator[dict[str, str]]:
    """By name."""
    with sqlite() as file, postgres() as server:
        yield {"SQLite": file, "PostgreSQL": server}
