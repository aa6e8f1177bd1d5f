"""What an app says back: through a response_url, or in the answer to a command."""

from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.api.content import content
from bot.sandbox.core import Core
from bot.sandbox.messages import Message
from bot.sandbox.refused import Refused
from bot.sandbox.triggers import Hook


def respond(core: Core, hook: Hook, body: Any) -> None:
    """Without a word it is for the asking person's eyes alone; the message it was pressed in stays unless replaced."""
    if isinstance(body, str):
        body = {"text": body}
    if not isinstance(body, dict):
        raise Refused("invalid_payload")
    core = core.seen_by(hook.app or core.world.app)
    call = Call(core, "response_url", body)
    if call.flag("delete_original"):
        _delete(core, hook)
        return
    said = content(call)
    blocks, attachments = said.blocks or [], said.attachments or []
    if call.flag("replace_original"):
        _replace(core, hook, text=said.text, blocks=blocks, attachments=attachments)
        return
    app = core.world.app
    message = Message(core.world.new_ts(), hook.channel, app.bot_user_id, app.team_id, said.text)
    message.bot_id, message.app_id, message.blocks, message.attachments = app.bot_id, app.app_id, blocks, attachments
    _post(core, hook, message, call)


def _post(core: Core, hook: Hook, message: Message, call: Call) -> None:
    thread_ts = call.text("thread_ts")
    if call.text("response_type") == "in_channel":
        core.world.add_message(message, thread_ts=thread_ts)
        return
    message.ephemeral_to, message.thread_ts = hook.user, thread_ts
    core.world.whisper(message)


def _delete(core: Core, hook: Hook) -> None:
    message = _original(core, hook)
    if message.ephemeral_to:
        core.world.remove_ephemeral(message)
    else:
        core.world.remove_message(message)


def _replace(core: Core, hook: Hook, **fields: Any) -> None:
    message = _original(core, hook)
    if message.ephemeral_to:
        core.world.change_ephemeral(message, **fields)
    else:
        core.world.change_message(message, core.world.app.bot_user_id, **fields)


def _original(core: Core, hook: Hook) -> Message:
    """Only the app's own: what somebody else wrote is not the app's to change."""
    message = hook.message
    if message is None or message.bot_id != core.world.app.bot_id:
        raise Refused("message_not_found")
    channel = core.world.channel(message.channel)
    if message.ts not in (channel.ephemeral if message.ephemeral_to else channel.messages):
        raise Refused("message_not_found")
    return message
