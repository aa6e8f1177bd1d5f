"""What opens from the Home tab to be read: my team's hours."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, time
from itertools import groupby
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.hours import Week
from bot.domain.setup_hours import clock_text
from bot.views import forms
from bot.views.blocks import context, section
from bot.views.words import common, days
from bot.views.words import home_forms as words

MOST_TEAMS = 10
MOST_DAYS_OFF = 6
MOST_ADMINS = 5
WHOLE_DAY = (time(0), time(0))


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


def lines(week: Week) -> Iterator[str]:
    """Days in a row with the same hours share a line."""
    for blocks, run in groupby(range(7), key=week.days.__getitem__):
        same = list(run)
        yield words.open_on(same[0], same[-1], [_block(block) for block in blocks])


def _block(block: tuple[time, time]) -> str:
    opens, shuts = block
    return words.ALL_DAY() if block == WHOLE_DAY else f"{clock_text(opens)}–{clock_text(shuts)}"
