"""The forms around a weekly prompt; each is read back where it is drawn."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from itertools import groupby
from typing import Any
from zoneinfo import ZoneInfo

from slack_sdk.models.blocks import (
    Block,
    DatePickerElement,
    InputBlock,
    Option,
    OptionGroup,
    PlainTextInputElement,
    RadioButtonsElement,
    StaticMultiSelectElement,
    TimePickerElement,
)

from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt, Signal
from bot.domain.prompts import Outcome
from bot.views import forms
from bot.views.blocks import section
from bot.views.forms import chosen, field, option, select, value
from bot.views.message import read_id
from bot.views.words import common
from bot.views.words import kudos as kudos_words
from bot.views.words import prompt_forms as words
from bot.views.words import prompts as prompt_words

TAKE_FORM = "prompts.take_form"
DAY, TIME, SHARE = "prompts.day", "prompts.time", "prompts.share"
WHAT_FORM = "prompts.what_form"
OUTCOME, NOTE = "prompts.outcome", "prompts.note"
BOOK_FORM = "prompts.book_form"
RETIRED = "prompts.retired"
ADD_FORM = "prompts.add_form"
TEAM, TITLE, WHY, ACT = "prompts.team", "prompts.title", "prompts.why", "prompts.act"
QUESTION, NOTICES, DIMENSION = "prompts.question", "prompts.notices", "prompts.dimension"
FEEDS, SIGNALS = "prompts.feeds", "prompts.signals"

SHARE_MAX, NOTE_MAX, TITLE_MAX, SENTENCE_MAX = 150, 1000, 40, 200  # characters
MOST_TEAMS = 20


@dataclass(frozen=True, slots=True)
class Commitment:
    """What somebody wants to do: when to be reminded (None: not), and what the team may read of it (None: nothing)."""

    prompt_id: int
    remind_at: datetime | None
    shared: str | None


@dataclass(frozen=True, slots=True)
class Happened:
    """What came of it, and a note of one's own; each may be missing."""

    prompt_id: int
    outcome: Outcome | None
    note: str | None


def take_form(prompt_id: int, act: str, day: date | None, at: time, shared: str | None) -> dict[str, Any]:
    """When to be reminded, by the clock where the person is, and whether the team is told."""
    share = PlainTextInputElement(
        action_id=SHARE, max_length=SHARE_MAX, initial_value=shared, placeholder=words.SHARE_EXAMPLE()
    )
    picker = DatePickerElement(action_id=DAY, initial_date=day.isoformat() if day else None)
    blocks: list[Block] = [
        section(common.escape(act)),
        field(DAY, words.DAY_LABEL(), picker, words.DAY_HINT(), optional=True),
        field(TIME, words.TIME_LABEL(), TimePickerElement(action_id=TIME, initial_time=f"{at:%H:%M}")),
        field(SHARE, words.SHARE_LABEL(), share, words.SHARE_HINT(), optional=True),
    ]
    return forms.modal(TAKE_FORM, words.TAKE_TITLE(), words.SAVE(), blocks, str(prompt_id))


def read_take(view: Mapping[str, Any], zone: str) -> Commitment:
    """What was sent off. Raises ValueError for what no picker gives."""
    day, at = value(view, DAY, "selected_date"), value(view, TIME, "selected_time") or "09:00"
    remind_at = datetime.combine(date.fromisoformat(day), time.fromisoformat(at), ZoneInfo(zone)) if day else None
    return Commitment(_carried(view), remind_at, _typed(view, SHARE, SHARE_MAX))


def beside_day(sentence: str) -> dict[str, str]:
    """A no, beside the day."""
    return {DAY: sentence}


def what_form(prompt_id: int, act: str, outcome: Outcome | None, note: str | None) -> dict[str, Any]:
    """What happened, for oneself."""
    options = {one: Option(text=text(), value=one) for one, text in prompt_words.OUTCOMES.items()}
    radio = RadioButtonsElement(action_id=OUTCOME, options=list(options.values()))
    radio.initial_option = options[outcome] if outcome else None
    blocks: list[Block] = [
        section(common.escape(act)),
        field(OUTCOME, words.OUTCOME_LABEL(), radio, optional=True),
        field(NOTE, words.NOTE_LABEL(), forms.box(NOTE, note or "", NOTE_MAX), words.NOTE_HINT(), optional=True),
    ]
    return forms.modal(WHAT_FORM, words.WHAT_TITLE(), words.SAVE(), blocks, str(prompt_id))


def read_what(view: Mapping[str, Any]) -> Happened:
    """What was sent off. Raises ValueError for what was not offered."""
    outcome = chosen(view, OUTCOME)
    return Happened(_carried(view), Outcome(outcome) if outcome else None, _typed(view, NOTE, NOTE_MAX))


def book_form(prompts: Sequence[Prompt], retired: Collection[str], teams: Sequence[str]) -> dict[str, Any]:
    """All prompts that could come to who leads these teams (by their names), with those that do not."""
    order = list(Dimension)
    sorted_ = sorted(prompts, key=lambda one: order.index(one.dimension))
    options = {one.id: option(one.title, one.id) for one in sorted_}
    groups = [
        OptionGroup(label=prompt_words.DIMENSIONS[dimension]().capitalize(), options=[options[one.id] for one in these])
        for dimension, these in groupby(sorted_, key=lambda one: one.dimension)
    ]
    menu = StaticMultiSelectElement(
        action_id=RETIRED,
        placeholder=words.PICK(),
        option_groups=groups,
        initial_options=[options[one] for one in options if one in retired] or None,
    )
    names = [common.bold(common.shortened(name)) for name in teams[:MOST_TEAMS]]
    blocks: list[Block] = [
        section(words.book_about(names)),
        field(RETIRED, words.RETIRED_LABEL(), menu, optional=True),
    ]
    return forms.modal(BOOK_FORM, words.BOOK_TITLE(), words.SAVE(), blocks)


def read_book(view: Mapping[str, Any]) -> tuple[str, ...]:
    """The ids of those that are not to come."""
    return tuple(forms.ticked(view, RETIRED))


def add_form(teams: Mapping[str, str]) -> dict[str, Any]:
    """A prompt of people's own, for one of these teams (by its key, with its name)."""
    of_teams = [option(common.shortened(name), key) for key, name in list(teams.items())[:MOST_TEAMS]]
    dimensions = [option(text().capitalize(), one) for one, text in prompt_words.DIMENSIONS.items()]
    feeds = [option(text().capitalize(), one) for one, text in kudos_words.BEHAVIOURS.items()]
    signals = [option(text(), one) for one, text in prompt_words.SIGNALS.items()]
    menu = StaticMultiSelectElement(action_id=SIGNALS, placeholder=words.PICK(), options=signals)
    blocks: list[Block] = [
        field(TEAM, words.TEAM_LABEL(), select(TEAM, of_teams), words.ADD_ABOUT()),
        *(_text(name, label(), most) for name, label, most in _TEXTS),
        field(DIMENSION, words.DIMENSION_LABEL(), select(DIMENSION, dimensions)),
        field(FEEDS, words.FEEDS_LABEL(), select(FEEDS, feeds)),
        field(SIGNALS, words.SIGNALS_LABEL(), menu, words.SIGNALS_HINT(), optional=True),
    ]
    return forms.modal(ADD_FORM, words.ADD_TITLE(), words.SAVE(), blocks)


_TEXTS = (
    (TITLE, words.TITLE_LABEL, TITLE_MAX),
    (WHY, words.WHY_LABEL, SENTENCE_MAX),
    (ACT, words.ACT_LABEL, SENTENCE_MAX),
    (QUESTION, words.QUESTION_LABEL, SENTENCE_MAX),
    (NOTICES, words.NOTICE_LABEL, SENTENCE_MAX),
)


def read_add(view: Mapping[str, Any]) -> Prompt:
    """What was sent off, still without an id. Raises ValueError for what was not offered."""
    title, why, act, question, notice = (_typed(view, name, most) or "?" for name, _, most in _TEXTS)
    return Prompt(
        id="",
        title=title,
        why=why,
        act=act,
        question=question,
        notice=notice,
        dimension=Dimension(str(chosen(view, DIMENSION))),
        feeds=Behaviour(str(chosen(view, FEEDS))),
        signals=tuple(map(Signal, forms.ticked(view, SIGNALS))),
        team=str(chosen(view, TEAM)),
    )


def saved() -> dict[str, Any]:
    """What a form turns into."""
    return forms.told(words.BOOK_TITLE(), words.SAVED())


def beside_title(sentence: str) -> dict[str, str]:
    """A no, beside the name of a prompt."""
    return {TITLE: sentence}


def _text(name: str, label: str, most: int) -> InputBlock:
    return field(name, label, PlainTextInputElement(action_id=name, max_length=most))


def _carried(view: Mapping[str, Any]) -> int:
    found = read_id(view.get("private_metadata"))
    if found is None:
        raise ValueError(view.get("private_metadata"))
    return found


def _typed(view: Mapping[str, Any], name: str, most: int) -> str | None:
    """On one line but for a note, without what nobody sees, and cut where somebody got past the field's own limit."""
    typed = forms.typed(view, name)
    lines = [" ".join("".join(one for one in line if one.isprintable()).split()) for line in typed.splitlines()]
    return ("\n" if name == NOTE else " ").join(lines).strip()[:most].strip() or None
