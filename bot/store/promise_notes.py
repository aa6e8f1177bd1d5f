"""What is said of promises: a line in the list of whoever made one."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.store import living_lists
from bot.store.living_lists import News
from bot.store.promise_tables import promises
from bot.store.promises import Stored
from bot.store.tables import waits
from bot.store.workspaces import Workspace


def redraw(tx: Connection, workspace: Workspace, ids: Sequence[int], now: datetime) -> None:
    """Something has become of these: the lists in which they stand say so at once."""
    if ids:
        told = promises.c.id.in_(list(ids)) & promises.c.nudged_at.is_not(None)
        makers = tx.execute(select(promises.c.by).where(promises.c.team_id == workspace.team_id, told)).scalars()
        living_lists.note(tx, workspace.team_id, set(makers), News.DONE, now)


def customer_waits(tx: Connection, made: Stored) -> bool:
    """Whether the customer waits for us meanwhile, in the same conversation."""
    here = (waits.c.team_id == made.team_id) & (waits.c.channel == made.channel) & (waits.c.root_ts == made.root_ts)
    return tx.execute(select(waits.c.id).where(here, waits.c.ended_at.is_(None))).first() is not None
