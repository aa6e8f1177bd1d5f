"""Which scope each method and event needs, as Slack's reference pages say; the manifest and the doctor ask here.

CareCue works in public and private channels and in its own direct messages, so of a method that takes any kind of
conversation it needs the scopes of those three.
"""

from collections.abc import Iterable

READ = ("channels:read", "groups:read")
HISTORY = ("channels:history", "groups:history", "im:history")

# Every method that bot.slack.client calls with the bot token.
METHODS: dict[str, tuple[str, ...]] = {
    "auth.revoke": (),
    "auth.teams.list": (),
    "auth.test": (),
    "chat.delete": ("chat:write",),
    "chat.postMessage": ("chat:write",),
    "chat.update": ("chat:write",),
    "conversations.history": HISTORY,
    "conversations.info": READ,
    "conversations.members": READ,
    "conversations.open": ("im:write",),
    "conversations.replies": HISTORY,
    "dnd.teamInfo": ("dnd:read",),
    "files.completeUploadExternal": ("files:write",),
    "files.getUploadURLExternal": ("files:write",),
    "usergroups.list": ("usergroups:read",),
    "usergroups.users.list": ("usergroups:read",),
    "users.conversations": READ,
    "users.info": ("users:read",),
    "users.list": ("users:read",),
    "views.open": (),
    "views.publish": (),
    "views.push": (),
    "views.update": (),
}

EVENTS: dict[str, tuple[str, ...]] = {
    "app_home_opened": (),
    "app_uninstalled": (),
    "channel_archive": ("channels:read",),
    "channel_deleted": ("channels:read",),
    "channel_left": ("channels:read",),
    "channel_rename": ("channels:read",),
    "channel_shared": READ,
    "channel_unarchive": ("channels:read",),
    "channel_unshared": READ,
    "group_archive": ("groups:read",),
    "group_deleted": ("groups:read",),
    "group_left": ("groups:read",),
    "group_rename": ("groups:read",),
    "group_unarchive": ("groups:read",),
    "member_joined_channel": READ,
    "member_left_channel": READ,
    "message.channels": ("channels:history",),
    "message.groups": ("groups:history",),
    "message.im": ("im:history",),
    "reaction_added": ("reactions:read",),
    "reaction_removed": ("reactions:read",),
    "subteam_members_changed": ("usergroups:read",),
    "subteam_updated": ("usergroups:read",),
    "team_access_granted": (),
    "team_access_revoked": (),
    "team_join": ("users:read",),
    "tokens_revoked": (),
    "user_change": ("users:read",),
}

COMMANDS = ("commands",)  # slash commands and shortcuts alike


def needed(events: Iterable[str]) -> list[str]:
    """The least bot scopes for these events, all methods and commands. Raises KeyError for an event not listed here."""
    scopes = {scope for event in events for scope in EVENTS[event]}
    scopes.update(COMMANDS, *METHODS.values())
    return sorted(scopes)
