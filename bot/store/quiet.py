"""A quiet start: CareCue lives beside the team and says nothing, but for a page to its admins once a week."""

from datetime import datetime, timedelta

from sqlalchemy import Connection, select, update

from bot.domain.nudges import NEVER_AGAIN
from bot.store import occurrences
from bot.store.digest_tables import occurrences as table
from bot.store.occurrences import Due
from bot.store.outbox import Row
from bot.store.people import admins_of
from bot.store.promise_tables import promises
from bot.store.tables import outbox, waits
from bot.store.workspaces import Workspace

WEEK = timedelta(weeks=1)
LONGEST = timedelta(weeks=12)  # how far back the page looks

JOB = "quiet"
_BEGAN = "began"


def nothing_holds(_tx: Connection, _row: Row, _now: datetime) -> str:
    """Why whatever is in the outbox is not to be said, should a sender come upon it."""
    return "a quiet start"


def let_go(tx: Connection) -> int:
    """Settle whatever stands in the outbox, unsaid. How many they were."""
    unsaid = update(outbox).where(outbox.c.due_at.is_not(None)).values(due_at=None, error="dropped: a quiet start")
    return len(tx.execute(unsaid.returning(outbox.c.id)).all())


def pass_over(tx: Connection, now: datetime) -> int:
    """Let pass in silence what is due; of these waits and promises nobody hears later either. How many they were."""
    climbed = update(waits).where(waits.c.next_nudge_at <= now).values(next_nudge_at=None, steps_done=NEVER_AGAIN)
    told = update(promises).where(promises.c.next_nudge_at <= now).values(next_nudge_at=None, nudged_at=now)
    return sum(len(tx.execute(one).all()) for one in (climbed.returning(waits.c.id), told.returning(promises.c.id)))


def began(tx: Connection, team_id: str, now: datetime) -> datetime:
    """Since when CareCue has kept quiet in this workspace: since now, if nobody asked before."""
    occurrences.take(tx, team_id, Due(JOB, _BEGAN, "", now))
    here = (table.c.team_id == team_id) & (table.c.job == JOB) & (table.c.whose == _BEGAN)
    at: datetime = tx.execute(select(table.c.at).where(here)).scalar_one()
    return at


def due(tx: Connection, workspace: Workspace, now: datetime) -> list[Due]:
    """The page of each week that is over since then, one for each admin; of several weeks the latest."""
    since = began(tx, workspace.team_id, now)
    weeks = (now - since) // WEEK
    at = since + weeks * WEEK
    found = [Due(JOB, user, at.date().isoformat(), at) for user in readers(tx, workspace)] if weeks else []
    return occurrences.unwritten(tx, workspace.team_id, found)


def readers(tx: Connection, workspace: Workspace) -> tuple[str, ...]:
    """CareCue's admins; where none are set up, those of the workspace whom it has met."""
    return workspace.people(workspace.setup.admins) or admins_of(tx, workspace.team_id)
