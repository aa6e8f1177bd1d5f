"""In which workspaces somebody may have become away, or is back: asked once for all of them.

A few questions, however many workspaces there are; where something is new, bot.store.presence_choices looks properly.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, or_, select, tuple_

from bot.domain.arrivals import Status
from bot.domain.presence import Away, Mode, Reason, weightiest
from bot.store import lists, presence
from bot.store.db import is_sqlite
from bot.store.presence import Account, Known, Said
from bot.store.presence_tables import absences, presences
from bot.store.tables import people, waits
from bot.store.workspaces import Workspace

JOB = "notice"
HOLIDAYS = timedelta(minutes=10)  # no row tells that one begins: so often every workspace is looked at
PASSES_ON = (Reason.GONE, Reason.PAUSED, Reason.CALENDAR, Reason.STATUS, Reason.HOLIDAY)


@dataclass(frozen=True, slots=True)
class _Signs:
    """What speaks of absences in a workspace, by person; `noticed`: those that were passed on."""

    said: dict[str, Said] = field(default_factory=dict)
    noticed: dict[str, str] = field(default_factory=dict)
    accounts: dict[str, Account] = field(default_factory=dict)
    absent: dict[str, datetime] = field(default_factory=dict)

    @property
    def people(self) -> set[str]:
        return {*self.said, *self.noticed, *self.accounts, *self.absent}


def to_look_in(tx: Connection, every: Mapping[str, Workspace], now: datetime) -> set[str]:
    """Where something is new of somebody for whom a customer waits, or who was away."""
    found = {team_id for team_id, one in every.items() if not one.rests(JOB, now)}
    unnoticed = set[tuple[str, str]]()
    for team_id, signs in _signs(tx, now).items():
        if team_id in every and team_id not in found:
            new = {user for user in signs.people if _is_new(every[team_id], user, signs, now)}
            if new & signs.noticed.keys():
                found.add(team_id)
            unnoticed |= {(team_id, user) for user in new}
    return found | _with_waits(tx, unnoticed)


def code(away: Away | None) -> str | None:
    """Which absence it is; outside working hours nobody is absent."""
    if away is None or away.reason not in PASSES_ON:
        return None
    return f"{away.reason}:{int(away.until.timestamp()) if away.until else ''}"


def _is_new(workspace: Workspace, user: str, signs: _Signs, now: datetime) -> bool:
    """Whether their absence is another than was noticed; a holiday that was lasts until its end."""
    known = Known(signs.said, signs.accounts, absent=signs.absent)
    noticed = signs.noticed.get(user)
    if away := weightiest(presence.reasons(workspace, user, known, now)):
        return code(away) != noticed
    return noticed is not None and not _is_holiday(noticed, now)


def _is_holiday(noticed: str, now: datetime) -> bool:
    reason, _, until = noticed.partition(":")
    return reason == Reason.HOLIDAY and (not until or now.timestamp() < int(until))


def _with_waits(tx: Connection, some: Collection[tuple[str, str]]) -> set[str]:
    """The workspaces of those of these people for whom a customer waits."""
    if not some:
        return set()
    open_ = select(waits.c.team_id).where(waits.c.ended_at.is_(None)).distinct()
    theirs = lists.of_pairs(is_sqlite(tx), open_, waits.c.team_id, waits.c.owner, "people")
    return set(tx.execute(theirs, {"people": lists.packed(some)}).scalars())


def _signs(tx: Connection, now: datetime) -> dict[str, _Signs]:
    """By workspace."""
    found: dict[str, _Signs] = defaultdict(_Signs)
    for row in tx.execute(_SAID):
        found[row.team_id].said[row.user_id] = Said(Mode(row.mode), row.paused_until)
        if row.noticed is not None:
            found[row.team_id].noticed[row.user_id] = row.noticed
    for row in tx.execute(_ACCOUNTS):
        status = Status(row.status_emoji, row.status_until)
        found[row.team_id].accounts[row.user_id] = Account(row.zone, row.is_gone, status)
    for team_id, rows in _absences(tx, now).items():
        found[team_id].absent.update(presence.ends(rows))
    return found


def _absences(tx: Connection, now: datetime) -> dict[str, list[Any]]:
    """Those that are on, and what comes after them, by workspace."""
    whose = tuple_(absences.c.team_id, absences.c.user_id)
    on = absences.c.starts_at <= now
    away = select(absences.c.team_id, absences.c.user_id).where(on, absences.c.ends_at > now)
    facts = (*absences.c["team_id", "user_id", "starts_at", "ends_at"], on.label("is_on"))
    found: dict[str, list[Any]] = defaultdict(list)
    for row in tx.execute(select(*facts).where(absences.c.ends_at > now, whose.in_(away)).order_by(*facts[:3])):
        found[row.team_id].append(row)
    return found


_SAID = select(*presences.c["team_id", "user_id", "mode", "paused_until", "noticed"]).where(
    or_(presences.c.paused_until.is_not(None), presences.c.noticed.is_not(None))
)
_ACCOUNTS = select(*people.c["team_id", "user_id", "zone", "is_gone", "status_emoji", "status_until"]).where(
    or_(people.c.is_gone, people.c.status_emoji != "")
)
