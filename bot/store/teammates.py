"""Who could take a wait off somebody's hands: their teammates on duty, those with the fewest waits first."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import Connection, select

from bot.domain.presence import Reason
from bot.store import channels, owners, presence
from bot.store.tables import nudges, waits
from bot.store.workspaces import Workspace
from bot.views.ways_out import Mate


def of(tx: Connection, workspace: Workspace, nudge_id: int, user: str, now: datetime) -> list[Mate]:
    """Those in its channel to whom this person may hand over the wait of a nudge: on duty, else only off work."""
    here = (nudges.c.id == nudge_id) & (nudges.c.team_id == workspace.team_id)
    wanted = select(waits.c.channel, waits.c.owner).join_from(nudges, waits, nudges.c.wait_id == waits.c.id)
    wait = tx.execute(wanted.where(here)).first()
    if wait is None:
        return []
    others = agents_of(tx, workspace, wait.channel, but=(user, wait.owner))
    free = on_duty(tx, workspace, wait.channel, others, now)
    return lightest(tx, workspace, free) if free else _back_first(tx, workspace, wait.channel, others, now)


def agents_of(tx: Connection, workspace: Workspace, channel: str, but: Collection[str | None]) -> list[str]:
    """The agents of the channel's team, but for these."""
    known = channels.get(tx, workspace.team_id, channel)
    policy = workspace.policy(channel, known.invited_by if known else None)
    return [one for one in dict.fromkeys(policy.agents) if one not in but]


def lightest(tx: Connection, workspace: Workspace, users: Sequence[str]) -> list[Mate]:
    """These people with what they have already, whoever has least first."""
    loads = owners.loads(tx, workspace, users)
    return sorted((Mate(one, loads[one].open) for one in users), key=lambda mate: mate.open)


def on_duty(tx: Connection, workspace: Workspace, channel: str, users: Sequence[str], now: datetime) -> list[str]:
    """Those of them who could take something there now; where its members are not known, all who have not left."""
    here = _inside(tx, workspace, channel, users)
    away = presence.away(tx, workspace, here, now)
    return [one for one in here if one not in away]


def _back_first(tx: Connection, workspace: Workspace, channel: str, users: Sequence[str], now: datetime) -> list[Mate]:
    """Those of them who are off work and nothing else, whoever is back first."""
    away = presence.away(tx, workspace, _inside(tx, workspace, channel, users), now)
    back = {user: one.until for user, one in away.items() if one.reason is Reason.HOURS and one.until}
    loads = owners.loads(tx, workspace, back)
    mates = [Mate(user, loads[user].open, until) for user, until in back.items()]
    return sorted(mates, key=lambda mate: (back[mate.user], mate.open))


def _inside(tx: Connection, workspace: Workspace, channel: str, users: Sequence[str]) -> list[str]:
    known = channels.get(tx, workspace.team_id, channel)
    if known and known.members_read_at:
        inside = channels.get_members(tx, workspace.team_id, channel)
        return [one for one in users if one in inside]
    gone = channels.departed(tx, workspace.team_id, [channel], users).get(channel, ())
    return [one for one in users if one not in gone]
