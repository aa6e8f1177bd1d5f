"""One event, several workspaces: Slack tells of what happens in a shared channel once, though CareCue may be in it for
the companies on either side. Whose authorization the event names is chance; all of them are to hear of it.
"""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, select

from bot.domain.arrivals import Delivery, Membership, PersonChanged
from bot.store import lists
from bot.store.db import is_sqlite
from bot.store.standing import is_here
from bot.store.tables import channels, workspaces


def told(tx: Connection, deliveries: Sequence[Delivery]) -> list[Delivery]:
    """Deliveries, and the same to every other workspace for which CareCue is in that channel."""
    shared = {channel for one in deliveries if one.ext_shared and (channel := _channel(one))}
    if not shared:
        return list(deliveries)
    there: dict[str, set[str]] = defaultdict(set)
    for row in tx.execute(_there(is_sqlite(tx)), {"channels": lists.packed(shared)}):
        there[row.channel].add(row.team_id)
    for channel, team_id in _coming(tx, deliveries):
        there[channel].add(team_id)
    return [again for one in deliveries for again in (one, *_others(one, there))]


def _others(one: Delivery, there: dict[str, set[str]]) -> list[Delivery]:
    teams = there.get(_channel(one), set()) if one.ext_shared else set()
    return [replace(one, team_id=team_id, org=None) for team_id in sorted(teams - {one.team_id})]


def _coming(tx: Connection, deliveries: Sequence[Delivery]) -> Iterator[tuple[str, str]]:
    """The channels to which CareCue comes just now, and for which workspace, though the event names another."""
    came = [(one.team_id, one.arrival) for one in deliveries if one.ext_shared and isinstance(one.arrival, Membership)]
    if not came:
        return
    bots: dict[str, set[str]] = defaultdict(set)
    users = {arrival.user for _, arrival in came}
    for row in tx.execute(select(*workspaces.c["team_id", "bot_user_id"]).where(workspaces.c.bot_user_id.in_(users))):
        bots[row.bot_user_id].add(row.team_id)
    for named, arrival in came:
        whose = bots[arrival.user]  # an organization's workspaces have one bot
        if named not in whose and (len(whose) == 1 or arrival.user_team in whose):
            yield arrival.channel, next(iter(whose)) if len(whose) == 1 else str(arrival.user_team)


def _channel(one: Delivery) -> str:
    return "" if isinstance(one.arrival, PersonChanged) else one.arrival.channel


@cache
def _there(on_sqlite: bool) -> Select[Any]:
    wanted = lists.texts(on_sqlite, "channels").subquery()
    found = select(channels.c.team_id, channels.c.channel).join(wanted, channels.c.channel == wanted.c.value)
    return found.where(channels.c.is_member, is_here(channels))
