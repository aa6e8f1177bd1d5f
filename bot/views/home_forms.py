"""What opens from the Home tab to be read: my team's hours, and what is kept about me."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, time
from enum import StrEnum
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.hours import Week
from bot.domain.setup_hours import clock_text
from bot.views import forms
from bot.views.blocks import context, section
from bot.views.words import common, days
from bot.views.words import home_forms as words

EXPORT = "home.export"

MOST_TEAMS = 10
MOST_DAYS_OFF = 6
MOST_ADMINS = 5
WHOLE_DAY = (time(0), time(0))


class Row(StrEnum):
    """Kinds of what is kept about a person."""

    RECEIVED = "received"
    GIVEN = "given"
    ASKED = "asked"
    MESSAGES = "messages"
    ANSWERS = "answers"
    NUDGES = "nudges"
    PROMISES = "promises"
    ASKS = "asks"
    PROMPTS = "prompts"


@dataclass(frozen=True, slots=True)
class Hours:
    """A team's. `days_off` are the next ones."""

    team: str
    week: Week
    days_off: tuple[date, ...] = ()


def hours(teams: Sequence[Hours], admins: Sequence[str]) -> dict[str, Any]:
    """When the clock of those who wait for us runs, and who can change that."""
    blocks: list[Block] = [section(words.WHAT_HOURS_ARE())]
    for one in teams[:MOST_TEAMS]:
        title = words.hours_of(common.bold(common.shortened(one.team)), common.escape(one.week.zone))
        blocks.append(section("\n".join([title, *lines(one.week)])))
        if one.days_off:
            named = [days.named(day) for day in one.days_off[:MOST_DAYS_OFF]]
            blocks.append(context(words.days_off(named)))
    blocks.append(context(words.who_changes(common.people(admins[:MOST_ADMINS]))))
    return forms.shown(words.HOURS_TITLE(), blocks)


def kept(counts: Mapping[Row, int]) -> dict[str, Any]:
    """What is stored about somebody, by its kinds, and how to take along what can be."""
    lines = [words.row(kind, counts.get(kind, 0)) for kind in Row]
    button = ButtonElement(text=words.EXPORT(), action_id=EXPORT)
    blocks = [
        section("\n".join(f"• {line}" for line in [words.PROFILE(), *lines])),
        section(words.NEVER_KEPT()),
        ActionsBlock(elements=[button]),
    ]
    return forms.shown(words.KEPT_TITLE(), blocks)


def told(sentence: str) -> dict[str, Any]:
    """A sentence in the place of what was read."""
    return forms.told(words.KEPT_TITLE(), sentence)


def lines(week: Week) -> Iterator[str]:
    """Days in a row with the same hours share a line."""
    for blocks, run in groupby(range(7), key=week.days.__getitem__):
        same = list(run)
        yield words.open_on(same[0], same[-1], [_block(block) for block in blocks])


def _block(block: tuple[time, time]) -> str:
    opens, shuts = block
    return words.ALL_DAY() if block == WHOLE_DAY else f"{clock_text(opens)}–{clock_text(shuts)}"
