"""What it takes to explain a conversation to somebody: found by a message, if they may see it."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Row, select

from bot.domain import because
from bot.domain.conversations import SPOKEN, Conversation, Kind
from bot.domain.kudos import Source
from bot.domain.precision import rests_on
from bot.domain.story import told as read
from bot.domain.why import Based, Explanation, Kept, Next, explain
from bot.store import channels, conversations, people, precision, roles
from bot.store.conversations import Place
from bot.store.kudos_stories import Links
from bot.store.ledger import Ledger
from bot.store.tables import conversations as talks
from bot.store.tables import nudges, unresolved, waits
from bot.store.workspaces import Workspace
from bot.views.why_lines import Other, Told
from bot.views.words import why as words

Refusal = str
NEARBY = 10  # conversations on either side that may be the same


def told(
    tx: Connection, workspace: Workspace, channel: str, ts: str, now: datetime, reader: str | None = None
) -> Told | Refusal:
    """The conversation that a message is in, for a reader, or (None) for who reads the database anyway."""
    if reader and not looks_after(tx, workspace, reader):
        return words.NOT_YOUR_TEAM()
    place = place_of(tx, workspace, channel, ts)
    if reader and not may_see(tx, workspace, place, reader):
        return words.UNKNOWN()
    ledger = Ledger(tx, workspace)
    ledger.open([place])
    conversation = ledger.known.get(place)
    if conversation is None:
        return words.NOT_READ_YET() if _is_held(tx, workspace.team_id, channel, ts) else words.UNKNOWN()
    known = channels.get(tx, workspace.team_id, channel)
    watched = workspace.kind(channel, known is not None and known.is_ext_shared) == "customer"
    kept = _kept(tx, workspace.team_id, conversation)
    whose, _ = workspace.setup.agreed(channel, conversation.customer)
    based = _based(tx, workspace, conversation)
    explained = explain(conversation, ledger.policy(channel), kept, now, watched, whose=whose, based=based)
    others = _others(tx, workspace.team_id, conversation)
    named = people.get_many(tx, workspace.team_id, _people(explained, others))
    names = {user: person.name for user, person in named.items()}
    return Told(
        explained=explained,
        asked=ts,
        links=_links(workspace, conversation),
        names=names,
        others=[Other(row.root_ts, names.get(row.customer)) for row in others],
        ours_here=frozenset(user for user in names if workspace.setup.override(user, channel) == "ours"),
    )


def place_of(tx: Connection, workspace: Workspace, channel: str, ts: str) -> Place:
    """The conversation that holds a message, else the one that hangs below it."""
    return conversations.rooted(tx, workspace.team_id, [(channel, ts)]).get((channel, ts), (channel, ts))


def looks_after(tx: Connection, workspace: Workspace, user: str) -> bool:
    """Whether somebody is of a team, or an admin."""
    return bool(workspace.teams_of(user)) or roles.administers(tx, workspace, user)


def may_see(tx: Connection, workspace: Workspace, place: Place, user: str) -> bool:
    """Whether somebody can read the channel, or has spoken there."""
    source = Source(place[0], place[1], place[1])
    return Links(tx, workspace, [source], [user]).to(source, user) is not None


def _based(tx: Connection, workspace: Workspace, conversation: Conversation) -> Based | None:
    """What the nudges of its last wait rest on."""
    begun = next((wait.from_ts for wait in reversed(conversation.waits)), "")
    rule = next((m.reason for m in conversation.moves if m.kind is Kind.THEIRS and m.ts == begun), "")
    if not rule:
        return None
    silent = precision.silent(tx, workspace.team_id)
    story = read(conversation.moves, workspace.policy(conversation.channel, None))
    return Based(rule, precision.of_rule(tx, workspace.team_id, rule), rests_on(story, silent))


def _kept(tx: Connection, team_id: str, conversation: Conversation) -> dict[str, Kept]:
    """What is stored of its waits, by where each begins."""
    here = (waits.c.team_id == team_id) & (waits.c.channel == conversation.channel)
    rows = tx.execute(select(waits).where(here, waits.c.root_ts == conversation.root_ts)).all()
    said = select(nudges).where(nudges.c.wait_id.in_([row.id for row in rows])).order_by(nudges.c.id)
    told = tx.execute(said).all() if rows else ()
    return {row.from_ts: _of_row(row, [nudge for nudge in told if nudge.wait_id == row.id]) for row in rows}


def _of_row(row: Row[Any], said: Sequence[Row[Any]]) -> Kept:
    return Kept(
        owner=row.owner,
        steps_done=row.steps_done,
        snoozed_until=row.snoozed_until,
        next_nudge_at=row.next_nudge_at,
        nudged_at=tuple(nudge.created_at for nudge in said),
        paused_until=row.paused_until,
        because=because.read(row.because or ""),
        covers_for=row.covers_for,
        look_at=row.look_at,
        not_needed=any(nudge.not_needed_at for nudge in said),
    )


def _others(tx: Connection, team_id: str, conversation: Conversation) -> Sequence[Row[tuple[str, str]]]:
    """Customers' conversations of the same channel, the nearest in time on either side, in order."""
    here = (talks.c.team_id == team_id) & (talks.c.channel == conversation.channel)
    here &= talks.c.customer.is_not(None) & (talks.c.root_ts != conversation.root_ts)
    wanted = select(talks.c.root_ts, talks.c.customer).where(here)
    before = wanted.where(talks.c.last_ts <= conversation.last_ts).order_by(talks.c.last_ts.desc()).limit(NEARBY)
    after = wanted.where(talks.c.last_ts > conversation.last_ts).order_by(talks.c.last_ts).limit(NEARBY)
    return sorted([*tx.execute(before), *tx.execute(after)], key=lambda row: str(row.root_ts))


def _links(workspace: Workspace, conversation: Conversation) -> Mapping[str, str]:
    spoken = [move for move in conversation.moves if move.kind in SPOKEN]
    below = {move.ts: move.about or conversation.root_ts for move in spoken if move.threaded}
    return {move.ts: workspace.link(conversation.channel, move.ts, below.get(move.ts, move.ts)) for move in spoken}


def _people(explained: Explanation, others: Iterable[Row[tuple[str, str]]]) -> set[str]:
    said = {line.said_by for line in explained.lines} | {line.move.user for line in explained.lines}
    to = explained.next.to if isinstance(explained.next, Next) else ()
    kept = explained.kept
    had = {kept.owner, kept.covers_for, kept.because.user if kept.because else None}
    return {user for user in {*said, *to, *had, *(row.customer for row in others)} if user}


def _is_held(tx: Connection, team_id: str, channel: str, ts: str) -> bool:
    """Whether it waits until Slack has said who wrote it."""
    here = (unresolved.c.team_id == team_id) & (unresolved.c.channel == channel) & (unresolved.c.ts == ts)
    return tx.execute(select(unresolved.c.id).where(here)).first() is not None
