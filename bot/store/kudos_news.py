"""What happens in Slack that kudos follow: messages deleted, customers' thanks, and reactions."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from functools import cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select, tuple_, update

from bot.domain.arrivals import Arrival, Deleted, Posted, Reacted, Spoken
from bot.domain.conversations import Conversation, Side, Turn
from bot.domain.kudos import Source
from bot.domain.someone import is_someone
from bot.store import kudos_asks, kudos_choices, kudos_notes, kudos_reactions, lists
from bot.store.db import is_sqlite
from bot.store.kudos_asks import Kind, Outcome, Question
from bot.store.kudos_stories import lock
from bot.store.kudos_tables import kudos
from bot.store.kudos_tables import kudos_asks as asks_table
from bot.store.workspaces import Workspace


class Thanks(NamedTuple):
    """A customer's closing that thanks, after an answer of the agent's."""

    source: Source
    customer: str
    agent: str


def thanks_in(arrival: Spoken, whose: Side | None, conversation: Conversation) -> list[Thanks]:
    """What a message says, if a customer ends a conversation with thanks after somebody has answered."""
    if not isinstance(arrival, Posted) or not arrival.thanks or whose is not Side.THEIRS:
        return []
    agent = conversation.answered_by
    if agent is None or is_someone(agent) or conversation.turn is Turn.OURS:
        return []
    return [Thanks(Source(arrival.channel, arrival.ts, arrival.root_ts), arrival.user, agent)]


def hear(tx: Connection, workspace: Workspace, arrivals: Iterable[Arrival], now: datetime) -> None:
    """Asks the tables nothing where nothing was deleted and nobody reacted with the emoji of kudos."""
    emoji = workspace.setup.kudos.emoji
    spoken = [arrival for arrival in arrivals if isinstance(arrival, Reacted | Deleted)]
    given = [arrival for arrival in spoken if isinstance(arrival, Reacted) and arrival.emoji == emoji]
    for arrival in sorted(given, key=lambda arrival: arrival.at_ts):
        kudos_reactions.reacted(tx, workspace, arrival, now)
    source_gone(tx, workspace, {(a.channel, a.ts) for a in spoken if isinstance(a, Deleted)}, now)


def source_gone(tx: Connection, workspace: Workspace, places: Collection[tuple[str, str]], now: datetime) -> None:
    """These messages were deleted: nothing links to them any more, and nothing is asked about them."""
    if not places:
        return
    given = {"places": lists.packed(places), "team": workspace.team_id}
    asks = tx.execute(_asked_about(is_sqlite(tx)), given).scalars().all()
    kudos_asks.settle(tx, workspace, asks, Outcome.GONE, now)
    for kudos_id in tx.execute(_given_for(is_sqlite(tx)), given).scalars().all():
        _unlink(tx, workspace, kudos_id, now)


def customer_thanked(tx: Connection, workspace: Workspace, thanks: Sequence[Thanks], now: datetime) -> None:
    """Ask the agents who want to be asked whether they would like to keep it; once in a conversation."""
    if not thanks:
        return
    choices = kudos_choices.get_many(tx, workspace.team_id, {one.agent for one in thanks})
    for one in thanks:
        if choices[one.agent].keep_thanks and one.source.channel not in workspace.setup.kudos.off:
            _ask_once(tx, workspace, one, now)


@cache
def _asked_about(on_sqlite: bool) -> Select[Any]:
    here = tuple_(asks_table.c.channel, asks_table.c.ts).in_(lists.pairs(on_sqlite, "places"))
    alive = asks_table.c.outcome.is_(None) | asks_table.c.outcome.in_([Outcome.UNKNOWN, Outcome.KEPT])
    found = select(asks_table.c.id).where(asks_table.c.team_id == bindparam("team"), here, alive)
    return found.order_by(asks_table.c.id).with_for_update()


@cache
def _given_for(on_sqlite: bool) -> Select[Any]:
    here = tuple_(kudos.c.source_channel, kudos.c.source_ts).in_(lists.pairs(on_sqlite, "places"))
    found = select(kudos.c.id).where(kudos.c.team_id == bindparam("team"), kudos.c.source_ts.is_not(None), here)
    return found.order_by(kudos.c.id).with_for_update()


def _ask_once(tx: Connection, workspace: Workspace, one: Thanks, now: datetime) -> None:
    before = (asks_table.c.channel == one.source.channel) & (asks_table.c.root_ts == one.source.root_ts)
    before &= (asks_table.c.user_id == one.agent) & (asks_table.c.kind == Kind.CUSTOMER)
    if not kudos_asks.find(tx, workspace.team_id, before):
        question = Question(Kind.CUSTOMER, one.agent, one.source, about=one.customer, at_ts=one.source.ts)
        kudos_asks.send(tx, workspace, [kudos_asks.begin(tx, workspace, question, now)], now)


def _unlink(tx: Connection, workspace: Workspace, kudos_id: int, now: datetime) -> None:
    nowhere = {"source_channel": None, "source_ts": None, "source_root_ts": None}
    tx.execute(update(kudos).where(kudos.c.id == kudos_id).values(**nowhere))
    changed = lock(tx, workspace.team_id, kudos_id)
    if changed:
        kudos_notes.redraw(tx, workspace, changed, now)
