"""Four processes on two machines: on each one that serves Slack and one that works by the clock."""

import asyncio
import os
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections import Counter, deque
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
READY = "listening for Slack"
HALF_READY = 2.0  # seconds: who serves nobody does not say when it begins to work
PATIENCE = 180.0  # seconds for a start
LEAST = 4.0  # seconds
AGAIN = 0.1  # seconds until who has ended is started again, as any platform does it


@dataclass
class Post:
    """What is to run at any time: `command` on `machine`. `words`: the end of the log of all its lives."""

    command: str
    machine: int
    environment: Mapping[str, str]
    process: Process | None = None
    words: deque[str] = field(default_factory=lambda: deque(maxlen=60))
    ends: Counter[int] = field(default_factory=Counter)  # by exit code
    ready: asyncio.Event = field(default_factory=asyncio.Event)

    @property
    def name(self) -> str:
        """Such as `web 1`."""
        return f"{self.command} {self.machine}"

    def signal(self, number: int) -> None:
        """To whatever runs here now."""
        if self.process is not None and self.process.returncode is None:
            with suppress(ProcessLookupError):  # it may be ending right now
                os.kill(self.process.pid, number)


class Fleet:
    """Whatever ends is started again, until the fleet is called back."""

    def __init__(self, posts: list[Post], folder: Path, clocks: Path) -> None:
        self.posts, self._folder, self._clocks = posts, folder, clocks
        self._keeping: list[asyncio.Task[None]] = []
        self.slowest = LEAST  # seconds that a web process has taken to start

    async def __aenter__(self) -> "Fleet":
        self._keeping = [asyncio.create_task(self._keep(post), name=post.name) for post in self.posts]
        return self

    async def __aexit__(self, *_: object) -> None:
        for task in self._keeping:
            task.cancel()
        await asyncio.gather(*self._keeping, return_exceptions=True)

    def of(self, command: str) -> list[Post]:
        """All that run this command."""
        return [post for post in self.posts if post.command == command]

    async def up(self) -> None:
        """Until all do what they are there for. Raises AssertionError with their last words where they do not."""
        for post in self.posts:
            await self.back(post)

    async def back(self, post: Post) -> None:
        """The same of one."""
        try:
            async with asyncio.timeout(PATIENCE):
                await post.ready.wait()
        except TimeoutError:
            raise AssertionError(f"{post.name} does not start\n{self.words()}") from None

    def words(self) -> str:
        """The ends of all logs."""
        return "\n".join(f"{post.name}: {line}" for post in self.posts for line in post.words)

    async def _keep(self, post: Post) -> None:
        while True:
            code = await self._live(post)
            post.ends[code] += 1
            await asyncio.sleep(AGAIN)

    async def _live(self, post: Post) -> int:
        command = ("-m", "tests.chaos.life", post.command, str(self._clocks), str(post.machine))
        began = asyncio.get_running_loop().time()
        post.process = process = await asyncio.create_subprocess_exec(
            sys.executable,
            *command,
            cwd=self._folder,
            env=dict(post.environment),
            stdin=DEVNULL,
            stdout=DEVNULL,
            stderr=PIPE,
        )
        try:
            assert process.stderr is not None
            if post.command != "web":
                asyncio.get_running_loop().call_later(HALF_READY, post.ready.set)
            async for line in process.stderr:
                said = line.decode(errors="replace").rstrip()
                post.words.append(said)
                if READY in said:
                    self.slowest = max(self.slowest, asyncio.get_running_loop().time() - began)
                    post.ready.set()
            return await process.wait()
        finally:
            post.ready.clear()
            with suppress(ProcessLookupError):
                process.kill()
            await process.wait()
