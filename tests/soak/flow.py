"""What Slack tells of ten workspaces in which people talk all the time, as much of it as Slack ever tells an app."""

import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import cycle
from random import Random
from typing import Any

from bot.deps import wall_clock
from bot.domain.hours import ROUND_THE_CLOCK
from bot.domain.setup import Channel, Setup, Targets, Team
from bot.store import channels, listening, migrate, people, workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation
from tests.benchmarks import town

TEAMS = tuple(f"T0LINDEN{number}" for number in range(10))
CAP = 30_000  # events an hour that Slack sends to an app for one workspace at most
A_SECOND = CAP * len(TEAMS) / 3600
HOME_EVERY = 50  # events: then somebody opens Home
TARGET = timedelta(seconds=10)
OPEN_AT_MOST = 150  # customers of a workspace who wait: when there are so many, the next thing said is an answer


class Talk(town.Messages):
    """Of one workspace, now."""

    def __init__(self, team_id: str, random: Random) -> None:
        super().__init__(random)
        self.team_id = team_id

    def body(self) -> bytes:
        """The next event."""
        self.at = wall_clock() - town.APART
        envelope = self.envelope() | {"team_id": self.team_id, "authorizations": [_authorization(self.team_id)]}
        envelope["event_id"] += self.team_id[-1]
        event: dict[str, Any] = envelope["event"]
        if event["team"] == town.OURS:
            event["team"] = self.team_id
        return json.dumps(envelope).encode()

    def home(self) -> bytes:
        """Somebody opens Home."""
        envelope = self.envelope() | {"team_id": self.team_id, "authorizations": [_authorization(self.team_id)]}
        envelope["event"] = _home(self.random.choice(town.AGENTS), str(envelope["event_time"]))
        return json.dumps(envelope).encode()

    def _place(self, ts: str) -> tuple[str, str, str]:
        if len(self.unanswered) >= OPEN_AT_MOST:
            return *self.unanswered.pop(0), self.random.choice(town.AGENTS)
        return super()._place(ts)


def bodies(seed: int) -> Iterator[bytes]:
    """For ever, one workspace after the other."""
    talks = cycle([Talk(team_id, Random(f"{seed}{team_id}")) for team_id in TEAMS])
    for number, talk in enumerate(talks, 1):
        yield talk.home() if number % HOME_EVERY == 0 else talk.body()


def set_up(url: str) -> None:
    """Everybody is known and at work, and whoever waits for ten minutes is told of."""
    db = Db(url)
    migrate.upgrade(db.engine)
    try:
        for team_id in TEAMS:
            _set_up(db, team_id)
    finally:
        db.close()


def _set_up(db: Db, team_id: str) -> None:
    now, agents = wall_clock(), tuple(town.AGENTS)
    team = Team("care", "Care", agents=agents, week=ROUND_THE_CLOCK)
    owned = tuple(
        Channel(one, team="care", owner=agents[number % len(agents)]) for number, one in enumerate(town.CHANNELS)
    )
    setup = Setup((team,), owned, targets=Targets(first=TARGET, next=TARGET))
    with db.begin() as tx:
        workspaces.install(
            tx, Installation(team_id, "Linden", "https://linden.slack.com/", None, town.BOT, "B0CARECUE")
        )
        workspaces.save_setup(tx, team_id, setup)
        for channel in town.CHANNELS:
            facts = channels.Facts(channel, channel.lower(), False, True, False, False, True)
            channels.save_channel(tx, team_id, facts, now)
        listening.known_for_good(tx, team_id, town.CHANNELS, now)
        people.save_many(tx, team_id, [town.account(user, town.THEIRS) for user in town.CUSTOMERS], now)
        people.save_many(tx, team_id, [town.account(user, team_id) for user in town.AGENTS], now)


def _authorization(team_id: str) -> dict[str, Any]:
    return {"team_id": team_id, "user_id": town.BOT, "is_bot": True, "is_enterprise_install": False}


def _home(user: str, stamp: str) -> dict[str, Any]:
    return {"type": "app_home_opened", "user": user, "tab": "home", "channel": f"D{user}", "event_ts": f"{stamp}.1"}
