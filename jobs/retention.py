"""At night what has grown old goes, kind by kind, in small steps: nobody who writes meanwhile waits long."""

import asyncio
import logging
from datetime import datetime, timedelta
from time import monotonic
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import old_conversations, retention
from bot.store.old_conversations import Answerer
from bot.store.old_rows import Key
from bot.store.retention import Kind
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.apart import apart

STEP = 50
NIGHT = range(2, 6)  # hours by the clock of the first team
LATE = timedelta(days=2)

log = logging.getLogger(__name__)


async def purge(deps: Deps) -> int:
    """Returns how many things went; by day only what no process was there to let go of for some nights."""
    gone = 0
    for workspace in await deps.db.read(deps.workspaces.every, deps.now()):
        patience = timedelta() if _is_night(workspace, deps.now()) else LATE
        purging = _purge(deps, workspace, deps.now() - patience)
        gone += await apart(deps, Thing(workspace.team_id, "retention.purge"), purging, 0)
    return gone


async def _purge(deps: Deps, workspace: Workspace, now: datetime) -> int:
    gone = 0
    for kind in retention.KINDS:
        before = kind.before(workspace.setup.retention, now)
        if before and (count := await _let_go(deps, workspace.team_id, kind, before)):
            log.info("Let go of %d %s from before %s.", count, kind.name, f"{before:%Y-%m-%d}")
            gone += count
    return gone + await _unname(deps, workspace, now)


async def _let_go(deps: Deps, team_id: str, kind: Kind, before: datetime) -> int:
    gone, last = 0, list[Key]()
    while keys := await deps.db.read(_find, kind, team_id, before, last[-1] if last else None):
        if keys == last:
            break  # what was found is old no longer
        began = monotonic()
        await deps.db.run(kind.drop, team_id, keys, before)
        await _leave_to_others(began)
        gone, last = gone + len(keys), keys
    return gone


def _find(tx: Connection, kind: Kind, team_id: str, before: datetime, after: Key | None) -> list[Key]:
    return [tuple(row) for row in kind.find(tx, team_id, before, STEP, after)]


async def _unname(deps: Deps, workspace: Workspace, now: datetime) -> int:
    """Figures stay, and name nobody; how many people were named in weeks that are long over."""
    before = retention.figures_name_nobody_before(workspace.setup.retention, now)
    zones = {team.key: team.week.zone for team in workspace.setup.teams}
    named = await deps.db.read(_answerers, workspace.team_id, zones, before) if before else []
    for one in named:
        began = monotonic()
        await deps.db.run(old_conversations.unname, workspace.team_id, one)
        await _leave_to_others(began)
    return len(named)


def _answerers(tx: Connection, team_id: str, zones: dict[str, str], before: datetime) -> list[Answerer]:
    return list(old_conversations.answerers(tx, team_id, zones, before))


async def _leave_to_others(began: float) -> None:
    """For as long as a step took: of those who wait for SQLite it serves whoever asks first, not in turn."""
    await asyncio.sleep(monotonic() - began)


def _is_night(workspace: Workspace, now: datetime) -> bool:
    zone = next((team.week.zone for team in workspace.setup.teams), "UTC")
    return now.astimezone(ZoneInfo(zone)).hour in NIGHT
