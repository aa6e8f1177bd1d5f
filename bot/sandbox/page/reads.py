"""How far each person has read: the page's own memory, which Slack tells no app."""

from bot.sandbox.channels import Channel
from bot.sandbox.messages import Message

_QUIET = frozenset({"channel_join", "channel_leave", "group_join", "group_leave", "tombstone"})


class Reads:
    """Whatever was said before `since`, a ts, counts as read by everybody."""

    def __init__(self, since: str) -> None:
        self._since = since
        self._marks: dict[tuple[str, str], str] = {}

    def mark(self, user: str, channel: Channel) -> None:
        """This person has seen all there is in the channel."""
        self._marks[user, channel.id] = max(self._since, *channel.messages, *channel.ephemeral, "")

    def unread(self, user: str, channel: Channel) -> int:
        """Messages that ask for this person's eyes: top-level ones, and replies that name them."""
        mark = max(self._marks.get((user, channel.id), ""), self._since)
        count = 0
        for message in reversed(channel.messages.values()):
            if message.ts <= mark:
                break
            count += _calls(message, user)
        return count + sum(ts > mark and one.ephemeral_to == user for ts, one in channel.ephemeral.items())


def _calls(message: Message, user: str) -> bool:
    if message.user == user or message.subtype in _QUIET:
        return False
    return message.in_channel or f"<@{user}>" in message.text
