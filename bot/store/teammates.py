"""Who could take a wait off somebody's hands: their teammates on duty, those with the fewest waits first."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, func, select

from bot.store import channels, presence
from bot.store.tables import nudges, waits
from bot.store.workspaces import Workspace
from bot.views.ways_out import Mate


def of(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> list[Mate]:
    """Those to whom this person may hand over the wait of a nudge: on duty now, and in its channel."""
    here = (nudges.c.id == nudge_id) & (nudges.c.team_id == workspace.team_id)
    wanted = select(waits.c.channel, waits.c.owner).join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
    wait = tx.execute(wanted.where(here)).first()
    if wait is None:
        return []
    known = channels.get(tx, workspace.team_id, wait.channel)
    policy = workspace.policy(wait.channel, known.invited_by if known else None)
    others = [one for one in dict.fromkeys(policy.agents) if one not in (user, wait.owner)]
    free = _free(tx, workspace, wait.channel, others, now)
    load = _open(tx, workspace.team_id, free)
    return sorted((Mate(one, load.get(one, 0)) for one in free), key=lambda mate: mate.open)


def _free(tx: Connection, workspace: Workspace, channel: str, users: Sequence[str], now: datetime) -> list[str]:
    members = channels.get_members(tx, workspace.team_id, channel)
    away = presence.away(tx, workspace, users, now)
    return [one for one in users if one not in away and (not members or one in members)]


def _open(tx: Connection, team_id: str, users: Sequence[str]) -> dict[str, int]:
    """How many customers wait for each of them."""
    here = (waits.c.team_id == team_id) & waits.c.owner.in_(users) & waits.c.ended_at.is_(None)
    counted = select(waits.c.owner, func.count().label("many")).where(here).group_by(waits.c.owner)
    return {row.owner: row.many for row in tx.execute(counted)}
