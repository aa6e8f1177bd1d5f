"""Where the demo plays: a care team at Linden, its customers at two companies, and one who is a guest."""

from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from bot.slack.manifest import build
from handlers import DOORS

OURS, ACME, BLUEBIRD = "T0LINDEN", "T0ACME", "T0BLUEBIRD"
ANA, LEE, MIA, OMAR = "U0ANA", "U0LEE", "U0MIA", "U0OMAR"
NIA = "U0NIA"  # who looks after Slack itself: in no team of CareCue's
STAFF = (ANA, LEE, MIA, OMAR)
ADA, BOB, GITA = "U0ADA", "U0BOB", "U0GITA"
CARE, GENERAL, KUDOS = "C0CARE", "C0GENERAL", "C0KUDOS"
EXT_ACME, EXT_BLUEBIRD, GUESTS = "C0ACME", "C0BLUEBIRD", "C0GUESTS"
CUSTOMERS = (EXT_ACME, EXT_BLUEBIRD, GUESTS)
BOT = "U0CARECUE"

ZONE = ZoneInfo("Europe/Lisbon")
BEGINNING = datetime(2026, 3, 2, 8, 0, tzinfo=UTC)  # a Monday, an hour before the team begins

# Of every setup of the care team: its hours, and whose the two shared channels are.
HOURS_AND_OWNERS = f"""\
[team.care.hours]
zone = "Europe/Lisbon"
mon-fri = ["09:00-17:00"]

[channel.{EXT_ACME}]
kind = "customer"
team = "care"
owner = "{ANA}"

[channel.{EXT_BLUEBIRD}]
kind = "customer"
team = "care"
owner = "{LEE}"
"""

CARE_FILE = f"""\
[kudos]
channel = "{KUDOS}"

[team.care]
name = "Care"
agents = ["{ANA}", "{LEE}", "{OMAR}"]
managers = ["{MIA}"]
home = "{CARE}"
country = "PT"
backing = [
  "Refund up to 100 € when the mistake was ours",
  "Say no to a date that cannot be kept",
  "End a call that has turned into shouting",
]

{HOURS_AND_OWNERS}
[channel.{GUESTS}]
kind = "customer"
team = "care"
owner = "{OMAR}"
"""


def world(url: str | None = None) -> dict[str, Any]:
    """The sandbox's world as data. CareCue listens by Socket Mode, or at `url` in HTTP mode."""
    return {
        "app": {"team_id": OURS, "manifest": build(DOORS, url), "bot_user_id": BOT, "app_id": "A0CARECUE"},
        "workspaces": [
            {"team_id": OURS, "name": "Linden", "domain": "linden"},
            {"team_id": ACME, "name": "Acme Travel", "domain": "acme-travel"},
            {"team_id": BLUEBIRD, "name": "Bluebird Bakery", "domain": "bluebird"},
        ],
        "people": [
            _person(ANA, OURS, "Ana Reis", title="Care agent"),
            _person(LEE, OURS, "Lee Park", title="Care agent"),
            _person(OMAR, OURS, "Omar Haddad", title="Care agent"),
            _person(MIA, OURS, "Mia Sand", title="Care manager"),
            _person(NIA, OURS, "Nia Costa", title="IT", is_admin=True),
            _person(ADA, ACME, "Ada Obi", title="Group travel"),
            _person(BOB, BLUEBIRD, "Bob Larsen", title="Head baker"),
            _person(GITA, OURS, "Gita Rao", is_restricted=True),
        ],
        "channels": [
            {"id": GENERAL, "name": "general", "members": [ANA, LEE, OMAR, MIA, NIA]},
            {"id": KUDOS, "name": "kudos", "members": [MIA, ANA, LEE, OMAR, BOT]},
            {"id": CARE, "name": "care-team", "members": [MIA, ANA, LEE, OMAR, BOT]},
            {"id": EXT_ACME, "name": "ext-acme", "members": [ANA, LEE, MIA, ADA, BOT], "shared_with": [ACME]},
            {
                "id": EXT_BLUEBIRD,
                "name": "ext-bluebird",
                "members": [LEE, ANA, BOB, BOT],
                "shared_with": [BLUEBIRD],
            },
            {"id": GUESTS, "name": "guests", "is_private": True, "members": [OMAR, ANA, GITA, BOT]},
        ],
    }


def _person(user: str, team: str, name: str, **more: Any) -> dict[str, Any]:
    first = name.split()[0]
    return {
        "id": user,
        "team_id": team,
        "name": first.lower(),
        "real_name": name,
        "display_name": first,
        "tz": "Europe/Lisbon",
        "locale": "en-GB",
        **more,
    }
