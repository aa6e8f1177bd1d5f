"""The page of what was changed in the setup, with the way back."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views.blocks import ask_again, context, section
from bot.views.message import date
from bot.views.setup_effect import linked
from bot.views.setup_forms import listing
from bot.views.words import common
from bot.views.words import setup_history as words

UNDO = "setup.undo"
MOST_CHANGES = 90
MOST_SENTENCES = 4


@dataclass(frozen=True, slots=True)
class Change:
    """`by` is None where it was a file; `undoes` whether it put an earlier one back, `undone` whether it was."""

    id: int
    by: str | None
    at: datetime
    sentences: Sequence[str]
    undoes: bool
    undone: bool


def history(changes: Sequence[Change], start: str) -> dict[str, Any]:
    """The newest first."""
    listed = [_row(one) for one in changes]
    return listing("history", words.TITLE(), [context(words.INTRO())], listed, start, words.NONE_YET())


def _row(change: Change) -> Block:
    head = words.by(common.person(change.by) if change.by else None, date(change.at))
    marks = [words.UNDONE()] if change.undone else []
    marks += [words.UNDOES()] if change.undoes else []
    lines = [" · ".join([head, *marks]), *(f"• {linked(one)}" for one in change.sentences[:MOST_SENTENCES])]
    if left_out := len(change.sentences[MOST_SENTENCES:]):
        lines.append(common.and_more(left_out))
    return section("\n".join(lines), None if change.undone else _undo(change.id))


def _undo(change: int) -> ButtonElement:
    sure = ask_again(words.SURE(), words.SURE_TEXT(), words.UNDO())
    return ButtonElement(text=words.UNDO(), action_id=UNDO, value=str(change), confirm=sure)
