"""How CareCue is doing in a workspace: does it hear, can it speak, and what is it set up for."""

from collections import Counter
from collections.abc import Iterable
from datetime import UTC, datetime, time
from zoneinfo import ZoneInfo

from sqlalchemy import ColumnElement, Connection, func, select

from bot.domain.setup import Team
from bot.store import channels
from bot.store.tables import events, outbox
from bot.store.workspaces import Workspace
from bot.views.home_health import Failure, Health, Known

EVENTS_MOST = 10_000  # counted of a day
LOOKED_AT = 50_000  # rows of the outbox


def read(tx: Connection, workspace: Workspace, zone: str, now: datetime) -> Health:
    """For an admin who lives in `zone`."""
    here = events.c.team_id == workspace.team_id
    heard = select(events.c.seen_at).where(here).order_by(events.c.seen_at.desc()).limit(1)
    served = _served(tx, workspace)
    count, oldest = _outbox(tx, workspace, now)
    return Health(
        at=now,
        heard_at=tx.execute(heard).scalar(),
        events=_events(tx, here & (events.c.seen_at >= _midnight(zone, now))),
        events_most=EVENTS_MOST,
        outbox=count,
        oldest=oldest,
        failure=_failure(tx, workspace),
        teams=_teams(workspace, served),
        outside=_outside(tx, workspace),
        without_team=tuple(one for one in served if workspace.setup.team_for(one) is None),
    )


def _events(tx: Connection, which: ColumnElement[bool]) -> int:
    some = select(events.c.seen_at).where(which).limit(EVENTS_MOST + 1).subquery()
    return tx.execute(select(func.count()).select_from(some)).scalar_one()


def _outbox(tx: Connection, workspace: Workspace, now: datetime) -> tuple[int, datetime | None]:
    """What is due and not settled, and since when the first of it should have been said."""
    due = (outbox.c.team_id == workspace.team_id) & (outbox.c.due_at <= now)
    first = select(outbox.c.created_at).where(due).order_by(outbox.c.created_at).limit(1)
    count = tx.execute(select(func.count()).select_from(outbox).where(due)).scalar_one()
    return count, tx.execute(first).scalar()


def _failure(tx: Connection, workspace: Workspace) -> Failure | None:
    """The last that was set aside, of the latest; what was dropped needed no saying any more."""
    newest = select(func.max(outbox.c.id)).scalar_subquery()
    aside = outbox.c.due_at.is_(None) & outbox.c.sent_at.is_(None) & outbox.c.error.not_like("dropped:%")
    here = (outbox.c.team_id == workspace.team_id) & aside & (outbox.c.id > newest - LOOKED_AT)
    columns = (outbox.c.key, outbox.c.error, outbox.c.created_at)
    row = tx.execute(select(*columns).where(here).order_by(outbox.c.id.desc()).limit(1)).first()
    return Failure(row.key, row.error, row.created_at) if row else None


def _teams(workspace: Workspace, served: Iterable[str]) -> tuple[Known, ...]:
    counts = Counter(team.key for team in map(workspace.setup.team_for, served) if team)
    return tuple(_known(workspace, team, counts[team.key]) for team in workspace.setup.teams)


def _known(workspace: Workspace, team: Team, count: int) -> Known:
    return Known(team.name, len(workspace.people(team.people)), count, team.home)


def _outside(tx: Connection, workspace: Workspace) -> tuple[str, ...]:
    """Channels that are set up to be heard, and in which CareCue is not."""
    homes = [team.home for team in workspace.setup.teams if team.home]
    wanted = dict.fromkeys([*_customers(workspace), *homes])
    known = channels.get_many(tx, workspace.team_id, wanted)
    return tuple(one for one in wanted if one not in known or not known[one].is_member)


def _served(tx: Connection, workspace: Workspace) -> list[str]:
    """Channels of customers: those that are listed, and by the channel rules those that CareCue is in."""
    ruled = [one.id for one in workspace.setup.ruled.values() if one.kind == "customer"]
    known = channels.get_many(tx, workspace.team_id, ruled)
    return [*_customers(workspace), *(one for one in ruled if one in known and known[one].is_member)]


def _customers(workspace: Workspace) -> list[str]:
    return [one.id for one in workspace.setup.channels if one.kind == "customer"]


def _midnight(zone: str, now: datetime) -> datetime:
    local = ZoneInfo(zone)
    return datetime.combine(now.astimezone(local).date(), time.min, local).astimezone(UTC)
