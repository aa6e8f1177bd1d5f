"""Absences by a calendar file: applied as often as one likes; what has vanished from the file is taken out."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, delete, insert, select, tuple_

from bot.domain.absences import Absence, Event, absence, current, whose
from bot.store import people, presence, presence_choices
from bot.store.presence_tables import absences
from bot.store.workspaces import Workspace

HORIZON = timedelta(days=400)


@dataclass(frozen=True, slots=True)
class Applied:
    """What a file has changed: how many absences of whom began and ended to be known, and whose events are unclear."""

    added: Mapping[str, int]
    removed: Mapping[str, int]
    unmatched: tuple[Event, ...] = ()


def apply(
    tx: Connection, workspace: Workspace, source: str, events: Sequence[Event], now: datetime, person: str | None = None
) -> Applied:
    """Make these the absences of a file: all of one person, or of those of the teams whom the events name."""
    names = names_of(tx, workspace)
    owners = [(event, person or whose(event, names)) for event in events]
    zones = presence.quiets(tx, workspace, {user for _, user in owners if user}, now)
    found = [absence(event, user, zones[user].zone) for event, user in owners if user]
    wanted = current(filter(None, found), now, HORIZON)
    before = set(_stored(tx, workspace.team_id, source, person))
    _remove(tx, workspace.team_id, source, before - wanted)
    _add(tx, workspace.team_id, source, wanted - before)
    presence_choices.notice(tx, workspace, {one.user for one in before ^ wanted}, now)
    unmatched = tuple(event for event, user in owners if user is None)
    over = {one for one in before - wanted if one.ends_at <= now}
    return Applied(_counts(wanted - before), _counts(before - wanted - over), unmatched)


def forget(tx: Connection, before: datetime, limit: int) -> int:
    """Let go of absences that were over by then, at most `limit`; how many they were."""
    key = tuple_(*absences.primary_key.columns)
    old = select(*absences.primary_key.columns).where(absences.c.ends_at < before).limit(limit)
    return len(tx.execute(delete(absences).where(key.in_(old)).returning(absences.c.user_id)).all())


def names_of(tx: Connection, workspace: Workspace) -> dict[str, str]:
    """Everybody of the teams whom CareCue has met, by name."""
    met = people.get_many(tx, workspace.team_id, workspace.everyone)
    return {user: one.name for user, one in met.items() if not one.is_gone}


def _stored(tx: Connection, team_id: str, source: str, person: str | None) -> Iterator[Absence]:
    here = (absences.c.team_id == team_id) & (absences.c.source == source)
    if person:
        here &= absences.c.user_id == person
    for row in tx.execute(select(absences).where(here)):
        yield Absence(row.user_id, row.starts_at, row.ends_at)


def _add(tx: Connection, team_id: str, source: str, fresh: set[Absence]) -> None:
    if fresh:
        tx.execute(insert(absences), [_row(team_id, source, one) for one in sorted(fresh)])


def _remove(tx: Connection, team_id: str, source: str, gone: set[Absence]) -> None:
    for one in sorted(gone):
        row = _row(team_id, source, one)
        tx.execute(delete(absences).where(*(absences.c[name] == value for name, value in row.items())))


def _row(team_id: str, source: str, one: Absence) -> dict[str, object]:
    return {
        "team_id": team_id,
        "user_id": one.user,
        "source": source,
        "starts_at": one.starts_at,
        "ends_at": one.ends_at,
    }


def _counts(found: set[Absence]) -> dict[str, int]:
    counts: dict[str, int] = {}
    for one in sorted(found):
        counts[one.user] = counts.get(one.user, 0) + 1
    return counts
