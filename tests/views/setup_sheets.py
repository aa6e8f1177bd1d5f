"""The setup's pages and forms in Slack, for a setup with something of everything in it."""

from datetime import UTC, datetime
from typing import Any

from bot.domain.care_file import read
from bot.domain.setup import Setup
from bot.views import (
    setup_channels,
    setup_customers,
    setup_effect,
    setup_history,
    setup_home,
    setup_people,
    setup_rules,
    setup_workspace,
)
from bot.views.setup_effect import Proposal
from bot.views.setup_forms import Carried, Sheet

Json = dict[str, Any]

SETUP = """
admins = ["U0NIA"]

[team.care]
name = "Care"
agents = ["U0ANA", "S0CARE"]

[channel.C0ACME]
kind = "customer"
team = "care"

[[rule]]
prefix = "ext-"
shared = true

[person.U0ANA.hours]
mon-thu = ["09:00-13:00"]

[customer.U0ADA]
targets = {first = "20m", next = "40m"}

[[override]]
user = "U0GITA"
is = "customer"
channel = "C0ACME"
"""
SENTENCES = ("team care: agent U0LEE added", "2 open waits moved", "<!channel>&*" * 200)
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)


def modals() -> dict[str, Json]:
    """What can be sent off."""
    one, few = read(SETUP), Setup()
    sheets: dict[str, tuple[Sheet, str]] = {
        "channel": (setup_channels.SHEET, "C0ACME"),
        "rule": (setup_rules.SHEET, setup_rules.key_of(one.rules[0])),
        "override": (setup_customers.OVERRIDE_SHEET, setup_customers.key_of(one.overrides[0])),
        "customer": (setup_customers.CUSTOMER_SHEET, "U0ADA"),
        "person": (setup_people.SHEET, "U0ANA"),
        "targets": (setup_workspace.TARGETS_SHEET, ""),
        "kudos": (setup_workspace.KUDOS_SHEET, ""),
        "workspace": (setup_workspace.WORKSPACE_SHEET, ""),
        "retention": (setup_workspace.RETENTION_SHEET, ""),
    }
    found = {name: _drawn(sheet, one, key) for name, (sheet, key) in sheets.items()}
    alone = ("targets", "kudos", "workspace", "retention")
    found |= {f"{name}, as it comes": _drawn(sheets[name][0], few, "") for name in alone}
    return found | {"effect": setup_effect.form(Proposal(2**31, "channels"), SENTENCES)}


def pages() -> dict[str, Json]:
    """What is read, and leads on."""
    drawn: dict[str, Json] = {}
    for name, setup in (("", read(SETUP)), (", empty", Setup())):
        drawn[f"main{name}"] = setup_home.main(setup_home.Whole(setup, setup.teams, True, {}))
        drawn[f"channels{name}"] = setup_channels.channels(setup, "")
        drawn[f"rules{name}"] = setup_rules.rules(setup, "")
        drawn[f"overrides{name}"] = setup_customers.overrides(setup, "")
        drawn[f"customers{name}"] = setup_customers.customers(setup, "")
        drawn[f"people{name}"] = setup_people.people(setup, "")
    changes = [setup_history.Change(number, by, NOW, SENTENCES, number == 1, number == 2) for number, by in _WHO]
    told = {"nothing": setup_effect.nothing(), "saved": setup_effect.saved(SENTENCES)}
    return drawn | told | {"history": setup_history.history(changes, ""), "no": setup_effect.not_saved("It is gone.")}


_WHO = ((1, "U0NIA"), (2, None), (3, "U0MIA"))


def _drawn(sheet: Sheet, setup: Setup, key: str) -> Json:
    view = sheet.draw(setup, Carried(key, "main"))
    assert view is not None
    return view
