"""*Snooze…*, wherever something may wait: the menu, and the reading back of what was chosen in it."""

from collections.abc import Mapping
from typing import Any

from slack_sdk.models.blocks import Option, PlainTextObject, StaticSelectElement

from bot.domain.nudges import Snooze
from bot.views.language import Text
from bot.views.message import read_id
from bot.views.words import nudges as words

_SPANS = {
    Snooze.HOUR: words.SNOOZE_HOUR,
    Snooze.AFTERNOON: words.SNOOZE_AFTERNOON,
    Snooze.TOMORROW: words.SNOOZE_TOMORROW,
}


def menu(action_id: str, about_id: int, label: Text = words.SNOOZE) -> StaticSelectElement:
    """How long it may wait."""
    options = [Option(text=text(), value=f"{choice}:{about_id}") for choice, text in _SPANS.items()]
    return StaticSelectElement(action_id=action_id, placeholder=PlainTextObject(text=label()), options=options)


def read(action: Mapping[str, Any]) -> tuple[int | None, Snooze]:
    """What it is about, and the choice made. Raises ValueError for one that was not offered."""
    choice, _, about_id = str(action["selected_option"]["value"]).partition(":")
    return read_id(about_id), Snooze(choice)
