"""The clocks of two machines, in a file that every process on them looks at: they can jump, together or apart."""

import mmap
import struct
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

MACHINES = 2
_SECONDS = struct.Struct("d")


class Clocks:
    """By how many seconds each machine's clock is ahead of the real time."""

    def __init__(self, file: Path) -> None:
        if not file.exists():
            file.write_bytes(bytes(_SECONDS.size * MACHINES))
        with file.open("r+b") as opened:
            self._ahead = mmap.mmap(opened.fileno(), 0)

    def ahead(self, machine: int) -> float:
        """In seconds."""
        return float(_SECONDS.unpack_from(self._ahead, machine * _SECONDS.size)[0])

    def jump(self, machine: int, seconds: float) -> None:
        """From now on; back, too."""
        _SECONDS.pack_into(self._ahead, machine * _SECONDS.size, self.ahead(machine) + seconds)

    def of(self, machine: int) -> Callable[[], datetime]:
        """What that machine takes for the time."""
        real = datetime.now  # noqa: TID251 - these clocks are the machine's own, put wrong
        return lambda: real(UTC) + timedelta(seconds=self.ahead(machine))
