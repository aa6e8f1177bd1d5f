"""People who left, here or at a customer's: after the grace period they are forgotten as if they had asked for it."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.store import erasing
from bot.store.tables import people
from bot.store.workspaces import Workspace


def ask(tx: Connection, workspace: Workspace, now: datetime, limit: int) -> int:
    """Have those forgotten whom Slack has called deactivated for so long; how many they are."""
    before = now - timedelta(days=workspace.setup.retention.grace)
    here = (people.c.team_id == workspace.team_id) & people.c.is_gone & (people.c.read_at <= before)
    found = tx.execute(select(people.c.user_id).where(here, ~people.c.is_app).limit(limit)).scalars().all()
    for user in found:
        erasing.ask(tx, workspace.team_id, user, now)
    return len(found)
