"""Whose turn it is on the rotas of teams."""

from collections.abc import Collection, Mapping

from sqlalchemy import Connection, select

from bot.store.tables import rotas
from bot.store.upserts import upsert


def turns(tx: Connection, team_id: str, teams: Collection[str]) -> dict[str, int]:
    """The place on each team's rota where the next turn begins; nobody else takes turns of theirs meanwhile."""
    here = (rotas.c.team_id == team_id) & rotas.c.team.in_(sorted(teams))
    found = tx.execute(select(rotas.c.team, rotas.c.turn).where(here).order_by(rotas.c.team).with_for_update())
    return dict.fromkeys(teams, 0) | {row.team: row.turn for row in found}


def keep(tx: Connection, team_id: str, places: Mapping[str, int]) -> None:
    """Where the next turns begin."""
    upsert(tx, rotas, [{"team_id": team_id, "team": team, "turn": place} for team, place in sorted(places.items())])
