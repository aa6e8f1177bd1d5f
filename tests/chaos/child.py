"""`carecue run` in a process of its own, to be killed."""

import asyncio
import os
import signal
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import deque
from pathlib import Path

from bot.sandbox import Sandbox

READY = b"listening"
START_SECONDS = 30.0  # a busy machine starts slowly; the benchmark measures it


class Child:
    """One life of the bot. Its environment is what is given here and nothing else."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self.last_words: deque[bytes] = deque(maxlen=40)
        self.ready = asyncio.Event()
        self._killed = False
        self._listening = asyncio.create_task(self._listen())

    @classmethod
    async def born(cls, folder: Path, environment: dict[str, str]) -> "Child":
        """The process runs; it is not `ready` yet."""
        command = (sys.executable, "-m", "bot", "run")
        process = await asyncio.create_subprocess_exec(
            *command, cwd=folder, env=environment, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
        )
        return cls(process)

    @property
    def alive(self) -> bool:
        """Whether it runs, and nobody has killed it."""
        return self._process.returncode is None and not self._killed

    def kill(self) -> None:
        """kill -9: at once, wherever it is."""
        if self.alive:
            self._killed = True
            os.kill(self._process.pid, signal.SIGKILL)

    async def dead(self) -> int:
        """Wait for its end; the exit code, -9 after a kill."""
        code = await self._process.wait()
        await self._listening
        return code

    async def up(self) -> None:
        """Wait until it listens to Slack. Raises AssertionError with its last words where it dies instead."""
        async with asyncio.timeout(START_SECONDS):
            await self.ready.wait()
        assert self.alive, self.words

    @property
    def words(self) -> str:
        """The end of its log."""
        return b"".join(self.last_words).decode()

    async def _listen(self) -> None:
        assert self._process.stderr is not None
        async for line in self._process.stderr:
            self.last_words.append(line)
            if READY in line:
                self.ready.set()
        self.ready.set()


def environment(sandbox: Sandbox, database_url: str, port: int) -> dict[str, str]:
    """What an engineer would set."""
    app = sandbox.world.app
    mode = {"SLACK_APP_TOKEN": app.app_token} if app.socket_mode else {"SLACK_SIGNING_SECRET": app.signing_secret}
    return mode | {
        "SLACK_BOT_TOKEN": app.bot_token,
        "CARECUE_SLACK_URL": f"{sandbox.url}/api/",
        "CARECUE_DATABASE_URL": database_url,
        "CARECUE_HOST": "127.0.0.1",
        "PORT": str(port),
    }
