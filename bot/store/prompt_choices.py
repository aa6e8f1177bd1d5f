"""Whether each manager wants a weekly prompt, and when."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection, select

from bot.domain.weekly import Weekly
from bot.store.prompt_tables import prompt_choices
from bot.store.upserts import upsert
from bot.store.workspaces import touch


class Choice(NamedTuple):
    """What is usual where somebody has not chosen. `hour` is None for that of the other weekly pages."""

    wanted: bool = True
    hour: Weekly | None = None


def choose(tx: Connection, team_id: str, user: str, choice: Choice) -> None:
    """From now on, in every process: as after a change of the setup."""
    touch(tx, team_id)
    hour = choice.hour
    row = {"team_id": team_id, "user_id": user, "wanted": choice.wanted}
    upsert(tx, prompt_choices, [row | {"weekday": hour and hour.weekday, "minute": hour and hour.minute}])


def get_many(tx: Connection, team_id: str, users: Collection[str]) -> dict[str, Choice]:
    """Of each of them."""
    here = (prompt_choices.c.team_id == team_id) & prompt_choices.c.user_id.in_(sorted(set(users)))
    found = {row.user_id: row for row in tx.execute(select(prompt_choices).where(here))}
    chosen = {
        user: Choice(row.wanted, None if row.weekday is None else Weekly(row.weekday, row.minute))
        for user, row in found.items()
    }
    return {user: chosen.get(user, Choice()) for user in users}
