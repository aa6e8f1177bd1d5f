"""Who is it? Asks Slack about people whose words wait for the answer, and lets those words count."""

import asyncio
import logging

from sqlalchemy import Connection

from bot.deps import Deps
from bot.slack.errors import SlackError
from bot.slack.people import ask
from bot.store import ingest, people, unresolved, workspaces

GROUP = 20

log = logging.getLogger(__name__)


async def learn(deps: Deps) -> int:
    """Returns how many people are known now who were not; the rest is asked about next time."""
    known = 0
    while wanted := await deps.db.run(unresolved.wanted, GROUP):
        learned = await asyncio.gather(*(_learn(deps, team_id, user) for team_id, user in wanted))
        known += sum(learned)
        if not all(learned):
            break
    return known


async def meet_teams(deps: Deps) -> None:
    """Ask about everyone whom the setup names before they do anything, so that the first nudge and press are quick."""
    for team_id in await deps.db.run(workspaces.all_ids):
        await deps.db.run(_ask_about_teams, deps, team_id)


def _ask_about_teams(tx: Connection, deps: Deps, team_id: str) -> None:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    if workspace:
        named = {user for team in workspace.setup.teams for user in workspace.people((*team.people, *team.rota))}
        known = {user for user, one in people.get_many(tx, team_id, named).items() if one.locale}
        unresolved.ask(tx, team_id, named - known)


async def _learn(deps: Deps, team_id: str, user: str) -> bool:
    try:
        account = await ask(deps.slack, user)
    except SlackError as error:
        log.warning("A person cannot be read: %s. `carecue doctor` says what to do.", error)
        return False
    if account is None:
        return False
    await deps.db.run(ingest.learned, deps.workspaces, team_id, account, deps.now())
    deps.sender.wake()
    return True
