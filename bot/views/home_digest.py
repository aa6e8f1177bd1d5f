"""The form in which somebody chooses what comes to them once a week, and when."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    Option,
    StaticSelectElement,
    TimePickerElement,
)

from bot.domain.weekly import Weekly
from bot.views import forms
from bot.views.forms import field
from bot.views.words import days
from bot.views.words import home_forms as words

FORM = "home.digest_form"
WHAT = "home.digest_what"
DAY = "home.digest_day"
TIME = "home.digest_time"
MINE, MANAGERS = "mine", "managers"


class Chosen(NamedTuple):
    """What comes by direct message: my own week, the weeks of the teams that I lead; and when."""

    mine: bool
    managers: bool
    at: Weekly


def form(chosen: Chosen, *, leads: bool) -> dict[str, Any]:
    """Filled in as it stands. Teams are offered to who leads one."""
    what = {MINE: Option(text=words.MY_WEEK(), value=MINE)}
    what |= {MANAGERS: Option(text=words.MY_TEAMS(), value=MANAGERS)} if leads else {}
    ticked = [what[name] for name in (MINE, MANAGERS) if name in what and getattr(chosen, name)]
    offered = [Option(text=name(), value=str(number)) for number, name in enumerate(days.WEEKDAYS)]
    boxes = CheckboxesElement(action_id=WHAT, options=list(what.values()), initial_options=ticked or None)
    day = StaticSelectElement(action_id=DAY, options=offered, initial_option=offered[chosen.at.weekday])
    clock = TimePickerElement(action_id=TIME, initial_time=f"{chosen.at.clock:%H:%M}")
    blocks: list[Block] = [
        field(WHAT, words.WHAT_LABEL(), boxes, optional=True),
        field(DAY, words.DAY_LABEL(), day),
        field(TIME, words.TIME_LABEL(), clock, words.TIME_HINT()),
    ]
    return forms.modal(FORM, words.DIGEST_TITLE(), words.SAVE(), blocks)


def read(view: Mapping[str, Any]) -> Chosen:
    """What somebody sent off. Raises ValueError for what was not offered."""
    ticked = forms.ticked(view, WHAT)
    hour, _, minute = str(forms.value(view, TIME, "selected_time") or "").partition(":")
    weekday = range(7).index(int(str(forms.chosen(view, DAY))))
    return Chosen(MINE in ticked, MANAGERS in ticked, Weekly(weekday, 60 * int(hour) + int(minute)))


def saved() -> dict[str, Any]:
    """In the place of the form."""
    return forms.told(words.DIGEST_TITLE(), words.SAVED())
