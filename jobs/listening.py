"""The heartbeat: as long as events can reach this process, it says so in the tables; any process of many may."""

import asyncio
import logging
from collections.abc import Awaitable, Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import listening, workspaces
from bot.store.db import is_away

EVERY = 15.0  # seconds: several beats may be lost before anybody takes it for a silence

Hears = Callable[[], Awaitable[bool]]

log = logging.getLogger(__name__)


async def go_on(deps: Deps, hears: Hears, every: float = EVERY) -> None:
    """Beat while `hears` says that events can reach us, until cancelled."""
    while True:
        try:
            if await hears():
                await beat(deps, deps.now())
        except Exception as error:  # nobody begins it anew: it goes on whatever happens
            if is_away(error):
                log.warning("The heartbeat cannot be written (%s); it will be tried again.", type(error).__name__)
            else:
                log.exception("The heartbeat cannot be written; it will be tried again.")
        await asyncio.sleep(every)


async def beat(deps: Deps, now: datetime) -> None:
    """Events can reach us at `now`. After a silence, what was missed is to be read."""
    heard = await deps.db.run(listening.go_on_hearing, now)
    unheard = [team_id for team_id in await deps.db.read(workspaces.all_ids) if team_id not in heard]
    if silent := sum([await _was_silent(deps, team_id, now) for team_id in unheard]):
        log.warning("Nobody has listened to Slack for a while; what was missed is read now (workspaces: %d).", silent)


async def _was_silent(deps: Deps, team_id: str, now: datetime) -> bool:
    """One that breaks is not set aside as jobs are: nobody there is reminded of anyone until a beat goes well."""
    try:
        return await deps.db.run(_beat, deps, team_id, now)
    except Exception as error:
        if is_away(error):
            raise
        log.exception("The heartbeat of workspace %s cannot be written; it will be tried again.", team_id)
        return False


def _beat(tx: Connection, deps: Deps, team_id: str, now: datetime) -> bool:
    workspace = deps.workspaces.get(tx, team_id, now)
    return workspace is not None and listening.beat(tx, workspace, now)
