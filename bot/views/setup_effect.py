"""What a change of the setup does, shown before it counts; and what stands there once it does."""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import Block, PlainTextObject
from slack_sdk.models.views import View

from bot.views import forms
from bot.views.blocks import MOST_TEXT, context, section
from bot.views.message import read_id
from bot.views.words import common
from bot.views.words import setup_effect as words

FORM = "setup.effect"
MOST_SENTENCES = 40
MOST_SENTENCE = 500  # characters
_ID = re.compile(r"\b(?=\w*\d)([CGUWS])[A-Z0-9]{4,29}\b")
# In these stand people's own words, in which what looks like an id may be COVID19.
_WORDED = re.compile(r"team \S+: (?:name|backing|boundary) |prompt \S+: ")
MOVED = re.compile(r"(\d+)\sopen\swaits?\smoved")  # as bot.store.setup says it
_LINKS = {"C": "<#{}>", "G": "<#{}>", "U": "<@{}>", "W": "<@{}>", "S": "<!subteam^{}>"}


class Proposal(NamedTuple):
    """A draft that waits for *Save*, and the page that stands beneath it."""

    draft: int
    page: str


def form(proposal: Proposal, sentences: Sequence[str]) -> dict[str, Any]:
    """*Save* makes it count; *Back* leads to the form, in which everything stands as it was typed."""
    return View(
        type="modal",
        callback_id=FORM,
        private_metadata=json.dumps(proposal._asdict()),
        title=PlainTextObject(text=words.TITLE()),
        submit=PlainTextObject(text=words.SAVE()),
        close=PlainTextObject(text=words.BACK()),
        blocks=[section(words.INTRO()), *told([_foretold(one) for one in sentences]), context(words.KEPT())],
    ).to_dict()


def read(view: Mapping[str, Any]) -> Proposal | None:
    """What was saved; None for a view that is none of ours."""
    carried = json.loads(view.get("private_metadata") or "{}")
    draft = read_id(str(carried.get("draft", "")))
    return None if draft is None else Proposal(draft, str(carried.get("page", "")))


def nothing() -> dict[str, Any]:
    """In the place of a form that changes nothing."""
    return forms.told(words.TITLE(), words.NOTHING())


def saved(sentences: Sequence[str]) -> dict[str, Any]:
    """In the place of the form whose change counts now."""
    return forms.shown(words.SAVED_TITLE(), [section(words.SAVED()), *told(sentences)])


def not_saved(why: str) -> dict[str, Any]:
    """In the place of what could not be saved."""
    return forms.told(words.NOT_SAVED(), words.not_saved(common.escape(why)))


def told(sentences: Sequence[str]) -> list[Block]:
    """Changes, a line each, with people and channels by their names."""
    lines = [f"• {linked(sentence)}" for sentence in sentences[:MOST_SENTENCES]]
    blocks: list[Block] = [section(text) for text in _packed(lines)]
    left_out = len(sentences) - len(lines)
    return [*blocks, context(words.more(left_out))] if left_out > 0 else blocks


def linked(sentence: str) -> str:
    """Ids as Slack shows them to who reads; nothing in it rings anybody."""
    if moved := MOVED.fullmatch(sentence):
        return words.moved(int(moved[1]))
    short = sentence if len(sentence) <= MOST_SENTENCE else f"{sentence[:MOST_SENTENCE]}…"
    shown = common.escape(short)
    if _WORDED.match(sentence):
        return shown
    return _ID.sub(lambda found: _LINKS[found[1]].format(found[0]), shown)


def _foretold(sentence: str) -> str:
    """As long as nothing has happened yet."""
    moved = MOVED.fullmatch(sentence)
    return words.moves(int(moved[1])) if moved else sentence


def _packed(lines: Sequence[str]) -> Iterator[str]:
    """As few texts as hold them."""
    text = ""
    for line in lines:
        if text and len(text) + len(line) > MOST_TEXT:
            yield text
            text = ""
        text += f"\n{line}" if text else line
    if text:
        yield text
