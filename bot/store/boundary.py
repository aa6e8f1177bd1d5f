"""Boundary calls as they are stored: who takes a breath, and what the next agent who meets the customer is to know."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, Select, and_, or_, select, update

from bot.domain.asks import Outcome
from bot.domain.boundary import Case
from bot.store.conversations import Place
from bot.store.leading_tables import asks, boundaries
from bot.store.tables import conversations, waits
from bot.views.boundary import MetBefore

STANDS = boundaries.c.taken_back.is_(False)
OF_ASK = (asks.c.team_id == boundaries.c.team_id) & (asks.c.id == boundaries.c.ask_id)


@dataclass(frozen=True, slots=True)
class Note:
    """What there is to know of a customer before a wait of theirs; `agent` called, and knows.

    `read_here`: somebody has read of it before this wait's conversation, so that it stays there.
    """

    ask_id: int
    agent: str
    place: Place
    told: MetBefore
    read_here: bool


def resting(tx: Connection, team_id: str, now: datetime) -> frozenset[str]:
    """Who takes a breath after a call, and is not to be nudged."""
    here = (boundaries.c.team_id == team_id) & (boundaries.c.breather_until > now)
    return frozenset(tx.execute(select(boundaries.c.user_id).where(here)).scalars())


def notes(tx: Connection, team_id: str, wait_ids: Collection[int]) -> dict[int, Note]:
    """Of these waits, those before which there is something to know, by their id; the latest call, where several."""
    if not wait_ids:
        return {}
    # Asked by the calls' workspace, or SQLite would walk all waits of it to find these.
    found = tx.execute(_before().where(boundaries.c.team_id == team_id, waits.c.id.in_(sorted(set(wait_ids)))))
    return {row.wait_id: _note(row) for row in found}


def met(tx: Connection, team_id: str, note: Note) -> None:
    """An agent reads of it, before this conversation: the next one after it says nothing of it any more."""
    here = (boundaries.c.team_id == team_id) & (boundaries.c.ask_id == note.ask_id)
    channel, root_ts = note.place
    tx.execute(update(boundaries).where(here).values(met_channel=channel, met_root_ts=root_ts))


def _before() -> Select[Any]:
    """Calls about the same customer in another conversation, of which nobody has read before a third."""
    same_customer = (
        (conversations.c.team_id == waits.c.team_id)
        & (conversations.c.channel == waits.c.channel)
        & (conversations.c.root_ts == waits.c.root_ts)
    )
    about_them = (boundaries.c.team_id == waits.c.team_id) & (boundaries.c.customer == conversations.c.customer)
    here = and_(boundaries.c.channel == waits.c.channel, boundaries.c.root_ts == waits.c.root_ts)
    read_here = and_(boundaries.c.met_channel == waits.c.channel, boundaries.c.met_root_ts == waits.c.root_ts)
    wanted = select(waits.c.id.label("wait_id"), waits.c.channel, waits.c.root_ts, *_TOLD)
    joined = wanted.join_from(waits, conversations, same_customer).join(boundaries, about_them).join(asks, OF_ASK)
    fresh = or_(boundaries.c.met_root_ts.is_(None), read_here)
    return joined.where(STANDS, ~here, fresh).order_by(boundaries.c.called_at)


_TOLD = (
    boundaries.c.ask_id,
    boundaries.c.user_id,
    boundaries.c.case,
    boundaries.c.called_at,
    boundaries.c.met_root_ts,
    asks.c.outcome,
    asks.c.answer,
)


def _note(row: Row[Any]) -> Note:
    outcome = Outcome(row.outcome) if row.outcome else None
    told = MetBefore(Case(row.case), row.called_at, outcome, row.answer or "")
    return Note(row.ask_id, row.user_id, (row.channel, row.root_ts), told, row.met_root_ts is not None)
