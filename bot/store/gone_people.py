"""People who left, here or at a customer's: after the grace period they are forgotten as if they had asked for it."""

from collections.abc import Iterable, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.store import erasing
from bot.store.tables import people
from bot.store.workspaces import Workspace


def find(tx: Connection, workspace: Workspace, now: datetime, limit: int) -> Sequence[str]:
    """Those whom Slack has called deactivated for so long. Only reads."""
    before = now - timedelta(days=workspace.setup.retention.grace)
    here = (people.c.team_id == workspace.team_id) & people.c.is_gone & (people.c.read_at <= before)
    return tx.execute(select(people.c.user_id).where(here, ~people.c.is_app).limit(limit)).scalars().all()


def ask(tx: Connection, workspace: Workspace, users: Iterable[str], now: datetime) -> None:
    """Have them forgotten."""
    for user in users:
        erasing.ask(tx, workspace.team_id, user, now)
