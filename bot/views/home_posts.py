"""Several customers who have been waiting for a while, in one post of a home channel: a line each, and *I'm on it*."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from slack_sdk.models.blocks import Block, ButtonElement

from bot.views import nudges
from bot.views.blocks import context, section
from bot.views.message import Message, date
from bot.views.nudges import Waiting
from bot.views.words import common
from bot.views.words import home_posts as words
from bot.views.words import living_list as list_words
from bot.views.words import nudges as nudge_words

MOST_LINES = 10


@dataclass(frozen=True, slots=True)
class HomeLine:
    """A customer of the post. `note` says what became of it so far; `over`, in its place, how it ended."""

    nudge_id: int
    waiting: Waiting
    note: str = ""
    over: str = ""


def draw(lines: Sequence[HomeLine], away: tuple[datetime, datetime] | None = None) -> Message:
    """The post as it stands now; `away` is the bot's own silence, where that is the reason."""
    left = [one for one in lines if not one.over]
    shown = [*left, *(one for one in lines if one.over)][:MOST_LINES]
    headline = words.lend_a_hand(len(left)) if left else words.ALL_LOOKED_AFTER()
    blocks: list[Block] = [section(f"*{headline}*")]
    if away:
        blocks.append(context(list_words.was_away(*map(date, away))))
    blocks += [_line(one) for one in shown]
    if len(lines) > len(shown):
        blocks.append(context(words.and_more(len(lines) - len(shown))))
    return Message(headline, tuple(blocks))


def _line(one: HomeLine) -> Block:
    link = f"<{one.waiting.link}|{nudge_words.OPEN_THREAD()}>"
    if one.over:
        return section(f":white_check_mark: {one.over} {link}")
    waiting = one.waiting
    told = words.line(waiting.bold_name, common.channel(waiting.channel), waiting.waited, waiting.target)
    claim = ButtonElement(text=nudge_words.IM_ON_IT(), action_id=nudges.CLAIM, value=str(one.nudge_id))
    return section("\n".join(filter(None, [f"{told} · {link}", one.note])), claim)
