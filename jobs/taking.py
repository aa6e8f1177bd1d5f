"""What falls due is taken group by group, until there is less than a group of it; or looked for in every workspace."""

import logging
from collections.abc import Callable, Collection, Mapping
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.store import workspaces
from bot.store.db import is_away
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.apart import Take, apart, one_by_one

log = logging.getLogger(__name__)

Look = Callable[[Connection, Workspace, datetime], int]
Find = Callable[[Connection, Mapping[str, Workspace], datetime], Collection[str]]


async def all_due(deps: Deps, take: Take, group: int) -> int:
    """Each group in a transaction of its own; returns how much was taken. What breaks a group is found, and put off."""
    taken = 0
    while True:
        try:
            count = await deps.db.run(take, deps.workspaces, deps.now(), group)
        except Exception as error:
            if is_away(error):
                raise
            count = await one_by_one(deps, take, group)
        taken += count
        if count:
            deps.sender.wake()
        if count < group:
            return taken


async def in_each(deps: Deps, look: Look, find: Find | None = None) -> int:
    """In every workspace, each in a transaction of its own; returns how much there was in all.

    `find` names those in which there may be something, asked once for all of them: so that a tick costs what is due,
    not how many workspaces there are. One that breaks is left alone for a while; where it breaks `find`, each is looked
    at for itself.
    """
    kind, count = name_of(look), 0
    for team_id in await _where(deps, find):
        count += await apart(deps, Thing(team_id, kind), deps.db.run(_look, deps, team_id, look), 0)
    return count


def name_of(work: Callable[..., object]) -> str:
    """As tables, log and figures call a job."""
    return f"{work.__module__.rpartition('.')[2]}.{getattr(work, '__name__', 'look')}"


async def _where(deps: Deps, find: Find | None) -> list[str]:
    if find:
        try:
            return await deps.db.read(_found, deps, find)
        except Exception as error:
            if is_away(error):
                raise
            log.exception("It cannot be said where %s is wanted: all workspaces are looked at.", name_of(find))
    return await deps.db.read(workspaces.all_ids)


def _found(tx: Connection, deps: Deps, find: Find) -> list[str]:
    every = {one.team_id: one for one in deps.workspaces.every(tx, deps.now())}
    return sorted(every.keys() & set(find(tx, every, deps.now())))


def _look(tx: Connection, deps: Deps, team_id: str, look: Look) -> int:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return look(tx, workspace, deps.now()) if workspace else 0
