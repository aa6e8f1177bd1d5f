"""Whose people some are, wherever they are: as Slack says, unless an admin says that they are ours everywhere."""

from collections.abc import Collection
from typing import NamedTuple

from sqlalchemy import Connection

from bot.domain.conversations import Side
from bot.domain.people import side
from bot.store import people
from bot.store.workspaces import Workspace


class Sides(NamedTuple):
    """Of those whom CareCue has met. `gone` are those whose account is closed."""

    known: dict[str, Side]
    gone: frozenset[str]

    @property
    def ours(self) -> set[str]:
        """Who is one of us today."""
        return {user for user, whose in self.known.items() if whose is Side.OURS} - self.gone


def of(tx: Connection, workspace: Workspace, users: Collection[str]) -> Sides:
    """Read for all of them at once."""
    met = people.get_many(tx, workspace.team_id, set(users))
    said = {user: workspace.setup.override(user, "") for user in met}
    known = {
        user: Side.OURS if said[user] == "ours" else side(person, workspace.team_id, workspace.enterprise_id)
        for user, person in met.items()
    }
    return Sides(known, frozenset(user for user, person in met.items() if person.is_gone))
