"""What the forms and pages of the setup share: what they carry, how one opens the other, and how values find fields."""

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    CheckboxesElement,
    ConversationFilter,
    ConversationMultiSelectElement,
    DividerBlock,
    UserMultiSelectElement,
)
from slack_sdk.models.views import View as SlackView

from bot.domain.setup import Finding, Path, Setup
from bot.views import forms
from bot.views.blocks import section
from bot.views.setup_effect import told
from bot.views.setup_team_fields import named
from bot.views.words import common
from bot.views.words import setup_forms as words

GO = "setup.go"  # shows a page in the place of another
OPEN = "setup.open"  # opens a form over a page
REMOVE = "setup.remove"  # takes away what a form is about
MOST_ROWS = 30

View = Mapping[str, Any]
Data = dict[str, object]
Edit = Callable[[Setup], Setup]


class Carried(NamedTuple):
    """What a form is about, and the page beneath it."""

    key: str = ""
    page: str = ""


class Read(NamedTuple):
    """What a form that was sent off changes, and what is wrong with what was typed."""

    edit: Edit
    found: Sequence[Finding] = ()


@dataclass(frozen=True, slots=True)
class Sheet:
    """A form over a part of the setup. `draw` gives None for a key that is there no more.

    `first` is a field that it always has; `fields` names the field of a value's path; `remove` takes away what the
    form is about, where it can be taken away.
    """

    draw: Callable[[Setup, Carried], dict[str, Any] | None]
    read: Callable[[View, Carried], Read]
    fields: Callable[[Path], str | None]
    first: str
    remove: Callable[[Setup, str], Setup] | None = None


def modal(callback_id: str, title: str, blocks: Iterable[Block], carried: Carried) -> dict[str, Any]:
    """A form; what it changes is shown before it counts, so it ends with *Go on* and not with *Save*."""
    return forms.modal(callback_id, title, words.GO_ON(), list(blocks), json.dumps(carried._asdict()))


def carried(view: View) -> Carried:
    """What a form carries."""
    kept = json.loads(view.get("private_metadata") or "{}")
    return Carried(str(kept.get("key", "")), str(kept.get("page", "")))


def page(name: str, title: str, blocks: Iterable[Block], back: str = "") -> dict[str, Any]:
    """A page, with the way back to another; its name is how it is drawn anew."""
    way = [ActionsBlock(elements=[go(words.BACK(), back)])] if back else []
    return SlackView(
        type="modal",
        private_metadata=name,
        title=title,
        close=common.CLOSE(),
        blocks=[*way, *blocks],
    ).to_dict()


def noted(view: dict[str, Any], intro: str, sentences: Sequence[str]) -> dict[str, Any]:
    """The same page with what has just happened at its top."""
    top = [section(intro), *told(sentences), DividerBlock()]
    return view | {"blocks": [*(block.to_dict() for block in top), *view["blocks"]]}


def go(text: str, name: str) -> ButtonElement:
    """The button to another page."""
    return ButtonElement(text=text, action_id=GO, value=name)


def opens(text: str, form: str, key: str = "") -> ButtonElement:
    """The button that opens a form."""
    return ButtonElement(text=text, action_id=OPEN, value=f"{form}:{key}")


def removes(text: str, form: str) -> ActionsBlock:
    """At the end of a form of what can be taken away."""
    button = ButtonElement(text=text, action_id=REMOVE, value=form, style="danger")
    return ActionsBlock(elements=[button])


def pressed(action: Mapping[str, Any]) -> tuple[str, str]:
    """The name of a page or form, and what it is about: "channel:C01", "channels"."""
    name, _, key = str(action.get("value") or "").partition(":")
    return name, key


def picked(action: Mapping[str, Any]) -> tuple[str, str]:
    """The same of a menu in which something was picked, whose id ends in the name of the form."""
    key = action.get("selected_conversation") or action.get("selected_user") or ""
    return str(action.get("action_id") or "").rpartition(".")[2], str(key)


def rows(name: str, blocks: Sequence[Block], start: str) -> list[Block]:
    """As many rows as a page shows, from this place on, and the ways to those before and after."""
    first = int(start) if start.isdecimal() and int(start) < len(blocks) else 0
    ways = []
    if first:
        ways.append(go(words.EARLIER(), f"{name}:{max(first - MOST_ROWS, 0)}"))
    if first + MOST_ROWS < len(blocks):
        ways.append(go(words.LATER(), f"{name}:{first + MOST_ROWS}"))
    shown = [*blocks[first : first + MOST_ROWS]]
    return [*shown, *(ActionsBlock(elements=[way]) for way in ways)]


def listing(
    name: str, title: str, top: Sequence[Block], listed: Sequence[Block], start: str, none: str
) -> dict[str, Any]:
    """The page of things that are set up one by one; `none` is said where there are none."""
    return page(name, title, [*top, *(rows(name, listed, start) or [section(none)])], "main")


def adds(text: str, form: str) -> ActionsBlock:
    """Above a list: the button that opens an empty form."""
    return ActionsBlock(elements=[opens(text, form)])


def at(prefix: Path, names: Mapping[str, str]) -> Callable[[Path], str | None]:
    """Fields by the keys that come after `prefix` in a path; "" names the one for everything else there.

    A step of the prefix that is "*" is any.
    """

    def find(path: Path) -> str | None:
        if len(path) < len(prefix) or any(want not in ("*", step) for want, step in zip(prefix, path, strict=False)):
            return None
        steps = [step for step in path[len(prefix) :] if isinstance(step, str)]
        while steps and ".".join(steps) not in names:
            steps.pop()
        found = names.get(".".join(steps))
        return named(found) if found else None

    return find


def same(*keys: str) -> dict[str, str]:
    """Fields that are called as the keys of a file whose values they hold."""
    return {key: key for key in keys}


# -- fields that a team's forms do not have ------------------------------------------------------------------------


def person_for(key: str, user: str | None, label: str, hint: str = "", *, optional: bool = True) -> Block:
    """One of the people of the workspace, or none: a menu for one alone could not be emptied again."""
    element = UserMultiSelectElement(
        action_id=named(key), initial_users=[user] if user else None, max_selected_items=1, placeholder=words.PICK_ONE()
    )
    return forms.field(named(key), label, element, hint, optional=optional)


def channels_for(
    key: str, channels: Sequence[str], label: str, hint: str, *, most: int | None = None, optional: bool = True
) -> Block:
    """Channels, those that are shared outside too."""
    element = ConversationMultiSelectElement(
        action_id=named(key),
        initial_conversations=list(channels) or None,
        max_selected_items=most,
        filter=ConversationFilter(include=["public", "private"]),
        placeholder=words.PICK_CHANNELS(),
    )
    return forms.field(named(key), label, element, hint, optional=optional)


def tick_for(key: str, label: str, option: str, hint: str, *, ticked: bool) -> Block:
    """A box to tick."""
    offered = [forms.option(option, "yes")]
    element = CheckboxesElement(action_id=named(key), options=offered, initial_options=offered if ticked else None)
    return forms.field(named(key), label, element, hint, optional=True)


def person(view: View, key: str) -> str | None:
    """Who was picked."""
    users = forms.value(view, named(key), "selected_users") or [None]
    return users[0] and str(users[0])


def channels(view: View, key: str) -> list[str]:
    """The channels that were picked."""
    return [str(one) for one in forms.value(view, named(key), "selected_conversations") or ()]


def ticked(view: View, key: str) -> bool:
    """Whether the box was."""
    return bool(forms.ticked(view, named(key)))


def said(**values: object) -> Data:
    """The keys that hold something, as a file has them."""
    return {key: value for key, value in values.items() if value not in (None, "", [], {})}
