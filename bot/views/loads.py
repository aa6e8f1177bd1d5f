"""Too much for one person: the form in which those who lead them take something off."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import Block, ButtonElement, CheckboxesElement, MarkdownTextObject, Option

from bot.views import forms
from bot.views.blocks import context, section
from bot.views.message import read_id
from bot.views.nudges import Waiting
from bot.views.words import common
from bot.views.words import loads as words
from bot.views.words import ways_out as ways_out_words

TAKE_OFF = "load.take_off"
FORM = "load.form"
WHICH, WHICH_MORE = "load.which", "load.which_more"
WHO = "load.who"

IN_A_FIELD = 10  # Slack's, of checkboxes
MOST_WAITS = 2 * IN_A_FIELD
MOST_MATES = 90  # Slack takes 100 options


@dataclass(frozen=True, slots=True)
class Free:
    """A teammate on duty, by a plain name, and how many customers wait for them already."""

    user: str
    name: str
    open: int


@dataclass(frozen=True, slots=True)
class Burden:
    """What somebody has. `waits` are all of them, longest first; `mates` could take some."""

    user: str
    open: int
    limit: int
    waits: Sequence[tuple[int, Waiting]]
    mates: Sequence[Free]


@dataclass(frozen=True, slots=True)
class Pick:
    """What was sent off. `to` is None for whoever has least."""

    user: str
    wait_ids: tuple[int, ...]
    to: str | None


def button(user: str) -> ButtonElement:
    """Beside a line that says that somebody has too much."""
    return ButtonElement(text=words.TAKE_OFF(), action_id=TAKE_OFF, value=user)


def read_press(action: Mapping[str, Any]) -> str:
    """Off whom."""
    return str(action.get("value") or "")


def form(burden: Burden) -> dict[str, Any]:
    """*Take off…*: which of them, and who takes them."""
    blocks: list[Block] = [section(words.too_much(common.person(burden.user), burden.open, burden.limit))]
    names = (WHICH, words.WHICH(), words.WHICH_HINT()), (WHICH_MORE, words.WHICH_MORE(), "")
    for place, (name, label, hint) in enumerate(names):
        some = burden.waits[place * IN_A_FIELD :][:IN_A_FIELD]
        if some:
            blocks.append(forms.field(name, label, _boxes(name, some), hint, optional=True))
    if left_out := len(burden.waits[MOST_WAITS:]):
        blocks.append(context(words.left_out(left_out)))
    mates = [forms.option(ways_out_words.mate(one.name, one.open), one.user) for one in burden.mates[:MOST_MATES]]
    blocks.append(forms.field(WHO, words.WHO(), forms.select(WHO, [forms.option(words.WHOEVER(), "any"), *mates])))
    return forms.modal(FORM, words.TITLE(), words.SUBMIT(), blocks, burden.user)


def read(view: Mapping[str, Any]) -> Pick:
    """What was sent off."""
    ticked = [*(forms.value(view, WHICH, "selected_options") or ())]
    ticked += forms.value(view, WHICH_MORE, "selected_options") or ()
    ids = [read_id(one["value"]) for one in ticked]
    to = forms.chosen(view, WHO)
    return Pick(
        str(view["private_metadata"]), tuple(one for one in ids if one is not None), None if to == "any" else to
    )


def beside(sentence: str) -> dict[str, str]:
    """A no, beside what was to be ticked."""
    return {WHICH: sentence}


def not_now(sentence: str) -> dict[str, Any]:
    """In the place of the form."""
    return forms.told(words.TITLE(), sentence)


def done(user: str, moved: Mapping[str, int]) -> dict[str, Any]:
    """What the form turns into."""
    told = words.taken_off(common.person(user), [(common.person(to), many) for to, many in moved.items()])
    return forms.shown(words.TITLE(), [section(f":white_check_mark: {told}")])


def _boxes(name: str, waits: Sequence[tuple[int, Waiting]]) -> CheckboxesElement:
    return CheckboxesElement(action_id=name, options=[_option(wait_id, one) for wait_id, one in waits])


def _option(wait_id: int, one: Waiting) -> Option:
    """With as much of the name as an option has room for."""
    name, where = one.name, common.channel(one.channel)
    while len(told := words.waits(common.bold(name), where, one.waited)) > forms.OPTION_MAX:
        name = f"{name[:-2].rstrip()}…"
    return Option(text=MarkdownTextObject(text=told), value=str(wait_id))
