"""Where people talk in the sandbox, and what was said there."""

from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

from bot.sandbox.messages import Message

Json = dict[str, Any]


@dataclass(slots=True)
class Channel:
    """`shared_with`: the other workspaces that are connected; `pending`: those asked that have not answered."""

    id: str
    team_id: str
    name: str = ""
    creator: str = ""
    created: int = 0
    is_private: bool = False
    is_im: bool = False
    is_mpim: bool = False
    is_ext_shared: bool = False
    is_org_shared: bool = False
    is_archived: bool = False
    is_general: bool = False
    topic: str = ""
    purpose: str = ""
    members: list[str] = field(default_factory=list)
    shared_with: list[str] = field(default_factory=list)
    pending: list[str] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)  # per other workspace: names differ
    previous_names: list[str] = field(default_factory=list)
    messages: dict[str, Message] = field(default_factory=dict)  # by ts, in order
    ephemeral: dict[str, Message] = field(default_factory=dict)  # what one person alone sees, in no history
    threads: dict[str, list[str]] = field(default_factory=dict)  # root ts -> ts of its replies

    @property
    def kind(self) -> str:
        """`channel_type` of events: channel, group, im or mpim."""
        if self.is_im:
            return "im"
        if self.is_mpim:
            return "mpim"
        return "group" if self.is_private else "channel"

    @property
    def is_direct(self) -> bool:
        return self.is_im or self.is_mpim

    @property
    def is_pending_ext_shared(self) -> bool:
        return bool(self.pending)

    @property
    def teams(self) -> list[str]:
        return [self.team_id, *self.shared_with]

    def name_in(self, team_id: str) -> str:
        return self.names.get(team_id, self.name)

    def replies(self, thread_ts: str) -> list[Message]:
        return [self.messages[ts] for ts in self.threads.get(thread_ts, ()) if ts in self.messages]

    def top_level(self) -> Iterator[Message]:
        """What stands in the channel itself: roots, and replies that were broadcast; oldest first."""
        return (m for m in self.messages.values() if m.in_channel)


def channel_json(channel: Channel, home: str, viewer: str) -> Json:
    """A channel as an app of workspace `home` whose bot user is `viewer` sees it."""
    if channel.is_im:
        return _im_json(channel, viewer)
    return {
        "id": channel.id,
        "name": channel.name_in(home),
        "name_normalized": channel.name_in(home),
        "is_channel": channel.kind == "channel",
        "is_group": channel.kind == "group",
        "is_im": False,
        "is_mpim": channel.is_mpim,
        "is_private": channel.is_private or channel.is_mpim,
        "is_archived": channel.is_archived,
        "is_general": channel.is_general,
        "is_member": viewer in channel.members,
        "created": channel.created,
        "updated": channel.created * 1000,
        "creator": channel.creator,
        "unlinked": 0,
        "context_team_id": home,
        "topic": {"value": channel.topic, "creator": channel.creator, "last_set": channel.created},
        "purpose": {"value": channel.purpose, "creator": channel.creator, "last_set": channel.created},
        "previous_names": list(channel.previous_names),
        "parent_conversation": None,
    } | _sharing_json(channel)


def _sharing_json(channel: Channel) -> Json:
    shown: Json = {
        "is_shared": bool(channel.shared_with),
        "is_org_shared": channel.is_org_shared,
        "is_ext_shared": channel.is_ext_shared,
        "is_pending_ext_shared": channel.is_pending_ext_shared,
        "pending_shared": list(channel.pending),
        "pending_connected_team_ids": [],
        "shared_team_ids": channel.teams,
    }
    if channel.is_ext_shared:
        shown |= {"conversation_host_id": channel.team_id, "connected_team_ids": list(channel.shared_with)}
    if channel.is_org_shared:
        shown["internal_team_ids"] = channel.teams
    return shown


def _im_json(channel: Channel, viewer: str) -> Json:
    other = next((member for member in channel.members if member != viewer), viewer)
    return {
        "id": channel.id,
        "created": channel.created,
        "is_im": True,
        "is_org_shared": False,
        "is_archived": channel.is_archived,
        "context_team_id": channel.team_id,
        "updated": channel.created * 1000,
        "user": other,
        "is_user_deleted": False,
        "priority": 0,
    }
