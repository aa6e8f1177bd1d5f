"""A message as Slack takes it: blocks, and the text that stands for them in notifications and screen readers."""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from typing import Any

from slack_sdk.models.blocks import Block

from bot.views.blocks import section

_ID = re.compile(r"[0-9]{1,18}")


@dataclass(frozen=True, slots=True)
class Message:
    """Validated against slack_sdk's limits when it becomes a payload."""

    text: str
    blocks: tuple[Block, ...] = ()

    def payload(self) -> dict[str, Any]:
        """The arguments that chat.postMessage and chat.update share. Raises SlackObjectFormationError."""
        return {"text": self.text, "blocks": drawn(self.blocks), "unfurl_links": False, "unfurl_media": False}


def one_line(sentence: str) -> Message:
    """One sentence."""
    return Message(sentence, (section(sentence),))


def drawn(blocks: Sequence[Block]) -> list[dict[str, Any]]:
    """Blocks as JSON."""
    return [block.to_dict() for block in blocks]


def digest_of(payload: Mapping[str, Any]) -> str:
    """By which two drawings are compared, or whatever else is JSON."""
    return sha256(json.dumps(payload, sort_keys=True).encode()).hexdigest()


def date(at: datetime, pattern: str = "{date_short_pretty} {time}") -> str:
    """A moment that Slack shows in the reader's own zone and clock; the fallback is UTC."""
    return f"<!date^{int(at.timestamp())}^{pattern}|{at:%Y-%m-%d %H:%M} UTC>"


def read_id(value: object) -> int | None:
    """The id that a button carries; None for what is no id that a database could have given."""
    return int(value) if isinstance(value, str) and _ID.fullmatch(value) else None


def read_press(action: Mapping[str, Any]) -> int | None:
    """What the button that was pressed is about; None for a value that none of ours carries."""
    return read_id(action.get("value"))
