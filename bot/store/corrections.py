"""What people say of how CareCue read a conversation: it holds at once, and for whatever comes later.

A refusal is the sentence that says why.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import partial

from sqlalchemy import ColumnElement, Connection, Table, case, delete, func, select, tuple_, update

from bot.domain.conversations import SPOKEN, Conversation, Kind, Move
from bot.domain.moments import moment, ts_of
from bot.domain.placing import SAID, going
from bot.domain.setup import Override, Setup
from bot.domain.setup_edits import put_override, remove_override
from bot.domain.story import boundary
from bot.store import lists, setup_book
from bot.store.conversations import Place
from bot.store.db import is_sqlite
from bot.store.ledger import Ledger
from bot.store.locks import lock_channels
from bot.store.promise_tables import promises
from bot.store.tables import conversations, moves, waits
from bot.store.why import looks_after, may_see, place_of
from bot.store.workspaces import Workspace
from bot.views.why import Correction, Verb
from bot.views.words import why as words

Refusal = str
MOMENT = timedelta(microseconds=1)
LATELY = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Said:
    """Who says what, of which message, and in which conversation that is."""

    tx: Connection
    workspace: Workspace
    user: str
    correction: Correction
    place: Place
    now: datetime

    @property
    def channel(self) -> str:
        """Where it is said."""
        return self.correction.channel

    def here(self, table: Table) -> ColumnElement[bool]:
        """Rows of this channel."""
        return (table.c.team_id == self.workspace.team_id) & (table.c.channel == self.channel)

    def opened(self) -> Conversation | None:
        """The conversation as it reads now."""
        ledger = Ledger(self.tx, self.workspace)
        ledger.open([self.place])
        return ledger.known.get(self.place)

    def move(self, kind: Kind, about: str) -> Move:
        """What is said, as a move: after all that was said and done in this channel so far."""
        latest = select(func.max(moves.c.ts)).where(self.here(moves), moves.c.ts >= ts_of(self.now))
        last = self.tx.execute(latest).scalar()
        return Move(ts_of(moment(last) + MOMENT) if last else ts_of(self.now), kind, self.user, about=about)

    def reckon(self, places: Iterable[Place], added: Collection[tuple[Place, Move]] = ()) -> None:
        """Read these conversations anew, and write what follows from it."""
        ledger = Ledger(self.tx, self.workspace)
        ledger.open(places)
        ledger.changed = {place: ledger.known[place] for place in places if place in ledger.known}
        ledger.added = list(added)
        ledger.save(self.now, anew=True)


def correct(tx: Connection, workspace: Workspace, user: str, correction: Correction, now: datetime) -> Refusal | None:
    """Do as somebody says, if it is theirs to say."""
    if not looks_after(tx, workspace, user):
        return words.NOT_YOUR_TEAM()
    lock_channels(tx, workspace.team_id, [correction.channel])
    of = correction.asked if correction.verb is Verb.JOIN else correction.ts
    place = place_of(tx, workspace, correction.channel, of)
    if not may_see(tx, workspace, place, user):
        return words.UNKNOWN()
    said = Said(tx, workspace, user, correction, place, now)
    conversation = said.opened()
    if conversation is None:
        return words.CHANGED_MEANWHILE()
    if boundary(conversation.moves):
        return words.BOUNDARY_STANDS()
    return _WAYS[correction.verb](said, conversation)


def _needed(said: Said, conversation: Conversation) -> Refusal | None:
    return _read_as(said, conversation, Kind.NEEDED)


def _not_needed(said: Said, conversation: Conversation) -> Refusal | None:
    return _read_as(said, conversation, Kind.NOT_NEEDED)


def _read_as(said: Said, conversation: Conversation, kind: Kind) -> Refusal | None:
    ts = said.correction.ts
    if not any(move.ts == ts and move.kind is Kind.THEIRS for move in conversation.moves):
        return words.CHANGED_MEANWHILE()
    ledger = Ledger(said.tx, said.workspace)
    ledger.open([said.place])
    ledger.tell(said.place, said.move(kind, ts))
    ledger.save(said.now)
    return None


def _split(said: Said, conversation: Conversation) -> Refusal | None:
    ts = said.correction.ts
    spoken = [move for move in conversation.moves if move.kind in SPOKEN]
    first = next((move for move in spoken if move.ts == ts), None)
    if first is None:
        return words.CHANGED_MEANWHILE()
    if first is spoken[0] or ts == said.place[1]:
        return words.NOTHING_TO_SPLIT()
    split = said.move(Kind.SPLIT, ts)._replace(threaded=first.threaded)
    along = going(conversation.moves, split)
    _bring(said, said.place[1], ts, along)
    said.reckon([said.place, (said.channel, ts)], [(said.place, split)])
    return None


def _join(said: Said, _conversation: Conversation) -> Refusal | None:
    """The later one becomes part of the earlier."""
    other = place_of(said.tx, said.workspace, said.channel, said.correction.ts)
    home, stray = sorted([said.place, other])
    if home == stray:
        return words.SAME_ALREADY()
    both = replace(said, place=other).opened()
    if both is None:
        return words.CHANGED_MEANWHILE()
    if boundary(both.moves):
        return words.BOUNDARY_STANDS()
    move = said.move(Kind.JOINED, home[1])
    _bring(said, stray[1], home[1])
    said.tx.execute(delete(conversations).where(said.here(conversations), conversations.c.root_ts == stray[1]))
    said.reckon([home], [(stray, move)])
    return None


def _bring(said: Said, from_root: str, to_root: str, some: Sequence[Move] | None = None) -> None:
    """Moves, waits and promises of one conversation, all or some, become those of another; waits keep their nudges."""
    came_to = case((moves.c.routed == "", moves.c.root_ts), else_=moves.c.routed)
    of = said.here(moves) & (moves.c.root_ts == from_root) & moves.c.kind.not_in(SAID)
    if some is not None:
        keys = [(move.ts, move.kind, move.user) for move in some]
        of &= tuple_(moves.c.ts, moves.c.kind, moves.c.user_id).in_(keys)
    said.tx.execute(update(moves).where(of).values(root_ts=to_root, routed=came_to))
    for table, begins in ((waits, waits.c.from_ts), (promises, promises.c.ts)):
        theirs = said.here(table) & (table.c.root_ts == from_root)
        if some is not None:
            theirs &= begins.in_([move.ts for move in some])
        said.tx.execute(update(table).where(theirs).values(root_ts=to_root))


def _not_customer(said: Said, conversation: Conversation) -> Refusal | None:
    return _side(said, conversation, (Kind.THEIRS,), Kind.OURS)


def _customer(said: Said, conversation: Conversation) -> Refusal | None:
    return _side(said, conversation, (Kind.OURS, Kind.ASIDE), Kind.THEIRS)


def _side(said: Said, conversation: Conversation, before: Collection[Kind], after: Kind) -> Refusal | None:
    """From now on, in this channel; what is open there, and what was said of late, reads as if it had been known."""
    author = next((m.user for m in conversation.moves if m.ts == said.correction.ts and m.kind in before), None)
    if author is None:
        return words.CHANGED_MEANWHILE()
    team_id, overridden = said.workspace.team_id, partial(_overridden, said, author, after)
    setup_book.rewrite(said.tx, team_id, overridden, said.now, said.user)
    theirs = said.here(moves) & (moves.c.user_id == author) & moves.c.kind.in_(before)
    lately = moves.c.root_ts.in_(lists.texts(is_sqlite(said.tx), "lately"))
    spoken_in = select(moves.c.root_ts).where(theirs, lately).distinct()
    found = said.tx.execute(spoken_in, {"lately": lists.packed(_roots_of_late(said))}).scalars()
    roots = sorted({said.place[1], *found})
    said.tx.execute(update(moves).where(theirs, moves.c.root_ts.in_(roots)).values(kind=after))
    said.reckon([(said.channel, root) for root in roots])
    return None


def _overridden(said: Said, author: str, after: Kind, before: Setup) -> Setup:
    """Without a word on who Slack says is a customer anyway."""
    setup = remove_override(before, author, said.channel)
    if after is Kind.OURS:
        return put_override(setup, Override(author, "ours", said.channel))
    if setup.override(author, said.channel) == "ours":
        return put_override(setup, Override(author, "customer", said.channel))
    return setup


def _roots_of_late(said: Said) -> set[str]:
    lately = select(conversations.c.root_ts).where(
        said.here(conversations), conversations.c.last_ts >= ts_of(said.now - LATELY)
    )
    waiting = select(waits.c.root_ts).where(said.here(waits), waits.c.ended_at.is_(None))
    return {*said.tx.execute(lately).scalars(), *said.tx.execute(waiting).scalars()}


_WAYS: Mapping[Verb, Callable[[Said, Conversation], Refusal | None]] = {
    Verb.NEEDED: _needed,
    Verb.NOT_NEEDED: _not_needed,
    Verb.SPLIT: _split,
    Verb.JOIN: _join,
    Verb.NOT_CUSTOMER: _not_customer,
    Verb.CUSTOMER: _customer,
}
