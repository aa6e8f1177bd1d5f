"""reactions.*"""

import re
from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.refused import Refused
from bot.sandbox.saying import message_json

Json = dict[str, Any]

_NAME = re.compile(r"[a-z0-9_+'\-]+(::skin-tone-[2-6])?")


def add(call: Call) -> Json:
    call.world.react(call.world.app.bot_user_id, call.inside().id, call.need("timestamp"), _name(call))
    return {}


def remove(call: Call) -> Json:
    call.world.unreact(call.world.app.bot_user_id, call.inside().id, call.need("timestamp"), _name(call))
    return {}


def get(call: Call) -> Json:
    channel = call.inside()
    message = call.world.message(channel.id, call.need("timestamp"))
    return {"type": "message", "channel": channel.id, "message": message_json(call.world, message)}


def _name(call: Call) -> str:
    name = call.need("name").strip(":")
    if not _NAME.fullmatch(name):
        raise Refused("invalid_name")
    return name
