"""Whoever asked to be forgotten is; and where a works council wants it so, everybody whose customers have their answer.

In small steps, so that nobody waits for it.
"""

from datetime import timedelta

from bot.deps import Deps
from bot.domain.moments import EPOCH
from bot.store import council, erasing
from bot.store.erasing import Asked
from bot.store.set_aside import Thing
from jobs.apart import apart

LATELY = timedelta(days=4)
THOROUGH = (2, 8, 14, 20)  # UTC: hours in which conversations of all times are looked at, also where nights are off


async def erase(deps: Deps) -> int:
    """How many steps were taken. What stops on the way goes on the next time."""
    done = 0
    for one in await deps.db.read(erasing.asked):
        thing = Thing(one.team_id, "privacy.erase", one.user)  # it goes with them
        done += await apart(deps, thing, _erase(deps, one), 0)
    return done


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


async def council_forgets(deps: Deps) -> int:
    """How much was tidied up in workspaces in works-council mode."""
    done = 0
    for workspace in await deps.db.read(deps.workspaces.every, deps.now()):
        if workspace.setup.works_council:
            thing = Thing(workspace.team_id, "privacy.council_forgets")
            done += await apart(deps, thing, _council_forgets(deps, workspace.team_id), 0)
    return done


async def _council_forgets(deps: Deps, team_id: str) -> int:
    now, done = deps.now(), 0
    since = EPOCH if now.hour in THOROUGH else now - LATELY
    while some := await deps.db.read(council.named, team_id, since, now):
        gone = sum([await deps.db.run(council.forget, team_id, one) for one in some])
        done += gone
        if not gone:
            break
    for find, forget in council.TRACES:
        while found := await deps.db.read(find, team_id, now):
            await deps.db.run(forget, team_id, found)
            done += len(found)
    return done
