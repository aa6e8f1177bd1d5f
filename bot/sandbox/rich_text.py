"""Text as people type it, and the rich_text block that Slack makes of it."""

import re
from typing import Any

Json = dict[str, Any]

_CONTROL = re.compile(r"<([@#!][^<>|]+|https?://[^<>|]+|mailto:[^<>|]+)(?:\|([^<>]*))?>")
_ENTITY = re.compile(r"&(?!amp;|lt;|gt;)")
_EMOJI = re.compile(r":(100|[a-z+\-][a-z0-9_+\-]*):")


def typed(text: str) -> str:
    """Escape what a person typed, as Slack's client does; mentions and links already in `<...>` stay."""
    parts, at = [], 0
    for match in _CONTROL.finditer(text):
        parts += [_escape(text[at : match.start()]), match.group()]
        at = match.end()
    return "".join([*parts, _escape(text[at:])])


def _escape(text: str) -> str:
    return _ENTITY.sub("&amp;", text).replace("<", "&lt;").replace(">", "&gt;")


def _unescape(text: str) -> str:
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def rich_text(text: str, block_id: str) -> list[Json]:
    """The blocks that a typed message carries; none for no text."""
    if not text:
        return []
    elements: list[Json] = []
    at = 0
    for match in _CONTROL.finditer(text):
        elements += [*_plain(text[at : match.start()]), _control(match.group(1), match.group(2))]
        at = match.end()
    elements += _plain(text[at:])
    section = {"type": "rich_text_section", "elements": elements}
    return [{"type": "rich_text", "block_id": block_id, "elements": [section]}]


def _plain(text: str) -> list[Json]:
    elements: list[Json] = []
    at = 0
    for match in _EMOJI.finditer(text):
        elements += [*_words(text[at : match.start()]), {"type": "emoji", "name": match.group(1)}]
        at = match.end()
    return [*elements, *_words(text[at:])]


def _words(text: str) -> list[Json]:
    return [{"type": "text", "text": _unescape(text)}] if text else []


def _control(what: str, label: str | None) -> Json:
    if what.startswith("@"):
        return {"type": "user", "user_id": what[1:]}
    if what.startswith("#"):
        return {"type": "channel", "channel_id": what[1:]}
    if what.startswith("!subteam^"):
        return {"type": "usergroup", "usergroup_id": what.removeprefix("!subteam^")}
    if what.startswith("!"):
        return {"type": "broadcast", "range": what[1:]}
    return {"type": "link", "url": what} | ({"text": label} if label else {})
