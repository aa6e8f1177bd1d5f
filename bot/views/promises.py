"""Promises: the line of the living list for whoever made one, and the lines of other lists."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.views import snoozes
from bot.views.blocks import context, section
from bot.views.message import date
from bot.views.words import common
from bot.views.words import nudges as nudge_words
from bot.views.words import promises as words

OPEN = "promise.open"
ON_IT = "promise.on_it"
DONE = "promise.done"

MOST_LINES = 8


@dataclass(frozen=True, slots=True)
class Owed:
    """A promise as its maker is told of it. `customer` is a plain name; `due` was `named`, else the target says it."""

    id: int
    channel: str
    customer: str | None
    link: str
    due: datetime
    named: bool = True
    late: bool = False
    on_it_until: datetime | None = None

    @property
    def name(self) -> str:
        """The customer's, unescaped."""
        return common.shortened(self.customer or "") or nudge_words.someone()

    @property
    def bold_name(self) -> str:
        """The customer's, for mrkdwn."""
        return common.bold(self.name)


def in_list(owed: Owed) -> list[Block]:
    """A line of the living list, with its ways out."""
    due = date(owed.due) if owed.named else None
    told = [words.headline(owed.bold_name, common.channel(owed.channel), due)]
    told.append(words.on_it(date(owed.on_it_until)) if owed.on_it_until else words.NOT_READY())
    return [section("\n".join(told)), ActionsBlock(elements=_ways_out(owed))]


def part(owed: Sequence[Owed]) -> list[Block]:
    """Those of a list, under a title of their own; nothing where there are none."""
    return [section(f"*{words.TITLE()}*"), *lines(owed, MOST_LINES)] if owed else []


def lines(owed: Sequence[Owed], most: int) -> list[Block]:
    """So many of a list, and how many are left out."""
    left_out = [context(common.and_more(len(owed) - most))] if len(owed) > most else []
    return [*(section(line(one)) for one in owed[:most]), *left_out]


def line(owed: Owed) -> str:
    """One promise of a list."""
    if owed.on_it_until:
        when = words.you_are_on_it(date(owed.on_it_until))
    elif owed.late:
        when = words.was_due(date(owed.due))
    else:
        when = (words.by if owed.named else words.by_target)(date(owed.due))
    told = words.line(owed.bold_name, common.channel(owed.channel), when)
    return f"{told} · <{owed.link}|{nudge_words.OPEN_THREAD()}>"


def _ways_out(owed: Owed) -> list[Any]:
    value = str(owed.id)
    go = ButtonElement(text=nudge_words.OPEN_THREAD(), action_id=OPEN, url=owed.link, value=value, style="primary")
    done = ButtonElement(text=words.DONE(), action_id=DONE, value=value)
    return [go, snoozes.menu(ON_IT, owed.id, words.ON_IT), done]
