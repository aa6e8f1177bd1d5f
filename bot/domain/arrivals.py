"""Payload -> Arrival: what happened in Slack, read once at the door.

A message's words stay beside it in memory until it is known whose they are; then they are read into verdicts, and only
these go on.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any, NamedTuple

from bot.domain import verdicts

Payload = Mapping[str, Any]

SLACKBOT = "USLACKBOT"
LATEST = 253_370_764_800  # the year 9999: what lies beyond is no moment that Python knows
SPOKEN_SUBTYPES = {None, "file_share", "me_message", "thread_broadcast", "bot_message"}
CHANNEL_CHANGES = (
    "channel_archive",
    "channel_deleted",
    "channel_left",
    "channel_rename",
    "channel_shared",
    "channel_unarchive",
    "channel_unshared",
    "group_archive",
    "group_deleted",
    "group_left",
    "group_rename",
    "group_unarchive",
)
PERSON_CHANGES = ("team_join", "user_change")
# What CareCue asks Slack to be told of; `message` arrives by channel type.
SUBSCRIBED = (
    "message.channels",
    "message.groups",
    "reaction_added",
    "reaction_removed",
    "member_joined_channel",
    "member_left_channel",
    *CHANNEL_CHANGES,
    *PERSON_CHANGES,
)

LONGEST = 10_000  # characters of a name or an id; Slack's own have eighty
_UNKEPT = re.compile("[\x00\ud800-\udfff]")  # no database takes these
_TS = re.compile(r"[0-9]{1,12}\.[0-9]{1,6}")
_MENTION = re.compile(r"<@([UW][A-Z0-9]+)")


@dataclass(frozen=True, slots=True, repr=False)
class Words:
    """What a message says, until it is read: neither printed nor stored."""

    text: str
    has_files: bool


class Posted(NamedTuple):
    """A message that someone wrote. `user` is a person's id, or an app's `bot_id` where no person stands behind it."""

    channel: str
    ts: str
    root_ts: str
    user: str
    user_team: str | None
    is_app: bool
    app_ids: tuple[str, ...]
    mentions: tuple[str, ...]
    needs_reply: bool = True
    reason: str = ""
    thanks: bool = False  # it asks for nothing more, and thanks or praises
    leaves: str = ""  # if one of us wrote it: what it leaves a weak closing after it to be
    closes_after: str = ""  # if a customer did: after which words of ours it needs no reply
    to: tuple[str, ...] = ()  # whom it speaks to, of those whom it mentions
    opening: str = ""  # whether it begins something or goes on, as bot.domain.addressing.Opening has it
    promise: str = ""  # if one of us wrote it: what it promises, as bot.domain.promises writes it
    words: Words | None = None  # what there is to read into verdicts, which are all from `needs_reply` on

    def heard(self, *, theirs: bool = False) -> "Posted":
        """With its words read, and let go of. `theirs`: a customer wrote it; else it is read as anybody's."""
        if self.words is None:
            return self
        read = verdicts.read(self.words.text, self.words.has_files, theirs=theirs)
        return Posted._make((*self[:_READ], *read, None))

    @property
    def threaded(self) -> bool:
        """Whether it answers in a thread rather than standing at top level."""
        return self.root_ts != self.ts

    @property
    def at_ts(self) -> str:
        """When it happened."""
        return self.ts


_READ = Posted._fields.index("needs_reply")


class Deleted(NamedTuple):
    """A message was taken back at `at_ts`."""

    channel: str
    ts: str
    at_ts: str


class Reacted(NamedTuple):
    """An emoji on the message `ts`, given or (`taken_back`) removed at `at_ts`. `author` wrote that message."""

    channel: str
    ts: str
    at_ts: str
    user: str
    emoji: str
    taken_back: bool
    author: str | None = None


@dataclass(frozen=True, slots=True)
class Membership:
    """Someone joined or left a channel. `inviter` is who brought them, where Slack says so."""

    channel: str
    user: str
    user_team: str | None
    joined: bool
    inviter: str | None


@dataclass(frozen=True, slots=True)
class ChannelChanged:
    """Something about a channel changed; what it is now has to be asked."""

    channel: str


@dataclass(frozen=True, slots=True)
class PersonChanged:
    """Someone's account as Slack describes it now (`users.info` has the same shape)."""

    account: "Account"


Spoken = Posted | Deleted | Reacted  # what moves a conversation on
Arrival = Posted | Deleted | Reacted | Membership | ChannelChanged | PersonChanged


class Status(NamedTuple):
    """The emoji of somebody's status, a name without colons, and until when Slack leaves it there; no word of it."""

    emoji: str = ""
    until: datetime | None = None


NO_STATUS = Status()


@dataclass(frozen=True, slots=True)
class Account:
    """The facts of a person's or an app's account that decide whose side they are on and what to call them."""

    user: str
    home_team: str | None
    enterprise: str | None
    name: str
    zone: str
    is_guest: bool
    is_app: bool
    is_stranger: bool
    is_admin: bool
    is_gone: bool
    status: "Status" = field(default=NO_STATUS, kw_only=True)
    locale: str = field(default="", kw_only=True)  # of the language in which they use Slack, where it says so


@dataclass(frozen=True, slots=True)
class Delivery:
    """One event envelope: `event_id` is what makes a repeated delivery recognizable."""

    team_id: str
    event_id: str
    arrival: Arrival
    ext_shared: bool = False  # the channel is shared with another company, as far as the envelope says
    org: str | None = None  # the organization by whose installation as a whole it came


def read(body: Payload) -> Delivery | None:
    """The arrival in an Events API envelope, or None where it holds nothing that CareCue follows."""
    event = body.get("event")
    if not isinstance(event, Mapping) or not _text(body.get("event_id")):
        return None
    arrival = read_event(event)
    team_id = _our_team(body)
    if arrival is None or team_id is None:
        return None
    shared = body.get("is_ext_shared_channel") is True
    return Delivery(team_id, str(body["event_id"]), arrival, shared, _our_org(body))


def read_event(event: Payload) -> Arrival | None:
    """The arrival in the inner `event`; None for kinds and shapes that CareCue does not follow."""
    kind = event.get("type")
    if kind == "message":
        return _message(event)
    if kind in ("reaction_added", "reaction_removed"):
        return _reaction(event)
    if kind in ("member_joined_channel", "member_left_channel"):
        return _membership(event)
    if kind in CHANNEL_CHANGES:
        return _channel_change(event)
    if kind in PERSON_CHANGES and isinstance(event.get("user"), Mapping) and _text(event["user"].get("id")):
        return PersonChanged(account(event["user"]))
    return None


def account(user: Payload) -> Account:
    """An account as `users.info`, `users.list`, `user_change` and an export's users.json describe it."""
    profile = _mapping(user.get("profile"))
    is_app = bool(user.get("is_bot")) or user["id"] == SLACKBOT
    is_guest = bool(user.get("is_restricted") or user.get("is_ultra_restricted"))
    is_stranger = bool(user.get("is_stranger"))
    enterprise = _mapping(user.get("enterprise_user"))
    return Account(
        user=str(user["id"]),
        home_team=_text(user.get("team_id")) or _text(profile.get("team")),
        enterprise=_text(enterprise.get("enterprise_id")),
        name=_first_text(profile.get("display_name"), profile.get("real_name"), user.get("real_name"), user.get("name"))
        or str(user["id"]),
        zone=_text(user.get("tz")) or "UTC",
        is_guest=is_guest,
        is_app=is_app,
        is_stranger=is_stranger,
        is_admin=bool(user.get("is_admin") or user.get("is_owner")),
        is_gone=bool(user.get("deleted")),
        status=NO_STATUS if is_app or is_guest or is_stranger else _status(profile),
        locale=_text(user.get("locale")) or "",
    )


def _status(profile: Payload) -> Status:
    """Where a skin tone is chosen, it is left out."""
    emoji = (_text(profile.get("status_emoji")) or "").strip(":").split("::")[0]
    ends = profile.get("status_expiration")
    until = datetime.fromtimestamp(ends, UTC) if isinstance(ends, int) and 0 < ends < LATEST else None
    return Status(emoji, until) if emoji else NO_STATUS


def _message(event: Payload) -> Arrival | None:
    subtype = _text(event.get("subtype"))
    if subtype == "message_deleted":
        return _deletion(event, _ts(event.get("deleted_ts")))
    changed = _mapping(event.get("message"))
    if subtype == "message_changed" and changed.get("subtype") == "tombstone":
        return _deletion(event, _ts(changed.get("ts")))  # replies hang on it, so Slack keeps an empty place
    if subtype not in SPOKEN_SUBTYPES or event.get("hidden"):
        return None
    channel, ts = _text(event.get("channel")), _ts(event.get("ts"))
    author = _text(event.get("bot_id")) or _text(event.get("user"))
    if not (channel and ts and author) or str(event.get("channel_type")) in ("im", "mpim", "app_home"):
        return None
    return _posted(channel, event)


def posted(channel: str, message: Payload) -> Posted:
    """A message that has `ts` and an author, as an event, a channel's history and an export hold it, and is read."""
    return _posted(channel, message).heard()


def _posted(channel: str, message: Payload) -> Posted:
    text = message.get("text")
    words = text if isinstance(text, str) else ""
    bot = _text(message.get("bot_id"))
    ts = str(message["ts"])
    return Posted(
        channel=channel,
        ts=ts,
        root_ts=_ts(message.get("thread_ts")) or ts,
        user=bot or str(message["user"]),
        user_team=author_team(message),
        is_app=bot is not None or message.get("user") == SLACKBOT,
        app_ids=tuple(i for i in (bot, _text(message.get("app_id"))) if i),
        mentions=tuple(dict.fromkeys(_MENTION.findall(words))) if "<@" in words else (),
        words=Words(words, bool(message.get("files"))),
    )


def author_team(message: Payload) -> str | None:
    """The author's home workspace: `user_team` first, since `team` can be that of the channel's host."""
    return _first_text(
        message.get("user_team"),
        message.get("source_team"),
        _mapping(message.get("user_profile")).get("team"),
        message.get("team"),
    )


def _deletion(event: Payload, ts: str | None) -> Deleted | None:
    channel, at_ts = _text(event.get("channel")), _ts(event.get("ts")) or _ts(event.get("event_ts"))
    return Deleted(channel, ts, at_ts) if channel and ts and at_ts else None


def _reaction(event: Payload) -> Reacted | None:
    item = _mapping(event.get("item"))
    channel, ts = _text(item.get("channel")), _ts(item.get("ts"))
    user, emoji = _text(event.get("user")), _text(event.get("reaction"))
    at_ts = _ts(event.get("event_ts"))
    if item.get("type") != "message" or not (channel and ts and user and emoji and at_ts):
        return None
    taken_back = event.get("type") == "reaction_removed"
    return Reacted(channel, ts, at_ts, user, emoji.split("::")[0], taken_back, _text(event.get("item_user")))


def _membership(event: Payload) -> Membership | None:
    channel, user = _text(event.get("channel")), _text(event.get("user"))
    if not (channel and user):
        return None
    joined = event.get("type") == "member_joined_channel"
    return Membership(channel, user, _text(event.get("team")), joined, _text(event.get("inviter")))


def _channel_change(event: Payload) -> ChannelChanged | None:
    channel = event.get("channel")
    found = _text(channel.get("id") if isinstance(channel, Mapping) else channel)
    return ChannelChanged(found) if found else None


def _our_team(body: Payload) -> str | None:
    """The workspace that CareCue is installed in: in a shared channel `team_id` can be the other company's."""
    ours = _authorization(body)
    return (
        _text(ours.get("team_id"))
        or (_text(body.get("context_team_id")) if ours else None)
        or _text(body.get("team_id"))
    )


def _our_org(body: Payload) -> str | None:
    """The organization that CareCue is installed in as a whole, if it is."""
    ours = _authorization(body)
    return _text(ours.get("enterprise_id")) if ours.get("is_enterprise_install") is True else None


def _authorization(body: Payload) -> Payload:
    """One of the installations that may see the event."""
    authorizations = body.get("authorizations")
    return _mapping(authorizations[0]) if isinstance(authorizations, list) and authorizations else {}


def _ts(value: object) -> str | None:
    return value if isinstance(value, str) and _TS.fullmatch(value) else None


def _text(value: object) -> str | None:
    """A text that can be kept: an event with another would come again and again."""
    if not isinstance(value, str) or not 0 < len(value) <= LONGEST:
        return None
    return None if _UNKEPT.search(value) else value


def _first_text(*values: object) -> str | None:
    return next((found for value in values if (found := _text(value))), None)


def _mapping(value: object) -> Payload:
    return value if isinstance(value, Mapping) else {}
