"""files.*: the upload in three steps."""

from typing import Any

from bot.sandbox.api.call import Call, invalid
from bot.sandbox.messages import File, Message, file_json
from bot.sandbox.refused import Refused

Json = dict[str, Any]


def get_upload_url(call: Call) -> Json:
    world = call.world
    length = call.number("length", 0)
    if length <= 0:
        raise invalid("missing required field: length")
    name = call.need("filename")
    file = File(
        world.new_id("F"), name, name, world.app.bot_user_id, length, "application/octet-stream", world.seconds()
    )
    world.files[file.id] = file
    return {"upload_url": f"{call.core.url}/upload/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Json:
    rows = call.json("files", "invalid_arguments")
    if not rows or not isinstance(rows, list):
        raise invalid("missing required field: files")
    files = [_uploaded(call, row) for row in rows]
    if call.text("channel_id"):
        _share(call, files)
    return {"files": [file_json(file, call.world.app.team_id) for file in files]}


def _uploaded(call: Call, row: Any) -> File:
    file = call.world.files.get(str(row.get("id"))) if isinstance(row, dict) else None
    if file is None or len(file.content) != file.size:
        raise Refused("file_not_found")
    file.title = str(row.get("title") or file.name)
    return file


def _share(call: Call, files: list[File]) -> None:
    world, app = call.world, call.world.app
    channel = call.inside("channel_id")
    text = call.text("initial_comment") or ""
    message = Message(world.new_ts(), channel.id, app.bot_user_id, app.team_id, text, subtype="file_share")
    message.bot_id, message.app_id, message.files = app.bot_id, app.app_id, files
    for file in files:
        file.channels.append(channel.id)
    world.add_message(message, thread_ts=call.text("thread_ts") or None)
