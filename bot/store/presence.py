"""Who is on duty now, and who is to be left in peace: put together from all that says so."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.hours import Schedule
from bot.domain.people import Person
from bot.domain.presence import Away, Mode, Quiet, Reason, off_work, weightiest
from bot.store import boundary, people
from bot.store.locks import lock_channels
from bot.store.tables import waits
from bot.store.workspaces import Workspace


def away(tx: Connection, workspace: Workspace, users: Collection[str], now: datetime) -> dict[str, Away]:
    """Of these people, those who are not on duty, and why."""
    return {user: quiet.away for user, quiet in quiets(tx, workspace, users, now).items() if quiet.away}


def quiet(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Quiet:
    """What decides whether something may ring for this person."""
    return quiets(tx, workspace, [user], now)[user]


def quiets(tx: Connection, workspace: Workspace, users: Collection[str], now: datetime) -> dict[str, Quiet]:
    """The same for many, each asked for once."""
    known = people.get_many(tx, workspace.team_id, users)
    resting = boundary.resting(tx, workspace.team_id, now)
    found: dict[str, Quiet] = {}
    for user in users:
        schedule = _hours(workspace, user)
        reasons = [*_gone(known.get(user)), *([Away(Reason.BREATHER)] if user in resting else [])]
        reasons += filter(None, [off_work(schedule, now)])
        found[user] = Quiet(Mode.LOUD, weightiest(reasons), None, schedule, schedule.week.zone)
    return found


def hours(_tx: Connection, workspace: Workspace, user: str) -> Schedule:
    """When this person works."""
    return _hours(workspace, user)


def pass_on(tx: Connection, team_id: str, user: str, now: datetime, channel: str | None = None) -> int:
    """Somebody is away, or has left the channel: the ladder looks at once at the open waits that they own.

    Returns how many these are. What is snoozed is left until the snooze ends.
    """
    mine = (waits.c.team_id == team_id) & (waits.c.owner == user) & waits.c.ended_at.is_(None)
    mine &= waits.c.snoozed_until.is_(None) | (waits.c.snoozed_until <= now)
    if channel:
        mine &= waits.c.channel == channel
    lock_channels(tx, team_id, set(tx.execute(select(waits.c.channel).where(mine).distinct()).scalars()))
    ids = list(tx.execute(select(waits.c.id).where(mine).order_by(waits.c.id).with_for_update()).scalars())
    if ids:
        tx.execute(update(waits).where(waits.c.id.in_(ids)).values(next_nudge_at=now))
    return len(ids)


def _gone(person: Person | None) -> list[Away]:
    return [Away(Reason.GONE)] if person and person.is_gone else []


def _hours(workspace: Workspace, user: str) -> Schedule:
    return workspace.schedule(next((team.key for team in workspace.teams_of(user)), None))
