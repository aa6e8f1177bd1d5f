"""Arrivals that wait until Slack has said who their author is, and those behind them in the same channel.

Likewise what happens in a channel while it is read what was missed there: it waits behind the gap.
"""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from itertools import takewhile
from typing import Any

from sqlalchemy import (
    CompoundSelect,
    Connection,
    bindparam,
    cast,
    delete,
    false,
    insert,
    null,
    select,
    true,
    union_all,
    update,
)

from bot.domain.arrivals import Deleted, Posted, Reacted, Spoken
from bot.domain.people import Glance
from bot.store import limits, lists, people
from bot.store.db import is_sqlite
from bot.store.standing import is_here
from bot.store.tables import unresolved

METHOD = "users.info"  # by which Slack is asked
_GAP = "gap "  # and a channel: in the place of a person

_KINDS: dict[str, type[Posted] | type[Reacted] | type[Deleted]] = {
    kind.__name__: kind for kind in (Posted, Reacted, Deleted)
}


def look(
    tx: Connection, team_id: str, users: Collection[str], channels: Collection[str]
) -> tuple[dict[str, Glance], set[str]]:
    """Those of the people who are known, and those of the channels in which something waits.

    What comes later has to wait behind it. Both in one question: on PostgreSQL each costs a way to the server.
    """
    given = {"team": team_id, "users": lists.packed(users), "channels": lists.packed(channels)}
    rows = tx.execute(_look(is_sqlite(tx)), given).all()
    known = {one: Glance(*facts) for is_held, one, *facts in rows if not is_held}
    return known, {one for is_held, one, *_ in rows if is_held}


@cache
def _look(on_sqlite: bool) -> CompoundSelect[Any]:
    known = people.glance_of(on_sqlite)
    of_glance = [cast(null(), column.type) for column in known.selected_columns][1:]
    here = unresolved.c.channel.in_(lists.texts(on_sqlite, "channels"))
    held = select(true(), unresolved.c.channel, *of_glance).where(unresolved.c.team_id == bindparam("team"), here)
    return union_all(known.with_only_columns(false(), *known.selected_columns), held.distinct())


def hold(tx: Connection, team_id: str, arrivals: Sequence[tuple[Spoken, str | None]]) -> None:
    """Keep arrivals; beside each the person to ask about, or None where only its turn has to come."""
    rows = [
        {
            "team_id": team_id,
            "user_id": user,
            "channel": arrival.channel,
            "ts": arrival.at_ts,
            "arrival": {"kind": type(arrival).__name__} | arrival._asdict(),
        }
        for arrival, user in arrivals
    ]
    if rows:
        tx.execute(insert(unresolved), rows)


def ask(tx: Connection, team_id: str, users: Iterable[str]) -> None:
    """Their side is known, only their name is not: nothing waits for it."""
    wanted = set(users)
    if not wanted:
        return
    here = (unresolved.c.team_id == team_id) & unresolved.c.user_id.in_(sorted(wanted))
    new = wanted - set(tx.execute(select(unresolved.c.user_id).where(here)).scalars())
    if new:
        rows = [{"team_id": team_id, "user_id": user, "channel": "", "ts": ""} for user in sorted(new)]
        tx.execute(insert(unresolved), rows)


def wanted(tx: Connection, limit: int, now: datetime, silent: Collection[str] = ()) -> list[tuple[str, str]]:
    """(team_id, user) of people to ask Slack about, longest wanted first; but of `silent` workspaces.

    Nor of those in which Slack wants to be left alone with such questions.
    """
    rows = tx.execute(
        select(unresolved.c.team_id, unresolved.c.user_id)
        .where(unresolved.c.user_id.is_not(None), unresolved.c.user_id.not_like(f"{_GAP}%"))
        .where(is_here(unresolved), unresolved.c.team_id.not_in(silent))
        .where(~limits.rests_in(unresolved.c.team_id, METHOD, now))
        .order_by(unresolved.c.id)
        .limit(limit)
    )
    return list(dict.fromkeys((row.team_id, row.user_id) for row in rows))


def channels_of(tx: Connection, team_id: str, user: str) -> set[str]:
    """The channels that this person holds up."""
    here = (unresolved.c.team_id == team_id) & (unresolved.c.user_id == user) & (unresolved.c.channel != "")
    return set(tx.execute(select(unresolved.c.channel).where(here).distinct()).scalars())


def release(tx: Connection, team_id: str, user: str, channels: Collection[str]) -> list[Spoken]:
    """The person is known now: what can be applied of these channels, in the order in which it happened."""
    theirs = (unresolved.c.team_id == team_id) & (unresolved.c.user_id == user)
    tx.execute(delete(unresolved).where(theirs, unresolved.c.arrival.is_(None)))
    # What they did elsewhere meanwhile keeps their name, so that somebody comes back for it.
    tx.execute(update(unresolved).where(theirs, unresolved.c.channel.in_(sorted(channels))).values(user_id=None))
    ready: list[Any] = []
    for channel in sorted(channels):
        here = (unresolved.c.team_id == team_id) & (unresolved.c.channel == channel)
        rows = tx.execute(select(unresolved).where(here).order_by(unresolved.c.ts, unresolved.c.id)).all()
        ready += takewhile(lambda row: row.user_id is None, rows)
    if ready:
        tx.execute(delete(unresolved).where(unresolved.c.id.in_([row.id for row in ready])))
    return [_arrival(row.arrival) for row in ready]


def await_gap(tx: Connection, team_id: str, channels: Collection[str]) -> None:
    """From now on what happens in these channels waits, until `gap_over`."""
    here = (unresolved.c.team_id == team_id) & unresolved.c.user_id.in_([_GAP + one for one in channels])
    there = set(tx.execute(select(unresolved.c.channel).where(here, unresolved.c.arrival.is_(None))).scalars())
    rows = [
        {"team_id": team_id, "user_id": _GAP + channel, "channel": channel, "ts": ""}
        for channel in sorted(set(channels) - there)
    ]
    if rows:
        tx.execute(insert(unresolved), rows)


def hold_missed(tx: Connection, team_id: str, arrivals: Sequence[Spoken]) -> None:
    """Keep what was found in Slack of a channel's gap."""
    hold(tx, team_id, [(arrival, _GAP + arrival.channel) for arrival in arrivals])


def missed(tx: Connection, team_id: str, channel: str) -> tuple[list[Spoken], list[Spoken]]:
    """Take out what was found in Slack of a channel's gap; beside it what else waits there, which stays."""
    here = (unresolved.c.team_id == team_id) & (unresolved.c.channel == channel) & unresolved.c.arrival.is_not(None)
    rows = tx.execute(select(unresolved).where(here).order_by(unresolved.c.ts, unresolved.c.id)).all()
    found = [row for row in rows if row.user_id == _GAP + channel]
    tx.execute(delete(unresolved).where(here, unresolved.c.user_id == _GAP + channel))
    live = [row for row in rows if row.user_id != _GAP + channel]
    return [_arrival(row.arrival) for row in found], [_arrival(row.arrival) for row in live]


def gap_over(tx: Connection, team_id: str, channel: str) -> list[Spoken]:
    """Nothing is to be read of this channel any more: what can be applied, in the order in which it happened."""
    return release(tx, team_id, _GAP + channel, [channel])


def _arrival(data: dict[str, Any]) -> Spoken:
    fields = {name: tuple(value) if isinstance(value, list) else value for name, value in data.items()}
    kind: Any = _KINDS[str(fields.pop("kind"))]
    spoken: Spoken = kind(**fields)
    return spoken
