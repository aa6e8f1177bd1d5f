"""The weekly page of a quiet start: as a file, to CareCue's admins alone."""

import logging
from datetime import datetime

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
    since = await deps.db.run(_since, deps, team_id, one)
    page = await deps.db.read(_page, deps, team_id, since) if since else ""
    if not page:
        return False
    try:
        slack = await deps.slack.of(team_id)
        channel = await slack.open_dm(one.whose)
        await slack.upload(channel, {FILE: page.encode()}, words.SENT)
    except SlackError as error:
        log.warning("The page of the quiet start was not sent: %s. `carecue report` makes it anew.", error)
        return False
    return True


def _due(tx: Connection, deps: Deps, team_id: str) -> list[Due]:
    workspace = deps.workspaces.get(tx, team_id, deps.now())
    return quiet.due(tx, workspace, deps.now()) if workspace else []


def _since(tx: Connection, deps: Deps, team_id: str, one: Due) -> datetime | None:
    """Since when the page tells; None where another process is at it."""
    if not occurrences.take(tx, team_id, one):
        return None
    return max(quiet.began(tx, team_id, deps.now()), deps.now() - quiet.LONGEST)


def _page(tx: Connection, deps: Deps, team_id: str, since: datetime) -> str:
    now = deps.now()
    workspace = deps.workspaces.get(tx, team_id, now)
    return seen.draw(tx, workspace, since, now, quiet=True) if workspace else ""


TIMETABLE = (
    # job, every so many seconds
    (pass_over, 1),
    (report, 60),
)
