"""Who is it? Asks Slack about people whose words wait for the answer, and lets those words count."""

import asyncio
import logging
from datetime import datetime

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.errors import SlackError
from bot.slack.people import ask
from bot.store import ingest, people, unresolved
from bot.store.workspaces import Workspace
from jobs.taking import in_each

GROUP = 20

log = logging.getLogger(__name__)


async def learn(deps: Deps) -> int:
    """Returns how many people are known now who were not; the rest is asked about next time.

    A workspace of which Slack does not tell now holds up no other.
    """
    known, silent = 0, set[str]()
    while wanted := await deps.db.run(unresolved.wanted, GROUP, silent):
        learned = await asyncio.gather(*(_learn(deps, team_id, user) for team_id, user in wanted))
        known += sum(learned)
        silent |= {team_id for (team_id, _), told in zip(wanted, learned, strict=True) if not told}
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
        account = await ask(await deps.slack.of(team_id), user)
    except SlackError as error:
        log.warning("A person cannot be read: %s. `carecue doctor` says what to do.", error)
        return False
    if account is None:
        return False
    await deps.db.run(ingest.learned, deps.workspaces, team_id, account, deps.now())
    deps.sender.wake()
    return True
