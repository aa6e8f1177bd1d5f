"""Who is on duty now, and who is to be left in peace: put together from all that says so."""

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Row, Select, bindparam, func, select, update

from bot.domain.arrivals import Status
from bot.domain.hours import Days, Schedule
from bot.domain.presence import Away, Mode, Reason, off_work, weightiest
from bot.domain.presence import Quiet as Quiet
from bot.domain.setup_hours import days_of
from bot.store import lists
from bot.store.db import is_sqlite
from bot.store.leading_tables import boundaries
from bot.store.locks import lock_channels
from bot.store.presence_tables import absences, presences
from bot.store.tables import people, waits
from bot.store.workspaces import Workspace


class Said(NamedTuple):
    """What somebody has said of themselves, and what Slack has of their notification hours."""

    mode: Mode = Mode.LOUD
    paused_until: datetime | None = None
    days: Days | None = None
    dnd_from: datetime | None = None
    dnd_until: datetime | None = None


class Account(NamedTuple):
    """What decides, of an account of Slack's."""

    zone: str
    is_gone: bool
    status: Status


@dataclass(frozen=True, slots=True)
class Known:
    """All that is known of some people, read at once."""

    said: Mapping[str, Said]
    accounts: Mapping[str, Account]
    resting: Mapping[str, datetime] = field(default_factory=dict)
    absent: Mapping[str, datetime] = field(default_factory=dict)


def away(tx: Connection, workspace: Workspace, users: Collection[str], now: datetime) -> dict[str, Away]:
    """Of these people, those who are not on duty, and why."""
    return {user: quiet.away for user, quiet in quiets(tx, workspace, users, now).items() if quiet.away}


def quiet(tx: Connection, workspace: Workspace, user: str, now: datetime) -> Quiet:
    """What decides whether something may ring for this person."""
    return quiets(tx, workspace, [user], now)[user]


def quiets(tx: Connection, workspace: Workspace, users: Collection[str], now: datetime) -> dict[str, Quiet]:
    """The same for many, in a few queries however many they are."""
    if not users:
        return {}
    known = _read(tx, workspace.team_id, users, now)
    return {user: _quiet(workspace, user, known, now) for user in users}


def hours(tx: Connection, workspace: Workspace, user: str) -> Schedule:
    """When this person works: their own hours and holidays, else their team's on their own clock."""
    said, accounts = _said(tx, workspace.team_id, [user]), _accounts(tx, workspace.team_id, [user])
    return _hours(workspace, user, said.get(user, Said()), accounts.get(user))


def said(tx: Connection, team_id: str, user: str) -> Said:
    """What somebody has said of themselves; as usual, where they have not."""
    return _said(tx, team_id, [user]).get(user, Said())


def waiting_for(tx: Connection, team_id: str, users: Collection[str], now: datetime) -> list[int]:
    """The open waits that they own, but for those that are snoozed or wait on the customer.

    Nobody else moves them on until this transaction ends: to be asked before anything is written.
    """
    theirs = _theirs(team_id, users, now)
    lock_channels(tx, team_id, set(tx.execute(select(waits.c.channel).where(theirs).distinct()).scalars()))
    return list(tx.execute(select(waits.c.id).where(theirs).order_by(waits.c.id).with_for_update()).scalars())


def pass_on(tx: Connection, team_id: str, users: Collection[str], now: datetime) -> int:
    """These people are away: the ladder looks at once at the open waits that they own; how many these are.

    What is snoozed or paused is left until that ends.
    """
    ids = waiting_for(tx, team_id, users, now)
    if ids:
        tx.execute(update(waits).where(waits.c.id.in_(ids)).values(next_nudge_at=now, look_at=now))
    return len(ids)


def look_again(tx: Connection, team_id: str, now: datetime) -> None:
    """Somebody is back: the ladder looks at what was to be looked at when the first of those away is there again."""
    here = _awake(team_id, now) & (waits.c.look_at > now) & (waits.c.next_nudge_at > now)
    later = select(waits.c.id).where(here).order_by(waits.c.id)
    ids = tx.execute(later.with_for_update(skip_locked=True)).scalars().all()
    if ids:
        tx.execute(update(waits).where(waits.c.id.in_(ids)).values(next_nudge_at=now, look_at=now))


def _theirs(team_id: str, users: Collection[str], now: datetime) -> ColumnElement[bool]:
    return _awake(team_id, now) & waits.c.owner.in_(sorted(users))


def _awake(team_id: str, now: datetime) -> ColumnElement[bool]:
    """Open, and neither snoozed nor waiting on the customer."""
    awake = (waits.c.team_id == team_id) & waits.c.ended_at.is_(None)
    for until in (waits.c.snoozed_until, waits.c.paused_until):
        awake &= func.coalesce(until, now, type_=until.type) <= now
    return awake


def _quiet(workspace: Workspace, user: str, known: Known, now: datetime) -> Quiet:
    told, account = known.said.get(user, Said()), known.accounts.get(user)
    schedule = _hours(workspace, user, told, account)
    off = off_work(schedule, now)
    found = [*reasons(workspace, user, known, now), *([off] if off else [])]
    in_dnd = told.dnd_from and told.dnd_until and told.dnd_from <= now < told.dnd_until
    return Quiet(told.mode, weightiest(found), told.dnd_until if in_dnd else None, schedule, schedule.week.zone)


def reasons(workspace: Workspace, user: str, known: Known, now: datetime) -> Iterator[Away]:
    """But for hours and holidays, why somebody is away."""
    account, told = known.accounts.get(user), known.said.get(user, Said())
    if account and account.is_gone:
        yield Away(Reason.GONE)
    if told.paused_until and told.paused_until > now:
        yield Away(Reason.PAUSED, told.paused_until)
    if user in known.absent:
        yield Away(Reason.CALENDAR, known.absent[user])
    if account and account.status.emoji in workspace.setup.away_emoji and _lasts(account.status, now):
        yield Away(Reason.STATUS, account.status.until)
    if user in known.resting:
        yield Away(Reason.BREATHER, known.resting[user])


def _lasts(status: Status, now: datetime) -> bool:
    return status.until is None or status.until > now


def _hours(workspace: Workspace, user: str, told: Said, account: Account | None) -> Schedule:
    return workspace.hours(user, told.days, account.zone if account else None)


def _read(tx: Connection, team_id: str, users: Collection[str], now: datetime) -> Known:
    given = {"team": team_id, "users": lists.packed(users), "now": now}
    on_sqlite = is_sqlite(tx)
    return Known(
        said=_said(tx, team_id, users),
        accounts=_accounts(tx, team_id, users),
        resting={row.user_id: row.until for row in tx.execute(_resting(on_sqlite), given)},
        absent=ends(tx.execute(_absent(on_sqlite), given).all()),
    )


def _said(tx: Connection, team_id: str, users: Collection[str]) -> dict[str, Said]:
    rows = tx.execute(_presences(is_sqlite(tx)), {"team": team_id, "users": lists.packed(users)})
    return {
        row.user_id: Said(
            Mode(row.mode), row.paused_until, days_of(row.hours) if row.hours else None, row.dnd_from, row.dnd_until
        )
        for row in rows
    }


def _accounts(tx: Connection, team_id: str, users: Collection[str]) -> dict[str, Account]:
    rows = tx.execute(_people(is_sqlite(tx)), {"team": team_id, "users": lists.packed(users)})
    return {row.user_id: Account(row.zone, row.is_gone, Status(row.status_emoji, row.status_until)) for row in rows}


def ends(rows: Collection[Row[Any]]) -> dict[str, datetime]:
    """When each is back, of absences in the order in which they start: those that touch or overlap are one."""
    events: dict[str, list[Row[Any]]] = defaultdict(list)
    for row in rows:
        events[row.user_id].append(row)
    found: dict[str, datetime] = {}
    for user, theirs in events.items():
        for row in theirs:
            if user not in found and not row.is_on:
                break
            if user not in found or row.starts_at <= found[user]:
                found[user] = max(found.get(user, row.ends_at), row.ends_at)
    return found


@cache
def _presences(on_sqlite: bool) -> Select[Any]:
    here = presences.c.user_id.in_(lists.texts(on_sqlite, "users"))
    return select(presences).where(presences.c.team_id == bindparam("team"), here)


@cache
def _people(on_sqlite: bool) -> Select[Any]:
    here = people.c.user_id.in_(lists.texts(on_sqlite, "users"))
    facts = people.c["user_id", "zone", "is_gone", "status_emoji", "status_until"]
    return select(*facts).where(people.c.team_id == bindparam("team"), here)


@cache
def _resting(on_sqlite: bool) -> Select[Any]:
    here = boundaries.c.user_id.in_(lists.texts(on_sqlite, "users"))
    until = boundaries.c.breather_until
    resting = select(boundaries.c.user_id, func.max(until, type_=until.type).label("until")).where(
        boundaries.c.team_id == bindparam("team"), until > bindparam("now", type_=until.type), here
    )
    return resting.group_by(boundaries.c.user_id)


@cache
def _absent(on_sqlite: bool) -> Select[Any]:
    """Those that are on, and those to come, of each in order."""
    now = bindparam("now", type_=absences.c.ends_at.type)
    here = absences.c.user_id.in_(lists.texts(on_sqlite, "users"))
    facts = (absences.c.user_id, absences.c.starts_at, absences.c.ends_at, (absences.c.starts_at <= now).label("is_on"))
    coming = select(*facts).where(absences.c.team_id == bindparam("team"), absences.c.ends_at > now, here)
    return coming.order_by(absences.c.user_id, absences.c.starts_at)
