"""What broke and was set aside: the note to admins."""

from bot.views.blocks import context, section
from bot.views.message import Message, one_line
from bot.views.words import set_aside as words
from bot.views.words.kudos import OPEN_MESSAGE


def told(link: str | None, reference: str) -> Message:
    """To each admin, in private. `link` leads to the message that it is about, if any."""
    if link is None:
        return one_line(words.told(reference))
    sentence = words.told_of_message(reference)
    return Message(sentence, (section(sentence), context(f"<{link}|{OPEN_MESSAGE()}>")))
