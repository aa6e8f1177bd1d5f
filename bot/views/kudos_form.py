"""The forms of kudos: giving, editing, and what a person wants; each is read back where it is drawn."""

import json
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    Option,
    RadioButtonsElement,
    StaticMultiSelectElement,
    UserMultiSelectElement,
)

from bot.domain.kudos import Announce, Behaviour, Code, Refused, Source, Where
from bot.views.blocks import section
from bot.views.forms import box, chosen, field, modal, ticked, typed, value
from bot.views.message import read_id
from bot.views.words import kudos as words
from bot.views.words import kudos_form as form_words

FORM = "kudos.form"
EDIT_FORM = "kudos.edit_form"
SETTINGS_FORM = "kudos.settings_form"
RECEIVERS = "kudos.receivers"
BEHAVIOURS = "kudos.behaviours"
REASON = "kudos.reason"
WHERE = "kudos.where"
CHOICE = "kudos.choice"
KEEP_THANKS = "kudos.keep_thanks"

_BESIDE = {Code.NOBODY: RECEIVERS, Code.SELF: RECEIVERS, Code.NOT_OURS: RECEIVERS, Code.DAY: RECEIVERS}
_BESIDE |= {Code.PAIR: RECEIVERS, Code.CHANNEL_OFF: WHERE, Code.NO_CHANNEL: WHERE}


@dataclass(frozen=True, slots=True)
class Filled:
    """What stands in the form. `ask_id` is the question that it answers, `kudos_id` what is being edited."""

    receivers: tuple[str, ...] = ()
    behaviours: tuple[Behaviour, ...] = ()
    reason: str = ""
    where: Where = Where.PRIVATE
    source: Source | None = None
    ask_id: int | None = None
    kudos_id: int | None = None


def form(filled: Filled, offered: Collection[Where], note: str = "") -> dict[str, Any]:
    """The modal for giving. `offered` are the places where it may be heard, `note` a word above the fields."""
    blocks: list[Block] = [section(note)] if note else []
    blocks += [_receivers(filled.receivers), _reason(filled.reason), _behaviours(filled.behaviours)]
    blocks.append(_where(filled.where, offered))
    return modal(FORM, form_words.FORM_TITLE(), form_words.GIVE(), blocks, _carried(filled))


def edit_form(filled: Filled) -> dict[str, Any]:
    """The modal in which the giver finds other words."""
    blocks: list[Block] = [_reason(filled.reason), _behaviours(filled.behaviours)]
    return modal(EDIT_FORM, form_words.EDIT_TITLE(), form_words.SAVE(), blocks, _carried(filled))


def read_form(view: Mapping[str, Any]) -> Filled:
    """What somebody sent off in one of the two forms above."""
    carried, where = json.loads(view["private_metadata"]), chosen(view, WHERE)
    return Filled(
        receivers=tuple(value(view, RECEIVERS, "selected_users") or ()),
        behaviours=tuple(map(Behaviour, ticked(view, BEHAVIOURS))),
        reason=typed(view, REASON),
        where=Where(where) if where else Where.PRIVATE,
        source=Source(*carried["source"]) if carried.get("source") else None,
        ask_id=read_id(carried.get("ask")),
        kudos_id=read_id(carried.get("kudos")),
    )


def beside(refused: Refused, names: Mapping[str, str], *, editing: bool = False) -> dict[str, str]:
    """A refusal, beside the field that it is about. `names` are people's own, since nothing is drawn there."""
    who = [names.get(user, user) for user in refused.who]
    return {REASON if editing else _BESIDE.get(refused.code, REASON): words.refused(refused, who)}


def settings_form(announce: Announce, keep_thanks: bool) -> dict[str, Any]:
    """What a person wants to happen with kudos for them."""
    choices = {one: Option(text=text(), value=one) for one, text in form_words.CHOICES.items()}
    keep = Option(text=form_words.KEEP_THANKS(), value=KEEP_THANKS)
    radio = RadioButtonsElement(
        action_id=CHOICE, options=list(choices.values()), initial_option=choices[Announce(announce)]
    )
    boxes = CheckboxesElement(action_id=KEEP_THANKS, options=[keep], initial_options=[keep] if keep_thanks else None)
    blocks: list[Block] = [
        field(CHOICE, form_words.CHOICE_LABEL(), radio, form_words.CHOICE_HINT()),
        field(KEEP_THANKS, form_words.KEEP_LABEL(), boxes, words.KEEP_HINT(), optional=True),
    ]
    return modal(SETTINGS_FORM, form_words.SETTINGS_TITLE(), form_words.SAVE(), blocks)


def read_settings(view: Mapping[str, Any]) -> tuple[Announce, bool]:
    """Whether to announce, and whether to ask about customers' thanks. Raises ValueError for what was not offered."""
    return Announce(str(chosen(view, CHOICE))), bool(ticked(view, KEEP_THANKS))


def _carried(filled: Filled) -> str:
    source = filled.source and [filled.source.channel, filled.source.ts, filled.source.root_ts]
    ids = {"ask": filled.ask_id, "kudos": filled.kudos_id}
    return json.dumps({"source": source} | {name: str(one) for name, one in ids.items() if one is not None})


def _receivers(users: Iterable[str]) -> InputBlock:
    picker = UserMultiSelectElement(
        action_id=RECEIVERS, placeholder=form_words.PICK_PEOPLE(), initial_users=list(users) or None
    )
    return field(RECEIVERS, form_words.WHO_LABEL(), picker)


def _reason(reason: str) -> InputBlock:
    return field(REASON, form_words.REASON_LABEL(), box(REASON, reason), form_words.REASON_HINT())


def _behaviours(named: Collection[Behaviour]) -> InputBlock:
    options = {one: Option(text=text().capitalize(), value=one) for one, text in words.BEHAVIOURS.items()}
    menu = StaticMultiSelectElement(
        action_id=BEHAVIOURS,
        placeholder=form_words.PICK_BEHAVIOURS(),
        options=list(options.values()),
        initial_options=[options[one] for one in named] or None,
    )
    return field(BEHAVIOURS, form_words.BEHAVIOURS_LABEL(), menu, form_words.BEHAVIOURS_HINT(), optional=True)


def _where(where: Where, offered: Collection[Where]) -> InputBlock:
    options = {one: Option(text=text(), value=one) for one, text in form_words.PLACES.items() if one in offered}
    radio = RadioButtonsElement(
        action_id=WHERE, options=list(options.values()), initial_option=options.get(where, options[Where.PRIVATE])
    )
    return field(WHERE, form_words.WHERE_LABEL(), radio, form_words.WHERE_HINT())
