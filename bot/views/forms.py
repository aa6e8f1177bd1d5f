"""What every form is made of, what stands in its place when it was sent off, and how its fields are read back."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextInputElement,
    PlainTextObject,
    StaticSelectElement,
)
from slack_sdk.models.views import View

from bot.views.blocks import section
from bot.views.words import common

TYPED_MAX = 3000  # Slack's, of a text field: what is too long comes back to be shortened, and is not cut off
OPTION_MAX = 75  # Slack's, of what an option says


def modal(callback_id: str, title: str, submit: str, blocks: Sequence[Block], carried: str = "") -> dict[str, Any]:
    """A form; `carried` comes back with it. Without a `submit` there is nothing to send off, only to press."""
    return View(
        type="modal",
        callback_id=callback_id or None,
        private_metadata=carried or None,
        title=PlainTextObject(text=title),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=common.CANCEL()),
        blocks=list(blocks),
    ).to_dict()


def shown(title: str, blocks: Sequence[Block]) -> dict[str, Any]:
    """What is only to be read."""
    close = PlainTextObject(text=common.CLOSE())
    return View(type="modal", title=PlainTextObject(text=title), close=close, blocks=list(blocks)).to_dict()


def told(title: str, sentence: str) -> dict[str, Any]:
    """A sentence in the place of a form."""
    return shown(title, [section(sentence)])


def field(
    name: str, label: str, element: InputInteractiveElement, hint: str = "", *, optional: bool = False
) -> InputBlock:
    """An element with what it is for. It carries the same name, by which both are found again."""
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=label),
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
        optional=optional,
    )


def box(name: str, typed: str = "", most: int = TYPED_MAX) -> PlainTextInputElement:
    """Room for lines, with what was typed before."""
    return PlainTextInputElement(action_id=name, multiline=True, max_length=most, initial_value=typed[:most] or None)


def option(text: str, value: str) -> Option:
    """Something to choose, cut where its name is too long."""
    return Option(text=text if len(text) <= OPTION_MAX else f"{text[: OPTION_MAX - 1]}…", value=value)


def select(name: str, options: Iterable[Option]) -> StaticSelectElement:
    """A menu in which the first is chosen."""
    listed = list(options)
    return StaticSelectElement(action_id=name, options=listed, initial_option=listed[0])


def value(view: Mapping[str, Any], name: str, key: str) -> Any:
    """What stands in a field; None where the form has no such field."""
    return view["state"]["values"].get(name, {}).get(name, {}).get(key)


def typed(view: Mapping[str, Any], name: str) -> str:
    """What was typed, as it was typed."""
    return str(value(view, name, "value") or "")


def chosen(view: Mapping[str, Any], name: str) -> str | None:
    """The value of the option that was chosen; None where none was."""
    one = value(view, name, "selected_option")
    return str(one["value"]) if one else None


def ticked(view: Mapping[str, Any], name: str) -> list[str]:
    """The values of all options that were chosen."""
    return [str(one["value"]) for one in value(view, name, "selected_options") or ()]
