"""What each person wants to happen with kudos for them."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.domain.kudos import Announce
from bot.store.kudos_tables import kudos_choices
from bot.store.upserts import new


class Choice(NamedTuple):
    """Whether they may be announced, and whether they are asked to keep what customers thank them for."""

    announce: Announce = Announce.YES
    keep_thanks: bool = False


def choose(
    tx: Connection, team_id: str, user: str, announce: Announce | None = None, keep_thanks: bool | None = None
) -> None:
    """From now on; None leaves it as it is."""
    chosen = {"announce": announce, "keep_thanks": keep_thanks}
    fresh = {name: value for name, value in chosen.items() if value is not None}
    if fresh:
        row = {"team_id": team_id, "user_id": user} | Choice()._asdict() | fresh
        statement = new(tx, kudos_choices).values(row)
        tx.execute(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=fresh))


def get(tx: Connection, team_id: str, user: str) -> Choice:
    """What is usual where they have not chosen."""
    return get_many(tx, team_id, [user])[user]


def get_many(tx: Connection, team_id: str, users: Collection[str]) -> dict[str, Choice]:
    """Of each of them."""
    here = (kudos_choices.c.team_id == team_id) & kudos_choices.c.user_id.in_(sorted(set(users)))
    rows = tx.execute(select(kudos_choices).where(here))
    chosen = {row.user_id: Choice(Announce(row.announce), row.keep_thanks) for row in rows}
    return {user: chosen.get(user, Choice()) for user in users}
