"""Elements and composition objects of Block Kit, as Slack's reference pages state them."""

from typing import Any

from bot.sandbox.block_rules import (
    Problems,
    Rule,
    Shape,
    anything,
    at,
    flag,
    many,
    one_of,
    pattern,
    plain,
    string,
    text,
    typed_as,
    whole,
)

_ID = string(255)
_DAY = pattern(r"\d{4}-\d{2}-\d{2}")
_TIME = pattern(r"([01]\d|2[0-3]):[0-5]\d")
_EPOCH = whole(1_000_000_000, 9_999_999_999)

CONFIRM = Shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": one_of("primary", "danger")},
)
OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75)})
MARKED_OPTION = Shape({"text": text(75), "value": string(150)}, {"description": text(75)})
LINK_OPTION = Shape({"text": plain(75), "value": string(150)}, {"description": plain(75), "url": string(3000)})
GROUP = Shape({"label": plain(75), "options": many(OPTION, 100)})
FILTER = Shape(
    other={
        "include": many(one_of("im", "mpim", "private", "public"), 4),
        "exclude_external_shared_channels": flag,
        "exclude_bot_users": flag,
    }
)
DISPATCH = Shape(other={"trigger_actions_on": many(one_of("on_enter_pressed", "on_character_entered"), 2)})

_BASE: dict[str, Rule] = {"action_id": _ID, "confirm": CONFIRM, "focus_on_load": flag}
_MENU: dict[str, Rule] = _BASE | {"placeholder": plain(150)}
_MULTI: dict[str, Rule] = _MENU | {"max_selected_items": whole(1, 100)}
_IDS = many(string(255), 1000, 0)
_TYPED: dict[str, Rule] = {
    "action_id": _ID,
    "placeholder": plain(150),
    "focus_on_load": flag,
    "dispatch_action_config": DISPATCH,
}


def _one_source(element: dict[str, Any], path: str) -> Problems:
    if ("options" in element) == ("option_groups" in element):
        yield at("must provide either options or option_groups", path)
    yield from _initial_among_options(element, path)


def _initial_among_options(element: dict[str, Any], path: str) -> Problems:
    groups = [group.get("options") or [] for group in element.get("option_groups") or [] if isinstance(group, dict)]
    offered = [*(element.get("options") or []), *(option for group in groups for option in group)]
    initial = element.get("initial_options") or [o for o in [element.get("initial_option")] if o]
    for option in initial if isinstance(initial, list) else []:
        if option not in offered:
            yield at("initial option must match one of the options", path)
    values = [option.get("value") for option in offered if isinstance(option, dict)]
    if len(values) != len(set(values)):
        yield at("option values must be unique", path)


def _length(value: object, usual: int) -> int:
    """What is no number is refused elsewhere."""
    return value if isinstance(value, int) else usual


def _length_order(element: dict[str, Any], path: str) -> Problems:
    if _length(element.get("min_length"), 0) > _length(element.get("max_length"), 3000):
        yield at("min_length must not be above max_length", path)


def either_picture(element: dict[str, Any], path: str) -> Problems:
    if ("image_url" in element) == ("slack_file" in element):
        yield at("must provide either image_url or slack_file", path)


_OPTIONS: dict[str, Rule] = {"options": many(OPTION, 100), "option_groups": many(GROUP, 100)}
PICTURE: dict[str, Rule] = {"image_url": string(3000), "slack_file": anything}

ELEMENTS: dict[str, Rule] = {
    "button": Shape(
        {"text": plain(75)},
        {"action_id": _ID, "url": string(3000), "value": string(2000), "style": one_of("primary", "danger")}
        | {"confirm": CONFIRM, "accessibility_label": string(75)},
    ),
    "checkboxes": Shape(
        {"options": many(MARKED_OPTION, 10)},
        _BASE | {"initial_options": many(MARKED_OPTION, 10)},
        _initial_among_options,
    ),
    "radio_buttons": Shape(
        {"options": many(MARKED_OPTION, 10)}, _BASE | {"initial_option": MARKED_OPTION}, _initial_among_options
    ),
    "overflow": Shape(
        {"options": many(LINK_OPTION, 5, 2)}, {"action_id": _ID, "confirm": CONFIRM}, _initial_among_options
    ),
    "datepicker": Shape(other=_MENU | {"initial_date": _DAY}),
    "timepicker": Shape(other=_MENU | {"initial_time": _TIME, "timezone": string(255)}),
    "datetimepicker": Shape(other=_BASE | {"initial_date_time": _EPOCH}),
    "static_select": Shape(other=_MENU | _OPTIONS | {"initial_option": OPTION}, check=_one_source),
    "external_select": Shape(other=_MENU | {"initial_option": OPTION, "min_query_length": whole(0, 1000)}),
    "users_select": Shape(other=_MENU | {"initial_user": string(255)}),
    "channels_select": Shape(other=_MENU | {"initial_channel": string(255), "response_url_enabled": flag}),
    "conversations_select": Shape(
        other=_MENU
        | {"initial_conversation": string(255), "default_to_current_conversation": flag}
        | {"response_url_enabled": flag, "filter": FILTER}
    ),
    "multi_static_select": Shape(other=_MULTI | _OPTIONS | {"initial_options": many(OPTION, 100)}, check=_one_source),
    "multi_external_select": Shape(
        other=_MULTI | {"initial_options": many(OPTION, 100), "min_query_length": whole(0, 1000)}
    ),
    "multi_users_select": Shape(other=_MULTI | {"initial_users": _IDS}),
    "multi_channels_select": Shape(other=_MULTI | {"initial_channels": _IDS}),
    "multi_conversations_select": Shape(
        other=_MULTI | {"initial_conversations": _IDS, "default_to_current_conversation": flag, "filter": FILTER}
    ),
    "plain_text_input": Shape(
        other=_TYPED
        | {"multiline": flag, "initial_value": string(3000, 0)}
        | {"min_length": whole(0, 3000), "max_length": whole(1, 3000)},
        check=_length_order,
    ),
    "email_text_input": Shape(other=_TYPED | {"initial_value": string(3000, 0)}),
    "url_text_input": Shape(other=_TYPED | {"initial_value": string(3000, 0)}),
    "number_input": Shape(
        {"is_decimal_allowed": flag},
        _TYPED | {"initial_value": string(255, 0), "min_value": string(255), "max_value": string(255)},
    ),
    "rich_text_input": Shape(other=_TYPED | {"initial_value": anything}),
    "file_input": Shape(other={"action_id": _ID, "filetypes": many(string(255), 100), "max_files": whole(1, 10)}),
    "image": Shape({"alt_text": string(2000)}, PICTURE, either_picture),
    "feedback_buttons": Shape({"positive_button": anything, "negative_button": anything}, {"action_id": _ID}),
    "icon_button": Shape({"icon": string(255), "text": plain(75)}, {"action_id": _ID}, open=True),
    "workflow_button": Shape({"text": plain(75), "workflow": anything}, {"action_id": _ID}, open=True),
}

_SELECTS = ("static_select", "external_select", "users_select", "channels_select", "conversations_select")
_MULTIS = tuple(f"multi_{name}" for name in _SELECTS)
_PICKERS = ("datepicker", "timepicker", "checkboxes", "radio_buttons")
_ENTRIES = ("plain_text_input", "email_text_input", "url_text_input", "number_input", "rich_text_input", "file_input")

ACCESSORY = typed_as(ELEMENTS, "button", "overflow", "image", "workflow_button", *_SELECTS, *_MULTIS, *_PICKERS)
ACTION = typed_as(
    ELEMENTS,
    "button",
    "overflow",
    "workflow_button",
    "datetimepicker",
    "rich_text_input",
    *_SELECTS,
    *_MULTIS,
    *_PICKERS,
)
INPUT = typed_as(ELEMENTS, "datetimepicker", *_SELECTS, *_MULTIS, *_PICKERS, *_ENTRIES)
ICON = typed_as(ELEMENTS, "feedback_buttons", "icon_button")
