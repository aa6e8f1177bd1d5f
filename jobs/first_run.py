"""A new workspace: whoever sets CareCue up is greeted once, and reads how far it is."""

import logging

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.errors import SlackError
from bot.slack.people import learn_people
from bot.store import first_run, installations
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.apart import apart
from jobs.taking import in_each

log = logging.getLogger(__name__)


async def greet(deps: Deps) -> int:
    """Returns how many were greeted; where Slack does not say who it is, that is tried again."""
    greeted = 0
    for workspace in await deps.db.read(_due, deps):
        try:
            greeted += await apart(deps, Thing(workspace.team_id, "first_run.greet"), _greet(deps, workspace), False)
        except SlackError as error:
            log.warning("It is not known who sets CareCue up: %s. `carecue doctor` says what to do.", error)
    return greeted


async def follow(deps: Deps) -> int:
    """Returns how many messages have something else to say."""
    return await in_each(deps, first_run.follow, first_run.standing)


async def _greet(deps: Deps, workspace: Workspace) -> bool:
    user = await deps.db.read(installations.installer, workspace.team_id) or deps.settings.installer
    user = user or await (await deps.slack.of(workspace.team_id)).primary_owner()
    if user and not await learn_people(deps.db, deps.slack, workspace.team_id, [user], deps.now()):
        return False
    greeted = await deps.db.run(first_run.greet, workspace, user, deps.now())
    if not greeted:
        log.warning("Nobody can be asked to set CareCue up. Set CARECUE_INSTALLER, or type /care setup in Slack.")
    return greeted


def _due(tx: Connection, deps: Deps) -> list[Workspace]:
    return first_run.due(tx, deps.workspaces.every(tx, deps.now()), deps.settings.installer)
