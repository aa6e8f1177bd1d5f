"""A workspace on its first day: its owner, #general, and no app. A customer comes when somebody says so."""

from datetime import timedelta
from typing import Any

from bot.sandbox.channels import Channel
from bot.sandbox.world import World

OURS, OWNER, GENERAL = "T0LINDEN", "U0NIA", "C0GENERAL"
ACME, ADA, EXT_ACME = "T0ACME", "U0ADA", "C0ACME"
HARBOUR, TOM = "T0HARBOUR", "U0TOM"
BOT = "U0CARECUE"
HAS_WAITED = timedelta(minutes=65)
ASKED = "Hello! Can we still change our booking for Friday? Two more people would like to come."

_ZONE = {"tz": "Europe/Lisbon", "locale": "en-GB"}


def world() -> World:
    """It has the place of an app, to be filled by `create_app` and `install`."""
    made = World.from_dict(
        {
            "app": {"team_id": OURS, "manifest": {}, "bot_user_id": BOT, "app_id": "A0CARECUE"},
            "workspaces": [{"team_id": OURS, "name": "Linden", "domain": "linden"}],
            "people": [_person(OWNER, OURS, "Nia Costa", title="Runs the office", is_primary_owner=True)],
            "channels": [{"id": GENERAL, "name": "general", "members": [OWNER], "is_general": True}],
        }
    )
    made.app.installed, made.app.token_revoked, made.bot.deleted = False, True, True
    return made


def a_customer_comes(world: World) -> Channel:
    """The owner shares a channel with a customer's company, in which somebody has been waiting for an hour."""
    world.person(OWNER)
    if EXT_ACME not in world.channels:
        world.grow(
            {
                "workspaces": [{"team_id": ACME, "name": "Acme Travel", "domain": "acme-travel"}],
                "people": [_person(ADA, ACME, "Ada Obi", title="Group travel")],
                "channels": [{"id": EXT_ACME, "name": "ext-acme", "members": [OWNER, ADA], "shared_with": [ACME]}],
                "messages": [
                    {"channel": EXT_ACME, "user": ADA, "text": ASKED, "at": world.clock.now() - HAS_WAITED},
                ],
            }
        )
        world.tell("sharing", {"type": "sharing", "channel": EXT_ACME}, channel=world.channel(EXT_ACME))
    return world.channel(EXT_ACME)


def a_second_workspace(world: World) -> None:
    """Another company, which has nothing to do with the first."""
    if HARBOUR not in world.workspaces:
        world.grow(
            {
                "workspaces": [{"team_id": HARBOUR, "name": "Harbour", "domain": "harbour"}],
                "people": [_person(TOM, HARBOUR, "Tom Brandt", title="Runs the hotel", is_primary_owner=True)],
                "channels": [
                    {"id": "C0QUAY", "team_id": HARBOUR, "name": "general", "members": [TOM], "is_general": True},
                ],
            }
        )
        world.tell("sharing", {"type": "sharing"})


def _person(user: str, team: str, name: str, **more: Any) -> dict[str, Any]:
    return {"id": user, "team_id": team, "name": name.split()[0].lower(), "real_name": name, **_ZONE, **more}
