"""What `carecue run`, `web` and `worker` have in common: a process that lives until it is asked to stop."""

import asyncio
import gc
import logging
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, asynccontextmanager, contextmanager
from importlib.metadata import version
from typing import TYPE_CHECKING

from bot import logs, traces
from bot.cli.asking import refuse
from bot.settings import Settings

if TYPE_CHECKING:
    from bot.watch import Hears

log = logging.getLogger("carecue")


def live(web: bool | None, jobs: bool, quiet: bool = False) -> None:
    """`web` None: HTTP unless there is an app token, and then Socket Mode. `quiet`: a quiet start."""
    from bot.app import stopped

    read = Settings()
    settings = read.model_copy(update={"dry_run": quiet or read.dry_run})

    async def until_stopped() -> None:
        async with _running(settings, web, jobs):
            await stopped()

    logs.begin(settings.log_level, settings.log_format)
    if settings.dry_run:
        log.info("a quiet start: everything is seen, nobody is told")
    with _traced(settings):
        asyncio.run(until_stopped())


@contextmanager
def _traced(settings: Settings) -> Iterator[None]:
    """What is left of traces is sent on the way out."""
    try:
        if settings.traced:
            traces.switch_on(settings.otlp_endpoint, version("carecue"))
    except traces.NotInstalled as missing:
        refuse(str(missing))
    try:
        yield
    finally:
        traces.switch_off()


@asynccontextmanager
async def _running(settings: Settings, web: bool | None, jobs: bool) -> AsyncIterator[None]:
    from bot.app import arrive, assembled, listening, noticing, over_http, serving, watched, working
    from bot.store.migrate import upgrade

    async with AsyncExitStack() as stack:
        bot = await stack.enter_async_context(assembled(settings))
        await asyncio.to_thread(upgrade, bot.deps.db.engine)
        await arrive(bot.deps)
        gc.freeze()  # what is loaded by now stays: no later collection has to look through it
        hears: Hears | None = None
        if jobs:
            await stack.enter_async_context(working(bot))
        if web or (web is None and not settings.socket_mode):
            hears = over_http(settings)
            port = await stack.enter_async_context(serving(bot, settings.host, settings.port))
            log.info("listening for Slack on port %d", port)
        elif settings.socket_mode:
            is_connected = await stack.enter_async_context(listening(bot))
            hears = is_connected
            log.info("listening to Slack by Socket Mode")
        if hears:
            await stack.enter_async_context(noticing(bot, hears))
        if numbers := await stack.enter_async_context(watched(bot, hears)):
            log.info("metrics are on port %d", numbers)
        yield
