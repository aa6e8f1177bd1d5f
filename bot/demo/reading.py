"""What a person reads where Slack shows a message: names instead of ids, and no markup."""

import html
import re
from typing import Any

from bot.sandbox import World

_EMOJI = {
    "white_check_mark": "✅",
    "hourglass_flowing_sand": "⏳",
    "large_green_circle": "🟢",
    "yellow_heart": "💛",
    "bell": "🔔",
}


def first_line(world: World, message: dict[str, Any]) -> str:
    """The first block, or the text of a message without blocks."""
    blocks = message.get("blocks") or ()
    texts = [block["text"]["text"] for block in blocks if isinstance(block.get("text"), dict)]
    return read(world, texts[0] if texts else message["text"])


def read(world: World, mrkdwn: str) -> str:
    """Mentions by name, links as [words], dates in words, bold without stars, our emoji drawn, quotes in quotes."""
    named = re.sub(r"<([@#]?)([^|>]+)\|?([^>]*)>", lambda found: _named(world, *found.groups()), mrkdwn)
    drawn = re.sub(r":(\w+):", lambda found: _EMOJI.get(found[1], found[0]), named)
    quoted = re.sub(r"(?m)^> ?(.*)$", r"“\1”", drawn)
    return html.unescape(quoted.replace("*", ""))


def _named(world: World, kind: str, what: str, label: str) -> str:
    if kind == "@" and what in world.people:
        return world.people[what].display_name
    if kind == "#" and what in world.channels:
        return f"#{world.channels[what].name}"
    return label if what.startswith("!date") else f"[{label or what}]"
