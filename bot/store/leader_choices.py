"""Which leaders let their team see how soon they answer: nobody, until they say so."""

from collections.abc import Collection

from sqlalchemy import Connection, select

from bot.store.leading_tables import leader_choices
from bot.store.upserts import upsert


def show_time(tx: Connection, team_id: str, user: str, on: bool) -> None:
    """From now on."""
    upsert(tx, leader_choices, [{"team_id": team_id, "user_id": user, "show_time": on}])


def shows_time(tx: Connection, team_id: str, users: Collection[str]) -> set[str]:
    """Those of them who want it."""
    here = (leader_choices.c.team_id == team_id) & leader_choices.c.user_id.in_(sorted(set(users)))
    return set(tx.execute(select(leader_choices.c.user_id).where(here, leader_choices.c.show_time)).scalars())
