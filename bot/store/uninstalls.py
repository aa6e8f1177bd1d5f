"""CareCue was taken out of a workspace: nothing is said there any more, and after the grace period nothing is kept.

Until then all is there, so that it goes on as before when CareCue is installed again.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, Table, delete, select, update

from bot.domain.retention import Retention
from bot.domain.setup_data import from_dict
from bot.store.old_rows import delete_rows
from bot.store.outbox import DROPPED
from bot.store.retention_tables import uninstalls
from bot.store.tables import metadata, outbox, workspaces
from bot.store.upserts import upsert

WHY = "CareCue was uninstalled"  # what was to be said there is not


class Uninstall(NamedTuple):
    """Of which workspace, since when, and when all that is kept of it goes."""

    team_id: str
    name: str
    at: datetime
    goes_at: datetime


def note(tx: Connection, team_id: str, now: datetime) -> bool:
    """CareCue is not there any more; what was to be said is not. Whether that is new."""
    if is_noted(tx, team_id):
        return False
    upsert(tx, uninstalls, [{"team_id": team_id, "at": now}], keep=None)
    unsaid = (outbox.c.team_id == team_id) & outbox.c.due_at.is_not(None)
    tx.execute(update(outbox).where(unsaid).values(due_at=None, error=f"{DROPPED}{WHY}"))
    return True


def is_noted(tx: Connection, team_id: str) -> bool:
    """Whether it is known that CareCue is not there."""
    return tx.execute(select(uninstalls.c.at).where(uninstalls.c.team_id == team_id)).first() is not None


def back(tx: Connection, team_id: str) -> bool:
    """CareCue is there; whether it had been taken out."""
    gone = delete(uninstalls).where(uninstalls.c.team_id == team_id)
    return tx.execute(gone.returning(uninstalls.c.team_id)).first() is not None


def all_of_them(tx: Connection) -> list[Uninstall]:
    """Workspaces of which something is still kept, longest gone first, and by their ids where an organization left."""
    facts = select(uninstalls.c.team_id, uninstalls.c.at, workspaces.c.name, workspaces.c.setup)
    rows = tx.execute(facts.join_from(uninstalls, workspaces, uninstalls.c.team_id == workspaces.c.team_id))
    found = [Uninstall(row.team_id, row.name, row.at, row.at + _grace(row.setup)) for row in rows]
    return sorted(found, key=lambda one: (one.at, one.team_id))


def everywhere(tx: Connection) -> bool:
    """Whether CareCue was taken out of every workspace that it knows."""
    known, gone = (len(tx.execute(select(table.c.team_id)).all()) for table in (workspaces, uninstalls))
    return 0 < known <= gone


def only_workspace(tx: Connection) -> str | None:
    """The one that CareCue knows; None where there are none, or several."""
    found = tx.execute(select(workspaces.c.team_id).limit(2)).scalars().all()
    return found[0] if len(found) == 1 else None


def forget(tx: Connection, now: datetime, limit: int) -> int:
    """Let go of at most `limit` rows of workspaces whose grace period is over; how many it were."""
    for one in all_of_them(tx):
        if one.goes_at <= now:
            return _next_of(tx, one.team_id, limit)
    return 0


def _next_of(tx: Connection, team_id: str, limit: int) -> int:
    """That the workspace is gone is known to the last: so it may stop anywhere, and goes on there."""
    for table in metadata.sorted_tables:
        if table not in (uninstalls, workspaces) and (gone := _some_of(tx, table, team_id, limit)):
            return gone
    return sum(_some_of(tx, table, team_id, limit) for table in (workspaces, uninstalls))


def _some_of(tx: Connection, table: Table, team_id: str, limit: int) -> int:
    some = tx.execute(select(*table.primary_key).where(table.c.team_id == team_id).limit(limit)).all()
    delete_rows(tx, table, some)
    return len(some)


def _grace(setup: dict[str, object]) -> timedelta:
    """The usual one where the setup cannot be read: nobody is there any more to mend it."""
    try:
        retention = from_dict(setup).retention
    except (LookupError, TypeError, ValueError, AttributeError):
        retention = Retention()
    return timedelta(days=retention.grace)
