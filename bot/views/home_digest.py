"""The form in which somebody chooses what comes to them once a week, and when."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from slack_sdk.models.blocks import (
    Block,
    CheckboxesElement,
    InputBlock,
    InputInteractiveElement,
    Option,
    PlainTextObject,
    StaticSelectElement,
    TimePickerElement,
)
from slack_sdk.models.views import View

from bot.domain.weekly import Weekly
from bot.views.kudos import section
from bot.views.words import common, days
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
    what = {MINE: Option(text=words.MY_WEEK, value=MINE)}
    what |= {MANAGERS: Option(text=words.MY_TEAMS, value=MANAGERS)} if leads else {}
    ticked = [what[name] for name in (MINE, MANAGERS) if name in what and getattr(chosen, name)]
    offered = [Option(text=name, value=str(number)) for number, name in enumerate(days.WEEKDAYS)]
    boxes = CheckboxesElement(action_id=WHAT, options=list(what.values()), initial_options=ticked or None)
    day = StaticSelectElement(action_id=DAY, options=offered, initial_option=offered[chosen.at.weekday])
    clock = TimePickerElement(action_id=TIME, initial_time=f"{chosen.at.clock:%H:%M}")
    blocks: list[Block] = [
        _input(WHAT, words.WHAT_LABEL, boxes, optional=True),
        _input(DAY, words.DAY_LABEL, day),
        _input(TIME, words.TIME_LABEL, clock, words.TIME_HINT),
    ]
    return _modal(blocks, words.SAVE)


def read(view: Mapping[str, Any]) -> Chosen:
    """What somebody sent off. Raises ValueError for what was not offered."""
    values = view["state"]["values"]
    ticked = {option["value"] for option in values[WHAT][WHAT].get("selected_options") or ()}
    hour, _, minute = str(values[TIME][TIME].get("selected_time") or "").partition(":")
    weekday = range(7).index(int(values[DAY][DAY]["selected_option"]["value"]))
    return Chosen(MINE in ticked, MANAGERS in ticked, Weekly(weekday, 60 * int(hour) + int(minute)))


def saved() -> dict[str, Any]:
    """In the place of the form."""
    return _modal([section(words.SAVED)])


def _input(
    name: str, label: str, element: InputInteractiveElement, hint: str = "", *, optional: bool = False
) -> InputBlock:
    return InputBlock(
        block_id=name,
        label=PlainTextObject(text=label),
        element=element,
        hint=PlainTextObject(text=hint) if hint else None,
        optional=optional,
    )


def _modal(blocks: list[Block], submit: str = "") -> dict[str, Any]:
    return View(
        type="modal",
        callback_id=FORM if submit else None,
        title=PlainTextObject(text=words.DIGEST_TITLE),
        submit=PlainTextObject(text=submit) if submit else None,
        close=PlainTextObject(text=common.CANCEL if submit else common.CLOSE),
        blocks=blocks,
    ).to_dict()
