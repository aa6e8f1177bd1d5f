"""The ways out of a line of the living list that ask one thing more: small forms that act at once, and then say so."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    DateTimePickerElement,
    PlainTextObject,
    UserSelectElement,
)

from bot.domain.nudges import Snooze
from bot.views import forms, nudges
from bot.views import living_list as list_views
from bot.views.blocks import context, section
from bot.views.message import date, read_id
from bot.views.nudges import Waiting
from bot.views.words import common
from bot.views.words import living_list as list_words
from bot.views.words import ways_out as words

SNOOZE_HOUR = "list.snooze_hour"
SNOOZE_AFTERNOON = "list.snooze_afternoon"
SNOOZE_TOMORROW = "list.snooze_tomorrow"
UNTIL_FORM = "list.until_form"
UNTIL = "list.until"
HAND_TO = "list.hand_to"
HAND_TO_OTHER = "list.hand_to_other"
NO_REPLY = "list.no_reply"
BOUNDARY = "list.boundary"
WHY = "list.why"
NOT_NEEDED = "list.not_needed"

MOST_MATES = 5

_SPANS = {
    SNOOZE_HOUR: (Snooze.HOUR, words.AGAIN_HOUR),
    SNOOZE_AFTERNOON: (Snooze.AFTERNOON, words.AGAIN_AFTERNOON),
    SNOOZE_TOMORROW: (Snooze.TOMORROW, words.AGAIN_TOMORROW),
}
SNOOZES = tuple(_SPANS)


@dataclass(frozen=True, slots=True)
class Mate:
    """A teammate, and how many customers wait for them already. `back` is when their work begins; None: on duty."""

    user: str
    open: int = 0
    back: datetime | None = None


@dataclass(frozen=True, slots=True)
class Press:
    """A button of these forms. `user` is who was picked, where somebody was."""

    view_id: str
    nudge_id: int | None
    action_id: str
    user: str | None = None


def on_it(nudge_id: int, waiting: Waiting, offered: Collection[Snooze] = tuple(Snooze)) -> dict[str, Any]:
    """*I'm on it / snooze until…*; `offered` are the snoozes that make sense at this hour."""
    claim = ButtonElement(text=words.ON_IT(), action_id=list_views.CLAIM, value=str(nudge_id), style="primary")
    spans = [
        ButtonElement(text=label(), action_id=action, value=str(nudge_id))
        for action, (choice, label) in _SPANS.items()
        if choice in offered
    ]
    blocks: list[Block] = [
        section(_about(waiting)),
        ActionsBlock(elements=[claim]),
        context(words.ON_IT_MEANS()),
        section(words.AGAIN()),
        ActionsBlock(elements=spans),
        forms.field(UNTIL, words.UNTIL(), DateTimePickerElement(action_id=UNTIL), words.UNTIL_HINT(), optional=True),
    ]
    return forms.modal(UNTIL_FORM, words.ON_IT_TITLE(), words.UNTIL_SUBMIT(), blocks, str(nudge_id))


def hand_over(nudge_id: int, waiting: Waiting, mates: Sequence[Mate], refused: str = "") -> dict[str, Any]:
    """*Hand over*: who is on duty, else who is back first, and anybody else. `refused`: why a pick could not be."""
    asked = words.who_can_take(waiting.bold_name, common.channel(waiting.channel))
    picker = UserSelectElement(action_id=HAND_TO_OTHER, placeholder=PlainTextObject(text=words.SOMEBODY_ELSE()))
    all_off = any(one.back for one in mates)
    blocks: list[Block] = [section(f"{asked}\n{words.HAND_OVER_LATER() if all_off else words.HAND_OVER_MEANS()}")]
    blocks += [section(f":information_source: {refused}")] if refused else []
    blocks += [context(words.BACK_FIRST() if all_off else words.ON_DUTY_NOW())] if mates else []
    blocks += [_mate(one) for one in mates[:MOST_MATES]]
    blocks.append(ActionsBlock(elements=[picker]))
    return forms.modal("", words.HAND_OVER_TITLE(), "", blocks, str(nudge_id))


def more(nudge_id: int, waiting: Waiting) -> dict[str, Any]:
    """*More…*: what is wanted now and then."""
    entries = (
        (NO_REPLY, words.NO_REPLY(), words.NO_REPLY_MEANS()),
        (BOUNDARY, words.BOUNDARY(), words.BOUNDARY_MEANS()),
        (WHY, words.WHY(), words.WHY_MEANS()),
        (NOT_NEEDED, words.NOT_NEEDED(), words.NOT_NEEDED_MEANS()),
    )
    lines = [
        section(means, ButtonElement(text=label, action_id=action, value=action)) for action, label, means in entries
    ]
    return forms.modal("", words.MORE_TITLE(), "", [section(_about(waiting)), *lines], str(nudge_id))


def done(sentence: str) -> dict[str, Any]:
    """What a form turns into: one line that says what was done."""
    return forms.shown(words.DONE_TITLE(), [section(f":white_check_mark: {sentence}")])


def not_done(sentence: str) -> dict[str, Any]:
    """The same where nothing was done, and why."""
    return forms.told(words.NOT_DONE_TITLE(), sentence)


def read_press(body: Mapping[str, Any], action: Mapping[str, Any]) -> Press:
    """What was pressed or picked in one of these forms."""
    view, action_id = body["view"], str(action["action_id"])
    picked = action.get("selected_user") or (action.get("value") if action_id == HAND_TO else None)
    return Press(str(view["id"]), read_id(view["private_metadata"]), action_id, picked)


def read_snooze(press: Press) -> Snooze:
    """How long it may wait. Raises KeyError for what was not offered."""
    return _SPANS[press.action_id][0]


def read_until(view: Mapping[str, Any]) -> tuple[int | None, datetime | None]:
    """The nudge, and the moment that was picked."""
    picked = forms.value(view, UNTIL, "selected_date_time")
    return read_id(view["private_metadata"]), datetime.fromtimestamp(picked, UTC) if picked else None


def beside_until(sentence: str) -> dict[str, str]:
    """What is wrong with the moment that was picked."""
    return {UNTIL: sentence}


def claimed(waiting: Waiting) -> str:
    """After *I'm on it*."""
    return words.you_have(waiting.bold_name)


def asleep(waiting: Waiting, until: datetime) -> str:
    """After a snooze."""
    return words.asleep(waiting.bold_name, date(until))


def handed(waiting: Waiting, to: str) -> str:
    """After *Hand over*."""
    return nudges.passed_on(waiting, to)


def closed(waiting: Waiting) -> str:
    """After *No reply needed*."""
    return words.no_reply(waiting.bold_name)


def not_needed(waiting: Waiting) -> str:
    """After *Not needed*."""
    return words.not_needed(waiting.bold_name)


def _about(one: Waiting) -> str:
    return list_words.waits(one.bold_name, common.channel(one.channel), one.waited, one.target)


def _mate(mate: Mate) -> Block:
    button = ButtonElement(text=words.HAND_OVER(), action_id=HAND_TO, value=mate.user)
    told = words.mate(common.person(mate.user), mate.open)
    return section(words.off_until(told, date(mate.back)) if mate.back else told, button)
