"""Whose turn it is on a team's rota."""

from sqlalchemy import Connection

from bot.store.tables import rotas
from bot.store.upserts import new


def take_turn(tx: Connection, team_id: str, team: str) -> int:
    """The number of this turn, counted from 0; the next caller gets the next one."""
    first = new(tx, rotas).values(team_id=team_id, team=team, turn=0)
    counted = first.on_conflict_do_update(index_elements=["team_id", "team"], set_={"turn": rotas.c.turn + 1})
    return int(tx.execute(counted.returning(rotas.c.turn)).scalar_one())
