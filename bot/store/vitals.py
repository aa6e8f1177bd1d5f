"""How the tables look to who keeps CareCue running: what waits, since when, and what was set aside."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Column, Connection, Table, case, func, select, text

from bot.store import migrate
from bot.store.gap_tables import listening
from bot.store.leading_tables import asks
from bot.store.list_tables import living_lists
from bot.store.promise_tables import promises
from bot.store.set_aside import is_aside
from bot.store.set_aside_tables import set_aside
from bot.store.standing import is_here
from bot.store.tables import ASIDE, outbox, waits, workspaces

MOST = 50_000  # rows that are counted: after an hour without Slack nobody asks for more digits

# By the job that takes them: when the first is to be looked at.
CLOCKS: Mapping[str, Column[datetime]] = {
    "nudges": waits.c.next_nudge_at,
    "promises": promises.c.next_nudge_at,
    "asks": asks.c.next_nudge_at,
    "living_lists": living_lists.c.look_at,
}


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The outbox. `again`: tried, and waits to be tried once more; `oldest` is since when the first is overdue."""

    due: int = 0
    again: int = 0
    later: int = 0
    aside: int = 0
    oldest: datetime | None = None


@dataclass(frozen=True, slots=True)
class Vitals:
    """`heard_until` is that of the workspace that was heard of least recently; None where nobody ever listened.

    `late` is, by job, since when the first thing that it should have taken waits; `aside`, by kind, how much is set
    aside since it broke whoever took it.
    """

    is_current: bool
    workspaces: int
    heard_until: datetime | None
    unsaid: Unsaid
    late: Mapping[str, datetime]
    aside: Mapping[str, int]


def read(tx: Connection, now: datetime) -> Vitals:
    """Costs as much as there is unsaid, up to a bound; what is stored otherwise costs nothing."""
    return Vitals(
        is_current=migrate.at_head(tx),
        workspaces=tx.execute(select(func.count()).select_from(workspaces).where(is_here(workspaces))).scalar_one(),
        heard_until=_heard_until(tx),
        unsaid=_unsaid(tx, now),
        late=_late(tx, now),
        aside=_aside(tx, now),
    )


def _heard_until(tx: Connection) -> datetime | None:
    here = is_here(listening) & listening.c.heard_until.is_not(None)
    return tx.execute(select(listening.c.heard_until).where(here).order_by(listening.c.heard_until).limit(1)).scalar()


def _unsaid(tx: Connection, now: datetime) -> Unsaid:
    """What is put off to be said later is not overdue; what was tried is, from when it was put."""
    some = select(*outbox.c["created_at", "due_at", "error"]).where(outbox.c.due_at.is_not(None))
    first = some.order_by(outbox.c.due_at).limit(MOST).subquery().c
    due, tried = first.due_at <= now, first.error.is_not(None)
    counted = select(
        func.count().filter(due),
        func.count().filter(~due, tried),
        func.count().filter(~due, ~tried),
        func.min(case((tried, first.created_at), (due, first.due_at)), type_=outbox.c.created_at.type),
    )
    due_now, again, later, oldest = tx.execute(counted).one()
    refused = select(outbox.c.id).where(text(ASIDE)).order_by(outbox.c.id).limit(MOST).subquery()
    aside = tx.execute(select(func.count()).select_from(refused)).scalar_one()
    return Unsaid(due_now, again, later, aside, oldest)


def _late(tx: Connection, now: datetime) -> dict[str, datetime]:
    firsts = {job: _first(tx, column) for job, column in CLOCKS.items()}
    return {job: first for job, first in firsts.items() if first and first <= now}


def _aside(tx: Connection, now: datetime) -> dict[str, int]:
    counted = select(set_aside.c.kind, func.count()).where(is_aside(now))
    return dict(tx.execute(counted.group_by(set_aside.c.kind)).all())


def _first(tx: Connection, column: Column[datetime]) -> datetime | None:
    """Where CareCue was taken out, nobody takes anything: that is not late."""
    assert isinstance(column.table, Table)
    here = column.is_not(None) & is_here(column.table)
    return tx.execute(select(column).where(here).order_by(column).limit(1)).scalar()
