"""Replays of ever larger exports, beside merely parsing the same files with json; and what memory they take."""

import json
import subprocess
import sys
import time
import zipfile
from pathlib import Path
from tempfile import TemporaryDirectory

import psutil

from tests.benchmarks import history, tables

SIZES = (10_000, 100_000, 1_000_000)
LOOK = 0.2  # seconds between looks at the memory
TARGETS = ("30m", "60m", "2h")


def main() -> None:
    """Each size is made, parsed and replayed in one run: parsed before and after, the better of both."""
    rows = []
    with TemporaryDirectory(prefix="carecue-replay-") as folder:
        for size in SIZES:
            export = Path(folder) / f"{size}.zip"
            history.write(export, size)
            rows.append(_measured(export))
            export.unlink()
    head = ("messages", "json/s", "replay/s", "slower", "peak MB", "of the largest process")
    tables.show(f"Replay with {len(TARGETS)} targets on {psutil.cpu_count()} processors", head, rows)


def _measured(export: Path) -> tuple[str, ...]:
    before = _parsed(export)
    spent, messages, together, largest = _replayed(export)
    parsed = min(before, _parsed(export))
    return (
        f"{messages:,}",
        f"{messages / parsed:,.0f}",
        f"{messages / spent:,.0f}",
        f"{spent / parsed:.1f}x",
        f"{together / 1e6:.0f}",
        f"{largest / 1e6:.0f}",
    )


def _parsed(export: Path) -> float:
    """Seconds to read every file and hand it to json, a file at a time."""
    began = time.perf_counter()
    with zipfile.ZipFile(export) as packed:
        for name in packed.namelist():
            json.loads(packed.read(name))
    return time.perf_counter() - began


def _replayed(export: Path) -> tuple[float, int, int, int]:
    """The command as people run it: seconds with its start, messages, and the most memory, of all and of one."""
    words = [word for target in TARGETS for word in ("--target", target)]
    began, together, largest = time.perf_counter(), 0, 0
    command = [sys.executable, "-m", "bot", "replay", str(export), "--json", *words]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as replay:
        while replay.poll() is None:
            sizes = _resident(replay.pid)
            together, largest = max(together, sum(sizes)), max(largest, *sizes, 0)
            time.sleep(LOOK)
        spent = time.perf_counter() - began
        assert replay.stdout is not None
        told = json.load(replay.stdout)
    return spent, int(told["messages"]), together, largest


def _resident(pid: int) -> list[int]:
    """Bytes of the process and of those it has started."""
    try:
        process = psutil.Process(pid)
        return [one.memory_info().rss for one in (process, *process.children(recursive=True))]
    except psutil.NoSuchProcess:  # it has just ended
        return []


if __name__ == "__main__":
    main()
