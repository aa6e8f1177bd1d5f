"""The standing backing of teams: read from the setup, and changed there by who leads them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.store import roles, setup
from bot.store.workspaces import Workspace
from bot.views.backing import TeamBacking
from bot.views.words import backing as words


def of(tx: Connection, workspace: Workspace, user: str) -> list[TeamBacking]:
    """Of the teams that somebody is in or may change."""
    changed = roles.teams_changed_by(tx, workspace, user)
    mine = dict.fromkeys((*workspace.teams_of(user), *changed))
    return [TeamBacking(team.key, team.name, team.backing, team in changed) for team in mine]


def change(
    tx: Connection, workspace: Workspace, user: str, key: str, sentences: tuple[str, ...], now: datetime
) -> TeamBacking | str:
    """The list as it stands from now on; a sentence where this person may not change it."""
    team = workspace.setup.team(key)
    if team is None or team not in roles.teams_changed_by(tx, workspace, user):
        return words.NOT_YOURS()
    setup.change(tx, workspace, [key], lambda team: replace(team, backing=sentences), now, user)
    return TeamBacking(key, team.name, sentences, may_change=True)
