"""The outbox as the engineer sees it: what stands where, and putting right by hand what does not go on by itself.

What is to be said is shown to nobody here: only which message it is, to whom, and why it was not said.
"""

from collections.abc import Collection, Iterator
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import ColumnElement, Connection, delete, not_, or_, select, text, update

from bot.domain.someone import is_someone
from bot.store.outbox import DROPPED
from bot.store.set_aside import SAYING
from bot.store.set_aside_tables import set_aside
from bot.store.tables import ASIDE, outbox

BY_HAND = f"{DROPPED}by hand"

Refusal = str


class State(StrEnum):
    """Where a row stands. `again`: tried, and waits to be tried once more; `later`: not due yet."""

    DUE = "due"
    SENDING = "sending"
    AGAIN = "again"
    LATER = "later"
    ASIDE = "aside"
    DROPPED = "dropped"
    SENT = "sent"


TO_DO = (State.DUE, State.SENDING, State.AGAIN, State.LATER, State.ASIDE)


@dataclass(frozen=True, slots=True)
class Listed:
    """A row, without what it says."""

    id: int
    state: State
    team_id: str
    method: str
    target: str
    key: str
    created_at: datetime
    due_at: datetime | None
    sent_at: datetime | None
    attempts: int
    error: str | None


@dataclass(frozen=True, slots=True)
class Filter:
    """Of which rows; None: of all."""

    states: Collection[State] = TO_DO
    team_id: str | None = None
    method: str | None = None
    target: str | None = None


def find(tx: Connection, wanted: Filter, now: datetime, most: int) -> list[Listed]:
    """The newest first."""
    names = [name for name in Listed.__dataclass_fields__ if name != "state"]
    which = or_(*(_is(state, now) for state in wanted.states))
    query = select(*outbox.c[tuple(names)], outbox.c.leased_until).where(which, *_only(wanted))
    return [_listed(row, now) for row in tx.execute(query.order_by(outbox.c.id.desc()).limit(most))]


def retry(tx: Connection, row_id: int, now: datetime) -> Refusal | None:
    """Have it tried at once, if it still needs saying. A post that may be there is looked for before it is repeated."""
    row = _locked(tx, row_id)
    if refusal := _refusal(row, row_id, now):
        return refusal
    if is_someone(row.target):
        return f"{row_id} is for somebody who was forgotten."
    tries = min(row.attempts, 1)  # so many that may have posted it; the next ten are its own
    _forgive(tx, row)
    tx.execute(_change(row_id).values(due_at=now, leased_until=None, attempts=tries))
    return None


def drop(tx: Connection, row_id: int, now: datetime) -> Refusal | None:
    """Never say it. It stays to be looked at, with why it was not said before."""
    row = _locked(tx, row_id)
    if refusal := _refusal(row, row_id, now):
        return refusal
    why = f"{BY_HAND} ({row.error})" if row.error else BY_HAND
    _forgive(tx, row)
    tx.execute(_change(row_id).values(due_at=None, leased_until=None, error=why))
    return None


def _forgive(tx: Connection, row: Any) -> None:
    """If it broke its sender, that was before."""
    here = (set_aside.c.team_id == row.team_id) & (set_aside.c.kind == SAYING) & (set_aside.c.key == str(row.id))
    tx.execute(delete(set_aside).where(here))


def _change(row_id: int) -> Any:
    return update(outbox).where(outbox.c.id == row_id)


def _locked(tx: Connection, row_id: int) -> Any:
    return tx.execute(select(outbox).where(outbox.c.id == row_id).with_for_update()).first()


def _refusal(row: Any, row_id: int, now: datetime) -> Refusal | None:
    """Why a row is left alone."""
    if row is None:
        return f"There is no {row_id}: sent messages are kept for 30 days."
    state = _state(row, now)
    if state is State.SENT:
        return f"{row_id} was sent at {row.sent_at:%Y-%m-%d %H:%M} UTC: nothing is said twice."
    if state is State.DROPPED:
        return f"{row_id} is not to be said ({row.error})."
    return f"{row_id} is being sent right now: try again in a minute." if state is State.SENDING else None


def _state(row: Any, now: datetime) -> State:
    if row.due_at is not None:
        if row.leased_until is not None and row.leased_until > now:
            return State.SENDING
        waits = State.AGAIN if row.error is not None else State.LATER
        return State.DUE if row.due_at <= now else waits
    if row.sent_at is not None:
        return State.SENT
    return State.DROPPED if (row.error or "").startswith(DROPPED) else State.ASIDE


def _is(state: State, now: datetime) -> ColumnElement[bool]:
    open_, leased = outbox.c.due_at.is_not(None), outbox.c.leased_until > now
    free = or_(outbox.c.leased_until.is_(None), outbox.c.leased_until <= now)
    tried = outbox.c.error.is_not(None)
    return {
        State.SENDING: open_ & leased,
        State.DUE: (outbox.c.due_at <= now) & free,
        State.AGAIN: (outbox.c.due_at > now) & free & tried,
        State.LATER: (outbox.c.due_at > now) & free & not_(tried),
        State.ASIDE: text(ASIDE),
        State.DROPPED: outbox.c.due_at.is_(None) & outbox.c.sent_at.is_(None) & outbox.c.error.startswith(DROPPED),
        State.SENT: outbox.c.due_at.is_(None) & outbox.c.sent_at.is_not(None),
    }[state]  # type: ignore[return-value]


def _only(wanted: Filter) -> Iterator[ColumnElement[bool]]:
    for name in ("team_id", "method", "target"):
        value = getattr(wanted, name)
        if value is not None:
            yield outbox.c[name] == value


def _listed(row: Any, now: datetime) -> Listed:
    told = {name: getattr(row, name) for name in Listed.__dataclass_fields__ if name != "state"}
    return Listed(state=_state(row, now), **told)
