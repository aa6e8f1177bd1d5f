"""Promises in every state that a person can meet; extremes too."""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.views import care, promises
from bot.views.message import Message
from bot.views.promises import Owed

LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100?thread_ts=1772445600.000100&cid=C0ACME"
DUE = datetime(2026, 3, 2, 15, tzinfo=UTC)


def owed(**more: Any) -> Owed:
    """Ana has told Ada to expect more by three."""
    usual: dict[str, Any] = {"id": 2**62, "channel": "C0ACME", "customer": "Ada", "link": LINK, "due": DUE}
    return Owed(**usual | more)


STATES = {
    "named": owed(),
    "not named": owed(named=False),
    "late": owed(late=True),
    "on it": owed(on_it_until=DUE + timedelta(hours=1)),
    "nameless": owed(customer=None),
    "long": owed(customer="<!channel>&*" * 400),
}


def messages() -> Iterator[tuple[str, Message]]:
    """All that is said of promises."""
    for name, one in STATES.items():
        yield name, Message(name, tuple(promises.in_list(one)))
        yield f"{name}, in a list", care.listed([], 0, promised=[one])
    yield "many", care.listed([], 0, promised=[STATES["long"]] * 99)
