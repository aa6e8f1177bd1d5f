"""How a message looks to an app: in events, in histories, in the payload of a press."""

from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.messages import Message, file_json
from bot.sandbox.people import Person
from bot.sandbox.state import State

Json = dict[str, Any]


def message_json(state: State, message: Message, *, with_metadata: bool = False) -> Json:
    channel = state.channel(message.channel)
    shown: Json = {"type": "message", "text": message.text, "ts": message.ts}
    if message.subtype:
        shown["subtype"] = message.subtype
    shown |= _author(state, message) | _extras(message)
    shown |= _thread(channel, message)
    if with_metadata and message.metadata:
        shown["metadata"] = message.metadata
    return shown


def _author(state: State, message: Message) -> Json:
    if message.subtype == "bot_message":
        return {"bot_id": message.bot_id, "app_id": message.app_id, "username": message.username or ""}
    author: Json = {"user": message.user, "team": message.team_id}
    if message.bot_id:
        author |= {"bot_id": message.bot_id, "app_id": message.app_id}
    if app := state.author(message):
        author["bot_profile"] = app.bot_profile()
    if message.client_msg_id:
        author["client_msg_id"] = message.client_msg_id
    if message.team_id != _seen_from(state, message) and message.user in state.people:
        author |= _from_elsewhere(state.people[message.user])
    return author


def _seen_from(state: State, message: Message) -> str:
    """The workspace for which a message is told: that of the app, or where it is not there, the channel's own."""
    teams = state.channel(message.channel).teams
    return state.app.team_id if state.app.team_id in teams or len(state.apps) == 1 else teams[0]


def _from_elsewhere(person: Person) -> Json:
    return {
        "user_team": person.team_id,
        "source_team": person.team_id,
        "user_profile": {
            "avatar_hash": f"g{person.id.lower()}",
            "image_72": f"https://secure.gravatar.com/avatar/{person.id.lower()}.png?s=72",
            "first_name": person.real_name.split()[0],
            "real_name": person.real_name,
            "display_name": person.display_name,
            "team": person.team_id,
            "name": person.name,
            "is_restricted": person.is_restricted,
            "is_ultra_restricted": person.is_ultra_restricted,
        },
    }


def _extras(message: Message) -> Json:
    shown: Json = {}
    if message.inviter:
        shown["inviter"] = message.inviter
    if message.blocks:
        shown["blocks"] = message.blocks
    if message.attachments:
        shown["attachments"] = message.attachments
    if message.files:
        shown |= {"files": [file_json(file, message.team_id) for file in message.files], "upload": False}
    if message.edited_ts:
        shown["edited"] = {"user": message.edited_by, "ts": message.edited_ts}
    if message.reactions:
        shown["reactions"] = reactions_json(message)
    return shown


def reactions_json(message: Message) -> list[Json]:
    return [{"name": n, "users": list(users), "count": len(users)} for n, users in message.reactions.items()]


def _thread(channel: Channel, message: Message) -> Json:
    if not message.is_root:
        return {"thread_ts": message.thread_ts, "parent_user_id": message.parent_user_id}
    replies = channel.replies(message.ts)
    if not replies:
        return {}
    users = list(dict.fromkeys(reply.user for reply in replies))
    return {
        "thread_ts": message.ts,
        "reply_count": len(replies),
        "reply_users_count": len(users),
        "latest_reply": replies[-1].ts,
        "reply_users": users[:5],
        "is_locked": False,
        "subscribed": False,
    }


_FOR_HISTORIES_ONLY = (
    "reactions",
    "reply_count",
    "reply_users_count",
    "latest_reply",
    "reply_users",
    "is_locked",
    "subscribed",
)


def message_event(state: State, message: Message) -> Json:
    """The `message` event of something said just now."""
    channel = state.channel(message.channel)
    event = message_json(state, message)
    for key in _FOR_HISTORIES_ONLY:
        event.pop(key, None)
    if message.broadcast:
        root = channel.messages.get(message.thread_ts or "")
        event["root"] = message_json(state, root) if root else None
    return event | {"channel": message.channel, "event_ts": message.ts, "channel_type": channel.kind}


def subscription(channel: Channel) -> str:
    """The event that a manifest subscribes to for messages of this channel."""
    return {"channel": "message.channels", "group": "message.groups"}.get(channel.kind, f"message.{channel.kind}")
