"""People with more customers waiting than is fair, and those who lead them: told once a day, as long as it is so."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from zoneinfo import ZoneInfo

from sqlalchemy import Connection, delete, select

from bot.domain.owners import Load
from bot.store import living_lists, owners
from bot.store.list_tables import overloads as table
from bot.store.living_lists import News
from bot.store.upserts import upsert
from bot.store.workspaces import Workspace


@dataclass(frozen=True, slots=True)
class Overload:
    """What is kept of a person. `since` is None while all is fair again; `rung_at`: when their managers last heard."""

    user: str
    since: datetime | None
    open: int
    limit: int
    rung_at: datetime | None


def watch(tx: Connection, workspace: Workspace, now: datetime) -> int:
    """Look at everybody's load, and let those who lead them know; of how many there was something new.

    In works-council mode it is nobody's to know, and nothing is kept.
    """
    if workspace.setup.works_council:
        return len(
            tx.execute(delete(table).where(table.c.team_id == workspace.team_id).returning(table.c.user_id)).all()
        )
    loads, known = owners.everybody(tx, workspace), _known(tx, workspace.team_id, hold=True)
    changed = sorted(_changes(workspace, loads, known, now), key=lambda one: one.user)
    upsert(tx, table, [_row(workspace.team_id, one) for one in changed])
    for one in changed:
        rings = one.rung_at == now and one.since is not None
        readers = leaders_of(workspace, one.user)
        living_lists.note(tx, workspace.team_id, readers, News.RING if rings else News.CHANGED, now)
        if one.since is None:
            living_lists.note(tx, workspace.team_id, [one.user], News.CHANGED, now)  # whose list may ring again
    return len(changed)


def to_watch(tx: Connection, every: Mapping[str, Workspace], _now: datetime) -> set[str]:
    """The workspaces in which somebody may have too much, or had; or something is kept that is nobody's to know."""
    kept = tx.execute(select(table.c.team_id, table.c.since.is_not(None).label("lasts")).distinct()).all()
    told = {
        row.team_id for row in kept if row.lasts or (row.team_id in every and every[row.team_id].setup.works_council)
    }
    return told | owners.loaded(tx, every)


def told_to(tx: Connection, workspace: Workspace, reader: str) -> list[Overload]:
    """Those with too much whom this person leads, whoever has most first."""
    if workspace.setup.works_council or not workspace.led_by(reader):
        return []
    known = _known(tx, workspace.team_id).values()
    theirs = [one for one in known if one.since and reader in leaders_of(workspace, one.user)]
    return sorted(theirs, key=lambda one: (-one.open, one.user))


def leaders_of(workspace: Workspace, user: str) -> tuple[str, ...]:
    """Who may take something off them: those who manage their teams, others before themselves."""
    all_of_them = dict.fromkeys(one for team in workspace.teams_of(user) for one in workspace.people(team.managers))
    return tuple(one for one in all_of_them if one != user) or tuple(all_of_them)


def _changes(
    workspace: Workspace, loads: Mapping[str, Load], known: Mapping[str, Overload], now: datetime
) -> Iterator[Overload]:
    """What is to be kept that is not kept so yet."""
    for user, load in loads.items():
        if load.too_much:
            before = known.get(user, Overload(user, None, 0, 0, None))
            after = replace(before, since=before.since or now, open=load.open, limit=load.limit)
            after = replace(after, rung_at=now) if _may_ring(workspace, after, now) else after
            if after != before:
                yield after
    for user, before in known.items():
        if before.since and not (user in loads and loads[user].too_much):
            yield replace(before, since=None)


def _may_ring(workspace: Workspace, one: Overload, now: datetime) -> bool:
    """Once a day of the team's, while it works."""
    team = next(iter(workspace.teams_of(one.user)), None)
    schedule = workspace.schedule(team.key if team else None)
    if not schedule.is_open(now):
        return False
    zone = ZoneInfo(schedule.week.zone)
    return one.rung_at is None or one.rung_at.astimezone(zone).date() != now.astimezone(zone).date()


def _known(tx: Connection, team_id: str, *, hold: bool = False) -> dict[str, Overload]:
    columns = (table.c.user_id, table.c.since, table.c.open, table.c.limit, table.c.rung_at)
    kept = select(*columns).where(table.c.team_id == team_id).order_by(table.c.user_id)
    return {row.user_id: Overload(*row) for row in tx.execute(kept.with_for_update() if hold else kept)}


def _row(team_id: str, one: Overload) -> Mapping[str, object]:
    return {
        "team_id": team_id,
        "user_id": one.user,
        "since": one.since,
        "open": one.open,
        "limit": one.limit,
        "rung_at": one.rung_at,
    }
