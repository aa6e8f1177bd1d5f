"""What happened, as the sandbox itself saw it: the yardstick for the demo's steps and for tests."""

import copy
from dataclasses import asdict, dataclass
from datetime import datetime
from typing import Any

from bot.sandbox.saying import message_json
from bot.sandbox.state import Happening, State

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class ApiCall:
    """`outcome`: ok, Slack's error name, or the fault that met the call. Secrets are not in `args`.

    `by`: the workspace, or the enterprise, whose token came with it, be it good or not.
    """

    method: str
    args: Json
    answer: Json
    outcome: str
    at: datetime
    by: str | None = None


@dataclass(frozen=True, slots=True)
class Entry:
    """`what`: posted, edited, deleted or ephemeral. `to` is who alone could see it, `message` is how it then read."""

    what: str
    channel: str
    ts: str
    user: str
    text: str
    thread_ts: str | None
    to: str | None
    message: Json
    at: datetime


@dataclass(frozen=True, slots=True)
class Shown:
    """A modal or a Home that was drawn for somebody: `what` is open, push, update, publish, close or clear."""

    what: str
    user: str
    view: Json
    at: datetime


@dataclass(slots=True)
class Sent:
    """One delivery to the app. `outcome`: pending, acked, or why not."""

    kind: str
    type: str
    payload: Json
    at: datetime
    attempts: int = 0
    outcome: str = "pending"


class Record:
    def __init__(self, state: State) -> None:
        self._state = state
        self.calls: list[ApiCall] = []
        self.entries: list[Entry] = []
        self.shown: list[Shown] = []
        self.sent: list[Sent] = []
        state.listeners.append(self._hear)

    # queries

    def posts(self, *, channel: str | None = None, user: str | None = None, by_bot: bool = False) -> list[Entry]:
        """What was posted and is no ephemeral; also what was deleted since."""
        author = self._state.app.bot_user_id if by_bot else user
        return [
            entry
            for entry in self.entries
            if entry.what == "posted" and channel in (None, entry.channel) and author in (None, entry.user)
        ]

    def dm(self, user: str) -> list[Json]:
        """The direct message between the app and this person as it reads now, oldest first."""
        members = {user, self._state.app_for(self._state.person(user).team_id).bot_user_id}
        for channel in self._state.channels.values():
            if channel.is_im and set(channel.members) == members:
                return [message_json(self._state, message) for message in channel.messages.values()]
        return []

    def of(self, channel: str, ts: str) -> list[Entry]:
        """The life of one message: posted, edited, deleted."""
        return [entry for entry in self.entries if (entry.channel, entry.ts) == (channel, ts)]

    def ephemerals(self, user: str) -> list[Entry]:
        return [entry for entry in self.entries if entry.what == "ephemeral" and entry.to == user]

    def views(self, user: str) -> list[Shown]:
        return [shown for shown in self.shown if shown.user == user]

    def called(self, method: str) -> list[ApiCall]:
        return [call for call in self.calls if call.method == method]

    def events(self, event: str | None = None) -> list[Sent]:
        return [sent for sent in self.sent if sent.kind == "events_api" and event in (None, sent.type)]

    def as_json(self, part: str) -> list[Json]:
        parts: dict[str, list[Any]] = {"calls": self.calls, "entries": self.entries, "shown": self.shown}
        rows = (parts | {"sent": self.sent})[part]
        return [asdict(row) | {"at": row.at.isoformat()} for row in rows]

    # keeping

    def _hear(self, happening: Happening) -> None:
        message = happening.message
        if message is None or not happening.kind.startswith(("message.", "ephemeral")):
            return
        whole = copy.deepcopy(message_json(self._state, message, with_metadata=True))
        entry = Entry(
            what=_what(happening),
            channel=message.channel,
            ts=message.ts,
            user=message.user,
            text=message.text,
            thread_ts=message.thread_ts,
            to=message.ephemeral_to,
            message=whole,
            at=happening.at,
        )
        self.entries.append(entry)


def _what(happening: Happening) -> str:
    subtype = happening.event.get("subtype")
    changed = {"message_changed": "edited", "message_deleted": "deleted"}
    if happening.kind.startswith("ephemeral"):
        what = happening.kind.partition(".")[2]
        return "ephemeral" if what == "posted" else what
    return changed.get(str(subtype), "posted")
