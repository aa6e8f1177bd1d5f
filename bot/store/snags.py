"""Snags: what gets in the way, shared by everyone who says *me too*, until there is an end to it."""

from collections.abc import Collection

from sqlalchemy import Connection

from bot.domain.asks import Asked, Kind, Outcome
from bot.store import ask_rows
from bot.store.leading_tables import asks
from bot.store.workspaces import Workspace
from bot.views.said_and_done import Snag

# After *when*, too, something is left to be said.
UNSETTLED = asks.c.outcome.is_(None) | (asks.c.outcome == Outcome.WHEN)


def open_of(tx: Connection, workspace: Workspace, teams: Collection[str], most: int) -> list[Snag]:
    """The open snags of these teams: what most people have comes first. One with a *when* is open until it is fixed."""
    here = (asks.c.kind == Kind.SNAG) & asks.c.team.in_(sorted(teams)) & UNSETTLED
    found = told(tx, workspace, ask_rows.find(tx, workspace.team_id, here))
    return sorted(found, key=lambda snag: (-snag.people, snag.opened_at))[:most]


def told(tx: Connection, workspace: Workspace, found: Collection[Asked]) -> list[Snag]:
    """As everybody may read them."""
    counts = ask_rows.shares(tx, workspace.team_id, [one.id for one in found])
    return [Snag(one.id, one.ask.line, counts[one.id], one.opened_at, one.outcome, one.answer) for one in found]
