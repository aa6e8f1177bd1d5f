"""Every method that the sandbox plays, with the scopes that Slack asks for."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api import chat, conversations, files, general, oauth, reactions, users, views
from bot.sandbox.api.call import Call

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Method:
    """`scopes`: one of them is needed at the door; methods that depend on a channel's kind ask again inside.

    `json`: Slack reads JSON bodies of this method; of the others it reads only forms and queries.
    `token`: bot or app (app-level).
    """

    act: Callable[[Call], Json]
    scopes: tuple[str, ...] = ()
    json: bool = False
    token: str = "bot"  # noqa: S105 - a kind of token


_READ = ("channels:read", "groups:read", "im:read", "mpim:read")
_HISTORY = ("channels:history", "groups:history", "im:history", "mpim:history")
_INVITE = ("channels:manage", "channels:write.invites", "groups:write", "groups:write.invites")

METHODS: dict[str, Method] = {
    "api.test": Method(general.api_test, json=True, token="none"),  # noqa: S106
    "auth.revoke": Method(oauth.revoke, json=True),
    "auth.teams.list": Method(oauth.teams_list),
    "auth.test": Method(general.auth_test, json=True),
    "apps.event.authorizations.list": Method(oauth.event_authorizations, json=True, token="app"),  # noqa: S106
    "apps.uninstall": Method(oauth.uninstall),
    "apps.connections.open": Method(general.connections_open, json=True, token="app"),  # noqa: S106
    "bots.info": Method(general.bots_info, ("users:read",)),
    "chat.delete": Method(chat.delete, ("chat:write",), json=True),
    "chat.getPermalink": Method(chat.permalink),
    "chat.postEphemeral": Method(chat.post_ephemeral, ("chat:write",), json=True),
    "chat.postMessage": Method(chat.post_message, ("chat:write",), json=True),
    "chat.update": Method(chat.update, ("chat:write",), json=True),
    "conversations.history": Method(conversations.history, _HISTORY),
    "conversations.info": Method(conversations.info, _READ),
    "conversations.invite": Method(conversations.invite, _INVITE, json=True),
    "conversations.join": Method(conversations.join, ("channels:join",), json=True),
    "conversations.leave": Method(conversations.leave, ("channels:manage", "groups:write"), json=True),
    "conversations.list": Method(conversations.list_, _READ),
    "conversations.members": Method(conversations.members, _READ),
    "conversations.open": Method(conversations.open_, ("im:write", "mpim:write"), json=True),
    "conversations.replies": Method(conversations.replies, _HISTORY),
    "dnd.info": Method(general.dnd_info, ("dnd:read",)),
    "dnd.teamInfo": Method(general.dnd_team_info, ("dnd:read",)),
    "files.completeUploadExternal": Method(files.complete_upload, ("files:write",), json=True),
    "files.getUploadURLExternal": Method(files.get_upload_url, ("files:write",)),
    "oauth.v2.access": Method(oauth.access, token="none"),  # noqa: S106
    "reactions.add": Method(reactions.add, ("reactions:write",), json=True),
    "reactions.get": Method(reactions.get, ("reactions:read",)),
    "reactions.remove": Method(reactions.remove, ("reactions:write",), json=True),
    "team.info": Method(general.team_info, ("team:read",)),
    "usergroups.list": Method(general.usergroups_list, ("usergroups:read",)),
    "usergroups.users.list": Method(general.usergroups_users, ("usergroups:read",)),
    "users.conversations": Method(conversations.of_user, _READ),
    "users.info": Method(users.info, ("users:read",)),
    "users.list": Method(users.list_, ("users:read",)),
    "users.lookupByEmail": Method(users.lookup_by_email, ("users:read.email",)),
    "users.profile.get": Method(users.profile_get, ("users.profile:read",)),
    "views.open": Method(views.open_, json=True),
    "views.publish": Method(views.publish, json=True),
    "views.push": Method(views.push, json=True),
    "views.update": Method(views.update, json=True),
}
