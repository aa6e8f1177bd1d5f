"""The standing backing of teams: read from the setup, and changed there by who leads them."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from bot.store import setup
from bot.store.workspaces import Workspace
from bot.views.backing import TeamBacking
from bot.views.words import backing as words


def of(workspace: Workspace, user: str) -> list[TeamBacking]:
    """Of the teams that somebody is in or may change."""
    mine = (
        *workspace.teams_of(user),
        *(team for team in workspace.setup.teams if _may_change(workspace, user, team.key)),
    )
    return [
        TeamBacking(team.key, team.name, team.backing, _may_change(workspace, user, team.key))
        for team in dict.fromkeys(mine)
    ]


def change(
    tx: Connection, workspace: Workspace, user: str, key: str, sentences: tuple[str, ...], now: datetime
) -> TeamBacking | str:
    """The list as it stands from now on; a sentence where this person may not change it."""
    team = workspace.setup.team(key)
    if team is None or not _may_change(workspace, user, key):
        return words.NOT_YOURS
    teams = tuple(replace(one, backing=sentences) if one.key == key else one for one in workspace.setup.teams)
    setup.apply(tx, workspace.team_id, replace(workspace.setup, teams=teams), now)
    return TeamBacking(key, team.name, sentences, may_change=True)


def _may_change(workspace: Workspace, user: str, key: str) -> bool:
    is_admin = user in workspace.people(workspace.setup.admins)
    return is_admin or key in {team.key for team in workspace.led_by(user)}
