"""Who is what to CareCue, by the setup and by what Slack says of them; all of it as it is in this transaction."""

from collections.abc import Iterator
from dataclasses import replace

from sqlalchemy import Connection, exists, select

from bot.domain.arrivals import Account
from bot.domain.roles import Role, Roles
from bot.domain.setup import Setup, Team
from bot.store import people
from bot.store.promise_tables import promises
from bot.store.tables import channels, waits
from bot.store.workspaces import Workspace

MOST_HELPERS = 3  # people among whom a refusal finds one who can help


def of(tx: Connection, workspace: Workspace, person: Account) -> Roles:
    """All roles of somebody of ours."""
    found = set(_given(workspace, person.user)) | {Role.COLLEAGUE}
    if is_admin(workspace, person):
        found.add(Role.ADMIN)
    if max(found) == Role.COLLEAGUE and _has_something(tx, workspace, person.user):
        found.add(Role.AGENT)
    return found


def is_admin(workspace: Workspace, person: Account) -> bool:
    """Whom the setup names, and the admins and owners of the workspace itself.

    Who is of another workspace of the enterprise is an admin there, if Slack calls them one.
    """
    of_slack = person.is_admin and person.home_team == workspace.team_id
    return of_slack or person.user in workspace.people(workspace.setup.admins)


def administers(tx: Connection, workspace: Workspace, user: str) -> bool:
    """The same for who may not have been met yet: whom the setup names is an admin all the same."""
    person = people.get(tx, workspace.team_id, user)
    return is_admin(workspace, person) if person else user in workspace.people(workspace.setup.admins)


def admins(tx: Connection, workspace: Workspace) -> tuple[str, ...]:
    """Those whom the setup names first, then those of the workspace that CareCue has met."""
    named = workspace.people(workspace.setup.admins)
    return tuple(dict.fromkeys((*named, *people.admins_of(tx, workspace.team_id))))


def teams_changed_by(tx: Connection, workspace: Workspace, user: str) -> tuple[Team, ...]:
    """The teams whose setup this person may change: an admin every one, else those that they manage."""
    return workspace.setup.teams if administers(tx, workspace, user) else workspace.led_by(user)


def may_make(tx: Connection, workspace: Workspace, user: str, after: Setup) -> bool:
    """Whether this person may make this of the setup: an admin whatever it is, a manager what changes own teams only.

    Which teams there are, and in which order, is nobody's own.
    """
    before = workspace.setup
    if administers(tx, workspace, user):
        return True
    if [team.key for team in before.teams] != [team.key for team in after.teams]:
        return False
    led = {team.key for team in workspace.led_by(user)}
    kept = tuple(old if old.key in led else new for old, new in zip(before.teams, after.teams, strict=True))
    return replace(after, teams=kept) == before


def helpers(tx: Connection, workspace: Workspace, user: str, least: Role) -> list[str]:
    """Some others who have the role that `user` lacks, or can give it to them."""
    leading = [one for team in workspace.teams_of(user) for one in workspace.people(team.managers)]
    wanted = dict.fromkeys(leading if least in (Role.DEPUTY, Role.MANAGER) and leading else admins(tx, workspace))
    return [one for one in wanted if one != user][:MOST_HELPERS]


def _given(workspace: Workspace, user: str) -> Iterator[Role]:
    """What the setup makes of somebody."""
    for team in workspace.setup.teams:
        if user in workspace.people(team.managers):
            yield Role.MANAGER
        if user in workspace.people(team.deputies):
            yield Role.DEPUTY
        if user in workspace.people((*team.people, *team.rota)):
            yield Role.AGENT
    if any(user == channel.owner for channel in workspace.setup.channels):
        yield Role.AGENT


def _has_something(tx: Connection, workspace: Workspace, user: str) -> bool:
    """Who is in no team may have brought CareCue into a channel, taken a customer on, or promised something."""
    of_waits = (waits.c.team_id == workspace.team_id) & (waits.c.owner == user) & waits.c.ended_at.is_(None)
    of_promises = (promises.c.team_id == workspace.team_id) & (promises.c.by == user) & promises.c.ended_at.is_(None)
    of_channels = (channels.c.team_id == workspace.team_id) & (channels.c.invited_by == user) & channels.c.is_member
    found = exists().where(of_waits) | exists().where(of_promises) | exists().where(of_channels)
    return bool(tx.execute(select(found)).scalar())
