"""What was in the outbox is in Slack, or about to be: whose it is, is told by its key."""

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
    pulse,
)
from bot.store.outbox import POST, Row
from bot.store.workspaces import Workspaces

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
    if row.method == POST and row.key.startswith(PAGES):
        return occurrences.still_holds(tx, row)
    return nudges.still_holds(tx, row, now)


def posted(tx: Connection, workspaces: Workspaces, row: Row, channel: str, ts: str, now: datetime) -> None:
    """Remember where it stands, and say anew what has changed on its way."""
    ours = row.key.startswith(
        (kudos_notes.PREFIX, kudos_asks.PREFIX, ask_notes.PREFIX, boundary_hand.PREFIX, pulse.PREFIX, *PAGES)
    )
    workspace = workspaces.get(tx, row.team_id, now) if ours else None
    if workspace is None or row.method != POST:
        nudges.posted(tx, workspaces, row, channel, ts, now)
    elif row.key.startswith(kudos_notes.PREFIX):
        kudos_notes.posted(tx, workspace, row, channel, ts, now)
    elif row.key.startswith(ask_notes.PREFIX):
        ask_notes.posted(tx, workspace, row, channel, ts, now)
    elif row.key.startswith(pulse.PREFIX):
        pulse.posted(tx, row, channel, ts, now)
    elif row.key.startswith(boundary_hand.PREFIX):
        boundary_hand.posted(tx, workspace, row, channel, ts, now)
    elif row.key.startswith(digest.PREFIX):
        digest.posted(tx, workspace, row, channel, ts, now)
    elif row.key.startswith(PAGES):
        occurrences.stand(tx, row, channel, ts, now)
    else:
        kudos_asks.posted(tx, workspace, row, channel, ts, now)
