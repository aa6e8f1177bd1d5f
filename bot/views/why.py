"""Why? An explanation with the corrections that can be pressed, as a message and as a form."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    BlockElement,
    ButtonElement,
    Option,
    OverflowMenuElement,
    StaticSelectElement,
)

from bot.domain.conversations import SPOKEN, Kind
from bot.domain.moments import moment
from bot.domain.why import Line, Silence
from bot.views import forms
from bot.views.blocks import context, section
from bot.views.message import Message
from bot.views.why_lines import Told, clock, headline, local, reading, slack, upcoming
from bot.views.words import clock as clock_words
from bot.views.words import nudges as nudge_words
from bot.views.words import why as words

CORRECT = "why.correct"
ONE = "why.correct_one"
JOIN = "why.join"

MOST_LINES = 36  # of the 50 blocks of a message
MOST_OTHERS = 20


class Verb(StrEnum):
    """A correction."""

    NEEDED = "needed"
    NOT_NEEDED = "not_needed"
    SPLIT = "split"
    JOIN = "join"
    NOT_CUSTOMER = "not_customer"
    CUSTOMER = "customer"


@dataclass(frozen=True, slots=True)
class Correction:
    """What was pressed. `ts` is the message that it is about, `asked` the one whose conversation was shown."""

    verb: Verb
    channel: str
    ts: str
    asked: str


_LABELS = {
    Verb.NEEDED: words.NEEDED,
    Verb.NOT_NEEDED: words.NOT_NEEDED,
    Verb.SPLIT: words.SPLIT,
    Verb.NOT_CUSTOMER: words.NOT_CUSTOMER,
    Verb.CUSTOMER: words.CUSTOMER,
}


def why(told: Told) -> Message:
    """As an answer that only who asks sees."""
    return Message(headline(told, slack()), tuple(_blocks(told)))


def why_view(told: Told) -> dict[str, Any]:
    """As what the menu of a message turns into."""
    return forms.shown(words.TITLE(), list(_blocks(told)))


def refused_view(sentence: str) -> dict[str, Any]:
    """A no, in the place of the form."""
    return forms.told(words.TITLE(), sentence)


def read_correction(action: Mapping[str, Any]) -> Correction | None:
    """What was pressed or chosen; None for a value that none of ours carries."""
    chosen = action.get("selected_option") or action
    parts = str(chosen.get("value") or "").split(":")
    if len(parts) != 4 or parts[0] not in list(Verb) or not all(parts):
        return None
    return Correction(Verb(parts[0]), *parts[1:])


def _blocks(told: Told) -> Iterator[Block]:
    pen = slack()
    yield section(headline(told, pen))
    yield section("\n".join([f"*{clock_words.CLOCK()}*", *clock(told, pen)]))
    yield section("\n".join([f"*{words.NEXT()}*", *upcoming(told, pen)]))
    yield section(f"*{words.HOW_READ()}*")
    lines = _shown(told)
    for line in lines:
        yield _line(told, line)
    if left_out := len(told.explained.lines) - len(lines):
        yield context(words.lines_left_out(left_out))
    if told.others:
        yield context(words.JOIN_HINT())
        yield ActionsBlock(elements=[_join(told)])


def _shown(told: Told) -> tuple[Line, ...]:
    """The latest, or as many from the message on that was asked about."""
    lines = told.explained.lines
    asked = next((place for place, line in enumerate(lines) if line.move.ts == told.asked), len(lines))
    start = max(0, min(asked, len(lines) - MOST_LINES))
    return lines[start : start + MOST_LINES]


def _line(told: Told, line: Line) -> Block:
    text = reading(told, line, slack())
    offered = _offered(told, line)
    if not offered:
        return section(text)
    block = section(text, _corrections(told, line.move.ts, offered))
    block.block_id = block_id(line.move.ts)
    return block


def block_id(ts: str) -> str:
    """Of a message's line."""
    return f"why.{ts}"


def _corrections(told: Told, ts: str, offered: Sequence[Verb]) -> BlockElement:
    """A menu needs two choices at least."""
    if len(offered) == 1:
        return ButtonElement(text=_LABELS[offered[0]](), action_id=ONE, value=_value(offered[0], told, ts))
    options = [Option(text=_LABELS[verb](), value=_value(verb, told, ts)) for verb in offered]
    return OverflowMenuElement(action_id=CORRECT, options=options)


def _offered(told: Told, line: Line) -> list[Verb]:
    """What can be said of a message; nothing of one that was taken back, nor of what is no message."""
    move = line.move
    if move.kind not in SPOKEN or line.taken_back:
        return []
    is_person = move.user[:1] in ("U", "W")
    first = next(one for one in told.explained.lines if one.move.kind in SPOKEN)
    split = [] if first is line else [Verb.SPLIT]
    if move.kind is not Kind.THEIRS:
        return [*split, Verb.CUSTOMER] if move.user in told.ours_here else split
    verdicts = [Verb.NEEDED] if not line.needs_reply or _is_unheard(told, line) else []
    verdicts += [Verb.NOT_NEEDED] if line.needs_reply else []
    return [*verdicts, *split, Verb.NOT_CUSTOMER] if is_person else [*verdicts, *split]


def _is_unheard(told: Told, line: Line) -> bool:
    """Whether somebody waits by it of whom nobody is told, as long as only a rule that is silent says so."""
    explained = told.explained
    since = explained.counted.wait.from_ts if explained.counted else ""
    return explained.next is Silence.RULE and line.said_by is None and line.move.ts >= since


def _join(told: Told) -> StaticSelectElement:
    options = [
        forms.option(
            words.other(
                other.customer or nudge_words.someone(),
                local(moment(other.root_ts), told.explained.zone),
            ),
            _value(Verb.JOIN, told, other.root_ts),
        )
        for other in told.others[:MOST_OTHERS]
    ]
    return StaticSelectElement(action_id=JOIN, placeholder=words.JOIN(), options=options)


def _value(verb: Verb, told: Told, ts: str) -> str:
    return f"{verb}:{told.channel}:{ts}:{told.asked}"
