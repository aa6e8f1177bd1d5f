"""What was missed while nobody listened: since when, and what pages of Slack's history say of it.

As at the door, a message's text is looked at in memory to reach a verdict; only the verdict leaves.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, NamedTuple

from bot.domain.arrivals import Posted, Reacted, read_event
from bot.domain.moments import moment, ts_of
from bot.domain.moves import CLOSING_EMOJI, OWNING_EMOJI

Payload = Mapping[str, Any]

PATIENCE = timedelta(seconds=90)  # without a beat for so long, something may have been missed: Slack repeats until then
MARGIN = timedelta(minutes=2)  # read more than was missed: our clock is not Slack's
LOOK_BACK = timedelta(days=14)  # threads that were active since are read on; of a new channel all is read
FRESH_THANKS = timedelta(days=1)  # whoever was thanked earlier is not asked any more whether to keep it
BURST = timedelta(minutes=10)  # what one customer writes within it is one thing to whoever marks it as done
INSTANT = timedelta(microseconds=1)


class Page(NamedTuple):
    """A page of a history or a thread. `seen` stands there, `gone` is where a root stood that has replies left.

    `threads` are roots with when they were last replied to;
    `reached` is where the next page begins, "" after the last one.
    """

    posted: tuple[Posted, ...]
    marks: tuple[Reacted, ...]
    threads: tuple[tuple[str, str], ...]
    seen: frozenset[str]
    gone: frozenset[str] = frozenset()
    reached: str = ""


@dataclass(frozen=True, slots=True)
class Silence:
    """CareCue heard nothing from `away_from` until `away_until`."""

    away_from: datetime
    away_until: datetime


def missed_since(heard_until: datetime, now: datetime, last_heard: datetime | None) -> datetime | None:
    """Since when something may have been missed, at a beat at `now`; None where nothing was.

    After a clock that jumped back, the beat before says nothing: what was heard last does, by Slack's clock.
    """
    if now - heard_until > PATIENCE:
        return heard_until - MARGIN
    if heard_until - now <= PATIENCE:
        return None
    return max(min(now, last_heard or now - LOOK_BACK) - MARGIN, now - LOOK_BACK)


def read_page(channel: str, messages: Sequence[Payload], oldest: str, now: datetime) -> Page:
    """What messages of a history or a thread say; of those before `oldest` only what was done to them.

    When somebody reacted Slack does not say: here it is `now`.
    """
    there = [message for message in messages if message.get("subtype") != "tombstone"]
    gone = frozenset(str(message["ts"]) for message in messages if message.get("subtype") == "tombstone")
    posted = [p for message in there if isinstance(p := read_event({**message, "channel": channel}), Posted)]
    told = [_of_its_day(one.heard(), now) for one in posted if one.ts >= oldest]
    marks = [mark for message in there for mark in _marks(channel, message)]
    stamped = [mark._replace(at_ts=ts_of(now + INSTANT * number)) for number, mark in enumerate(marks)]
    seen = frozenset(str(message["ts"]) for message in there)
    return Page(tuple(told), tuple(stamped), tuple(_threads(messages)), seen, gone)


def _of_its_day(posted: Posted, now: datetime) -> Posted:
    return posted._replace(thanks=posted.thanks and now - moment(posted.ts) <= FRESH_THANKS)


def _marks(channel: str, message: Payload) -> Iterable[Reacted]:
    """👀 and ✅ as they stand on a message."""
    author = message.get("user")
    for reaction in message.get("reactions") or ():
        emoji = str(reaction.get("name")).split("::")[0]
        if emoji in OWNING_EMOJI | CLOSING_EMOJI:
            for user in reaction.get("users") or ():
                yield Reacted(channel, str(message["ts"]), "", str(user), emoji, taken_back=False, author=author)


def _threads(messages: Iterable[Payload]) -> Iterable[tuple[str, str]]:
    """The threads that messages begin, or that a message was also sent to the channel from."""
    for message in messages:
        root, ts = str(message.get("thread_ts") or ""), str(message["ts"])
        if root and root != ts:
            yield root, ts
        elif message.get("reply_count"):
            yield ts, str(message.get("latest_reply") or ts)


def when_marked(mark: Reacted, later: Sequence[str]) -> str:
    """When an emoji was given that was found on a message: now, as far as nothing speaks against it.

    `later` is when the customer wrote in the same place after the message. What they asked after a while was not
    meant by it: a customer who is told of once too often is better than one who is forgotten.
    """
    before = mark.ts
    for ts in sorted(later):
        if moment(ts) - moment(before) > BURST:
            return min(mark.at_ts, ts_of(moment(ts) - INSTANT))
        before = ts
    return mark.at_ts
