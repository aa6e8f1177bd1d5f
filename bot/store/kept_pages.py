"""What is kept about somebody, for their own eyes: counted by its kinds, and all of it to take along."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from itertools import groupby
from typing import Any

from sqlalchemy import ColumnElement, Connection, RowMapping, Table, func, or_, select

from bot.domain.setup_people import person_data
from bot.store import kudos_lists
from bot.store.kept import KEPT, Kept, ids_of
from bot.store.kudos_tables import kudos, kudos_asks, kudos_receivers
from bot.store.leading_tables import asks, boundaries
from bot.store.promise_tables import promises
from bot.store.prompt_tables import prompts
from bot.store.tables import moves, nudges, waits
from bot.store.workspaces import Workspace
from bot.views.privacy import Row

# Where a kind is told by a number, the table that is counted; of all others only whether there is something.
_COUNTED: Mapping[Row, Table] = {
    Row.MESSAGES: moves,
    Row.ANSWERS: waits,
    Row.PROMISES: promises,
    Row.NUDGES: nudges,
    Row.RECEIVED: kudos_receivers,
    Row.GIVEN: kudos,
    Row.ASKED: kudos_asks,
    Row.ASKS: asks,
    Row.BOUNDARIES: boundaries,
    Row.PROMPTS: prompts,
}
_PLAIN = tuple(kept for kept in KEPT if not kept.inside)


def counts(tx: Connection, workspace: Workspace, user: str) -> dict[Row, int]:
    """How many rows of each kind name this person."""
    found, ids = dict.fromkeys(Row, 0), ids_of(tx, workspace.team_id, user)
    for table, some in _by_table(_PLAIN):
        for row in {kept.row for kept in some}:
            if _COUNTED.get(row, table) is table:
                here = _named([kept for kept in some if kept.row is row], workspace.team_id, ids)
                found[row] += tx.execute(select(func.count()).select_from(table).where(here)).scalar_one()
    return found | {Row.SETUP: found[Row.SETUP] + len(in_setup(workspace, user))}


def export(tx: Connection, workspace: Workspace, user: str, now: datetime) -> dict[str, Any]:
    """All of it, ready for JSON: by its table, each row with `as`, which says as what the person stands in it."""
    told: dict[str, Any] = {"person": user, "workspace": workspace.team_id, "written_at": now.isoformat()}
    told |= {"setup": in_setup(workspace, user), "kudos_as_stories": kudos_lists.export(tx, workspace, user)}
    ids = ids_of(tx, workspace.team_id, user)
    for table, some in _by_table(_PLAIN):
        rows = tx.execute(select(table).where(_named(some, workspace.team_id, ids))).mappings()
        if told_rows := [_told(some, row, ids) for row in rows]:
            told[table.name] = told_rows
    return told


def in_setup(workspace: Workspace, user: str) -> dict[str, Any]:
    """What the setup says of them: as what they are in which team, and what is set for them alone."""
    setup = workspace.setup
    roles = {
        team.key: [role for role in ("agents", "managers", "deputies") if user in getattr(team, role)]
        for team in workspace.teams_of(user)
    }
    told: dict[str, Any] = {"teams": roles} if roles else {}
    told |= {"admin": True} if user in setup.admins else {}
    person = [person_data(one) for one in setup.people if one.user == user]
    told |= {"person": person[0]} if person else {}
    overrides = [{"is": one.is_, "channel": one.channel} for one in setup.overrides if one.user == user]
    return told | ({"overrides": overrides} if overrides else {})


def _by_table(some: Iterable[Kept]) -> Iterable[tuple[Table, list[Kept]]]:
    ordered = sorted(some, key=lambda kept: kept.column.table.name)
    return [(table, list(group)) for table, group in groupby(ordered, key=lambda kept: kept.column.table)]


def _named(some: Iterable[Kept], team_id: str, ids: Sequence[str]) -> ColumnElement[bool]:
    columns = [kept.column for kept in some]
    return (columns[0].table.c.team_id == team_id) & or_(*(column.in_(ids) for column in columns))


def _told(some: Iterable[Kept], row: RowMapping, ids: Sequence[str]) -> dict[str, Any]:
    """What of a row is this person's: of all other people in it nothing."""
    mine = [kept for kept in some if row[kept.column.name] in ids]
    names = dict.fromkeys(name for kept in mine for name in kept.told)
    told = {name: row[name].isoformat() if isinstance(row[name], datetime) else row[name] for name in names}
    return {"as": [kept.column.name for kept in mine]} | told
