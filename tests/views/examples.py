"""Every message and form of the views in every state that a person can meet; extremes too.

What Slack's shapes are held against, and where the strays test finds what can be pressed. A new view adds its own.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.domain.conversations import EndedBy
from bot.views import care, nudges
from bot.views.message import Message
from bot.views.nudges import Waiting

Json = dict[str, Any]
Example = tuple[str, Message]

LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100?thread_ts=1772445600.000100&cid=C0ACME"
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
WAITINGS = {
    "plain": Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), timedelta(hours=1)),
    "nameless": Waiting("C0ACME", None, LINK, timedelta(), timedelta(minutes=1)),
    "long": Waiting("C0ACME", "<!channel>&*" * 400, LINK, timedelta(days=4000), timedelta(days=3000), "U0LEE", True),
    "new here": Waiting("C0ACME", "Ådå 🦔 \u202e", LINK, timedelta(hours=2), timedelta(hours=1), "U0LEE", True),
}
SAYS = ("reply", "help", "lend_hand", "how_help", "handed")


def _nudges() -> Iterator[Example]:
    for name, waiting in WAITINGS.items():
        for say in SAYS:
            yield f"{name}, {say}", nudges.nudge(2**62, say, waiting)
            for reader in ("U0ANA", "U0LEE"):
                yield f"{name}, {say}, {reader}", nudges.nudge(1, say, waiting, nudges.note_claimed("U0LEE", reader))
            yield f"{name}, {say}, snoozed", nudges.nudge(1, say, waiting, nudges.note_snoozed(NOW))
        for ended_by in (*EndedBy, None):
            for by in ("U0ANA", "U0LEE", None):
                yield f"{name}, {ended_by} by {by}", nudges.ended(waiting, ended_by, by, "U0ANA")


def _care() -> Iterator[Example]:
    for name, waiting in WAITINGS.items():
        yield f"{name}, many", care.listed([waiting] * care.MOST_LINES, 99_999)
        yield f"{name}, alone", care.listed([waiting], 1)
    yield "nobody", care.listed([], 0)
    for typed in ("help", "coffee", "x" * 3000, "<!channel>&" * 300):
        yield f"typed {typed[:12]}", care.usage(typed)


MESSAGES: dict[str, dict[str, Message]] = {"nudges": dict(_nudges()), "care": dict(_care())}
MODALS: dict[str, dict[str, Json]] = {"nudges": {"hand over": nudges.hand_over_form(2**62)}}
