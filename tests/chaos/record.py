"""What people were told, read from the pretend Slack's own record; CareCue's word counts for nothing here."""

from collections import defaultdict
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.domain.moments import moment
from bot.sandbox import Sandbox
from bot.sandbox.messages import Message
from bot.sandbox.record import Entry
from tests.chaos import town


@dataclass(frozen=True, slots=True)
class Wait:
    """A customer waited in `channel` from the message `since` (its `ts`) until `until`; None: they wait still."""

    customer: str
    channel: str
    since: str
    until: str | None

    def holds(self, ts: str) -> bool:
        """Whether a message of its thread belongs to it."""
        return self.since <= ts and (self.until is None or ts < self.until)

    @property
    def began(self) -> datetime:
        """By Slack's clock."""
        return moment(self.since)

    @property
    def ended(self) -> datetime | None:
        """By Slack's clock."""
        return moment(self.until) if self.until else None


@dataclass(frozen=True, slots=True)
class Told:
    """At `at` somebody's list named these waits; `rang`: it was a new message, not an edit of one that stood."""

    to: str
    waits: frozenset[Wait]
    at: datetime
    rang: bool


def waits_of(threads: Mapping[str, list[Message]]) -> list[Wait]:
    """All waits that there ever were."""
    return [wait for customer, said in threads.items() for wait in _waits(customer, said)]


def due(wait: Wait, to: str) -> datetime:
    """When the ladder has this person hear of it."""
    of_team = town.people_nudged(town.team_of(wait.customer))
    return wait.began + town.TARGETS.first * (of_team.index(to) + 1)


def told(sandbox: Sandbox, waits: list[Wait]) -> list[Told]:
    """Everything that lists ever said, in order."""
    in_channel: dict[str, list[Wait]] = defaultdict(list)
    for wait in waits:
        in_channel[wait.channel].append(wait)
    authors = _threads(sandbox)
    readers = _readers(sandbox)
    found: list[Told] = []
    for entry in sandbox.record.entries:
        if entry.user == town.BOT and entry.channel in readers and entry.what in ("posted", "edited"):
            named = frozenset(_named(entry, authors, in_channel))
            found.append(Told(readers[entry.channel], named, entry.at, entry.what == "posted"))
    return found


def links(shown: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """Channel and `ts` of the messages that buttons lead to."""
    for block in shown.get("blocks", ()):
        for element in block.get("elements", ()) if block["type"] == "actions" else ():
            if "url" in element:
                place = element["url"].partition("?")[0]
                channel, digits = place.split("/")[-2], place.split("/")[-1].removeprefix("p")
                yield channel, f"{digits[:-6]}.{digits[-6:]}"


def _waits(customer: str, said: list[Message]) -> Iterator[Wait]:
    since: str | None = None
    for message in said:
        if message.team_id == town.OURS:
            if since is not None:
                yield Wait(customer, message.channel, since, message.ts)
            since = None
        elif since is None:
            since = message.ts
    if since is not None:
        yield Wait(customer, said[-1].channel, since, None)


def _threads(sandbox: Sandbox) -> dict[tuple[str, str], str]:
    """Whose thread each message of a customer channel is in."""
    found: dict[tuple[str, str], str] = {}
    for team in town.TEAMS:
        messages = sandbox.world.channel(town.channel(team)).messages
        for message in messages.values():
            found[message.channel, message.ts] = messages[message.thread_ts or message.ts].user
    return found


def _readers(sandbox: Sandbox) -> dict[str, str]:
    """By the channels of their direct messages with CareCue."""
    direct = [channel for channel in sandbox.world.channels.values() if channel.is_im]
    return {one.id: next(user for user in one.members if user != town.BOT) for one in direct}


def _named(
    entry: Entry, authors: Mapping[tuple[str, str], str], in_channel: Mapping[str, list[Wait]]
) -> Iterator[Wait]:
    for place in links(entry.message):
        customer = authors[place]
        yield from (wait for wait in in_channel[place[0]] if wait.customer == customer and wait.holds(place[1]))


def uncovered(begin: datetime, end: datetime, outages: list[tuple[datetime, datetime]]) -> timedelta:
    """How much of a time was in no outage."""
    left, at = timedelta(), begin
    for down, up in sorted(outages):
        if up > at and down < end:
            left += max(down - at, timedelta())
            at = max(at, up)
    return left + max(end - at, timedelta())
