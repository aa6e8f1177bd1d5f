"""What is kept about me: shown by its kinds, taken along as a file, and erased after two questions."""

from collections.abc import Mapping
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.views import forms
from bot.views.blocks import section
from bot.views.words import privacy as words

EXPORT = "privacy.export"
ERASE = "privacy.erase"
ERASE_FORM = "privacy.erase_form"
SURE_FORM = "privacy.sure_form"
SURE = "sure"  # beside which a failure is shown


class Row(StrEnum):
    """Kinds of what is kept about a person."""

    PROFILE = "profile"
    CHOICES = "choices"
    ROOMS = "rooms"
    SETUP = "setup"
    MESSAGES = "messages"
    ANSWERS = "answers"
    PROMISES = "promises"
    NUDGES = "nudges"
    WATCHED = "watched"
    RECEIVED = "received"
    GIVEN = "given"
    ASKED = "asked"
    ASKS = "asks"
    BOUNDARIES = "boundaries"
    PROMPTS = "prompts"
    PAGES = "pages"
    PULSE = "pulse"
    UNDER_WAY = "under_way"


def kept(counts: Mapping[Row, int], *, council: bool = False) -> dict[str, Any]:
    """What is stored about somebody, by its kinds, and what they can do about it."""
    lines = [words.row(kind, counts[kind]) for kind in Row if counts.get(kind)]
    take = ButtonElement(text=words.EXPORT(), action_id=EXPORT)
    erase = ButtonElement(text=words.ERASE(), action_id=ERASE, style="danger")
    blocks: list[Block] = [
        section(words.INTRO()),
        section("\n".join(f"• {line}" for line in lines) or words.NOTHING()),
        section(words.NEVER_KEPT()),
        *([section(words.COUNCIL())] if council else []),
        ActionsBlock(elements=[take, erase]),
    ]
    return forms.shown(words.TITLE(), blocks)


def erase_form() -> dict[str, Any]:
    """The first question: what goes, what stays, and what begins anew."""
    blocks = [section(text) for text in (words.GOES(), words.STAYS(), words.ANEW())]
    return forms.modal(ERASE_FORM, words.ERASE_TITLE(), words.GO_ON(), blocks)


def sure_form() -> dict[str, Any]:
    """The second."""
    return forms.modal(SURE_FORM, words.ERASE_TITLE(), words.ERASE_ALL(), [section(words.SURE())])


def told(sentence: str) -> dict[str, Any]:
    """A sentence in the place of what was read."""
    return forms.told(words.TITLE(), sentence)
