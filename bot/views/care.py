"""/care: the list of those who wait."""

from collections.abc import Sequence

from slack_sdk.models.blocks import Block, ContextBlock, MarkdownTextObject, SectionBlock

from bot.views.message import Message
from bot.views.nudges import Waiting
from bot.views.words import care as words
from bot.views.words import common
from bot.views.words import nudges as nudge_words

COMMAND = "/care"
MOST_LINES = 12


def listed(waiting: Sequence[Waiting], count: int) -> Message:
    """The customers who wait, longest first; `count` is how many there are with those left out."""
    headline = words.care_headline(count)
    blocks: list[Block] = [SectionBlock(text=MarkdownTextObject(text=f"*{headline}*" if count else headline))]
    blocks += [SectionBlock(text=MarkdownTextObject(text=line(one))) for one in waiting]
    if count > len(waiting):
        blocks.append(ContextBlock(elements=[MarkdownTextObject(text=words.and_more(count - len(waiting)))]))
    return Message(headline, tuple(blocks))


def usage(typed: str) -> Message:
    """What the command understands."""
    known = typed.casefold() in ("help", "?")
    return Message(words.care_help(COMMAND) if known else words.unknown_words(typed, COMMAND))


def line(one: Waiting) -> str:
    """A customer who waits."""
    told = words.care_line(one.bold_name, common.channel(one.channel), one.waited, one.target)
    new_here = f" · {nudge_words.new_here()}" if one.new_here else ""
    return f"{told}{new_here} · <{one.link}|{nudge_words.OPEN_THREAD}>"
