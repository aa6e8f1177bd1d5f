"""Walking the README's path: the commands as real processes, and the clicks in an empty pretend Slack."""

import asyncio
import os
import signal
import sys
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.sandbox import Sandbox

Json = dict[str, Any]


def _environment() -> dict[str, str]:
    """Nothing but what a shell has: all that CareCue is told stands in its .env."""
    kept = ("PATH", "HOME", "LANG", "SYSTEMROOT")
    return {name: os.environ[name] for name in kept if name in os.environ}  # noqa: TID251 - for processes of a test


async def begun(at: Path, *words: str, **pipes: Any) -> asyncio.subprocess.Process:
    """A command of the README's, in the folder where its .env is."""
    command = (sys.executable, "-m", "bot", *words)
    return await asyncio.create_subprocess_exec(*command, cwd=at, env=_environment(), **pipes)


async def carecue(at: Path, *words: str) -> tuple[int, str]:
    """One that ends by itself: its exit code, and what it said."""
    both = {"stdout": asyncio.subprocess.PIPE, "stderr": asyncio.subprocess.STDOUT}
    process = await begun(at, *words, **both)
    out, _ = await process.communicate()
    assert process.returncode is not None
    return process.returncode, out.decode()


@asynccontextmanager
async def running(at: Path) -> AsyncIterator[None]:
    """`carecue run`, until Ctrl+C."""
    process = await begun(at, "run", stderr=asyncio.subprocess.PIPE)
    try:
        yield
    finally:
        process.send_signal(signal.SIGINT)
        _, log = await process.communicate()
        print(log.decode())  # shown where the test fails
    assert process.returncode == 0


async def control(slack: Sandbox, verb: str, **fields: Any) -> Json:
    """What a click on the sandbox's page does."""
    async with aiohttp.ClientSession() as session, session.post(f"{slack.url}/control/{verb}", json=fields) as answer:
        told: Json = await answer.json()
    assert told["ok"], told
    return told
