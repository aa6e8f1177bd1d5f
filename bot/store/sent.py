"""What was in the outbox is in Slack, or about to be: whose it is, is told by its key."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.store import (
    ask_notes,
    boundary_hand,
    digest,
    digest_people,
    kudos_asks,
    kudos_notes,
    nudges,
    occurrences,
    prompt_posts,
    pulse,
)
from bot.store.outbox import POST, Row
from bot.store.workspaces import Workspace, Workspaces

PAGES = (digest.PREFIX, *digest_people.PREFIXES)


def still_holds(tx: Connection, row: Row, now: datetime) -> str | None:
    """Why something in the outbox is not to be said any more; None if it is. What is said anew always is."""
    if row.method == POST and row.key.startswith(kudos_notes.PREFIX):
        return kudos_notes.still_holds(tx, row)
    if row.method == POST and row.key.startswith(kudos_asks.PREFIX):
        return kudos_asks.still_holds(tx, row)
    if row.method == POST and row.key.startswith(ask_notes.PREFIX):
        return ask_notes.still_holds(tx, row, now)
    if row.method == POST and row.key.startswith(pulse.PREFIX):
        return pulse.still_holds(tx, row, now)
    if row.method == POST and row.key.startswith(boundary_hand.PREFIX):
        return boundary_hand.still_holds(tx, row)
    if row.method == POST and row.key.startswith(prompt_posts.PREFIXES):
        return prompt_posts.still_holds(tx, row)
    if row.method == POST and row.key.startswith(PAGES):
        return occurrences.still_holds(tx, row)
    return nudges.still_holds(tx, row, now)


def posted(tx: Connection, workspaces: Workspaces, row: Row, channel: str, ts: str, now: datetime) -> None:
    """Remember where it stands, and say anew what has changed on its way."""
    noun = next((then for prefixes, then in POSTED if row.key.startswith(prefixes)), None)
    workspace = workspaces.get(tx, row.team_id, now) if noun else None
    if noun is None or workspace is None or row.method != POST:
        nudges.posted(tx, workspaces, row, channel, ts, now)
    else:
        noun(tx, workspace, row, channel, ts, now)


def _pulse(tx: Connection, _workspace: Workspace, row: Row, channel: str, ts: str, now: datetime) -> None:
    pulse.posted(tx, row, channel, ts, now)


def _page(tx: Connection, _workspace: Workspace, row: Row, channel: str, ts: str, now: datetime) -> None:
    occurrences.stand(tx, row, channel, ts, now)


Then = Callable[[Connection, Workspace, Row, str, str, datetime], None]
POSTED: tuple[tuple[str | tuple[str, ...], Then], ...] = (
    (kudos_notes.PREFIX, kudos_notes.posted),
    (kudos_asks.PREFIX, kudos_asks.posted),
    (ask_notes.PREFIX, ask_notes.posted),
    (boundary_hand.PREFIX, boundary_hand.posted),
    (pulse.PREFIX, _pulse),
    (prompt_posts.PREFIXES, prompt_posts.posted),
    (digest.PREFIX, digest.posted),
    (PAGES, _page),
)
