"""The one way to deal with what broke: it is counted, logged under a reference, put off, and at last set aside."""

import logging
from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot import logs, metrics
from bot.store import set_aside
from bot.store.db import Db
from bot.store.set_aside import Stumble, Thing
from bot.store.workspaces import Workspaces

Then = Callable[[Connection, Stumble], None]

log = logging.getLogger(__name__)


class Quarantine:
    """Nothing in it is remembered: any process may go on with what another one has counted."""

    def __init__(self, db: Db, workspaces: Workspaces, now: Callable[[], datetime]) -> None:
        self._db, self._workspaces, self._now = db, workspaces, now

    async def take(self, thing: Thing, error: BaseException, then: Then | None = None) -> Stumble:
        """It broke; `then` does what follows, in the same transaction. The admins hear of what is given up.

        Raises what the database raises.
        """
        with logs.about() as reference:
            stumble = await self._db.run(self._note, thing, error, reference, then)
            told = _becomes_of(thing, stumble)
            log.error("%s broke and %s. Reference: %s.", thing.kind, told, stumble.reference, exc_info=error)
        if stumble.is_news:
            metrics.POISONED.labels(thing.kind).inc()
            await self._tell(thing, stumble)
        return stumble

    def _note(self, tx: Connection, thing: Thing, error: BaseException, reference: str, then: Then | None) -> Stumble:
        stumble = set_aside.note(tx, thing, error, reference, self._now())
        if then:
            then(tx, stumble)
        return stumble

    async def _tell(self, thing: Thing, stumble: Stumble) -> None:
        """In a transaction of its own: what broke may break this, too."""
        try:
            await self._db.run(self._say, thing, stumble)
        except Exception:
            log.exception("Nobody can be told of what was set aside. Reference: %s.", stumble.reference)

    def _say(self, tx: Connection, thing: Thing, stumble: Stumble) -> None:
        workspace = self._workspaces.get(tx, thing.team_id, self._now())
        if workspace:
            set_aside.tell(tx, workspace, thing, stumble, self._now())


def _becomes_of(thing: Thing, stumble: Stumble) -> str:
    if stumble.is_aside:
        return "is set aside"
    comes_by_itself = thing.kind in set_aside.NOT_PUT_OFF
    return (
        "is tried again when it comes again" if comes_by_itself else f"is tried again after {stumble.until:%H:%M} UTC"
    )
