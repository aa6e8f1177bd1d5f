"""Customers who write, agents who answer some of them, and what has to be true of it in the end."""

import asyncio
from collections import defaultdict
from collections.abc import Iterator
from random import Random
from typing import NamedTuple

from bot.sandbox import Sandbox
from bot.sandbox.messages import Message
from tests.chaos import town
from tests.chaos.record import links

PAUSE = 0.04  # seconds between two things that people do, on average


class Nudge(NamedTuple):
    """A direct message that stands before somebody with buttons: `customer` waits, and was linked to at `ts`."""

    to: str
    customer: str
    ts: str


class Talk:
    """The people of the town. Each customer has one thread; everything in it is random but for the seed."""

    def __init__(self, sandbox: Sandbox, random: Random) -> None:
        self._sandbox, self._random = sandbox, random
        self.threads: dict[str, list[Message]] = {}  # of a customer, in order

    async def go_on(self, pause: float = PAUSE) -> None:
        """Talk until cancelled, whether CareCue lives or not."""
        while True:
            self._act()
            await asyncio.sleep(self._random.expovariate(1 / pause))

    def waiting(self) -> dict[str, str]:
        """Customers whose last word, or words, nobody has answered, with the `ts` since when they wait."""
        found: dict[str, str] = {}
        for customer, said in self.threads.items():
            unanswered = _unanswered(said)
            if unanswered:
                found[customer] = unanswered[0].ts
        return found

    def _act(self) -> None:
        customer = self._random.choice(town.CUSTOMERS)
        thread = self.threads.setdefault(customer, [])
        if not thread:
            self._say(customer, customer, "The export has no dates in it. Can you help?")
        elif _unanswered(thread) and self._random.random() < 0.5:
            self._say(customer, town.agent(town.team_of(customer)), "I have put it right.")
        else:
            self._say(customer, customer, "And could you look at last week, too?")

    def _say(self, customer: str, user: str, text: str) -> None:
        thread = self.threads[customer]
        root = thread[0].ts if thread else None
        channel = town.channel(town.team_of(customer))
        thread.append(self._sandbox.world.say(user, channel, text, thread_ts=root))


def _unanswered(thread: list[Message]) -> list[Message]:
    """The customer's messages after our last."""
    ours = [place for place, message in enumerate(thread) if message.team_id == town.OURS]
    return thread[ours[-1] + 1 :] if ours else thread


def keys_posted(sandbox: Sandbox) -> list[str]:
    """The keys of all that the bot ever posted, in the sandbox's own record."""
    return [
        entry.message["metadata"]["event_payload"]["key"]
        for entry in sandbox.record.posts(by_bot=True)
        if "metadata" in entry.message
    ]


def standing(sandbox: Sandbox) -> list[Nudge]:
    """The nudges that people see now with buttons under them."""
    roots = {message.ts: message for channel in town.TEAMS for message in _messages(sandbox, town.channel(channel))}
    people = [user for team in town.TEAMS for user in town.people_nudged(team)]
    return [
        Nudge(user, _customer(roots, ts), ts)
        for user in people
        for shown in sandbox.record.dm(user)
        for _, ts in links(shown)
    ]


def by_wait(nudges: list[Nudge]) -> dict[str, list[str]]:
    """Who stands nudged about which customer."""
    found: dict[str, list[str]] = defaultdict(list)
    for nudge in nudges:
        found[nudge.customer].append(nudge.to)
    return {customer: sorted(people) for customer, people in found.items()}


def _messages(sandbox: Sandbox, channel: str) -> Iterator[Message]:
    yield from sandbox.world.channel(channel).messages.values()


def _customer(messages: dict[str, Message], ts: str) -> str:
    """Whose thread a message is in."""
    message = messages[ts]
    return messages[message.thread_ts or ts].user
