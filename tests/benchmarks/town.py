"""What the benchmarks measure on: customers of another company who write in twenty shared channels."""

import json
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import count
from random import Random
from typing import Any

from bot.deps import wall_clock
from bot.domain.arrivals import Account
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.store import channels, listening, migrate, people, workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation

OURS, THEIRS, BOT = "T0LINDEN", "T0ACME", "U0CARECUE"
CHANNELS = [f"C0EXT{number}" for number in range(20)]
CUSTOMERS = [f"U0CUSTOMER{number}" for number in range(200)]
AGENTS = [f"U0AGENT{number}" for number in range(10)]

APART = timedelta(seconds=2)  # between two messages, by their own timestamps
# What the next message is, by weight: customers add to a question, ask again, and are answered, most in their thread.
KINDS = {"question": 30, "more": 16, "again": 8, "answer": 38, "aside": 8}
RECENT = 60  # threads that are still talked in
TEXT = "The export of last week has no dates in it any more, and two of the totals are off. Can you have a look?"


@dataclass(slots=True)
class Messages:
    """Message events as Slack puts them, one after the other, each one new."""

    random: Random
    at: datetime = field(default_factory=wall_clock)
    recent: list[tuple[str, str]] = field(default_factory=list)
    unanswered: list[tuple[str, str]] = field(default_factory=list)
    number: Iterator[int] = field(default_factory=count)

    def envelope(self) -> dict[str, Any]:
        """The next one."""
        self.at += APART
        ts, number = ts_of(self.at), next(self.number)
        channel, root, user = self._place(ts)
        event = {"type": "message", "channel": channel, "ts": ts, "event_ts": ts, "user": user, "text": TEXT}
        event |= {"team": THEIRS if user in CUSTOMERS else OURS, "channel_type": "channel"}
        event |= {"thread_ts": root} if root != ts else {}
        return {
            "type": "event_callback",
            "token": "verification",
            "team_id": OURS,
            "api_app_id": "A0CARECUE",
            "event_id": f"Ev{int(self.at.timestamp())}{number:07d}",
            "event_time": int(self.at.timestamp()),
            "authorizations": [{"team_id": OURS, "user_id": BOT, "is_bot": True, "is_enterprise_install": False}],
            "is_ext_shared_channel": True,
            "event": event,
        }

    def bodies(self, count: int) -> list[bytes]:
        """The next `count`, as JSON."""
        return [json.dumps(self.envelope()).encode() for _ in range(count)]

    def _place(self, ts: str) -> tuple[str, str, str]:
        """The channel, the root of the thread, and the author."""
        (kind,) = self.random.choices(list(KINDS), list(KINDS.values()))
        number, agent = self.random.randrange(len(CUSTOMERS)), self.random.choice(AGENTS)
        channel, customer = CHANNELS[number % len(CHANNELS)], CUSTOMERS[number]
        if kind == "aside":
            return channel, ts, agent
        if kind == "answer" and self.unanswered:
            return *self.unanswered.pop(0), agent
        if kind == "more" and self.unanswered:
            return *self.random.choice(self.unanswered), customer  # someone else of theirs joins in
        again = kind == "again" and bool(self.recent)
        place = self.random.choice(self.recent) if again else (channel, ts)
        self.recent = [*self.recent[-RECENT:], place]
        self.unanswered.append(place)
        return *place, customer


def set_up(url: str, now: datetime) -> None:
    """A database in which everybody is known and every channel set up."""
    db = Db(url)
    migrate.upgrade(db.engine)
    team = Team("care", "Care", agents=tuple(AGENTS))
    setup = Setup((team,), tuple(Channel(channel, team="care", owner=AGENTS[0]) for channel in CHANNELS))
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Linden", "https://linden.slack.com/", None, BOT, "B0CARECUE"))
        workspaces.save_setup(tx, OURS, setup)
        for channel in CHANNELS:
            facts = channels.Facts(channel, channel.lower(), False, True, False, False, True)
            channels.save_channel(tx, OURS, facts, now)
        listening.known_for_good(tx, OURS, CHANNELS, now)
        people.save_many(tx, OURS, [account(user, THEIRS) for user in CUSTOMERS], now)
        people.save_many(tx, OURS, [account(user, OURS) for user in AGENTS], now)
    db.close()


def account(user: str, home: str) -> Account:
    """Of somebody whose home is that workspace."""
    return Account(user, home, None, user.title(), "UTC", False, False, False, False, False, locale="en-US")
