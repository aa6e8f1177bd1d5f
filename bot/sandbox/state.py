"""What is so in the sandbox at this moment: every noun by its id, and who is told when something happens."""

import copy
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, Self

from bot.sandbox.channels import Channel
from bot.sandbox.clock import Clock
from bot.sandbox.installed import App
from bot.sandbox.messages import File, Message
from bot.sandbox.people import Person, UserGroup, Workspace
from bot.sandbox.refused import Refused
from bot.sandbox.tokens import Tokens

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Happening:
    """Something that happened.

    `kind` is the event as a manifest subscribes to it (`message.channels`, `reaction_added`), or a word of the
    sandbox's own for what Slack tells no app (`ephemeral`, `view`, `home`). `event` is Slack's inner event.
    `heard_by`: the installations of the app whose bots may know of it; `to_app`: is there one?
    """

    kind: str
    event: Json
    channel: str | None
    team_id: str
    to_app: bool
    at: datetime
    message: Message | None = None
    heard_by: tuple[App, ...] = ()


Listener = Callable[[Happening], None]


@dataclass(slots=True)
class Numbers:
    """Ids and timestamps: none is given out twice in the whole sandbox."""

    last_micros: int = 0
    counters: dict[str, int] = field(default_factory=dict)

    def next_id(self, prefix: str) -> str:
        self.counters[prefix] = number = self.counters.get(prefix, 0) + 1
        return f"{prefix}09SBX{number:05d}"

    def next_micros(self, micros: int) -> int:
        self.last_micros = max(micros, self.last_micros + 1)
        return self.last_micros


@dataclass
class State:
    """Lookups refuse with Slack's error names. `clock` stands at the epoch until a sandbox hands in its own.

    `app` is the app in the workspace that all this is told for: the first one's, but for what `seen_by` returns.
    """

    app: App
    apps: dict[str, App] = field(default_factory=dict)  # by workspace
    orgs: dict[str, App] = field(default_factory=dict)  # installed in a whole enterprise, by its id
    tokens: Tokens = field(default_factory=Tokens)
    workspaces: dict[str, Workspace] = field(default_factory=dict)
    people: dict[str, Person] = field(default_factory=dict)
    channels: dict[str, Channel] = field(default_factory=dict)
    user_groups: dict[str, UserGroup] = field(default_factory=dict)
    files: dict[str, File] = field(default_factory=dict)
    listeners: list[Listener] = field(default_factory=list)
    clock: Clock = field(default_factory=lambda: Clock(datetime(1970, 1, 1, tzinfo=UTC), speed=0))
    numbers: Numbers = field(default_factory=Numbers)

    def __post_init__(self) -> None:
        self.apps.setdefault(self.app.team_id, self.app)

    def seen_by(self, app: App) -> Self:
        """The same sandbox, everything in it shared, for the app's installation in another workspace."""
        if app is self.app:
            return self
        seen = copy.copy(self)
        seen.app = app
        return seen

    # ids and times

    def new_id(self, prefix: str) -> str:
        return self.numbers.next_id(prefix)

    def new_ts(self, at: datetime | None = None) -> str:
        """Unique over the whole sandbox, and never before the last one."""
        moment = at or self.clock.now()
        micros = self.numbers.next_micros(int(moment.timestamp()) * 1_000_000 + moment.microsecond)
        return f"{micros // 1_000_000}.{micros % 1_000_000:06d}"

    def old_ts(self, at: datetime) -> str:
        """The same of something that was said at that moment, whatever has been said since."""
        micros = int(at.timestamp()) * 1_000_000 + at.microsecond
        if micros > self.numbers.last_micros:
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

    def app_for(self, team_id: str) -> App:
        """The app as people of this workspace meet it: their own one, else that of the first workspace."""
        own = self.apps.get(team_id)
        return own if own is not None and own.installed else self.app

    def owner(self, token: str) -> App:
        """The installation that a bot token is of. Raises Refused for one that opens nothing."""
        if found := self.tokens.check(token, self.clock.now()):
            return found
        app = next((app for app in self.apps.values() if app.bot_token == token), None)
        if app is None:
            raise Refused("invalid_auth")
        if app.token_revoked or not app.installed:
            raise Refused("token_revoked" if app.installed else "account_inactive")
        return app

    def whose(self, token: str | None) -> str | None:
        """The workspace or enterprise for which a bot token is or was."""
        issued = self.tokens.issued.get(token or "")
        app = issued.app if issued else next((app for app in self.apps.values() if app.bot_token == token), None)
        return (app.org or app.team_id) if app else None

    def author(self, message: Message) -> App | None:
        """The installation that said it."""
        return next((app for app in self.apps.values() if message.bot_id == app.bot_id), None)

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
        return channel.kind == "channel" and self.belongs(user, channel) and not self.person(user).is_restricted

    def belongs(self, user: str, channel: Channel) -> bool:
        """Is it a channel of this person's workspace? A bot's is every one into which it was let."""
        bots = {app.bot_user_id: True for app in self.apps.values() if app.team_id in channel.teams}
        return self.person(user).team_id in channel.teams or user in bots

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
        only: App | None = None,
    ) -> None:
        """`everyone`: the app hears of it though its bot is not (or no longer) in the channel.

        `only`: of several installations it is this one's alone.
        """
        heard_by = self._listening(channel, team_id, everyone=everyone) if only is None else (only,)
        happening = Happening(
            kind=kind,
            event=event,
            channel=channel.id if channel else None,
            team_id=team_id or self.app.team_id,
            to_app=bool(heard_by),
            at=self.clock.now(),
            message=message,
            heard_by=heard_by,
        )
        for listener in list(self.listeners):
            listener(happening)

    def _listening(self, channel: Channel | None, team_id: str | None, *, everyone: bool) -> tuple[App, ...]:
        """What happens in no channel is the workspace's own, and that of people elsewhere the first one's."""
        if channel is None:
            return (self.apps.get(team_id or "", self.app),)
        inside = [app for app in self.apps.values() if app.bot_user_id in channel.members]
        there = [app for app in self.apps.values() if everyone and app.team_id in channel.teams]
        return tuple(app for app in self.apps.values() if app in inside or app in there)
