"""How many customers wait for whom, and how many are fair."""

from collections import Counter
from collections.abc import Collection, Mapping
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, bindparam, func, select

from bot.domain.owners import Load
from bot.domain.setup import Team
from bot.store import lists
from bot.store.db import is_sqlite
from bot.store.tables import channels, waits
from bot.store.workspaces import Workspace

USUAL = Team("", "").load


def load(tx: Connection, workspace: Workspace, user: str) -> Load:
    """What this person has."""
    return loads(tx, workspace, [user])[user]


def loads(tx: Connection, workspace: Workspace, users: Collection[str]) -> dict[str, Load]:
    """What each of these people has, read at once."""
    if not users:
        return {}
    rows = tx.execute(_of_users(is_sqlite(tx)), {"team": workspace.team_id, "users": lists.packed(users)})
    return _fair(workspace, dict.fromkeys(users, 0) | _counted(workspace, rows))


def everybody(tx: Connection, workspace: Workspace) -> dict[str, Load]:
    """The same of all for whom a customer waits."""
    return _fair(workspace, _counted(workspace, tx.execute(_OPEN.group_by(*_EACH), {"team": workspace.team_id})))


def loaded(tx: Connection, every: Mapping[str, Workspace]) -> set[str]:
    """The workspaces in which somebody has more open waits than is fair, those counted too that weigh nothing."""
    least = min((team.load for one in every.values() for team in one.setup.teams), default=USUAL)
    many = func.count()
    counted = select(*_WHOSE, many.label("many")).where(*_WEIGHS).group_by(*_WHOSE).having(many > min(least, USUAL))
    found = [row for row in tx.execute(counted) if row.team_id in every]
    return {row.team_id for row in found if row.many > limit(every[row.team_id], row.owner)}


def limit(workspace: Workspace, user: str) -> int:
    """How many open waits are fair: of somebody in several teams, what the most generous says."""
    return max((team.load for team in workspace.teams_of(user)), default=USUAL)


# Waits in channels where customers are no longer looked after stay open, and weigh nothing; nor do those that wait on
# the customer.
_EACH = (waits.c.owner, waits.c.channel, channels.c.is_ext_shared)
_WHOSE = (waits.c.team_id, waits.c.owner)
_WEIGHS = (waits.c.ended_at.is_(None), waits.c.owner.is_not(None), waits.c.paused_until.is_(None))
_OF_CHANNEL = (channels.c.team_id == waits.c.team_id) & (channels.c.channel == waits.c.channel)
_OPEN: Select[Any] = (
    select(*_EACH, func.count().label("many"))
    .join_from(waits, channels, _OF_CHANNEL, isouter=True)
    .where(waits.c.team_id == bindparam("team"), *_WEIGHS)
)


@cache
def _of_users(on_sqlite: bool) -> Select[Any]:
    return _OPEN.where(waits.c.owner.in_(lists.texts(on_sqlite, "users"))).group_by(*_EACH)


def _counted(workspace: Workspace, rows: Any) -> dict[str, int]:
    found = Counter[str]()
    for row in rows:
        if workspace.kind(row.channel, bool(row.is_ext_shared)) == "customer":
            found[row.owner] += row.many
    return found


def _fair(workspace: Workspace, open_: Mapping[str, int]) -> dict[str, Load]:
    return {user: Load(count, limit(workspace, user)) for user, count in open_.items()}
