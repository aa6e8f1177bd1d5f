"""Processes to be measured: CareCue on either database, and Bolt alone."""

import asyncio
import socket
import sys
import time
from asyncio.subprocess import DEVNULL, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import sample

import psutil

from tests.benchmarks.tokens import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET

ROOT = Path(__file__).resolve().parents[2]
GLANCE = 0.002
START_SECONDS = 60.0
NOT_LENT = range(10_000, 32_768)  # Linux lends from there on, others from higher up


@dataclass(frozen=True, slots=True)
class Server:
    """`started_in` real seconds from its birth to its first answer."""

    port: int
    process: Process
    started_in: float = 0.0

    @property
    def cpu_seconds(self) -> float:
        """On the processor so far."""
        spent = psutil.Process(self.process.pid).cpu_times()
        return float(spent.user + spent.system)

    @property
    def megabytes(self) -> float:
        """Resident memory."""
        return float(psutil.Process(self.process.pid).memory_info().rss) / 1e6


@asynccontextmanager
async def carecue(
    slack_url: str, database_url: str, *, command: str = "web", socket_mode: bool = False
) -> AsyncIterator[Server]:
    """The real command."""
    port = free_port()
    mode = {"SLACK_APP_TOKEN": APP_TOKEN} if socket_mode else {"SLACK_SIGNING_SECRET": SIGNING_SECRET}
    settings = mode | {
        "CARECUE_BOT_TOKEN": BOT_TOKEN,
        "CARECUE_SLACK_URL": f"{slack_url}/api/",
        "CARECUE_DATABASE_URL": database_url,
        "CARECUE_HOST": "127.0.0.1",
        "CARECUE_LOG_LEVEL": "WARNING",
        "PORT": str(port),
    }
    async with _running(port, settings, socket_mode or command == "worker", "bot", command) as server:
        yield server


@asynccontextmanager
async def bare(slack_url: str, *, socket_mode: bool = False) -> AsyncIterator[Server]:
    """Bolt alone."""
    port = free_port()
    way = ("socket",) if socket_mode else ("http", str(port))
    settings = {"SLACK_URL": f"{slack_url}/api/"}
    async with _running(port, settings, socket_mode, "tests.benchmarks.bare", *way) as server:
        yield server


@asynccontextmanager
async def _running(port: int, settings: dict[str, str], silent: bool, *module: str) -> AsyncIterator[Server]:
    began = time.monotonic()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", *module, cwd=ROOT, env=settings, stdin=DEVNULL, stdout=DEVNULL
    )
    try:
        if silent:
            yield Server(port, process)
        else:
            await _answering(port)
            yield Server(port, process, time.monotonic() - began)
    finally:
        process.terminate()
        await process.wait()


async def _answering(port: int) -> None:
    """Until it says that it is well."""
    async with asyncio.timeout(START_SECONDS):
        while not await _well(port):  # noqa: ASYNC110  # another process: nothing here can tell
            await asyncio.sleep(GLANCE)


async def _well(port: int) -> bool:
    try:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
    except OSError:
        return False
    writer.write(b"GET /healthz HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    status = await reader.readline()
    writer.close()
    return b" 200 " in status


def free_port() -> int:
    """One that stays free while whoever serves there is dead: none that the system lends to callers meanwhile."""
    for port in sample(NOT_LENT, 100):
        with suppress(OSError), socket.create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("no port is free")
