"""Slack's notification hours of the teams' people: when to ask for them, and what Slack said."""

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from bot.domain.presence import Dnd
from bot.store import people
from bot.store.presence_tables import presences
from bot.store.upserts import upsert
from bot.store.workspaces import Workspace

AGAIN = timedelta(hours=1)  # people change these hours now and then, and Slack need not tell


def wanted(tx: Connection, every: Mapping[str, Workspace], now: datetime) -> dict[str, list[str]]:
    """By workspace, of whom the hours that are known have passed, or are old; those that have none are left out."""
    read = tx.execute(select(*presences.c["team_id", "user_id", "dnd_read_at", "dnd_until"]))
    fresh = {(row.team_id, row.user_id) for row in read if not _is_old(row.dnd_read_at, row.dnd_until, now)}
    old = {id_: {user for user in one.everyone if (id_, user) not in fresh} for id_, one in every.items()}
    return {id_: ours for id_, users in old.items() if users and (ours := _ours(tx, every[id_], users))}


def _ours(tx: Connection, workspace: Workspace, users: Collection[str]) -> list[str]:
    known = people.get_many(tx, workspace.team_id, users).values()
    return sorted(person.user for person in known if workspace.has(person))


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
