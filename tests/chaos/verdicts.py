"""What has to be true of a storm, by the pretend Slack's own record: each verdict is a sentence on what is wrong."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from bot.sandbox import Sandbox
from bot.sandbox.delivery import Answer, Delivery
from tests.chaos import town
from tests.chaos.fleet import Fleet
from tests.chaos.record import Told, Wait, due, told, uncovered, waits_of
from tests.chaos.talk import Talk, by_wait, keys_posted, standing

GRACE = 4

Outages = list[tuple[datetime, datetime]]


@dataclass
class Witness:
    """`heard`: when each message was acknowledged, by its `ts`."""

    sandbox: Sandbox
    fleet: Fleet
    talk: Talk
    outages: Outages
    heard: dict[str, datetime] = field(default_factory=dict)

    @property
    def grace(self) -> timedelta:
        """For all that takes its time where nothing is wrong: looks at the tables, a ping each two seconds, the way.

        As many times what a process takes to start here: on a machine with its hands full all takes longer.
        """
        return timedelta(seconds=GRACE * self.fleet.slowest)

    def note(self, delivery: Delivery, answer: Answer) -> None:
        """To be told of every answer."""
        event = delivery.payload.get("event") or {}
        if answer.ok and "ts" in event:
            self.heard.setdefault(event["ts"], self.sandbox.clock.now())

    def wrong_now(self) -> list[str]:
        """What lists say, and should not, or the other way round; who has more than one."""
        wanted, there = self._wanted(), by_wait(standing(self.sandbox))
        for who in self._given_up():
            there.pop(who, None)
        wrong = [
            f"of {who} is told {there.get(who, [])}, not {to}" for who, to in wanted.items() if there.get(who) != to
        ]
        wrong += [f"of {who} is told though they do not wait" for who in there if who not in wanted]
        people = [user for team in town.TEAMS for user in town.people_nudged(team)]
        return wrong + [f"{user} has more than one list" for user in people if len(self.sandbox.record.dm(user)) > 1]

    def wrong_ever(self) -> list[str]:
        """What was said twice, late, too early, or of somebody who did not wait any more."""
        twice = [key for key, times in Counter(keys_posted(self.sandbox)).items() if times > 1]
        waits = self._waits()
        said = told(self.sandbox, waits)
        first = _first(said)
        found = [f"{key} was said twice" for key in twice] + self._deaf()
        for wait in waits:
            for to in town.people_nudged(town.team_of(wait.customer)):
                found += self._untimely(wait, to, first.get((wait, to)))
        return found + [line for one in said if one.rang for line in self._needless(one)]

    def lateness(self) -> list[timedelta]:
        """Of each wait and each person who heard of it: after when it was due and known, outages not counted."""
        first = _first(told(self.sandbox, self._waits()))
        return sorted(uncovered(self._begin(wait, to), at, self.outages) for (wait, to), at in first.items())

    def _waits(self) -> list[Wait]:
        given_up = self._given_up()
        return [wait for wait in waits_of(self.talk.threads) if wait.customer not in given_up]

    def _wanted(self) -> dict[str, list[str]]:
        waiting = self.talk.waiting().keys() - self._given_up()
        return {customer: sorted(town.people_nudged(town.team_of(customer))) for customer in waiting}

    def _given_up(self) -> set[str]:
        """Customers of whom something never got through: Slack gave up, and nobody has promised anything."""
        lost = [sent for sent in self.sandbox.record.events("message") if sent.outcome not in ("acked", "pending")]
        gone = {sent.payload["event"]["ts"] for sent in lost if sent.attempts > len(self.sandbox.deliveries.retries)}
        return {who for who, said in self.talk.threads.items() if any(message.ts in gone for message in said)}

    def _deaf(self) -> list[str]:
        """Where Slack gave up on most, nothing is proved."""
        given_up, all_of_them = len(self._given_up()), len(self.talk.threads)
        return [f"Slack gave up on {given_up} customers of {all_of_them}"] if given_up > all_of_them / 2 else []

    def _untimely(self, wait: Wait, to: str, at: datetime | None) -> list[str]:
        end = min(filter(None, (at, wait.ended)), default=self.sandbox.clock.now())
        late = uncovered(self._begin(wait, to), end, self.outages)
        if late > self.grace:
            return [f"{to} heard of {wait} {f'at {at}' if at else 'never'}, {late} late"]
        if at and at < due(wait, to) and uncovered(at, due(wait, to), self.outages):
            return [f"{to} heard of {wait} at {at}, before it was due"]
        return []

    def _needless(self, one: Told) -> list[str]:
        """Rung for somebody who had their answer, and CareCue knew."""
        known = {wait: self.heard.get(wait.until or "") for wait in one.waits}
        return [
            f"{one.to} heard of {wait} at {one.at}, after the answer"
            for wait, at in known.items()
            if at and uncovered(at, one.at, self.outages) > self.grace
        ]

    def _begin(self, wait: Wait, to: str) -> datetime:
        return max(due(wait, to), self.heard.get(wait.since, due(wait, to)))


def _first(said: list[Told]) -> dict[tuple[Wait, str], datetime]:
    found: dict[tuple[Wait, str], datetime] = {}
    for one in said:
        for wait in one.waits:
            found.setdefault((wait, one.to), one.at)
    return found
