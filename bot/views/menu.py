"""The menu behind the message shortcut *CareCue…*: what a colleague may do about a message, beside answering it."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.domain.kudos import Source
from bot.views import forms
from bot.views.blocks import section
from bot.views.words import ask_forms as words
from bot.views.words import why as why_words

SHORTCUT = "care.menu"
HELP = "menu.help"
SNAG = "menu.snag"
KUDOS = "menu.kudos"
BOUNDARY = "menu.boundary"
WHY = "menu.why"

ENTRIES = (
    (HELP, words.MENU_HELP),
    (BOUNDARY, words.MENU_BOUNDARY),
    (SNAG, words.MENU_SNAG),
    (KUDOS, words.MENU_KUDOS),
    (WHY, why_words.MENU_WHY),
)
DOORS = tuple(action for action, _ in ENTRIES)


@dataclass(frozen=True, slots=True)
class Picked:
    """The message that the menu is about, and who wrote it."""

    source: Source
    author: str


def read_message(body: Mapping[str, Any]) -> Picked:
    """The message on which the shortcut was used."""
    message = body.get("message") or {}
    channel, ts = str((body.get("channel") or {}).get("id") or ""), str(message.get("ts") or "")
    return Picked(Source(channel, ts, str(message.get("thread_ts") or ts)), str(message.get("user") or ""))


def menu(picked: Picked, offered: Collection[str] = DOORS) -> dict[str, Any]:
    """The modal that asks what would help: of its entries those that are `offered`."""
    source = picked.source
    carried = json.dumps([source.channel, source.ts, source.root_ts, picked.author])
    blocks = [section(words.MENU()), *(_entry(action, text()) for action, text in ENTRIES if action in offered)]
    return forms.modal("", words.MENU_TITLE(), "", blocks, carried)


def read_menu(body: Mapping[str, Any]) -> tuple[str, Picked]:
    """The view in which something was pressed, and the message that it is about."""
    view = body["view"]
    channel, ts, root_ts, author = json.loads(view["private_metadata"])
    return str(view["id"]), Picked(Source(channel, ts, root_ts), author)


def _entry(action: str, text: str) -> Block:
    button = ButtonElement(text=words.CHOOSE(), action_id=action, value=action)
    return section(text, button)
