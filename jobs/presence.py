"""Who is away by now, and when Slack itself is silent for whom."""

import logging

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.store import dnd, noticing, presence_choices
from bot.store.set_aside import Thing
from jobs.apart import apart
from jobs.taking import in_each

AT_ONCE = 50  # whom Slack tells of in one answer

log = logging.getLogger(__name__)


async def notice(deps: Deps) -> int:
    """Whoever has become away passes on what waits for them; returns for how many something is new."""
    return await in_each(deps, presence_choices.notice_all, noticing.to_look_in)


async def read_dnd(deps: Deps) -> int:
    """Ask Slack for the notification hours that are not known; of how many people."""
    read = 0
    for team_id, users in (await deps.db.read(_without_hours, deps)).items():
        for at in range(0, len(users), AT_ONCE):
            reading = _read(deps, team_id, users[at : at + AT_ONCE])
            if not await apart(deps, Thing(team_id, "presence.read_dnd"), reading, False):
                break
            read += len(users[at : at + AT_ONCE])
    return read


def _without_hours(tx: Connection, deps: Deps) -> dict[str, list[str]]:
    every = {one.team_id: one for one in deps.workspaces.every(tx, deps.now())}
    return dnd.wanted(tx, every, deps.now())


async def _read(deps: Deps, team_id: str, users: list[str]) -> bool:
    try:
        told = await (await deps.slack.of(team_id)).dnd(users)
    except (RateLimited, Unclear):
        return False
    except SlackError as error:
        # Nothing is held back by them then. Asked again an hour later, so that this is not said each minute.
        log.warning("Notification hours cannot be read: %s. `carecue doctor` says what to do.", error)
        told = {}
    await deps.db.run(dnd.save, team_id, {user: told.get(user) for user in users}, deps.now())
    return True
