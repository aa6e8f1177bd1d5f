"""The conversations that one transaction touches: read together, moved on in memory, written together."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from bot.domain.arrivals import Posted
from bot.domain.conversations import SPOKEN, Conversation, Move, apply, read
from bot.domain.placing import SAID, Said, follow, without_said
from bot.domain.policy import Policy
from bot.store import channels, conversations, nudges, overtaken, promise_notes, promises, waits
from bot.store.conversations import Place
from bot.store.workspaces import Workspace


@dataclass(slots=True)
class Ledger:
    """One workspace's conversations within one transaction."""

    tx: Connection
    workspace: Workspace
    known: dict[Place, Conversation] = field(default_factory=dict)
    by_channel: dict[str, dict[str, Conversation]] = field(default_factory=lambda: defaultdict(dict))
    before: dict[Place, Conversation] = field(default_factory=dict)  # as they are in the tables
    changed: dict[Place, Conversation] = field(default_factory=dict)
    added: list[tuple[Place, Move]] = field(default_factory=list)
    holders: dict[Place, Place] = field(default_factory=dict)  # which conversation a message is in
    strays: dict[Place, Place] = field(default_factory=dict)  # what overtook its message, and where it belongs
    inviters: dict[str, str | None] = field(default_factory=dict)
    said: dict[Place, list[Move]] = field(default_factory=dict)  # what people said of where its messages belong
    routed: dict[Place, str] = field(default_factory=dict)  # where a message had come to that they moved

    def open(self, places: Iterable[Place]) -> None:
        """Read these conversations, where they exist and are not here yet."""
        missing = [place for place in places if place not in self.known and place not in self.said]
        self.take(conversations.load(self.tx, self.workspace.team_id, missing))

    def take(self, loaded: Mapping[Place, Conversation]) -> None:
        """These have been read, and are not here yet."""
        self._meet({channel for channel, _ in loaded})
        moved = set(self._moved(loaded))
        for place, conversation in loaded.items():
            told = conversation if place not in self.said else without_said(conversation)
            if told.moves:
                self._keep(place, read(told, self.policy(place[0])))
                self.before[place] = self.known[place]
                self.holders |= {(place[0], move.ts): place for move in told.moves if move.kind in SPOKEN}
        if moved:
            self.open(moved)

    def _moved(self, loaded: Mapping[Place, Conversation]) -> Iterator[Place]:
        """Where messages of these had come to, or are to go: none, as a rule."""
        for (channel, root_ts), conversation in loaded.items():
            for move in conversation.moves:
                if move.routed:
                    self.routed[channel, move.ts] = move.routed
                    yield channel, move.routed
                if move.kind in SAID:
                    self.said.setdefault((channel, root_ts), []).append(move)
                    yield channel, move.about

    def placed(self, arrival: Posted, root_ts: str) -> str:
        """The conversation of a message that has come to `root_ts`, after all that people said of such places."""
        if not arrival.threaded and root_ts != arrival.ts:
            return root_ts
        came_to = self.routed.get((arrival.channel, arrival.root_ts), root_ts)
        return follow(came_to, arrival.ts, arrival.root_ts if arrival.threaded else "", self.said_in(arrival.channel))

    def said_in(self, channel: str) -> Said:
        """What people said of where the messages of conversations of this channel belong."""
        return lambda root_ts: self.said.get((channel, root_ts), ())

    def holder(self, channel: str, ts: str) -> Conversation | None:
        """The conversation that a message is in, of those that are open here."""
        return self.known.get(self.holders.get((channel, ts), (channel, ts)))

    def of_channel(self, channel: str) -> list[Conversation]:
        """Those of a channel that are open here."""
        return list(self.by_channel[channel].values())

    def _keep(self, place: Place, conversation: Conversation) -> None:
        self.known[place] = self.by_channel[place[0]][place[1]] = conversation

    def _meet(self, new: set[str]) -> None:
        unmet = new - set(self.inviters)
        if unmet:
            found = channels.glance(self.tx, self.workspace.team_id, unmet)
            self.inviters |= {channel: found[channel].invited_by if channel in found else None for channel in unmet}

    def policy(self, channel: str) -> Policy:
        """What holds in this channel."""
        if channel not in self.inviters:
            self._meet({channel})
        return self.workspace.policy(channel, self.inviters[channel])

    def tell(self, place: Place, move: Move) -> Conversation:
        """Add a move to a conversation, which it may begin."""
        before = self.known.get(place) or Conversation(*place)
        after = apply(before, move, self.policy(place[0]))
        if after is not before:
            self.changed[place] = after
            self._keep(place, after)
            self.added.append((place, move))
            if move.kind in SPOKEN:
                self.holders[place[0], move.ts] = place
        return after

    def adopt(self, home: Place, stray: Place) -> None:
        """Bring home what overtook its message and stood at a place of its own."""
        moves = self.known.pop(stray).moves
        del self.by_channel[stray[0]][stray[1]]
        self.changed.pop(stray, None)
        self.added = [one for one in self.added if one[0] != stray]
        self.strays[stray] = home
        for move in moves:
            self.tell(home, move)

    def save(self, now: datetime, *, anew: bool = False) -> None:
        """Write what changed: conversations, moves, waits, and the nudges of waits that ended.

        `anew`: whatever the tables hold of their waits, since messages have come and gone past this ledger.
        """
        if not self.changed:
            return
        overtaken.bring_home(self.tx, self.workspace.team_id, self.strays)
        conversations.save(self.tx, self.workspace.team_id, self.changed, self.added, self.before)
        policies = {channel: self.policy(channel) for channel, _ in self.changed}
        known, council = None if anew else self.before, self.workspace.setup.works_council
        ended = waits.sync(self.tx, self.workspace.team_id, self.changed, policies, known, council=council)
        nudges.clear(self.tx, self.workspace, ended, now)
        over = promises.sync(self.tx, self.workspace.team_id, self.changed, policies, known)
        promise_notes.redraw(self.tx, self.workspace, over, now)
        self.before |= self.changed
        self.changed, self.added, self.strays = {}, [], {}
