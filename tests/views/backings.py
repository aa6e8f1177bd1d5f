"""The standing backing in every state that a person can meet; extremes too."""

from collections.abc import Iterator
from typing import Any

from bot.views import backing
from bot.views.backing import TeamBacking
from bot.views.message import Message

CARE = TeamBacking("care", "Care", ("Refund up to 100 € when the mistake was ours", "Say no."), may_change=True)
HOSTILE = TeamBacking("care", "<!channel>&*" * 40, ("&" * 200,) * 15, may_change=True)


def messages() -> Iterator[tuple[str, Message]]:
    """The page."""
    yield "page", backing.page([CARE, TeamBacking("night", "Night watch")])
    yield "page: no team", backing.page([])
    yield "page: extreme", backing.page([HOSTILE] * 12)
    yield "page: too long for the form", backing.page([TeamBacking("care", "Care", ("x" * 199,) * 20, True)])


def modals() -> dict[str, dict[str, Any]]:
    """The form."""
    return {"write": backing.form(CARE), "write, extreme": backing.form(TeamBacking("care", "", ("x" * 199,) * 15))}


def shown() -> dict[str, dict[str, Any]]:
    """What the form turns into."""
    return {"saved": backing.saved(CARE), "saved, nothing": backing.saved(TeamBacking("care", "Care"))}
