"""What is stored about a person, counted by its kinds."""

from sqlalchemy import Column, Connection, func, select

from bot.store.kudos_tables import kudos, kudos_asks, kudos_receivers
from bot.store.leading_tables import asks
from bot.store.promise_tables import promises
from bot.store.prompt_tables import prompts
from bot.store.tables import moves, nudges, waits
from bot.views.home_forms import Row

_WHO: dict[Row, Column[str]] = {
    Row.RECEIVED: kudos_receivers.c.user_id,
    Row.GIVEN: kudos.c.giver,
    Row.ASKED: kudos_asks.c.user_id,
    Row.MESSAGES: moves.c.user_id,
    Row.ANSWERS: waits.c.ended_user,
    Row.NUDGES: nudges.c.to,
    Row.PROMISES: promises.c.by,
    Row.ASKS: asks.c.by,
    Row.PROMPTS: prompts.c.whose,
}


def counts(tx: Connection, team_id: str, user: str) -> dict[Row, int]:
    """How many rows of each kind name this person."""
    return {kind: _count(tx, team_id, who, user) for kind, who in _WHO.items()}


def _count(tx: Connection, team_id: str, who: Column[str], user: str) -> int:
    here = (who.table.c.team_id == team_id) & (who == user)
    return tx.execute(select(func.count()).select_from(who.table).where(here)).scalar_one()
