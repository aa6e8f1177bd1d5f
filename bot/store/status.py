"""How each workspace is doing, on a line: for the engineer's one screen."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Select, func, select, text

from bot.store.gap_tables import gaps, listening
from bot.store.retention_tables import uninstalls
from bot.store.tables import ASIDE, outbox, waits, workspaces


@dataclass(frozen=True, slots=True)
class Line:
    """A workspace: when Slack was last heard, who waits there, and what of its messages is overdue or set aside."""

    team_id: str
    name: str
    gone: bool
    heard_until: datetime | None
    waiting: int
    unread: int
    overdue: int
    aside: int

    @property
    def trouble(self) -> int:
        """By which those to be looked at come first."""
        return self.overdue + self.aside


def lines(tx: Connection, now: datetime) -> list[Line]:
    """Of every workspace, those with most trouble first."""
    waiting = _counts(tx, _by_team(waits.c.team_id).where(waits.c.ended_at.is_(None)))
    unread = _counts(tx, select(gaps.c.team_id, func.count(gaps.c.channel.distinct())).group_by(gaps.c.team_id))
    overdue = _counts(tx, _by_team(outbox.c.team_id).where(outbox.c.due_at <= now))
    aside = _counts(tx, _by_team(outbox.c.team_id).where(text(ASIDE)))
    facts = select(workspaces.c.team_id, workspaces.c.name, listening.c.heard_until, uninstalls.c.at)
    facts = facts.outerjoin(listening, listening.c.team_id == workspaces.c.team_id)
    facts = facts.outerjoin(uninstalls, uninstalls.c.team_id == workspaces.c.team_id)
    found = [
        Line(
            team_id=row.team_id,
            name=row.name,
            gone=row.at is not None,
            heard_until=row.heard_until,
            waiting=waiting.get(row.team_id, 0),
            unread=unread.get(row.team_id, 0),
            overdue=overdue.get(row.team_id, 0),
            aside=aside.get(row.team_id, 0),
        )
        for row in tx.execute(facts)
    ]
    return sorted(found, key=lambda one: (-one.trouble, one.gone, one.name, one.team_id))


def _by_team(team_id: Any) -> Select[Any]:
    return select(team_id, func.count()).group_by(team_id)


def _counts(tx: Connection, counted: Select[Any]) -> Mapping[str, int]:
    return dict(tx.execute(counted).all())
