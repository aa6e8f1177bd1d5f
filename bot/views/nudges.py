"""Nudges: the message, its buttons, and what is left of it when the wait is over."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    PlainTextObject,
    UserSelectElement,
)

from bot.domain.conversations import EndedBy
from bot.views import boundary, forms, snoozes
from bot.views.blocks import context, section
from bot.views.message import Message, date, read_id
from bot.views.words import ask_forms as ask_words
from bot.views.words import common
from bot.views.words import nudges as words

OPEN = "nudge.open"
CLAIM = "nudge.claim"
SNOOZE = "nudge.snooze"
HAND_OVER = "nudge.hand_over"
NO_REPLY = "nudge.no_reply"
ASK = "nudge.ask"
HAND_OVER_FORM = "nudge.hand_over_form"
HAND_OVER_TO = "nudge.hand_over_to"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait as a person is told of it. `customer` is a plain name; `waited` and `target` are working time."""

    channel: str
    customer: str | None
    link: str
    waited: timedelta
    target: timedelta
    owner: str | None = None
    new_here: bool = False

    @property
    def name(self) -> str:
        """The customer's, unescaped."""
        return common.shortened(self.customer or "") or words.someone()

    @property
    def bold_name(self) -> str:
        """The customer's, for mrkdwn."""
        return common.bold(self.name)


def nudge(
    nudge_id: int, say: str, waiting: Waiting, note: str = "", before: boundary.MetBefore | None = None
) -> Message:
    """The cue to answer. `note` tells what became of it so far (claimed, snoozed); `before`, what there is to know."""
    owner = common.person(waiting.owner) if waiting.owner else None
    headline = words.nudge_headline(say, waiting.bold_name, common.channel(waiting.channel), owner)
    details = [words.waiting_for(waiting.waited, waiting.target)]
    details += [words.new_here()] if waiting.new_here else []
    blocks: list[Block] = [
        section(headline),
        context(f":hourglass_flowing_sand: {' '.join(details)}"),
    ]
    blocks += boundary.before_you(before) if before else []
    if note:
        blocks.append(section(note))
    blocks.append(ActionsBlock(elements=_ways_out(nudge_id, say, waiting.link)))
    return Message(words.nudge_fallback(say, waiting.name), tuple(blocks))


def over(sentence: str, link: str) -> Message:
    """What stays of a nudge: one line, and no buttons but the way to the thread in the text."""
    return Message(sentence, (section(f":white_check_mark: {sentence} <{link}|{words.OPEN_THREAD}>"),))


def ended(waiting: Waiting, ended_by: EndedBy | None, by: str | None, reader: str) -> Message:
    """A nudge whose wait is over, to the one who got it."""
    return over(how_it_ended(waiting, ended_by, by, reader), waiting.link)


def passed_on(waiting: Waiting, to: str) -> str:
    """To the one who handed over."""
    return words.handed_over(waiting.bold_name, common.person(to))


def how_it_ended(waiting: Waiting, ended_by: EndedBy | None, by: str | None, reader: str) -> str:
    """The same as a sentence."""
    name, who = waiting.bold_name, common.person(by) if by else None
    if ended_by is EndedBy.ANSWER and by == reader:
        return words.answered_by_you(name, waiting.waited)
    if ended_by is EndedBy.ANSWER and who:
        return words.answered(name, who, waiting.waited)
    if ended_by is EndedBy.DELETED:
        return words.taken_back(name)
    if ended_by is EndedBy.NEVER:
        return words.never_waited(name)
    if ended_by is EndedBy.BOUNDARY:
        return words.left_alone(name)
    return words.closed(name, who)


def hand_over_form(nudge_id: int) -> dict[str, Any]:
    """The modal that asks who can take it."""
    picker = UserSelectElement(action_id=HAND_OVER_TO, placeholder=PlainTextObject(text=words.PICK_PERSON))
    field = forms.field(HAND_OVER_TO, words.HAND_OVER_TO, picker, words.HAND_OVER_HINT)
    return forms.modal(HAND_OVER_FORM, words.HAND_OVER_TITLE, words.HAND_OVER_SUBMIT, [field], str(nudge_id))


def read_hand_over(view: Mapping[str, Any]) -> tuple[int | None, str | None]:
    """The nudge and the person picked in the form above."""
    return read_id(view["private_metadata"]), forms.value(view, HAND_OVER_TO, "selected_user")


def beside_picker(sentence: str) -> dict[str, str]:
    """What is wrong with the person picked, shown beside the field."""
    return {HAND_OVER_TO: sentence}


def note_claimed(by: str, reader: str) -> str:
    """The line under a nudge that someone took on."""
    return words.on_it_you() if by == reader else words.on_it(common.person(by))


def note_snoozed(until: datetime) -> str:
    """The line under a snoozed nudge."""
    return words.snoozed(date(until))


def note_paused(until: datetime) -> str:
    """The line under a nudge while we wait on the customer."""
    return words.paused(date(until))


def _ways_out(nudge_id: int, say: str, link: str) -> list[Any]:
    value = str(nudge_id)
    go = ButtonElement(text=words.OPEN_THREAD, action_id=OPEN, url=link, value=value, style="primary")
    claim = ButtonElement(text=words.IM_ON_IT, action_id=CLAIM, value=value)
    if say in ("lend_hand", "how_help"):
        return [go, claim]
    snooze = snoozes.menu(SNOOZE, nudge_id)
    over_to = ButtonElement(text=words.HAND_OVER, action_id=HAND_OVER, value=value)
    done = ButtonElement(text=words.NO_REPLY_NEEDED, action_id=NO_REPLY, value=value)
    if say == "help":
        ask = ButtonElement(text=ask_words.ASK_FOR_HELP, action_id=ASK, value=value)
        return [go, ask, claim, snooze, over_to, done, boundary.button(value)]
    return [go, claim, snooze, over_to, done]
