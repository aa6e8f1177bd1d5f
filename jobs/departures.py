"""Channels and people that are gone are followed: nobody is reminded of them, and after the grace period they go."""

import logging

from bot.deps import Deps
from bot.store import gone_people, old_conversations, over_channels
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.apart import apart

STEP = 50

log = logging.getLogger(__name__)


async def follow(deps: Deps) -> int:
    """See which channels are over, and which are back; how many they were."""
    every = {one.team_id: one for one in await deps.db.read(deps.workspaces.every, deps.now())}
    found = await deps.db.read(over_channels.changes, every)
    for team_id, changes in found.items():
        noting = deps.db.run(over_channels.note, every[team_id], changes, deps.now())
        await apart(deps, Thing(team_id, "departures.follow"), noting, None)
    return sum(len(changes.over | changes.back) for changes in found.values())


async def forget(deps: Deps) -> int:
    """What is past its grace period goes; how many conversations that was, and how many people are to be forgotten."""
    gone = 0
    for workspace in await deps.db.read(deps.workspaces.every, deps.now()):
        gone += await apart(deps, Thing(workspace.team_id, "departures.forget"), _forget_in(deps, workspace), 0)
    return gone


async def _forget_in(deps: Deps, workspace: Workspace) -> int:
    users = await deps.db.read(gone_people.find, workspace, deps.now(), STEP)
    if users:
        await deps.db.run(gone_people.ask, workspace, users, deps.now())
    gone = len(users)
    for channel in await deps.db.read(over_channels.ended, workspace, deps.now()):
        gone += await _forget(deps, workspace, channel)
    return gone


async def _forget(deps: Deps, workspace: Workspace, channel: str) -> int:
    gone = 0
    while keys := await deps.db.read(over_channels.find, workspace.team_id, channel, STEP):
        await deps.db.run(old_conversations.drop_all, workspace.team_id, [tuple(key) for key in keys])
        gone += len(keys)
    await deps.db.run(over_channels.forget, workspace, channel)
    log.info("Let go of channel %s, with %d conversations: it has been over for long enough.", channel, gone)
    return gone
