"""What a person can choose in an element of Block Kit, and how that choice reads in a payload."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from bot.sandbox.refused import Refused
from bot.sandbox.state import State

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Choice:
    """`key`: where the choice stands in the payload. `initial`: what the element may bring. `of`: what is chosen."""

    key: str
    initial: str
    of: str
    many: bool = False


CHOICES: dict[str, Choice] = {
    "plain_text_input": Choice("value", "initial_value", "text"),
    "email_text_input": Choice("value", "initial_value", "text"),
    "url_text_input": Choice("value", "initial_value", "text"),
    "number_input": Choice("value", "initial_value", "text"),
    "rich_text_input": Choice("rich_text_value", "initial_value", "any"),
    "file_input": Choice("files", "", "any", many=True),
    "datepicker": Choice("selected_date", "initial_date", "text"),
    "timepicker": Choice("selected_time", "initial_time", "text"),
    "datetimepicker": Choice("selected_date_time", "initial_date_time", "any"),
    "static_select": Choice("selected_option", "initial_option", "option"),
    "external_select": Choice("selected_option", "initial_option", "suggestion"),
    "radio_buttons": Choice("selected_option", "initial_option", "option"),
    "overflow": Choice("selected_option", "", "option"),
    "users_select": Choice("selected_user", "initial_user", "user"),
    "conversations_select": Choice("selected_conversation", "initial_conversation", "channel"),
    "channels_select": Choice("selected_channel", "initial_channel", "channel"),
    "checkboxes": Choice("selected_options", "initial_options", "option", many=True),
    "multi_static_select": Choice("selected_options", "initial_options", "option", many=True),
    "multi_external_select": Choice("selected_options", "initial_options", "suggestion", many=True),
    "multi_users_select": Choice("selected_users", "initial_users", "user", many=True),
    "multi_conversations_select": Choice("selected_conversations", "initial_conversations", "channel", many=True),
    "multi_channels_select": Choice("selected_channels", "initial_channels", "channel", many=True),
}


@dataclass(frozen=True, slots=True)
class Placed:
    """An element and the block that it stands in."""

    block: Json
    element: Json

    @property
    def block_id(self) -> str:
        return str(self.block["block_id"])

    @property
    def action_id(self) -> str:
        return str(self.element["action_id"])


def placed(blocks: list[Json]) -> Iterator[Placed]:
    """Every element that has an action_id."""
    for block in blocks:
        candidates = [block.get("accessory"), block.get("element"), *(block.get("elements") or ())]
        for element in candidates:
            if isinstance(element, dict) and "action_id" in element:
                yield Placed(block, element)


def find(blocks: list[Json], action_id: str, block_id: str | None, value: Any = None) -> Placed:
    """The element that a person means; a value tells buttons of one action_id apart, and menus by what they offer."""
    found = [p for p in placed(blocks) if p.action_id == action_id and block_id in (None, p.block_id)]
    if not found:
        raise Refused("no_such_element", action_id=action_id)
    if len(found) > 1 and value is not None:
        found = [p for p in found if value in _values(p.element)] or found
    return found[0]


def _values(element: Json) -> list[Any]:
    return [element.get("value"), *(option.get("value") for option in element.get("options", ()))]


def initial_state(blocks: list[Json]) -> dict[str, Json]:
    """`state.values` of a message or view before anybody touched it."""
    values: dict[str, Json] = {}
    for one in placed(blocks):
        choice = CHOICES.get(one.element["type"])
        if choice is None or one.element["type"] == "overflow":
            continue
        start = one.element.get(choice.initial, [] if choice.many else None)
        values.setdefault(one.block_id, {})[one.action_id] = {"type": one.element["type"], choice.key: start}
    return values


def chosen(state: State, element: Json, value: Any) -> Json:
    """The choice as a payload carries it; refused when the element does not offer it."""
    if element["type"] not in CHOICES:
        return {}
    choice = CHOICES[element["type"]]
    if value is None:
        return {choice.key: [] if choice.many else None}
    if choice.many:
        return {choice.key: [_one(state, element, choice, one) for one in value]}
    return {choice.key: _one(state, element, choice, value)}


def _one(state: State, element: Json, choice: Choice, value: Any) -> Any:
    if choice.of == "option":
        return _option(element, value)
    if choice.of == "suggestion":
        return value if isinstance(value, dict) else {"text": {"type": "plain_text", "text": value}, "value": value}
    if choice.of == "user":
        return state.person(value).id
    if choice.of == "channel":
        return state.channel(value).id
    return str(value) if choice.of == "text" else value


def _option(element: Json, value: Any) -> Json:
    groups = element.get("option_groups") or ()
    options: list[Json] = [*(element.get("options") or ()), *(o for group in groups for o in group["options"])]
    wanted = value.get("value") if isinstance(value, dict) else value
    for option in options:
        if wanted in (option.get("value"), option["text"]["text"]):
            return option
    raise Refused("no_such_option", value=wanted)


def missing(blocks: list[Json], values: dict[str, Json]) -> list[str]:
    """Blocks of required inputs that are still empty: Slack's client does not let a person submit them."""
    empty = []
    for block in blocks:
        if block["type"] != "input" or block.get("optional"):
            continue
        filled = values.get(block["block_id"], {}).get(block["element"]["action_id"], {})
        if not filled.get(CHOICES[block["element"]["type"]].key):
            empty.append(str(block["block_id"]))
    return empty


def with_ids(blocks: list[Json], state: State) -> list[Json]:
    """Blocks as Slack keeps them: with a block_id each, and an action_id for whatever can be acted on."""
    kept = []
    for block in blocks:
        new = {**block, "block_id": block.get("block_id") or state.new_id("b")}
        for key in ("accessory", "element"):
            if isinstance(new.get(key), dict):
                new[key] = _with_action_id(new[key], state)
        if block.get("type") == "actions":
            new["elements"] = [_with_action_id(element, state) for element in block["elements"]]
        kept.append(new)
    return kept


def _with_action_id(element: Json, state: State) -> Json:
    acts = element.get("type") == "button" or element.get("type") in CHOICES
    return {**element, "action_id": element.get("action_id") or state.new_id("a")} if acts else element
