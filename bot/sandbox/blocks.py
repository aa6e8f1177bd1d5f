"""Does Slack take these blocks? Every problem, worded and placed as Slack does it.

The limits are those of Slack's Block Kit reference; kinds of block that came lately and that a bot of ours does not
draw are known by name only.
"""

import json
from collections import Counter
from typing import Any

from bot.sandbox.block_charts import DATA_VISUALIZATION, TABLE
from bot.sandbox.block_elements import ACCESSORY, ACTION, ELEMENTS, ICON, INPUT, PICTURE, either_picture
from bot.sandbox.block_rules import (
    Problems,
    Rule,
    Shape,
    anything,
    at,
    flag,
    many,
    plain,
    string,
    text,
    typed_as,
)
from bot.sandbox.elements import placed

Json = dict[str, Any]

MESSAGE_BLOCKS_MAX = 50
VIEW_BLOCKS_MAX = 100
CHARTS_MAX = 2
TABLES_MAX = 1
VIEW_BYTES_MAX = 250_000

_ID: dict[str, Rule] = {"block_id": string(255)}


def _says_something(block: Json, path: str) -> Problems:
    if "text" not in block and "fields" not in block:
        yield at("missing required field: text or fields", path)


def _text_or_image(value: Any, path: str) -> Problems:
    return typed_as({"image": ELEMENTS["image"], "plain_text": text(3000), "mrkdwn": text(3000)})(value, path)


BLOCKS: dict[str, Rule] = {
    "section": Shape(
        other=_ID | {"text": text(3000), "fields": many(text(2000), 10), "accessory": ACCESSORY, "expand": flag},
        check=_says_something,
    ),
    "header": Shape({"text": plain(150)}, _ID),
    "divider": Shape(other=_ID),
    "image": Shape({"alt_text": string(2000)}, _ID | PICTURE | {"title": plain(2000)}, either_picture),
    "actions": Shape({"elements": many(ACTION, 25)}, _ID),
    "context": Shape({"elements": many(_text_or_image, 10)}, _ID),
    "context_actions": Shape({"elements": many(ICON, 5)}, _ID),
    "input": Shape(
        {"label": plain(2000), "element": INPUT}, _ID | {"hint": plain(2000), "optional": flag, "dispatch_action": flag}
    ),
    "file": Shape({"external_id": string(255), "source": string(255)}, _ID),
    "rich_text": Shape({"elements": many(anything, 1000, 0)}, _ID),
    "markdown": Shape({"text": string(12_000)}, _ID),
    "video": Shape({"alt_text": string(2000), "title": plain(200), "video_url": anything}, open=True),
    "table": TABLE,
    "data_visualization": DATA_VISUALIZATION,
    "data_table": Shape({"rows": anything}, _ID, open=True),
    "alert": Shape({"text": anything}, _ID, open=True),
    "card": Shape(other=_ID, open=True),
    "carousel": Shape({"elements": anything}, _ID, open=True),
    "container": Shape(other=_ID, open=True),
}
_ONLY_IN_MESSAGES = {"file", "markdown", "table", "data_visualization", "data_table", "context_actions", "carousel"}
_ONLY_IN_MODALS = {"alert"}

_COMMON_VIEW: dict[str, Rule] = {
    "callback_id": string(255, 0),
    "private_metadata": string(3000, 0),
    "external_id": string(255, 0),
}
VIEWS: dict[str, Rule] = {
    "modal": Shape(
        {"title": plain(24), "blocks": anything},
        _COMMON_VIEW
        | {"close": plain(24), "submit": plain(24), "submit_disabled": flag}
        | {"clear_on_close": flag, "notify_on_close": flag},
    ),
    "home": Shape({"blocks": anything}, _COMMON_VIEW),
}


def message_problems(blocks: Any) -> list[str]:
    return [*_list_problems(blocks, MESSAGE_BLOCKS_MAX, set(BLOCKS) - _ONLY_IN_MODALS)]


def view_problems(view: Json) -> list[str]:
    problems = [*typed_as(VIEWS)(view, "/view")]
    kind = view.get("type")
    if not isinstance(kind, str) or kind not in VIEWS:
        return problems
    allowed = set(BLOCKS) - _ONLY_IN_MESSAGES - (set() if kind == "modal" else _ONLY_IN_MODALS)
    blocks = view.get("blocks")
    if blocks is not None:
        problems += _list_problems(blocks, VIEW_BLOCKS_MAX, allowed)
    if kind == "modal" and not problems and not view.get("submit"):
        problems += [at("submit is required when input blocks are used", "/view")] if _has_inputs(view) else []
    if len(json.dumps(view)) > VIEW_BYTES_MAX:
        problems.append(at(f"must be less than {VIEW_BYTES_MAX} bytes", "/view"))
    return problems


def _has_inputs(view: Json) -> bool:
    return any(block["type"] == "input" for block in view["blocks"])


def _list_problems(blocks: Any, most: int, allowed: set[str]) -> Problems:
    """Shapes first; what blocks must not do together is looked at only in blocks that are well made."""
    wrong = [*many(typed_as(BLOCKS, *allowed), most, 0)(blocks, "/blocks")]
    yield from wrong
    if not wrong:
        yield from _repeated_ids(blocks)
        yield from _too_many(blocks)


def _repeated_ids(blocks: list[Json]) -> Problems:
    counts = Counter(block["block_id"] for block in blocks if block.get("block_id"))
    for block_id, count in counts.items():
        if count > 1:
            yield at(f"block_id {block_id} already exists", "/blocks")
    for index, block in enumerate(blocks):
        actions = Counter(element.action_id for element in placed([block]))
        for action_id, count in actions.items():
            if count > 1:
                yield at(f"action_id {action_id} already exists in this block", f"/blocks/{index}/elements")
    focused = sum(bool(element.element.get("focus_on_load")) for element in placed(blocks))
    if focused > 1:
        yield at("only one element may have focus_on_load", "/blocks")


def _too_many(blocks: list[Json]) -> Problems:
    counts = Counter(block["type"] for block in blocks)
    if counts["data_visualization"] > CHARTS_MAX:
        yield at(f"no more than {CHARTS_MAX} charts allowed", "/blocks")
    if counts["table"] > TABLES_MAX:
        yield at("only one table allowed", "/blocks")
