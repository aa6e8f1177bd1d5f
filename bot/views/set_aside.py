"""What broke and was set aside: the note to admins."""

from bot.views.message import Message, one_line
from bot.views.words import set_aside as words


def told(link: str | None, reference: str) -> Message:
    """To each admin, in private. `link` leads to the message that it is about, if any."""
    return one_line(words.told_of(link, reference) if link else words.told(reference))
