"""What messages and views are made of, and other people's words within them: escaped here and nowhere before."""

from slack_sdk.models.blocks import (
    BlockElement,
    ConfirmObject,
    ContextBlock,
    HeaderBlock,
    MarkdownTextObject,
    PlainTextObject,
    SectionBlock,
)

from bot.views.words import common

MOST_TEXT = 2900  # of a section, whose limit is 3,000
MOST_HEADER = 150
GLIMPSE = 150  # of somebody's words in a notification


def header(text: str) -> HeaderBlock:
    """The top of a page or of a part, cut where that is too long."""
    return HeaderBlock(text=PlainTextObject(text=text[:MOST_HEADER], emoji=True))


def section(text: str, beside: BlockElement | None = None) -> SectionBlock:
    """One idea. Verbatim, so that Slack makes no link and no mention of what somebody typed."""
    return SectionBlock(text=MarkdownTextObject(text=text, verbatim=True), accessory=beside)


def context(*texts: str) -> ContextBlock:
    """What may be read in passing."""
    return ContextBlock(elements=[MarkdownTextObject(text=text, verbatim=True) for text in texts])


def quoted(words: str) -> str:
    """What somebody wrote, unable to ring, link or leave the quote."""
    lines = [line.strip() for line in words.splitlines()]
    return "\n".join(f"> {line}" for line in _fitting("\n".join(lines), MOST_TEXT - 2 * len(lines)).split("\n"))


def glimpse(words: str) -> str:
    """The beginning of what somebody wrote, in one line."""
    return _fitting(" ".join(words.split()), GLIMPSE)


def ask_again(title: str, text: str, confirm: str) -> ConfirmObject:
    """The question before something that cannot be undone."""
    return ConfirmObject(title=title, text=PlainTextObject(text=text), confirm=confirm, deny=common.CANCEL())


def _fitting(text: str, most: int) -> str:
    """Escaped, and cut where that is longer than `most` characters, never within an escape."""
    escaped = common.escape(text)
    if len(escaped) <= most:
        return escaped
    kept, length = [], 1
    for character in text:
        kept.append(common.escape(character))
        length += len(kept[-1])
        if length > most:
            break
    return "".join(kept[:-1]).rstrip() + "…"
