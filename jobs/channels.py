"""What is this channel now? Reads again what an event has put in doubt, and who is in the user groups of the setup."""

import logging

from bot.deps import Deps
from bot.slack.channels import learn_channel
from bot.slack.errors import SlackError
from bot.store import channels, setup

log = logging.getLogger(__name__)


async def refresh(deps: Deps) -> int:
    """Returns how many channels were to be read; where Slack does not tell of a workspace, its rest is next time's."""
    doubtful = await deps.db.run(channels.stale)
    silent: set[str] = set()
    for team_id, channel in doubtful:
        if team_id not in silent and not await _read(deps, team_id, channel):
            silent.add(team_id)
    return len(doubtful)


async def _read(deps: Deps, team_id: str, channel: str) -> bool:
    try:
        return await learn_channel(deps.db, deps.slack, team_id, channel, deps.now()) is not None
    except SlackError as error:
        log.warning("A channel cannot be read: %s. `carecue doctor` says what to do.", error)
        return False


async def refresh_groups(deps: Deps) -> None:
    """User groups change without an event that CareCue may see, so their people are read every few minutes."""
    for workspace in await deps.db.read(deps.workspaces.every, deps.now()):
        for group in workspace.setup_groups:
            try:
                users = await (await deps.slack.of(workspace.team_id)).group_members(group)
            except SlackError:
                continue  # asked again next time; meanwhile who was in it still is
            await deps.db.run(setup.save_group, workspace.team_id, group, users, deps.now())
