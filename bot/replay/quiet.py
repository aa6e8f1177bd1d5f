"""The weekly page of a quiet start: as a file, to CareCue's admins alone."""

import logging

from sqlalchemy import Connection

from bot.deps import Deps
from bot.replay import seen
from bot.replay.page import words
from bot.slack.errors import SlackError
from bot.store import occurrences, quiet, workspaces
from bot.store.occurrences import Due

FILE = "carecue.html"

log = logging.getLogger(__name__)


async def pass_over(deps: Deps) -> int:
    """What would have been said is not, and not later either; how much it was."""
    return await deps.db.run(quiet.let_go) + await deps.db.run(quiet.pass_over, deps.now())


async def report(deps: Deps) -> int:
    """Send what is due; how many pages. Each at most once: nobody can look up whether a file arrived."""
    sent = 0
    for team_id in await deps.db.run(workspaces.all_ids):
        for one in await deps.db.run(_due, deps, team_id):
            sent += await _send(deps, team_id, one)
    return sent


async def _send(deps: Deps, team_id: str, one: Due) -> bool:
    page = await deps.db.run(_page, deps, team_id, one)
    if page is None:
        return False
    try:
        channel = await deps.slack.open_dm(one.whose)
        await deps.slack.upload(channel, {FILE: page.encode()}, words.SENT)
    except SlackError as error:
        log.warning("The page of the quiet start was not sent: %s. `carecue report` makes it anew.", error)
        return False
    return True


def _due(tx: Connection, deps: Deps, team_id: str) -> list[Due]:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return quiet.due(tx, workspace, deps.now()) if workspace else []


def _page(tx: Connection, deps: Deps, team_id: str, one: Due) -> str | None:
    """None where another process is at it."""
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    if workspace is None or not occurrences.take(tx, team_id, one):
        return None
    now = deps.now()
    since = max(quiet.began(tx, team_id, now), now - quiet.LONGEST)
    return seen.draw(tx, workspace, since, now, quiet=True)


TIMETABLE = (
    # job, every so many seconds
    (pass_over, 1),
    (report, 60),
)
