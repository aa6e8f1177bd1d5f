"""The emoji of kudos on an agent's message asks who gave it why; taken back, it takes with it what became of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, select, update

from bot.domain.arrivals import Reacted
from bot.domain.conversations import SPOKEN
from bot.domain.kudos import Code, Source
from bot.store import kudos, kudos_asks, sides, unresolved
from bot.store.kudos_asks import Ask, Kind, Outcome, Question
from bot.store.kudos_tables import kudos_asks as asks_table
from bot.store.tables import moves
from bot.store.workspaces import Workspace


def reacted(tx: Connection, workspace: Workspace, arrival: Reacted, now: datetime) -> None:
    """Slack promises no order: of several reactions of one person to one message the latest counts."""
    here = (asks_table.c.channel == arrival.channel) & (asks_table.c.ts == arrival.ts)
    here &= (asks_table.c.user_id == arrival.user) & (asks_table.c.kind == Kind.REACTION)
    found = next(iter(kudos_asks.find(tx, workspace.team_id, here)), None)
    if found is None:
        found = _begin(tx, workspace, arrival, now)
    elif arrival.at_ts <= found.at_ts:
        return
    if arrival.taken_back:
        _withdraw(tx, workspace, found, now)
    tx.execute(update(asks_table).where(asks_table.c.id == found.id).values(at_ts=arrival.at_ts))
    if not arrival.taken_back and found.outcome in (Outcome.UNKNOWN, Outcome.WITHDRAWN):
        _consider(tx, workspace, kudos_asks.find(tx, workspace.team_id, here), now)


def learned(tx: Connection, workspace: Workspace, user: str, now: datetime) -> None:
    """Slack has said who someone is: who waited for it is asked now."""
    if workspace.setup.kudos.emoji:
        them = (asks_table.c.user_id == user) | (asks_table.c.about == user)
        waiting = them & (asks_table.c.outcome == Outcome.UNKNOWN)
        _consider(tx, workspace, kudos_asks.find(tx, workspace.team_id, waiting), now)


def _begin(tx: Connection, workspace: Workspace, arrival: Reacted, now: datetime) -> Ask:
    at = (moves.c.channel == arrival.channel) & (moves.c.ts == arrival.ts)
    said = at & moves.c.kind.in_(SPOKEN) & (moves.c.team_id == workspace.team_id)
    known = tx.execute(select(moves.c.user_id, moves.c.root_ts).where(said)).first()
    author = arrival.author or (known.user_id if known else "")
    source = Source(arrival.channel, arrival.ts, known.root_ts if known else arrival.ts)
    question = Question(Kind.REACTION, arrival.user, source, author, arrival.at_ts, arrival.emoji, Outcome.UNKNOWN)
    return kudos_asks.begin(tx, workspace, question, now)


def _withdraw(tx: Connection, workspace: Workspace, found: Ask, now: datetime) -> None:
    if found.kudos_id is not None:
        refused = kudos.take_back(tx, workspace, found.kudos_id, found.user, now)
        if refused and refused.code is Code.TOO_LATE:
            return
    kudos_asks.settle(tx, workspace, [found.id], Outcome.WITHDRAWN, now)


def _consider(tx: Connection, workspace: Workspace, asks: Sequence[Ask], now: datetime) -> None:
    """Ask one of ours about a message of another of ours; who they are may have to be learned first."""
    people = {user for ask in asks for user in (ask.user, ask.about) if user}
    found = sides.of(tx, workspace, people)
    unresolved.ask(tx, workspace.team_id, people - set(found.known))
    off = workspace.setup.kudos.off
    for ask in asks:
        both = {ask.user, ask.about}
        if ask.user == ask.about or ask.source.channel in off or not both & set(found.known) <= found.ours:
            kudos_asks.settle(tx, workspace, [ask.id], Outcome.WITHDRAWN, now)
        elif both <= found.ours:
            kudos_asks.reopen(tx, workspace, ask, now)
