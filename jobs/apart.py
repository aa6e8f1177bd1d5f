"""One workspace, or one row, that breaks a job stops nothing else: it is put off, and at last set aside."""

from collections.abc import Callable, Coroutine
from contextlib import closing
from datetime import datetime
from functools import partial
from typing import Any, TypeVar

from sqlalchemy import Connection, Row

from bot.deps import Deps
from bot.slack.errors import SlackError
from bot.store import set_aside
from bot.store.db import is_away
from bot.store.quarantine import Quarantine
from bot.store.set_aside import Due, Thing
from bot.store.workspaces import Workspaces

Take = Callable[[Connection, Workspaces, datetime, int], int]
Found = TypeVar("Found")


class Broke(Exception):
    """Whoever takes this row breaks; what happened is the cause."""

    def __init__(self, due: Due, row: Row[Any]) -> None:
        super().__init__(due.kind)
        self.due, self.row = due, row


async def apart(deps: Deps, thing: Thing, work: Coroutine[Any, Any, Found], otherwise: Found) -> Found:
    """What `work` comes to; `otherwise` where it breaks, and while it rests after it broke.

    Raises what Slack refused, and while the database is away.
    """
    with closing(work):
        if await deps.db.read(set_aside.rests, thing, deps.now()):
            return otherwise
        try:
            return await work
        except Exception as error:
            if isinstance(error, SlackError) or is_away(error):
                raise
            await _quarantine(deps).take(thing, error)
            return otherwise


async def one_by_one(deps: Deps, take: Take, most: int) -> int:
    """Take what is due alone, each in a transaction of its own; how many were taken or put off."""
    for count in range(most):
        try:
            if not await deps.db.run(_alone, deps, take):
                return count
        except Broke as broke:
            await _put_off(deps, broke)
    return most


def _alone(tx: Connection, deps: Deps, take: Take) -> int:
    set_aside.taken(tx)  # by whoever had this connection before
    try:
        return take(tx, deps.workspaces, deps.now(), 1)
    except Exception as error:
        found = None if is_away(error) else set_aside.taken(tx)
        if found is None:
            raise
        raise Broke(*found) from error


async def _put_off(deps: Deps, broke: Broke) -> None:
    thing = set_aside.thing_of(broke.due, broke.row)
    then = partial(set_aside.put_off, due=broke.due, row=broke.row)
    await _quarantine(deps).take(thing, broke.__cause__ or broke, then)


def _quarantine(deps: Deps) -> Quarantine:
    return Quarantine(deps.db, deps.workspaces, deps.now)
