"""What was in the outbox is in Slack, or about to be: whose it is, is told by its key."""

from collections.abc import Callable
from datetime import datetime

from sqlalchemy import Connection

from bot.store import (
    ask_notes,
    boundary_hand,
    channel_questions,
    digest,
    digest_people,
    first_run,
    home_posts,
    kudos_asks,
    kudos_notes,
    list_clock,
    list_posts,
    nudges,
    occurrences,
    prompt_posts,
    pulse,
)
from bot.store.outbox import POST, Row
from bot.store.workspaces import Workspace, Workspaces

PAGES = (digest.PREFIX, *digest_people.PREFIXES)


def still_holds(tx: Connection, workspaces: Workspaces, row: Row, now: datetime) -> str | None:
    """Why something in the outbox is not to be said any more; None if it is. What is said anew always is."""
    if row.method != POST:
        return None
    for prefix, by_setup in BY_SETUP:
        if row.key.startswith(prefix):
            return by_setup(tx, workspaces, row, now)
    holds = next((holds for prefixes, holds in HOLDS if row.key.startswith(prefixes)), nudges.still_holds)
    return holds(tx, row, now)


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


def _in_a_list(_tx: Connection, _row: Row, _now: datetime) -> str | None:
    """An earlier version said it on its own."""
    return "it stands in a list"


def _at_any_time(holds: Callable[[Connection, Row], str | None]) -> "Holds":
    return lambda tx, row, _now: holds(tx, row)


BySetup = Callable[[Connection, Workspaces, Row, datetime], str | None]
BY_SETUP: tuple[tuple[str, BySetup], ...] = (
    (list_posts.PREFIX, list_clock.still_holds),
    (channel_questions.PREFIX, channel_questions.still_holds),
)

Holds = Callable[[Connection, Row, datetime], str | None]
HOLDS: tuple[tuple[str | tuple[str, ...], Holds], ...] = (
    (kudos_notes.PREFIX, _at_any_time(kudos_notes.still_holds)),
    (kudos_asks.PREFIX, _at_any_time(kudos_asks.still_holds)),
    (ask_notes.PREFIX, ask_notes.still_holds),
    (home_posts.PREFIX, home_posts.still_holds),
    ("promise:", _in_a_list),
    (pulse.PREFIX, pulse.still_holds),
    (boundary_hand.PREFIX, _at_any_time(boundary_hand.still_holds)),
    (prompt_posts.PREFIXES, _at_any_time(prompt_posts.still_holds)),
    (PAGES, _at_any_time(occurrences.still_holds)),
)

Then = Callable[[Connection, Workspace, Row, str, str, datetime], None]
POSTED: tuple[tuple[str | tuple[str, ...], Then], ...] = (
    (kudos_notes.PREFIX, kudos_notes.posted),
    (kudos_asks.PREFIX, kudos_asks.posted),
    (ask_notes.PREFIX, ask_notes.posted),
    (boundary_hand.PREFIX, boundary_hand.posted),
    (list_posts.PREFIX, list_clock.posted),
    (home_posts.PREFIX, home_posts.posted),
    (pulse.PREFIX, _pulse),
    (prompt_posts.PREFIXES, prompt_posts.posted),
    (digest.PREFIX, digest.posted),
    (first_run.PREFIX, first_run.posted),
    (PAGES, _page),
)
