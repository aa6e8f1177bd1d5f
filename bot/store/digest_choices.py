"""Which weekly pages each person wants by direct message, and when."""

from collections.abc import Collection
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select

from bot.domain.weekly import Weekly
from bot.store.digest_tables import digest_choices
from bot.store.upserts import new
from bot.store.workspaces import touch


class Choice(NamedTuple):
    """What is usual where somebody has not chosen: no page of one's own, those of the teams that one leads.

    `mine` is the page of my own week, `managers` that of the teams I lead. `hour` is None for the team's hour, else by
    the clock where the person is.
    """

    mine: bool = False
    managers: bool = True
    hour: Weekly | None = None


def choose(tx: Connection, team_id: str, user: str, choice: Choice) -> None:
    """From now on, in every process: as after a change of the setup."""
    touch(tx, team_id)
    weekday, minute = (choice.hour.weekday, choice.hour.minute) if choice.hour else (None, None)
    chosen = {"mine": choice.mine, "managers": choice.managers, "weekday": weekday, "minute": minute}
    statement = new(tx, digest_choices).values(team_id=team_id, user_id=user, **chosen)
    tx.execute(statement.on_conflict_do_update(index_elements=["team_id", "user_id"], set_=chosen))


def get(tx: Connection, team_id: str, user: str) -> Choice:
    """What is usual where they have not chosen."""
    return get_many(tx, team_id, [user])[user]


def get_many(tx: Connection, team_id: str, users: Collection[str]) -> dict[str, Choice]:
    """Of each of them."""
    here = (digest_choices.c.team_id == team_id) & digest_choices.c.user_id.in_(sorted(set(users)))
    chosen = {row.user_id: row for row in tx.execute(select(digest_choices).where(here))}
    return {user: _choice(chosen[user]) if user in chosen else Choice() for user in users}


def with_own_page(tx: Connection, team_id: str) -> list[str]:
    """Who wants the page of their own week."""
    here = (digest_choices.c.team_id == team_id) & digest_choices.c.mine
    return list(tx.execute(select(digest_choices.c.user_id).where(here).order_by(digest_choices.c.user_id)).scalars())


def _choice(row: Row[Any]) -> Choice:
    hour = None if row.weekday is None else Weekly(row.weekday, row.minute)
    return Choice(row.mine, row.managers, hour)
