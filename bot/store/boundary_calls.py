"""Boundary calls: made, and asked about on the next working day. A refusal is the sentence that says why."""

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, insert, select, tuple_, update

from bot.domain.asks import LINE_MAX, Ask, team_of
from bot.domain.asks import Kind as AskKind
from bot.domain.boundary import Case, check_in_at
from bot.domain.conversations import Kind
from bot.domain.kudos import Source
from bot.domain.moments import ts_of
from bot.domain.typed import tidy
from bot.store import ask_rows, asks, boundary_hand, channels, conversations, people, set_aside
from bot.store.boundary import OF_ASK, STANDS
from bot.store.leading_tables import asks as asks_table
from bot.store.leading_tables import boundaries
from bot.store.locks import lock_channels
from bot.store.set_aside import Due
from bot.store.standing import is_here
from bot.store.tables import channels as known
from bot.store.tables import conversations as talks
from bot.store.tables import waits
from bot.store.workspaces import Workspace, Workspaces
from bot.views import asks as ask_views
from bot.views.boundary import MOST_CHOICES, Choice, Filled, Hand
from bot.views.words import boundary as words
from bot.views.words import nudges as nudge_words

Refusal = str
DUE = Due("check-in", boundaries.c.check_in_at, boundaries.c.ask_id)
LATELY = timedelta(days=7)  # of conversations that a call may be about


@dataclass(frozen=True, slots=True)
class Called:
    """A call that was made. `told` says who has heard of it."""

    hand: Hand
    told: str


def call(tx: Connection, workspace: Workspace, user: str, filled: Filled, now: datetime) -> Called | Refusal:
    """All at once: nobody is reminded any more, the leader's clock starts, the agent has what they can stand on."""
    line, case = tidy(filled.line).strip()[:LINE_MAX], filled.case
    source = filled.source and _rooted(tx, workspace, filled.source)
    team = team_for(workspace, user, source)
    if team is None:
        return words.NO_TEAM()
    if not line or case is None:
        return words.NEEDS_LINE()
    ask = Ask(AskKind.BOUNDARY, team, user, line, source, case)
    place = (source.channel, source.root_ts) if source and _is_customers(tx, workspace, source.channel) else None
    if place and not _stop(tx, workspace, place, user, now):
        return words.CALLED_ALREADY()
    ask_id = asks.open_ask(tx, workspace, ask, now)
    _keep(tx, workspace, ask_id, ask, case, place, now)
    boundary_hand.breathe(tx, workspace, ask, ask_id, now)
    boundary_hand.give(tx, workspace, ask_id, now)
    return _called(tx, workspace, ask_id, now)


def team_for(workspace: Workspace, user: str, source: Source | None) -> str | None:
    """The key of the team whose manager is called on: the conversation's if it is theirs, else one of their own."""
    mine = [team.key for team in workspace.teams_of(user)]
    here = workspace.setup.team_for(source.channel) if source else None
    return team_of(mine, here.key if here else None) or next(iter(mine), None)


def choices(tx: Connection, workspace: Workspace, user: str, here: str, now: datetime) -> list[Choice]:
    """The conversations that a call of this person may be about, the latest first; those `here` before all others."""
    found = tx.execute(_of_late(workspace.team_id, user, here, now)).all()
    named = people.get_many(tx, workspace.team_id, {row.customer for row in found})
    told = [
        Choice(
            Source(row.channel, row.root_ts, row.root_ts),
            named[row.customer].name if row.customer in named else nudge_words.someone(),
            row.name,
        )
        for row in sorted(found, key=lambda row: bool(row.channel != here))
        if workspace.kind(row.channel, row.is_ext_shared) == "customer"
    ]
    return told[:MOST_CHOICES]


def ask_how_they_are(tx: Connection, workspaces: Workspaces, now: datetime, limit: int) -> int:
    """Put into the outbox what is due by now; of how many calls."""
    is_due = (boundaries.c.check_in_at <= now) & is_here(boundaries)
    due = select(boundaries).where(is_due).order_by(boundaries.c.check_in_at).limit(limit)
    rows = tx.execute(due.with_for_update(skip_locked=True)).all()
    set_aside.taking(tx, DUE, rows)
    for row in rows:
        here = (boundaries.c.team_id == row.team_id) & (boundaries.c.ask_id == row.ask_id)
        tx.execute(update(boundaries).where(here).values(check_in_at=None))
        if workspaces.get(tx, row.team_id, now):
            boundary_hand.check_in(tx, row.team_id, row, now)
    return len(rows)


def next_due(tx: Connection) -> datetime | None:
    """When somebody is to be asked next; None when nobody is."""
    due = select(boundaries.c.check_in_at).where(boundaries.c.check_in_at.is_not(None), is_here(boundaries))
    return tx.execute(due.order_by(boundaries.c.check_in_at).limit(1)).scalar()


def is_mine(tx: Connection, workspace: Workspace, ask_id: int, user: str) -> bool:
    """Whether this person made that call, and did not take it back."""
    here = (boundaries.c.ask_id == ask_id) & (boundaries.c.user_id == user) & STANDS
    return bool(boundary_hand.find(tx, workspace.team_id, here))


def talk(tx: Connection, workspace: Workspace, ask_id: int, user: str, now: datetime) -> str | Refusal:
    """*I'd like to talk*: the manager's clock starts once, however often it is pressed. Who has heard."""
    if not is_mine(tx, workspace, ask_id, user):
        return words.NOT_YOURS()
    mine = [one for one in asks.current(tx, workspace, user) if one.ask.line == words.TALK_LINE.english]
    about = ask_rows.get(tx, workspace.team_id, ask_id)
    if not mine and about:
        asks.open_ask(tx, workspace, Ask(AskKind.HELP, about.ask.team, user, words.TALK_LINE.english), now)
    return words.TALK_ANSWER()


def _stop(tx: Connection, workspace: Workspace, place: tuple[str, str], user: str, now: datetime) -> bool:
    """Nobody is reminded of this conversation any more; False where a call on it waits for word already."""
    lock_channels(tx, workspace.team_id, [place[0]])
    waiting = select(boundaries.c.ask_id).join(asks_table, OF_ASK).where(_of(workspace.team_id, place))
    if tx.execute(waiting.where(asks_table.c.ended_at.is_(None))).first():
        return False
    boundary_hand.tell(tx, workspace, place, Kind.BOUNDARY, user, now)
    return True


def _keep(
    tx: Connection,
    workspace: Workspace,
    ask_id: int,
    ask: Ask,
    case: Case,
    place: tuple[str, str] | None,
    now: datetime,
) -> None:
    channel, root_ts = place or (None, None)
    row = {
        "team_id": workspace.team_id,
        "ask_id": ask_id,
        "user_id": ask.by,
        "case": case,
        "customer": _customer(tx, workspace, place) if place else None,
        "channel": channel,
        "root_ts": root_ts,
        "called_at": now,
        "check_in_at": check_in_at(now, workspace.schedule(ask.team)),
    }
    tx.execute(insert(boundaries).values(row))


def _called(tx: Connection, workspace: Workspace, ask_id: int, now: datetime) -> Called:
    (stored,) = boundary_hand.find(tx, workspace.team_id, boundaries.c.ask_id == ask_id)
    asked = ask_rows.get(tx, workspace.team_id, ask_id)
    assert asked is not None
    told = ask_views.told_line(ask_rows.tell(tx, workspace, asked, now))
    return Called(boundary_hand.in_hand(tx, workspace, stored, now), told)


def _rooted(tx: Connection, workspace: Workspace, source: Source) -> Source:
    """With the conversation that the message is in, where it is known."""
    channel = source.channel
    held = conversations.rooted(tx, workspace.team_id, [(channel, source.ts), (channel, source.root_ts)])
    place = held.get((channel, source.ts)) or held.get((channel, source.root_ts))
    return replace(source, root_ts=place[1]) if place else source


def _is_customers(tx: Connection, workspace: Workspace, channel: str) -> bool:
    found = channels.get(tx, workspace.team_id, channel)
    return workspace.kind(channel, found is not None and found.is_ext_shared) == "customer"


def _customer(tx: Connection, workspace: Workspace, place: tuple[str, str]) -> str | None:
    wanted = select(talks.c.customer).where(talks.c.team_id == workspace.team_id)
    return tx.execute(wanted.where(talks.c.channel == place[0], talks.c.root_ts == place[1])).scalar()


def _of(team_id: str, place: tuple[str, str]) -> ColumnElement[bool]:
    channel, root_ts = place
    return (boundaries.c.team_id == team_id) & (boundaries.c.channel == channel) & (boundaries.c.root_ts == root_ts)


def _of_late(team_id: str, user: str, here: str, now: datetime) -> Select[Any]:
    """Conversations with customers of the last days that are this person's, or in the channel where they are."""
    owned = select(waits.c.channel, waits.c.root_ts).where(
        waits.c.team_id == team_id, waits.c.owner == user, waits.c.ended_at.is_(None)
    )
    mine = (talks.c.answered_by == user) | (talks.c.claimed_by == user) | (talks.c.channel == here)
    wanted = select(talks.c.channel, talks.c.root_ts, talks.c.customer, known.c.name, known.c.is_ext_shared)
    joined = wanted.join_from(talks, known, (known.c.team_id == talks.c.team_id) & (known.c.channel == talks.c.channel))
    lately = (talks.c.root_ts >= ts_of(now - LATELY)) & mine
    waiting = tuple_(talks.c.channel, talks.c.root_ts).in_(owned)
    of_customers = (talks.c.team_id == team_id) & talks.c.customer.is_not(None)
    return joined.where(of_customers, lately | waiting).order_by(talks.c.last_ts.desc()).limit(2 * MOST_CHOICES)
