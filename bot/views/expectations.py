"""What can reasonably be expected of a team: for whoever leads it, with the change that would follow a click away."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import Any, NamedTuple

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.expectations import OutOfReach, TooFast
from bot.views.blocks import context, section
from bot.views.words import expectations as words

TAKE = "expectations.take"
_OFFER = re.compile(r"([a-z0-9][a-z0-9_-]{0,39}):(\d{1,7}):(\d{1,7})")


@dataclass(frozen=True, slots=True)
class Expectation:
    """What there is to tell of a team; `team` is its key."""

    team: str
    reach: OutOfReach | None
    haste: TooFast | None


class Offer(NamedTuple):
    """A target for first answers, in working seconds, in the place of the one that was told of."""

    team: str
    target: int
    before: int


def blocks(of: Expectation) -> Iterator[Block]:
    """A line each, and the button where a better target is known."""
    if of.reach:
        yield section(" ".join(_reach(of.reach)))
        if of.reach.better:
            yield ActionsBlock(elements=[_button(of, of.reach.target, of.reach.better)])
    if of.haste:
        yield section(words.too_fast(of.haste.hourly, of.haste.again, of.haste.again_else))
    yield context(words.NOT_EFFORT())


def read_offer(action: Mapping[str, Any]) -> Offer | None:
    """What the button carries; None for what we never drew."""
    match = _OFFER.fullmatch(str(action.get("value")))
    return Offer(match[1], int(match[2]), int(match[3])) if match else None


def _reach(reach: OutOfReach) -> Iterator[str]:
    yield words.out_of_reach(timedelta(seconds=reach.target), reach.share, reach.weekday)
    if reach.better:
        yield words.better(timedelta(seconds=reach.better), reach.better_share)
    else:
        yield words.NO_BETTER()


def _button(of: Expectation, before: int, better: int) -> ButtonElement:
    value = f"{of.team}:{better}:{before}"
    return ButtonElement(text=words.take(timedelta(seconds=better)), action_id=TAKE, value=value)
