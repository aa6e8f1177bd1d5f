"""Nudges that are posts of their own, as those in home channels are; and how people read of a wait that is over."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.conversations import EndedBy
from bot.views.blocks import context, section
from bot.views.message import Message, date
from bot.views.words import common
from bot.views.words import nudges as words

OPEN = "nudge.open"
CLAIM = "nudge.claim"


@dataclass(frozen=True, slots=True)
class Waiting:
    """A wait as a person is told of it. `customer` is a plain name; `waited` and `target` are working time.

    Until `snoozed_until` or `paused_until`, nothing is asked of its owner; `covers_for` is in whose place they have it.
    """

    channel: str
    customer: str | None
    link: str
    waited: timedelta
    target: timedelta
    owner: str | None = None
    new_here: bool = False
    snoozed_until: datetime | None = None
    paused_until: datetime | None = None
    covers_for: str | None = None

    @property
    def is_set_aside(self) -> bool:
        """Whether nothing is asked of its owner for now."""
        return self.paused_until is not None or self.snoozed_until is not None

    @property
    def name(self) -> str:
        """The customer's, unescaped."""
        return common.shortened(self.customer or "") or words.someone()

    @property
    def bold_name(self) -> str:
        """The customer's, for mrkdwn."""
        return common.bold(self.name)


def nudge(nudge_id: int, say: str, waiting: Waiting, note: str = "") -> Message:
    """The word to a team. `note` tells what became of it so far (claimed, snoozed)."""
    owner = common.person(waiting.owner) if waiting.owner else None
    headline = words.nudge_headline(say, waiting.bold_name, common.channel(waiting.channel), owner)
    details = [words.waiting_for(waiting.waited, waiting.target)]
    details += [words.new_here()] if waiting.new_here else []
    blocks: list[Block] = [section(headline), context(f":hourglass_flowing_sand: {' '.join(details)}")]
    if note:
        blocks.append(section(note))
    blocks.append(ActionsBlock(elements=_ways_out(nudge_id, waiting.link)))
    return Message(words.nudge_fallback(say, waiting.name), tuple(blocks))


def over(sentence: str, link: str) -> Message:
    """What stays of a nudge: one line, and no buttons but the way to the thread in the text."""
    return Message(sentence, (section(f":white_check_mark: {sentence} <{link}|{words.OPEN_THREAD()}>"),))


def ended(waiting: Waiting, ended_by: EndedBy | None, by: str | None, reader: str) -> Message:
    """A nudge whose wait is over, to the one who got it."""
    return over(how_it_ended(waiting, ended_by, by, reader), waiting.link)


def passed_on(waiting: Waiting, to: str) -> str:
    """To the one who handed over."""
    return words.handed_over(waiting.bold_name, common.person(to))


def how_it_ended(waiting: Waiting, ended_by: EndedBy | None, by: str | None, reader: str) -> str:
    """The same as a sentence."""
    name, who = waiting.bold_name, common.person(by) if by else None
    if ended_by is EndedBy.ANSWER and by == reader:
        return words.answered_by_you(name, waiting.waited)
    if ended_by is EndedBy.ANSWER and who:
        return words.answered(name, who, waiting.waited)
    if ended_by is EndedBy.DELETED:
        return words.taken_back(name)
    if ended_by is EndedBy.NEVER:
        return words.never_waited(name)
    if ended_by is EndedBy.BOUNDARY:
        return words.left_alone(name)
    return words.closed(name, who)


def note_claimed(by: str, reader: str) -> str:
    """The line under a nudge that someone took on."""
    return words.on_it_you() if by == reader else words.on_it(common.person(by))


def note_snoozed(until: datetime) -> str:
    """The line under a snoozed nudge."""
    return words.snoozed(date(until))


def note_paused(until: datetime) -> str:
    """The line under a nudge while we wait on the customer."""
    return words.paused(date(until))


def _ways_out(nudge_id: int, link: str) -> list[Any]:
    go = ButtonElement(text=words.OPEN_THREAD(), action_id=OPEN, url=link, value=str(nudge_id), style="primary")
    return [go, ButtonElement(text=words.IM_ON_IT(), action_id=CLAIM, value=str(nudge_id))]
