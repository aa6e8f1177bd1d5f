"""A message's words, read once into all that is kept of them."""

from typing import NamedTuple

from bot.domain import addressing, closings, promises
from bot.domain.closings import Before


class Verdicts(NamedTuple):
    """What a message asks for and leaves open.

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


def read(text: str, has_files: bool = False, *, theirs: bool = False) -> Verdicts:
    """Judge a message in Slack's mrkdwn. A file is a matter of its own, whatever is said beside it.

    `theirs`: a customer wrote it, so that it leaves and promises nothing; else it is read both ways.
    """
    leaves, promise = ("", "") if theirs else (closings.before(text), promises.written(text))
    readings = closings.every_way("file") if has_files else closings.read_any(text)
    alone = readings[Before.ALONE]
    closes_after = "".join(said for said, reading in readings.items() if not reading.needs_reply)
    return Verdicts(
        alone.needs_reply, alone.reason, alone.thanks, leaves, closes_after, *addressing.read(text), promise
    )
