"""Tokens that expire are changed for new ones before: by one process, whose turn the database says it is.

What Slack gives for a token that it has changed once is a refusal, so that nobody may try twice.
"""

from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, or_, select, update

from bot.store.installation_tables import installations as table
from bot.store.installations import Tokens, sealed
from bot.store.token_box import TokenBox

AHEAD = timedelta(hours=2)  # of twelve for which a token is good
TURN = timedelta(minutes=1)  # longer than a request to Slack can take
PASSING = ""  # the trouble where Slack has not refused: it was away, or wants to be asked later


class Turn(NamedTuple):
    """Whoever has it may change this token, encrypted as it stands, and nobody else for a minute."""

    key: str
    refresh_token: str
    until: datetime  # no two turns of an installation end at the same time


def due(tx: Connection, now: datetime, limit: int) -> list[str]:
    """The installations whose tokens are to be changed."""
    wanted = select(table.c.team_id).where(_due(now)).order_by(table.c.expires_at).limit(limit)
    return list(tx.execute(wanted).scalars())


def take(tx: Connection, key: str, now: datetime) -> Turn | None:
    """Whose turn it is; None where it is somebody else's, or nothing is due."""
    until = now + TURN
    mine = update(table).where(table.c.team_id == key, _due(now)).values(refreshing_until=until, trouble=None)
    row = tx.execute(mine.returning(table.c.refresh_token)).first()
    return Turn(key, row.refresh_token, until) if row else None


def done(tx: Connection, box: TokenBox, turn: Turn, tokens: Tokens, now: datetime) -> None:
    """Slack gave new ones."""
    fresh = {**sealed(box, turn.key, tokens, now), "refreshing_until": None, "trouble": None}
    tx.execute(update(table).where(_same(turn)).values(version=table.c.version + 1, **fresh))


def failed(tx: Connection, turn: Turn, until: datetime, trouble: str) -> None:
    """Slack gave none; nobody is to try before `until`. `trouble` is its name for why, or PASSING."""
    tx.execute(update(table).where(_same(turn)).values(refreshing_until=until, trouble=trouble))


def rests(tx: Connection, key: str, now: datetime) -> str | None:
    """Why Slack gave none, while nobody is to try: there is nothing to wait for. None where somebody may be at it."""
    here = (table.c.team_id == key) & table.c.trouble.is_not(None) & (table.c.refreshing_until > now)
    return tx.execute(select(table.c.trouble).where(here)).scalar()


def troubles(tx: Connection) -> dict[str, str]:
    """Which installations Slack refuses new tokens, and its names for why."""
    refused = table.c.token.is_not(None) & table.c.trouble.is_not(None) & (table.c.trouble != PASSING)
    return dict(tx.execute(select(table.c.team_id, table.c.trouble).where(refused)).all())


def _due(now: datetime) -> ColumnElement[bool]:
    free = or_(table.c.refreshing_until.is_(None), table.c.refreshing_until <= now)
    return table.c.refresh_token.is_not(None) & (table.c.expires_at <= now + AHEAD) & free


def _same(turn: Turn) -> ColumnElement[bool]:
    """Who took too long changes nothing: it is somebody else's turn, or CareCue was installed again."""
    return (table.c.team_id == turn.key) & (table.c.refreshing_until == turn.until)
