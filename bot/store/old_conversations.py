"""Conversations that are long over: they go, with all that tells of them; of their waits stays what makes figures.

Such a wait has no place any more and names nobody. Who answered becomes a someone of that team and week, told from the
others, since figures of fewer than three people are not told.
"""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import (
    ColumnElement,
    Connection,
    Row,
    Table,
    and_,
    bindparam,
    delete,
    exists,
    or_,
    select,
    tuple_,
    update,
)

from bot.domain.moments import ts_of
from bot.domain.someone import SOMEONE, apart, is_someone
from bot.domain.weeks import Week, week_of
from bot.store.counting import UNCOUNTED
from bot.store.locks import lock_channels
from bot.store.old_rows import Key, Keys, delete_rows
from bot.store.promise_tables import promises
from bot.store.tables import conversations, moves, nudges, waits

NOWHERE = ""  # the channel of a wait that is a figure alone

_OF = {"of_team": "team_id", "of_root": "root_ts", "of_channel": "channel"}


def find(tx: Connection, team_id: str, before: datetime, limit: int, after: Key | None) -> Sequence[Row[Any]]:
    """Those in which nothing has happened since and nobody waits, as (team_id, root_ts, channel), oldest first."""
    key = tuple(conversations.primary_key)
    here = (conversations.c.team_id == team_id) & (conversations.c.root_ts < ts_of(before)) & _over(before)
    if after:
        here &= tuple_(*key[1:]) > tuple_(*after[1:])
    return tx.execute(select(*key).where(here).order_by(*key[1:]).limit(limit)).all()


def drop(tx: Connection, team_id: str, keys: Keys, before: datetime) -> None:
    """Let go of those that are over still."""
    lock_channels(tx, team_id, {channel for _, _, channel in keys})
    _let_go(tx, [place for place in map(_place, keys) if _is_over(tx, place, before)])


def drop_all(tx: Connection, team_id: str, keys: Keys) -> None:
    """Let go of these whatever goes on in them: their channel is over."""
    lock_channels(tx, team_id, {channel for _, _, channel in keys})
    _let_go(tx, [_place(key) for key in keys])


class Answerer(NamedTuple):
    """Somebody who answered for a team in a week that is long over; `number` is who they are from now on."""

    team: str
    week: Week
    user: str
    number: int


def answerers(tx: Connection, team_id: str, zones: dict[str, str], before: datetime) -> Iterator[Answerer]:
    """Everybody who is still named in weeks that are over; `zones` are the teams', by their keys."""
    for team in tx.execute(
        select(waits.c.team).where(waits.c.team_id == team_id, waits.c.team.is_not(None)).distinct()
    ):
        yield from _of_team(tx, team_id, team.team, zones.get(team.team, "UTC"), before)


def unname(tx: Connection, team_id: str, one: Answerer) -> None:
    """What they answered for the team in that week was answered by someone."""
    here = _in_week(team_id, one.team, one.week) & (waits.c.ended_user == one.user)
    tx.execute(update(waits).where(here).values(ended_user=apart(str(one.number))))


def find_figures(tx: Connection, team_id: str, before: datetime, limit: int, _after: Key | None) -> Sequence[Row[Any]]:
    """Waits that are figures alone, as old as figures are to grow."""
    return tx.execute(select(waits.c.id).where(_figures(team_id, before)).limit(limit)).all()


def drop_figures(tx: Connection, team_id: str, keys: Keys, before: datetime) -> None:
    """Let go of them."""
    delete_rows(tx, waits, keys, _figures(team_id, before))


def _place(key: Key) -> dict[str, Any]:
    return dict(zip(_OF, key, strict=True))


def _let_go(tx: Connection, places: Sequence[dict[str, Any]]) -> None:
    held = select(waits).where(_here(waits)).order_by(waits.c.id).with_for_update()  # before nudges, as the ladder does
    found = [row for place in places for row in tx.execute(held, place)]
    if found:
        of_wait = nudges.c.wait_id == bindparam("of_wait")
        tx.execute(delete(nudges).where(of_wait), [{"of_wait": row.id} for row in found])
        _keep_figures(tx, found)
    for table in (moves, promises, conversations) if places else ():
        tx.execute(delete(table).where(_here(table)), places)


def _of_team(tx: Connection, team_id: str, team: str, zone: str, before: datetime) -> Iterator[Answerer]:
    here = (waits.c.team_id == team_id) & (waits.c.team == team) & (waits.c.ended_at < week_of(zone, before).start)
    named = select(waits.c.ended_at, waits.c.ended_user).where(here, waits.c.ended_user.not_like(f"{SOMEONE}%"))
    found: dict[Week, set[str]] = {}
    for row in tx.execute(named):
        found.setdefault(week_of(zone, row.ended_at), set()).add(row.ended_user)
    for week, users in found.items():
        all_of_them = select(waits.c.ended_user).where(_in_week(team_id, team, week)).distinct()
        nobody = sum(map(is_someone, tx.execute(all_of_them).scalars()))
        yield from (Answerer(team, week, user, number) for number, user in enumerate(sorted(users), nobody + 1))


def _over(before: datetime) -> ColumnElement[bool]:
    """Nothing has happened since, nobody waits, and nothing is promised."""
    here = conversations.c
    still = [
        exists().where(
            table.c.team_id == here.team_id,
            table.c.root_ts == here.root_ts,
            table.c.channel == here.channel,
            or_(table.c.ended_at.is_(None), table.c.ended_at >= before),
        )
        for table in (waits, promises)
    ]
    return (here.last_ts < ts_of(before)) & ~still[0] & ~still[1]


def _is_over(tx: Connection, place: dict[str, Any], before: datetime) -> bool:
    found = select(conversations.c.last_ts).where(_here(conversations), _over(before))
    return tx.execute(found, place).first() is not None


def _here(table: Table) -> ColumnElement[bool]:
    return and_(*(table.c[column] == bindparam(name) for name, column in _OF.items()))


def _in_week(team_id: str, team: str, week: Week) -> ColumnElement[bool]:
    here = (waits.c.team_id == team_id) & (waits.c.team == team)
    return here & (waits.c.ended_at >= week.start) & (waits.c.ended_at < week.end)


def _figures(team_id: str, before: datetime) -> ColumnElement[bool]:
    return (waits.c.team_id == team_id) & (waits.c.root_ts == NOWHERE) & (waits.c.ended_at < before)


def _keep_figures(tx: Connection, found: Sequence[Row[Any]]) -> None:
    """To the minute: by a wait's beginning its message could else be found."""
    counted = {row.id: _figure(row) for row in found if row.team and _is_counted(row)}
    delete_rows(tx, waits, [(row.id,) for row in found if row.id not in counted])
    if counted:
        tx.execute(update(waits).where(waits.c.id == bindparam("of_wait")), list(counted.values()))


def _is_counted(row: Row[Any]) -> bool:
    return row.ended_at is not None and row.ended_by not in UNCOUNTED


def _figure(row: Row[Any]) -> dict[str, Any]:
    times = {name: _minute(row._mapping[name]) for name in ("started_at", "ended_at", "last_answer_at")}
    nobody = dict.fromkeys(
        ("owner", "covers_for", "assigned_at", "because", "last_answer_by", "look_at", "snoozed_until", "paused_until")
    )
    nowhere = {"channel": NOWHERE, "root_ts": NOWHERE, "from_ts": str(row.id), "had_by": "", "pauses": ""}
    return {"of_wait": row.id, "next_nudge_at": None, **times, **nobody, **nowhere}


def _minute(at: datetime | None) -> datetime | None:
    return at.replace(second=0, microsecond=0) if at else None
