"""Where the kill test plays: teams of one agent and one manager, each with a channel shared with customers."""

from datetime import timedelta
from typing import Any

from bot.domain.hours import ROUND_THE_CLOCK
from bot.domain.setup import Channel, Setup, Step, Targets, Team
from bot.slack.manifest import build
from bot.store import migrate, workspaces
from bot.store.db import Db
from bot.store.workspaces import Installation
from handlers import DOORS

OURS, THEIRS = "T0LINDEN", "T0ACME"
BOT = "U0CARECUE"
TEAMS = range(10)
CUSTOMERS = [f"U0CUSTOMER{number}" for number in range(60)]

# One step an audience: where two to the same person fall due together, only the later is worth a word.
LADDER = (Step(100, "owner", "reply"), Step(200, "manager", "how_help"))
PINGS = 100  # a day: the most there can be, so that lists go on being posted
TARGETS = Targets(first=timedelta(seconds=1), next=timedelta(seconds=1))


def agent(team: int) -> str:
    """Who owns the team's channel."""
    return f"U0AGENT{team}"


def manager(team: int) -> str:
    """Whom a wait twice as long as its target concerns."""
    return f"U0MANAGER{team}"


def channel(team: int) -> str:
    """Where the team's customers write."""
    return f"C0EXT{team}"


def team_of(customer: str) -> int:
    """The team that looks after a customer."""
    return CUSTOMERS.index(customer) % len(TEAMS)


def people_nudged(team: int) -> tuple[str, str]:
    """Who hears, once each, of a customer who goes on waiting."""
    return agent(team), manager(team)


def world(url: str | None) -> dict[str, Any]:
    """The sandbox's world; CareCue listens at `url`, or by Socket Mode."""
    inside = [who(team) for team in TEAMS for who in (agent, manager)]
    return {
        "app": {"team_id": OURS, "manifest": build(DOORS, url), "bot_user_id": BOT},
        "workspaces": [
            {"team_id": OURS, "name": "Linden", "domain": "linden"},
            {"team_id": THEIRS, "name": "Acme Travel", "domain": "acme-travel"},
        ],
        "people": [
            *({"id": user, "team_id": OURS, "name": user.lower()} for user in inside),
            *({"id": user, "team_id": THEIRS, "name": user.lower()} for user in CUSTOMERS),
        ],
        "channels": [_channel(team) for team in TEAMS],
    }


def set_up(db: Db) -> None:
    """Tiny targets, so that nudges fall due within seconds, around the clock."""
    migrate.upgrade(db.engine)
    teams = [
        Team(str(team), f"Team {team}", (agent(team),), managers=(manager(team),), week=ROUND_THE_CLOCK, cap=PINGS)
        for team in TEAMS
    ]
    channels = [Channel(channel(team), team=str(team), owner=agent(team)) for team in TEAMS]
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Linden", "https://linden.slack.com/"))
        workspaces.save_setup(tx, OURS, Setup(tuple(teams), tuple(channels), targets=TARGETS, ladder=LADDER))


def _channel(team: int) -> dict[str, Any]:
    customers = [user for user in CUSTOMERS if team_of(user) == team]
    members = [agent(team), manager(team), *customers, BOT]
    return {"id": channel(team), "name": f"ext-{team}", "members": members, "shared_with": [THEIRS]}
