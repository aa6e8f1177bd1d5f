"""What comes once a week: each is a unique row, written in the transaction that puts its words into the outbox.

So it comes once whatever restarts, sleeps or runs at the same time; one that is silent has a row as well.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, select, tuple_, update

from bot.domain.weekly import Weekly
from bot.domain.weeks import last_weeks
from bot.store import outbox, posts
from bot.store.digest_tables import occurrences
from bot.store.upserts import new

Occurrence = Row[Any]


@dataclass(frozen=True, slots=True)
class Due:
    """One that has to be written by now. `at` is the hour at which it was to come, `period` the week it is about."""

    job: str
    whose: str
    period: str
    at: datetime

    @property
    def key(self) -> str:
        """What makes its words once, in the outbox."""
        return f"{self.job}:{self.whose}:{self.period}"


@dataclass(frozen=True, slots=True)
class Clock:
    """When something comes: an hour by the clock of `zone`, about the last week of `weeks_of` (a zone) that is over."""

    hour: Weekly
    zone: str
    weeks_of: str

    def due(self, job: str, whose: str, now: datetime) -> Due:
        """The latest one by now."""
        return self._at(job, whose, self.hour.latest(self.zone, now))

    def following(self, job: str, whose: str, now: datetime) -> Due:
        """The first one after now."""
        return self._at(job, whose, self.hour.upcoming(self.zone, now))

    def _at(self, job: str, whose: str, at: datetime) -> Due:
        (week,) = last_weeks(self.weeks_of, at, 1)
        return Due(job, whose, week.period, at)


def upcoming(tx: Connection, team_id: str, clock: Clock, job: str, whose: str, now: datetime) -> datetime:
    """When the next one comes that has not been written yet: after a change of hour it may be the one after next."""
    first = clock.following(job, whose, now)
    return first.at if unwritten(tx, team_id, [first]) else clock.following(job, whose, first.at).at


def unwritten(tx: Connection, team_id: str, due: Iterable[Due]) -> list[Due]:
    """Those of them that have no row yet."""
    wanted = {(one.job, one.whose, one.period): one for one in due}
    if not wanted:
        return []
    name = tuple_(occurrences.c.job, occurrences.c.whose, occurrences.c.period)
    here = (occurrences.c.team_id == team_id) & name.in_(list(wanted))
    written = set(map(tuple, tx.execute(select(*occurrences.c["job", "whose", "period"]).where(here))))
    return [one for place, one in wanted.items() if place not in written]


def begin(tx: Connection, team_id: str, due: Due) -> bool:
    """Write it down, and whether it may be said: not where somebody else has, and not the first of all.

    The first is about a time in which nobody wanted any, or nothing was known.
    """
    return take(tx, team_id, due) and not _is_first(tx, team_id, due)


def take(tx: Connection, team_id: str, due: Due) -> bool:
    """Write it down in silence; False where somebody else has."""
    row = {"team_id": team_id, "job": due.job, "whose": due.whose, "period": due.period, "at": due.at}
    once = new(tx, occurrences).values(row).on_conflict_do_nothing().returning(occurrences.c.period)
    return tx.execute(once).first() is not None


def keep(tx: Connection, team_id: str, due: Due, payload: Mapping[str, Any]) -> None:
    """Remember what it says, so that it can be drawn anew."""
    tx.execute(update(occurrences).where(_of(team_id, due.key)).values(payload=dict(payload)))


def still_holds(tx: Connection, row: outbox.Row) -> str | None:
    """Why one is not to be said any more, which is when a later one has come, if only in silence; None if it is."""
    job, whose, period = row.key.split(":")
    later = (occurrences.c.job == job) & (occurrences.c.whose == whose) & (occurrences.c.period > period)
    here = (occurrences.c.team_id == row.team_id) & later
    found = tx.execute(select(occurrences.c.period).where(here).limit(1)).first()
    return "a later one has come" if found else None


def stand(tx: Connection, row: outbox.Row, channel: str, ts: str, now: datetime) -> Occurrence | None:
    """Slack has it; what has changed on its way is put right. None where it is not known."""
    found = tx.execute(select(occurrences).where(_of(row.team_id, row.key)).with_for_update()).first()
    if found is None:
        return None
    tx.execute(update(occurrences).where(_of(row.team_id, row.key)).values(channel=channel, ts=ts))
    if found.payload is not None and found.payload != row.payload:
        again = posts.in_place(row.key, found.redrawn, channel, ts, found.payload)
        outbox.put(tx, row.team_id, again, now)
    return found


def redraw(tx: Connection, row: Occurrence, payload: Mapping[str, Any], now: datetime) -> None:
    """From now on it says this, where it stands or on its way there."""
    key = f"{row.job}:{row.whose}:{row.period}"
    fresh = {"payload": dict(payload), "redrawn": row.redrawn + 1}
    tx.execute(update(occurrences).where(_of(row.team_id, key)).values(fresh))
    if row.ts is None:
        outbox.restate(tx, row.team_id, key, payload)
    else:
        again = posts.in_place(key, row.redrawn + 1, row.channel, row.ts, payload)
        outbox.put(tx, row.team_id, again, now)


def _is_first(tx: Connection, team_id: str, due: Due) -> bool:
    same = (occurrences.c.team_id == team_id) & (occurrences.c.job == due.job) & (occurrences.c.whose == due.whose)
    others = select(occurrences.c.period).where(same, occurrences.c.period != due.period)
    return tx.execute(others.limit(1)).first() is None


def _of(team_id: str, key: str) -> ColumnElement[bool]:
    job, whose, period = key.split(":")
    here = (occurrences.c.job == job) & (occurrences.c.whose == whose) & (occurrences.c.period == period)
    return (occurrences.c.team_id == team_id) & here
