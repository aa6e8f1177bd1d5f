"""Boundary calls: the form, what the agent has in hand at once, and what is said afterwards."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    RadioButtonsElement,
    StaticSelectElement,
)

from bot.domain.asks import LINE_MAX, Outcome
from bot.domain.boundary import Case, may_answer
from bot.domain.kudos import Source
from bot.views import forms
from bot.views.blocks import context, quoted, section
from bot.views.forms import field
from bot.views.message import Message, date, one_line
from bot.views.words import boundary as words
from bot.views.words import common

READY = "boundary.ready"
FINE = "boundary.fine"
TALK = "boundary.talk"
FORM = "boundary.form"
WHICH = "boundary.which"
CASE = "boundary.case"
LINE = "boundary.line"

MOST_CHOICES = 25
MOST_BACKING = 2500  # characters, of a section's 3,000
NONE = "none"
DAY = "{date_short_pretty}"
SAME_BACKING = words.TODAY


@dataclass(frozen=True, slots=True)
class Choice:
    """A conversation that a call may be about; plain names."""

    source: Source
    customer: str
    channel: str


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form. `source` is None where the call is about no message in Slack."""

    source: Source | None = None
    case: Case | None = None
    line: str = ""


@dataclass(frozen=True, slots=True)
class Hand:
    """What an agent has in hand after a call: `policy`, `sentence` and `backing` as the team's people wrote them.

    `link` leads to the conversation of which nobody is reminded any more; None where there is none.
    """

    ask_id: int
    case: Case
    policy: str | None = None
    sentence: str | None = None
    backing: tuple[str, ...] = ()
    link: str | None = None
    breather_until: datetime | None = None
    outcome: Outcome | None = None


@dataclass(frozen=True, slots=True)
class MetBefore:
    """A call about a customer, as the next agent reads of it. `why` is the manager's line."""

    case: Case
    called_at: datetime
    outcome: Outcome | None = None
    why: str = ""


def form(filled: Filled, choices: Sequence[Choice] | None = None) -> dict[str, Any]:
    """The modal for calling. `choices` are the conversations to pick from, where it is not clear which is meant."""
    blocks: list[Block] = [section(words.FORM_INTRO())]
    if choices is not None:
        blocks.append(field(WHICH, words.WHICH(), _conversations(choices), words.WHICH_HINT()))
    blocks.append(field(CASE, words.WHAT(), _cases(filled.case)))
    blocks.append(field(LINE, words.LINE(), forms.box(LINE, filled.line, LINE_MAX), words.LINE_HINT()))
    return forms.modal(FORM, words.NAME(), words.SEND(), blocks, json.dumps(_carried(filled.source)))


def read_form(view: Mapping[str, Any]) -> Filled:
    """What somebody sent off. Raises ValueError for what was not offered."""
    carried, picked = json.loads(view["private_metadata"]), forms.chosen(view, WHICH)
    if picked and picked != NONE:
        carried = json.loads(picked)
    case = Case(str(forms.chosen(view, CASE)))
    return Filled(Source(*carried) if carried else None, case, forms.typed(view, LINE))


def beside_line(sentence: str) -> dict[str, str]:
    """What is wrong, shown beside the line."""
    return {LINE: sentence}


def in_hand(hand: Hand) -> Message:
    """To the agent, at once, and kept: what they can stand on."""
    blocks = _stand_on(hand)
    if hand.breather_until:
        ready = ButtonElement(text=words.READY(), action_id=READY, value=str(hand.ask_id))
        blocks += [section(words.breather(date(hand.breather_until))), ActionsBlock(elements=[ready])]
    return Message(words.called(hand.case), tuple(blocks))


def in_hand_view(hand: Hand, told: str) -> dict[str, Any]:
    """The same in the place of the form. `told` says who has heard."""
    headline, *rest = _stand_on(hand)
    return forms.shown(words.NAME(), [headline, context(told), *rest, context(words.KEPT())])


def taken_back() -> Message:
    """What stays of a call that was a slip."""
    return one_line(words.TAKEN_BACK())


def check_in(ask_id: int, called_at: datetime) -> Message:
    """The next working day, in private."""
    buttons = [
        ButtonElement(text=words.FINE(), action_id=FINE, value=str(ask_id)),
        ButtonElement(text=words.TALK(), action_id=TALK, value=str(ask_id)),
    ]
    asked = words.check_in(date(called_at, DAY))
    return Message(words.CHECK_IN(), (section(asked), ActionsBlock(elements=buttons), context(words.CHECK_IN_NOTE())))


def before_line(met: MetBefore) -> Block:
    """To the next agent, in their list; there it is said once what to do where it happens again."""
    said = words.met_before(met.case, date(met.called_at, DAY), met.outcome)
    why = [quoted(met.why)] if met.why and met.outcome else []
    return section("\n".join([f"*{words.BEFORE_YOU()}:* {said}", *why]))


def bullets(sentences: Sequence[str]) -> list[str]:
    """As many as fit into a section, and how many do not."""
    lines, length = list[str](), 0
    for line in (f"• {common.escape(sentence)}" for sentence in sentences):
        length += len(line) + 1
        if length <= MOST_BACKING:
            lines.append(line)
    left_out = len(sentences) - len(lines)
    return [*lines, words.more(left_out)] if left_out else lines


def _stand_on(hand: Hand) -> list[Block]:
    """Where the agent is right, their backing comes first. Once others go on with it, nothing is left to stand on."""
    head = [section(_headline(hand)), context(*_stopped(hand))]
    if hand.outcome not in (None, Outcome.BACK):
        return head
    backing, policy = _backing(hand.backing), [section(f"*{words.POLICY()}*\n{_policy(hand)}")]
    known = [*backing, *policy] if may_answer(hand.case) else [*policy, *backing]
    return [*head, *known, *_sentence(hand)]


def _headline(hand: Hand) -> str:
    if hand.outcome in words.AFTER:
        return words.AFTER[hand.outcome]()
    return f"*{words.HEADLINES[hand.case]()}* {words.ANSWER_NOW() if may_answer(hand.case) else words.NO_NEED()}"


def _stopped(hand: Hand) -> list[str]:
    return [words.STOPPED(), f"<{hand.link}|{words.OPEN()}>"] if hand.link else [words.TOLD_ONLY()]


def _policy(hand: Hand) -> str:
    return common.escape(hand.policy) if hand.policy else words.POLICIES[hand.case]()


def _sentence(hand: Hand) -> list[Block]:
    suggested = quoted(hand.sentence or words.SENTENCES[hand.case]())
    return [section(f"*{words.SENTENCE()}*\n{suggested}"), context(words.SENTENCE_NOTE())]


def _backing(sentences: Sequence[str]) -> list[Block]:
    lines = bullets(sentences)
    return [section("\n".join([f"*{words.BACKING()}*", *lines]))] if lines else []


def _conversations(choices: Sequence[Choice]) -> StaticSelectElement:
    """With the way out that it is about none of them."""
    options = [
        forms.option(words.option(common.shortened(one.customer), one.channel), _packed(one.source))
        for one in choices[:MOST_CHOICES]
    ]
    none = Option(text=words.NONE_OF_THESE(), value=NONE)
    menu = StaticSelectElement(action_id=WHICH, options=[*options, none])
    menu.initial_option = none if not options else None
    return menu


def _cases(chosen: Case | None) -> RadioButtonsElement:
    options = {
        case: Option(text=words.CASES[case](), value=case, description=words.CASES_MEAN[case]()) for case in Case
    }
    return RadioButtonsElement(
        action_id=CASE, options=list(options.values()), initial_option=options[chosen] if chosen else None
    )


def _carried(source: Source | None) -> list[str] | None:
    return [source.channel, source.ts, source.root_ts] if source else None


def _packed(source: Source) -> str:
    return json.dumps(_carried(source), separators=(",", ":"))
