"""What is this channel now? Reads again what an event has put in doubt, and who is in the user groups of the setup."""

import logging
from contextlib import suppress

from bot.deps import Deps
from bot.slack.channels import learn_channel
from bot.slack.errors import SlackError
from bot.store import channels, setup
from bot.store.set_aside import Thing
from jobs.apart import apart

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
        thing = Thing(team_id, "channels.refresh", channel)
        return await apart(deps, thing, _learned(deps, team_id, channel), True)
    except SlackError as error:
        log.warning("A channel cannot be read: %s. `carecue doctor` says what to do.", error)
        return False


async def _learned(deps: Deps, team_id: str, channel: str) -> bool:
    return await learn_channel(deps.db, deps.slack, team_id, channel, deps.now()) is not None


async def refresh_groups(deps: Deps) -> None:
    """User groups change without an event that CareCue may see, so their people are read every few minutes."""
    for workspace in await deps.db.read(deps.workspaces.every, deps.now()):
        for group in workspace.setup_groups:
            thing = Thing(workspace.team_id, "channels.refresh_groups", group)
            with suppress(SlackError):  # asked again next time; meanwhile who was in it still is
                await apart(deps, thing, _read_group(deps, workspace.team_id, group), None)


async def _read_group(deps: Deps, team_id: str, group: str) -> None:
    users = await (await deps.slack.of(team_id)).group_members(group)
    await deps.db.run(setup.save_group, team_id, group, users, deps.now())
