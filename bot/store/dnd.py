"""Slack's notification hours of the teams' people: when to ask for them, and what Slack said."""

from collections.abc import Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.domain.presence import Dnd
from bot.store import people
from bot.store.presence_tables import presences
from bot.store.upserts import upsert
from bot.store.workspaces import Workspaces

AGAIN = timedelta(hours=1)  # people change these hours now and then, and Slack need not tell


def wanted(tx: Connection, workspaces: Workspaces, team_id: str, now: datetime, limit: int) -> list[str]:
    """Of whom the hours that are known have passed, or are old; at most `limit`."""
    workspace = workspaces.get(tx, team_id, now)
    if workspace is None:
        return []
    ours = [
        person.user for person in people.get_many(tx, team_id, workspace.everyone).values() if workspace.has(person)
    ]
    here = (presences.c.team_id == team_id) & presences.c.user_id.in_(ours)
    known = {row.user_id: (row.dnd_read_at, row.dnd_until) for row in tx.execute(select(presences).where(here))}
    return sorted(user for user in ours if _is_old(*known.get(user, (None, None)), now))[:limit]


def save(tx: Connection, team_id: str, read: Mapping[str, Dnd | None], now: datetime) -> None:
    """What Slack said; None of whom it knows no such hours."""
    rows = [
        {
            "team_id": team_id,
            "user_id": user,
            "dnd_from": dnd.begins if dnd else None,
            "dnd_until": dnd.ends if dnd else None,
            "dnd_read_at": now,
        }
        for user, dnd in sorted(read.items())
    ]
    upsert(tx, presences, rows)


def _is_old(read_at: datetime | None, until: datetime | None, now: datetime) -> bool:
    return read_at is None or read_at <= now - AGAIN or (until is not None and read_at < until <= now)
