"""What is this channel? Looked at, and asked, soon after CareCue was brought there."""

import logging

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.errors import SlackError
from bot.slack.looking import look
from bot.slack.people import learn_people
from bot.store import channel_questions
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.apart import apart

log = logging.getLogger(__name__)


async def ask(deps: Deps) -> int:
    """Returns how many were asked; what Slack does not tell now is asked later."""
    asked = 0
    for team_id, channel in await deps.db.run(channel_questions.unasked, deps.now()):
        try:
            thing = Thing(team_id, "channel_questions.ask", channel)
            asked += await apart(deps, thing, _ask(deps, team_id, channel), False)
        except SlackError as error:
            log.warning("A channel cannot be looked at: %s. `carecue doctor` says what to do.", error)
    return asked


async def _ask(deps: Deps, team_id: str, channel: str) -> bool:
    now = deps.now()

    def whom(tx: Connection) -> tuple[Workspace | None, list[str]]:
        workspace = deps.workspaces.get(tx, team_id, now)
        return workspace, channel_questions.whom(tx, workspace, channel) if workspace else []

    workspace, users = await deps.db.run(whom)
    if workspace is None or not users:
        await deps.db.run(channel_questions.done, team_id, channel, now)
        return False
    seen = await look(deps.db, deps.slack, workspace, channel, now)
    if seen is None or not await learn_people(deps.db, deps.slack, team_id, users, now):
        return False
    return await deps.db.run(channel_questions.ask, workspace, channel, seen, now)
