"""Home tabs that somebody may be looking at follow what happens, for half an hour after they were opened."""

import logging
from collections.abc import Callable
from datetime import timedelta

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.homes import CONFLICT, show
from bot.store import home, homes
from bot.store.set_aside import Thing
from bot.views import home as views
from bot.views.home import Drawn
from jobs.apart import apart

FOLLOWED = timedelta(minutes=30)

log = logging.getLogger(__name__)


async def follow(deps: Deps) -> int:
    """Publish what shows something else by now. Returns how many it were; the rest, where Slack is in doubt, later."""
    recent = await deps.db.run(homes.followed, deps.now() - FOLLOWED)
    strays = await deps.db.run(homes.left_behind, views.nothing().digest or "")
    published, waiting = 0, set[str]()
    for team_id, user in dict.fromkeys([*strays, *recent]):
        if team_id in waiting:
            continue
        try:
            published += await apart(deps, Thing(team_id, "home", user), _show(deps, team_id, user), False)
        except (RateLimited, Unclear) as error:
            log.info("Home tabs wait: %s", error)
            waiting.add(team_id)
        except SlackError as error:
            if error.error != CONFLICT:
                await _let_go(deps, team_id, user, error)
    return published


async def _show(deps: Deps, team_id: str, user: str) -> bool:
    now = deps.now()

    def read(tx: Connection) -> Callable[[], Drawn] | None:
        """Whoever looks at another page of ours goes on with it."""
        draw = home.read(tx, deps.workspaces, team_id, user, now)
        elsewhere = homes.get(tx, team_id, user).digest is None
        return None if elsewhere and draw is not views.nothing else draw

    return await show(deps.db, deps.slack, team_id, user, read)


async def _let_go(deps: Deps, team_id: str, user: str, error: SlackError) -> None:
    """Until they open it again."""
    log.warning("A Home tab cannot be published: %s. `carecue doctor` says what to do.", error)
    await deps.db.run(homes.forget, team_id, user)
