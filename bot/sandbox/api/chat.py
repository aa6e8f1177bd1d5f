"""chat.*: what the app says."""

from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.api.content import Content, content, metadata
from bot.sandbox.channels import Channel
from bot.sandbox.messages import Message
from bot.sandbox.refused import Refused
from bot.sandbox.saying import message_json

Json = dict[str, Any]


def post_message(call: Call) -> Json:
    channel = _target(call)
    said = content(call)
    message = _message(call, channel, said)
    message.metadata = metadata(call)
    thread_ts = call.text("thread_ts") or None
    message = call.world.add_message(message, thread_ts=thread_ts, broadcast=call.flag("reply_broadcast"))
    shown = message_json(call.world, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Json:
    channel = _writable(call, call.channel())
    person = call.person()
    if person.id not in channel.members:
        raise Refused("user_not_in_channel")
    message = _message(call, channel, content(call))
    message.ephemeral_to, message.thread_ts = person.id, call.text("thread_ts") or None
    call.world.whisper(message)
    return {"message_ts": message.ts}


def update(call: Call) -> Json:
    """Blocks and attachments that are not given stay; empty lists remove them."""
    channel = call.channel()
    message = call.world.message(channel.id, call.need("ts"))
    if message.bot_id != call.world.app.bot_id or message.subtype == "tombstone":
        raise Refused("cant_update_message")
    said = content(call)
    changes: Json = {"text": said.text}
    if said.blocks is not None:
        changes["blocks"] = said.blocks
    if said.attachments is not None:
        changes["attachments"] = said.attachments
    if "metadata" in call.args:
        changes["metadata"] = metadata(call)
    call.world.change_message(message, call.world.app.bot_user_id, **changes)
    shown = message_json(call.world, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Json:
    channel = call.channel()
    message = call.world.message(channel.id, call.need("ts"))
    if message.bot_id != call.world.app.bot_id:
        raise Refused("cant_delete_message")
    call.world.remove_message(message)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Json:
    channel = call.channel()
    message = call.world.message(channel.id, call.need("message_ts"))
    link = f"https://{call.world.home.domain}.slack.com/archives/{channel.id}/p{message.ts.replace('.', '')}"
    if not message.is_root:
        link += f"?thread_ts={message.thread_ts}&cid={channel.id}"
    return {"channel": channel.id, "permalink": link}


def _target(call: Call) -> Channel:
    """A channel by id, a person by id (their direct message with the app), or a public channel by its name."""
    name = call.text("channel") or ""
    if not name:
        raise Refused("channel_not_found")
    if name in call.world.people:
        return _direct(call, name)
    if name not in call.world.channels:
        home = call.world.app.team_id
        named = [c.id for c in call.world.channels.values() if c.name_in(home) == name.removeprefix("#")]
        name = named[0] if named else name
    return _writable(call, call.seen(call.world.channel(name)))


def _direct(call: Call, user: str) -> Channel:
    person = call.world.person(user)
    if not call.knows(person):
        raise Refused("channel_not_found")
    if person.deleted:
        raise Refused("user_disabled")
    if person.is_bot:
        raise Refused("cannot_dm_bot")
    return call.world.direct(user, call.world.app.bot_user_id)


def _writable(call: Call, channel: Channel) -> Channel:
    if channel.is_archived:
        raise Refused("is_archived")
    if call.world.app.bot_user_id not in channel.members and "chat:write.public" not in call.world.app.scopes:
        raise Refused("not_in_channel")
    return channel


def _message(call: Call, channel: Channel, said: Content) -> Message:
    app = call.world.app
    message = Message(call.world.new_ts(), channel.id, app.bot_user_id, app.team_id, said.text)
    message.bot_id, message.app_id = app.bot_id, app.app_id
    message.blocks, message.attachments = said.blocks or [], said.attachments or []
    if username := call.text("username"):
        call.scope("chat:write.customize")
        message.username, message.subtype = username, "bot_message"
    return message
