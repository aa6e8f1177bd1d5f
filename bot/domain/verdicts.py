"""A message's words, read once into all that is kept of them."""

from typing import NamedTuple

from bot.domain import addressing, closings, promises
from bot.domain.closings import Before


class Verdicts(NamedTuple):
    """What a message asks for and leaves open, whoever wrote it: its author's side is not known yet.

    `needs_reply`, `reason` and `thanks` are for a message that nothing of ours came before.
    """

    needs_reply: bool
    reason: str
    thanks: bool
    leaves: str
    closes_after: str
    to: tuple[str, ...]
    opening: str
    promise: str = ""


def read(text: str, has_files: bool = False) -> Verdicts:
    """Judge a message in Slack's mrkdwn. A file is a matter of its own, whatever is said beside it."""
    leaves, (to, opening) = closings.before(text), addressing.read(text)
    promise = promises.written(text)
    if has_files:
        return Verdicts(True, "file", False, leaves, "", to, opening, promise)
    readings = closings.read_any(text)
    alone = readings[Before.ALONE]
    closes_after = "".join(said for said, reading in readings.items() if not reading.needs_reply)
    return Verdicts(alone.needs_reply, alone.reason, alone.thanks, leaves, closes_after, to, opening, promise)
