"""Who is it? Asks Slack about people whose words wait for the answer, and lets those words count."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.domain.arrivals import Account
from bot.slack.errors import RateLimited, SlackError, Unclear
from bot.slack.people import told
from bot.slack.refusals import TOKEN_TROUBLE
from bot.store import ingest, limits, people, set_aside, unresolved
from bot.store.db import is_away
from bot.store.quarantine import Quarantine
from bot.store.set_aside import Thing
from bot.store.workspaces import Workspace
from jobs.taking import in_each

GROUP = 20
TOKEN_PAUSE = 60.0  # seconds

log = logging.getLogger(__name__)


async def learn(deps: Deps) -> int:
    """Returns how many people are known now who were not; the rest is asked about next time.

    A workspace of which Slack does not tell now holds up no other.
    """
    known, silent = 0, set[str]()
    while wanted := await deps.db.run(unresolved.wanted, GROUP, deps.now(), silent):
        learned = await asyncio.gather(*(_learn(deps, team_id, user) for team_id, user in wanted))
        known += sum(learned)
        silent |= {team_id for (team_id, _), is_known in zip(wanted, learned, strict=True) if not is_known}
    return known


async def meet_teams(deps: Deps) -> None:
    """Ask about everyone whom the setup names before they do anything, so that the first nudge and press are quick."""
    await in_each(deps, _ask_about_teams)


def _ask_about_teams(tx: Connection, workspace: Workspace, _now: datetime) -> int:
    known = people.get_many(tx, workspace.team_id, workspace.everyone)
    wanted = workspace.everyone - {user for user, one in known.items() if one.locale}
    unresolved.ask(tx, workspace.team_id, wanted)
    return len(wanted)


async def _learn(deps: Deps, team_id: str, user: str) -> bool:
    try:
        account = await told(await deps.slack.of(team_id), user)
    except RateLimited as limit:
        await deps.db.run(limits.limited, team_id, limit.method, "", deps.now(), limit.retry_after)
        return False
    except Unclear:
        return False
    except SlackError as error:
        log.warning("A person cannot be read: %s. `carecue doctor` says what to do.", error)
        if error.error in TOKEN_TROUBLE:  # it would say so of everybody, each second
            await deps.db.run(limits.limited, team_id, unresolved.METHOD, "", deps.now(), TOKEN_PAUSE)
        return False
    try:
        await deps.db.run(ingest.learned, deps.workspaces, team_id, account, deps.now())
    except Exception as error:
        if is_away(error):
            raise
        return await _put_off(deps, team_id, account, error)
    deps.sender.wake()
    return True


async def _put_off(deps: Deps, team_id: str, account: Account, error: Exception) -> bool:
    """What waits for them breaks whoever applies it. After a few times all else of it counts."""
    thing = Thing(team_id, set_aside.PERSON, account.user)
    stumble = await Quarantine(deps.db, deps.workspaces, deps.now).take(thing, error)
    if stumble.is_aside:
        await deps.db.run(ingest.learned_apart, deps.workspaces, team_id, account, deps.now())
    return stumble.is_aside
