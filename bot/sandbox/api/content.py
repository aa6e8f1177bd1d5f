"""What a message says: text, blocks, attachments and metadata, checked as Slack checks them."""

import json
from dataclasses import dataclass
from typing import Any

from bot.sandbox.api.call import Call
from bot.sandbox.blocks import message_problems
from bot.sandbox.core import Core
from bot.sandbox.elements import with_ids
from bot.sandbox.refused import Refused

Json = dict[str, Any]

TEXT_MAX = 40_000
ATTACHMENTS_MAX = 100
METADATA_BYTES_MAX = 16_000


@dataclass(frozen=True, slots=True)
class Content:
    text: str
    blocks: list[Json] | None
    attachments: list[Json] | None


def content(call: Call) -> Content:
    text = call.text("text") or ""
    blocks = _blocks(call)
    attachments = _attachments(call)
    if not text and not blocks and not attachments:
        raise Refused("no_text")
    if len(text) > TEXT_MAX:
        raise Refused("msg_too_long")
    return Content(text, blocks, attachments)


def _blocks(call: Call) -> list[Json] | None:
    blocks = call.json("blocks", "invalid_blocks_format")
    if blocks is None:
        return None
    if not isinstance(blocks, list):
        raise Refused("invalid_blocks_format")
    check_blocks(call.core, message_problems(blocks), blocks)
    return with_ids(blocks, call.world)


def check_blocks(core: Core, problems: list[str], blocks: Any, error: str = "invalid_blocks") -> None:
    """Refuse what is wrong with blocks, and block types that a fault has the sandbox not know."""
    refused = core.faults.refused_blocks
    unknown = [
        f"unsupported type: {block['type']} [json-pointer:/blocks/{number}/type]"
        for number, block in enumerate(blocks if isinstance(blocks, list) else [])
        if isinstance(block, dict) and block.get("type") in refused
    ]
    if messages := [f"[ERROR] {problem}" for problem in [*problems, *unknown]]:
        raise Refused(error, errors=[*problems, *unknown], response_metadata={"messages": messages})


def _attachments(call: Call) -> list[Json] | None:
    attachments = call.json("attachments", "invalid_attachments")
    if attachments is None:
        return None
    if not isinstance(attachments, list):
        raise Refused("invalid_attachments")
    if len(attachments) > ATTACHMENTS_MAX:
        raise Refused("too_many_attachments")
    return [_attachment(call, attachment) for attachment in attachments]


def _attachment(call: Call, attachment: Any) -> Json:
    if not isinstance(attachment, dict):
        raise Refused("invalid_attachments")
    blocks = attachment.get("blocks")
    if not blocks:
        return attachment
    check_blocks(call.core, message_problems(blocks), blocks)
    return {**attachment, "blocks": with_ids(blocks, call.world)}


def metadata(call: Call) -> Json | None:
    """`event_type` and a flat-enough `event_payload`."""
    given = call.json("metadata", "invalid_metadata_format")
    if given is None:
        return None
    if not isinstance(given, dict):
        raise Refused("invalid_metadata_format")
    if not isinstance(given.get("event_type"), str) or not isinstance(given.get("event_payload"), dict):
        raise Refused("invalid_metadata_schema")
    if len(json.dumps(given)) > METADATA_BYTES_MAX:
        raise Refused("metadata_too_large")
    return {"event_type": given["event_type"], "event_payload": given["event_payload"]}
