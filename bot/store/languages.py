"""In which language something is drawn: that of the person, or of the channel, that it is for.

At a door that is whoever knocks; whatever is drawn for others, or by the clock, is drawn within one of these.
"""

from contextlib import AbstractContextManager

from sqlalchemy import Connection

from bot.domain.setup import Team
from bot.store import people
from bot.store.workspaces import Workspace
from bot.views.language import speaking


def to_person(tx: Connection, team_id: str, user: str) -> AbstractContextManager[None]:
    """For this person's eyes."""
    return speaking(people.language(tx, team_id, user))


def to(tx: Connection, workspace: Workspace, target: str) -> AbstractContextManager[None]:
    """For a person, or for whoever reads in a channel."""
    of_person = target[0] in "UW"
    return to_person(tx, workspace.team_id, target) if of_person else speaking(in_channel(workspace, target))


def in_channel(workspace: Workspace, channel: str) -> str:
    """What a channel is told in: its team's language, else the workspace's."""
    return of_team(workspace, next((team for team in workspace.setup.teams if _is_of(team, channel)), None))


def of_team(workspace: Workspace, team: Team | None) -> str:
    """What a team's channels are told in."""
    return (team.language if team else None) or workspace.setup.language


def _is_of(team: Team, channel: str) -> bool:
    return channel in (team.home, team.managers_channel)
