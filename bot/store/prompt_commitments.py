"""What those who lead let their team know of their weekly prompts."""

from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain.prompts import Outcome
from bot.domain.weeks import Week
from bot.store import people
from bot.store.prompt_tables import prompts as table
from bot.store.workspaces import Workspace
from bot.views.words import common
from bot.views.words import prompts as words


def commitments(tx: Connection, workspace: Workspace, team_key: str, week: Week) -> tuple[str, ...]:
    """What those who lead a team told it in that week they would do, or what came of it: lines for its page."""
    team = workspace.setup.team(team_key)
    leading = workspace.people(team.managers) if team else ()
    then = [(column >= week.start) & (column < week.end) for column in (table.c.taken_at, table.c.outcome_at)]
    here = (table.c.team_id == workspace.team_id) & table.c.whose.in_(leading) & table.c.shared.is_not(None)
    ours = (table.c.team == team_key) | table.c.team.is_(None)
    rows = tx.execute(select(table).where(here, ours, then[0] | then[1]).order_by(table.c.taken_at, table.c.id)).all()
    known = people.get_many(tx, workspace.team_id, leading)
    return tuple(_line(row, known[row.whose].name if row.whose in known else row.whose) for row in rows)


def _line(row: Row[Any], name: str) -> str:
    outcome = Outcome(row.outcome) if row.outcome else None
    return words.committed(common.bold(common.shortened(name)), common.escape(row.shared), outcome)
