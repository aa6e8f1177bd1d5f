"""The sandbox on its own, empty and with its page: CareCue is run against it as against Slack itself."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import datetime

from bot.sandbox import empty
from bot.sandbox.clock import Clock
from bot.sandbox.page import Page
from bot.sandbox.sandbox import Sandbox


@asynccontextmanager
async def alone(now: datetime, port: int = 0) -> AsyncIterator[Sandbox]:
    """It lives by the time on the wall, since whoever runs against it does. Raises OSError where `port` is taken."""
    sandbox = Sandbox(empty.world(), Clock(now))
    try:
        await sandbox.start(port, Page(sandbox, wall_time=True).routes())
        yield sandbox
    finally:
        await sandbox.stop()
