"""Asks that were answered long ago, and kudos, each with all that hangs on it."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Row, delete, func, select, update

from bot.store import ask_notes, boundary_hand, kudos_asks, kudos_notes, posts
from bot.store.digest_tables import digest_stories
from bot.store.kudos_tables import kudos, kudos_receivers
from bot.store.kudos_tables import kudos_asks as questions
from bot.store.leading_tables import ask_joins, asks, boundaries
from bot.store.old_rows import Key, Keys

_last_word = func.coalesce(asks.c.answered_at, asks.c.ended_at)


def find_asks(tx: Connection, team_id: str, before: datetime, limit: int, _after: Key | None) -> Sequence[Row[Any]]:
    """Calls of which the last word was said before then."""
    return tx.execute(select(asks.c.id).where(_old_asks(team_id, before)).limit(limit)).all()


def drop_asks(tx: Connection, team_id: str, keys: Keys, before: datetime) -> None:
    """With who joined, the boundary that was called, and where it stands in Slack."""
    here = asks.c.id.in_([key[0] for key in keys])
    for ask_id in tx.execute(delete(asks).where(here, _old_asks(team_id, before)).returning(asks.c.id)).scalars().all():
        for table in (ask_joins, boundaries):
            tx.execute(delete(table).where(table.c.team_id == team_id, table.c.ask_id == ask_id))
        for prefix in (ask_notes.PREFIX, boundary_hand.PREFIX):
            posts.forget(tx, team_id, f"{prefix}{ask_id}")


def find_kudos(tx: Connection, team_id: str, before: datetime, limit: int, _after: Key | None) -> Sequence[Row[Any]]:
    """Thanks that were given before then."""
    here = (kudos.c.team_id == team_id) & (kudos.c.created_at < before)
    return tx.execute(select(kudos.c.id).where(here).order_by(kudos.c.created_at).limit(limit)).all()


def drop_kudos(tx: Connection, team_id: str, keys: Keys, _before: datetime) -> None:
    """With whom they were for, the weekly pages that told them, and where they stand in Slack."""
    ids = [key[0] for key in keys]
    tx.execute(update(questions).where(questions.c.kudos_id.in_(ids)).values(kudos_id=None))
    for column in (kudos_receivers.c.kudos_id, digest_stories.c.kudos_id, kudos.c.id):
        tx.execute(delete(column.table).where(column.table.c.team_id == team_id, column.in_(ids)))
    for kudos_id in ids:
        posts.forget(tx, team_id, f"{kudos_notes.PREFIX}{kudos_id}")


def find_questions(
    tx: Connection, team_id: str, before: datetime, limit: int, _after: Key | None
) -> Sequence[Row[Any]]:
    """What somebody was asked in private about thanks: say why, keep this."""
    here = (questions.c.team_id == team_id) & (questions.c.created_at < before)
    return tx.execute(select(questions.c.id).where(here).limit(limit)).all()


def drop_questions(tx: Connection, team_id: str, keys: Keys, _before: datetime) -> None:
    """With where they stand in Slack."""
    tx.execute(delete(questions).where(questions.c.id.in_([key[0] for key in keys])))
    for (question_id,) in keys:
        posts.forget(tx, team_id, f"{kudos_asks.PREFIX}{question_id}")


def _old_asks(team_id: str, before: datetime) -> ColumnElement[bool]:
    return (asks.c.team_id == team_id) & asks.c.ended_at.is_not(None) & (_last_word < before)
