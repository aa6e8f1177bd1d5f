"""Whoever asked to be forgotten is, in small steps, so that nobody waits for it."""

from bot.deps import Deps
from bot.store import erasing


async def erase(deps: Deps) -> int:
    """How many people were forgotten. What stops on the way goes on the next time."""
    asked = await deps.db.read(erasing.asked)
    for team_id, user in asked:
        places = await deps.db.read(erasing.places, team_id, user)
        for at in range(0, len(places), erasing.AT_A_TIME):
            some = places[at : at + erasing.AT_A_TIME]
            await deps.db.run(erasing.leave, team_id, user, some, deps.now())
        await deps.db.run(erasing.finish, team_id, user, deps.now())
    return len(asked)
