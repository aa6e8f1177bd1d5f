"""What is so in the sandbox at this moment: every noun by its id, and who is told when something happens."""

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.clock import Clock
from bot.sandbox.installed import App
from bot.sandbox.messages import File, Message
from bot.sandbox.people import Person, UserGroup, Workspace
from bot.sandbox.refused import Refused

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened.

    `kind` is the event as a manifest subscribes to it (`message.channels`, `reaction_added`), or a word of the
    sandbox's own for what Slack tells no app (`ephemeral`, `view`, `home`). `event` is Slack's inner event.
    `to_app`: may the app's bot know of it?
    """

    kind: str
    event: Json
    channel: str | None
    team_id: str
    to_app: bool
    at: datetime
    message: Message | None = None


Listener = Callable[[Happening], None]


@dataclass
class State:
    """Lookups refuse with Slack's error names. `clock` stands at the epoch until a sandbox hands in its own."""

    app: App
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    user_groups: dict[str, UserGroup] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    clock: Clock = field(default_factory=lambda: Clock(datetime(1970, 1, 1, tzinfo=UTC), speed=0))
    _last_ts: int = 0
    _counters: dict[str, int] = field(default_factory=dict)

    # ids and times

    def new_id(self, prefix: str) -> str:
        self._counters[prefix] = number = self._counters.get(prefix, 0) + 1
        return f"{prefix}09SBX{number:05d}"

    def new_ts(self, at: datetime | None = None) -> str:
        """Unique over the whole sandbox, and never before the last one."""
        moment = at or self.clock.now()
        micros = int(moment.timestamp()) * 1_000_000 + moment.microsecond
        self._last_ts = max(micros, self._last_ts + 1)
        return f"{self._last_ts // 1_000_000}.{self._last_ts % 1_000_000:06d}"

    def old_ts(self, at: datetime) -> str:
        """The same of something that was said at that moment, whatever has been said since."""
        micros = int(at.timestamp()) * 1_000_000 + at.microsecond
        if micros > self._last_ts:
            return self.new_ts(at)
        taken = {ts for channel in self.channels.values() for ts in channel.messages}
        while (ts := f"{micros // 1_000_000}.{micros % 1_000_000:06d}") in taken:
            micros += 1
        return ts

    def seconds(self) -> int:
        return int(self.clock.now().timestamp())

    # lookups

    def person(self, user: str) -> Person:
        if user not in self.people:
            raise Refused("user_not_found")
        return self.people[user]

    def active(self, user: str) -> Person:
        person = self.person(user)
        if person.deleted:
            raise Refused("account_inactive")
        return person

    def channel(self, channel: str) -> Channel:
        if channel not in self.channels:
            raise Refused("channel_not_found")
        return self.channels[channel]

    def message(self, channel: str, ts: str) -> Message:
        found = self.channel(channel).messages.get(ts)
        if found is None:
            raise Refused("message_not_found")
        return found

    def workspace(self, team_id: str) -> Workspace:
        if team_id not in self.workspaces:
            raise Refused("team_not_found")
        return self.workspaces[team_id]

    @property
    def home(self) -> Workspace:
        """The workspace in which the app is installed."""
        return self.workspaces[self.app.team_id]

    @property
    def bot(self) -> Person:
        return self.people[self.app.bot_user_id]

    def same_company(self, one: str, other: str) -> bool:
        """Both workspaces are one, or belong to one enterprise."""
        if one == other:
            return True
        enterprise = self.workspace(one).enterprise_id
        return enterprise is not None and enterprise == self.workspace(other).enterprise_id

    def sees(self, user: str, channel: Channel) -> bool:
        """May this person read the channel? Members may; others only a public one of their workspace, guests never."""
        if user in channel.members:
            return True
        person = self.person(user)
        return channel.kind == "channel" and person.team_id in channel.teams and not person.is_restricted

    # telling

    def tell(
        self,
        kind: str,
        event: Json,
        *,
        channel: Channel | None = None,
        team_id: str | None = None,
        everyone: bool = False,
        message: Message | None = None,
    ) -> None:
        """`everyone`: the app hears of it though its bot is not (or no longer) in the channel."""
        inside = channel is None or self.app.bot_user_id in channel.members
        happening = Happening(
            kind=kind,
            event=event,
            channel=channel.id if channel else None,
            team_id=team_id or self.app.team_id,
            to_app=everyone or inside,
            at=self.clock.now(),
            message=message,
        )
        for listener in list(self.listeners):
            listener(happening)
