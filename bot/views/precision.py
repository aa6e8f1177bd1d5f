"""A rule that has fallen silent: the note to admins, and its button."""

import re
from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, ButtonElement

from bot.domain.precision import Lately
from bot.views.blocks import context, section
from bot.views.message import Message, one_line
from bot.views.words import common
from bot.views.words import precision as words

SWITCH_ON = "precision.switch_on"
_RULE = re.compile(r"[a-z_]{1,60}")


def fell_silent(rule: str, lately: Lately) -> Message:
    """To each admin, once."""
    sentence = words.fell_silent(rule, lately.nudged, lately.not_needed)
    button = ButtonElement(text=words.SWITCH_ON(), action_id=SWITCH_ON, value=rule)
    return Message(sentence, (section(sentence), context(words.STILL_SHOWN()), ActionsBlock(elements=[button])))


def read_rule(action: Mapping[str, Any]) -> str | None:
    """The rule that the button is about; None for what is no name of one."""
    value = str(action.get("value"))
    return value if _RULE.fullmatch(value) else None


def on_again(rule: str, user: str) -> Message:
    """What stands in the note's place."""
    return one_line(words.on_again(rule, common.person(user)))
