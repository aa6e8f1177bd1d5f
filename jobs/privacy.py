"""Whoever asked to be forgotten is, in small steps, so that nobody waits for it."""

from bot.deps import Deps
from bot.store import erasing
from bot.store.erasing import Asked


async def erase(deps: Deps) -> int:
    """How many steps were taken. What stops on the way goes on the next time."""
    return sum([await _erase(deps, one) for one in await deps.db.read(erasing.asked)])


async def _erase(deps: Deps, one: Asked) -> int:
    """First their customers are passed on, which takes the ladder a moment; then their name goes."""
    now = deps.now()
    passed_on = await deps.db.run(erasing.pass_on, one.team_id, one.user, now)
    if passed_on and now - one.at < erasing.PATIENCE:
        return 1
    places = await deps.db.read(erasing.places, one.team_id, one.user)
    for at in range(0, len(places), erasing.AT_A_TIME):
        await deps.db.run(erasing.leave, one.team_id, one.user, places[at : at + erasing.AT_A_TIME])
    await deps.db.run(erasing.finish, one.team_id, one.user, now)
    return len(places) + 1
