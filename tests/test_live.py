"""A real process, as it is started: what it logs, what it serves, and how it ends."""

import asyncio
import json
import re
import sys
from asyncio.subprocess import DEVNULL, PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import aiohttp

from bot.demo.place import world
from bot.deps import wall_clock
from bot.sandbox import Clock, Sandbox, World
from tests import databases

ROOT = Path(__file__).resolve().parents[1]
PATIENCE = 60.0
PORT = re.compile(r"metrics are on port (\d+)")


@asynccontextmanager
async def worker(**settings: str) -> AsyncIterator[Process]:
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "worker"), cwd=ROOT, env=settings, stdin=DEVNULL, stdout=DEVNULL, stderr=PIPE
    )
    try:
        yield process
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def until_it_says(process: Process, what: re.Pattern[str]) -> tuple[re.Match[str], list[dict[str, Any]]]:
    """Every line of the log until then is an object."""
    assert process.stderr
    lines: list[dict[str, Any]] = []
    async with asyncio.timeout(PATIENCE):
        while line := await process.stderr.readline():
            lines.append(json.loads(line))
            if found := what.search(lines[-1]["message"]):
                return found, lines
    raise AssertionError(f"it ended after {lines}")


async def test_a_worker_tells_on_a_port_of_its_own_how_it_is_and_ends_when_it_is_asked_to(tmp_path: Path) -> None:
    """It listens by Socket Mode, so that it has no other port."""
    async with Sandbox(World.from_dict(world()), Clock(wall_clock())) as sandbox:
        app = sandbox.world.app
        settings = {
            "SLACK_BOT_TOKEN": app.bot_token,
            "SLACK_APP_TOKEN": app.app_token,
            "CARECUE_SLACK_URL": f"{sandbox.url}/api/",
            "CARECUE_DATABASE_URL": databases.on_sqlite(tmp_path),
            "CARECUE_HOST": "127.0.0.1",
            "CARECUE_METRICS_PORT": "0",
            "CARECUE_LOG_FORMAT": "json",
        }
        async with worker(**settings) as process, aiohttp.ClientSession() as session:
            found, _ = await until_it_says(process, PORT)
            for path, said in (("healthz", "ok"), ("readyz", "ok   slack"), ("metrics", "carecue_slack_connected 1.0")):
                async with session.get(f"http://127.0.0.1:{found[1]}/{path}") as answer:
                    assert answer.status == 200
                    assert said in await answer.text()
            process.terminate()
            _, rest = await process.communicate()
            assert process.returncode == 0
            assert all(json.loads(line)["at"].endswith("Z") for line in rest.splitlines())
