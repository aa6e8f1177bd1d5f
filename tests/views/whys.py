"""Explanations in every state that a person can meet; extremes too.

`python -m tests.views.whys` draws whys.txt anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.because import Because, Cause
from bot.domain.closings import Before
from bot.domain.conversations import Conversation, Kind, Move, apply
from bot.domain.hours import OFFICE, Schedule
from bot.domain.moments import ts_of
from bot.domain.policy import Policy
from bot.domain.presence import Reason
from bot.domain.promises import SOMETIME
from bot.domain.setup import DEFAULT_LADDER
from bot.domain.why import Kept, explain
from bot.views import why
from bot.views.message import Message
from bot.views.why_lines import Other, Told, plain
from bot.views.words import why as words

Json = dict[str, Any]

FILE = Path(__file__).with_name("whys.txt")
MONDAY = datetime(2026, 3, 2, 16, 0, tzinfo=UTC)
HOLIDAY = date(2026, 3, 4)
LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100?thread_ts=1772445600.000100&cid=C0ACME"
NAMES = {"U0ADA": "Ada", "U0LEE": "Lee", "U0ANA": "Ana", "U0BOB": "Bob"}
POLICY = Policy(schedule=Schedule(OFFICE, {HOLIDAY}), agents=("U0ANA", "U0LEE"), managers=("U0MIA",), home="C0CARE")


def at(minutes: float) -> str:
    """A `ts`, that long after four on Monday."""
    return ts_of(MONDAY + timedelta(minutes=minutes))


def asks(minutes: float, reason: str = "question", **more: Any) -> Move:
    """Ada writes."""
    return Move(at(minutes), Kind.THEIRS, "U0ADA", reason=reason, threaded=minutes > 0, **more)


def says(minutes: float, leaves: str = Before.STATEMENT) -> Move:
    """Lee answers."""
    return Move(at(minutes), Kind.OURS, "U0LEE", threaded=True, leaves=leaves)


def does(minutes: float, kind: Kind, about: float = 0, user: str = "U0ANA") -> Move:
    """Somebody does something about a message."""
    return Move(at(minutes), kind, user, about=at(about))


THANKS: dict[str, Any] = {"needs_reply": False, "closes_after": "aois"}
STORIES: dict[str, tuple[Move, ...]] = {
    "nothing asked": (asks(0, "thanks", **THANKS),),
    "waits": (asks(0), asks(2, "unsure"), does(3, Kind.CLAIM)),
    "answered": (asks(0), says(20), asks(24, "thanks", **THANKS)),
    "no after an offer": (asks(0), says(20, Before.OFFER), asks(24, "unsure", closes_after="o")),
    "thanks after a question": (asks(0), says(20, Before.QUESTION), asks(24, "thanks", **THANKS)),
    "needed after all": (asks(0), says(20), asks(24, "thanks", **THANKS), does(30, Kind.NEEDED, 24)),
    "needless": (asks(0), does(30, Kind.NOT_NEEDED)),
    "closed": (asks(0), does(30, Kind.CLOSE)),
    "reopened": (asks(0), does(30, Kind.CLOSE), does(31, Kind.UNCLOSE), does(32, Kind.CLAIM), does(33, Kind.UNCLAIM)),
    "taken back": (asks(0), does(30, Kind.DELETE, user="")),
    "boundary": (asks(0), does(30, Kind.BOUNDARY)),
    "boundary taken back": (asks(0), does(30, Kind.BOUNDARY), does(31, Kind.UNBOUNDARY)),
    "relayed mail": (asks(0)._replace(user="B0MAIL"),),
    "a rule without words": (asks(0, "a_new_rule"), asks(1, "")),
    "ours alone": (says(0),),
    "to a colleague": (asks(0), says(3)._replace(kind=Kind.ASIDE)),
    "a promise": (asks(0), says(3)._replace(promise=at(60)), asks(24, "thanks", **THANKS)),
    "a promise without a time": (asks(0), says(3)._replace(promise=SOMETIME)),
    "a promise kept": (asks(0), says(3)._replace(promise=at(60)), does(30, Kind.KEPT, 3)),
    "helped by a customer": (
        asks(0),
        asks(3, "to_customer", needs_reply=False)._replace(user="U0BOB"),
        asks(4, "unsure")._replace(user="U0BOB"),
    ),
    "among customers": (asks(0), asks(3, "to_customer", needs_reply=False)._replace(user="U0BOB"), asks(5, "to_us")),
}


def told(
    moves: tuple[Move, ...],
    now: float = 45,
    kept: Kept | None = None,
    policy: Policy = POLICY,
    watched: bool = True,
    **more: Any,
) -> Told:
    """As Ana is told of it."""
    conversation = Conversation("C0ACME", at(0))
    for move in moves:
        conversation = apply(conversation, move, policy)
    stored = kept or Kept("U0ANA", 0, None, MONDAY + timedelta(minutes=45))
    begun = {wait.from_ts: stored for wait in conversation.waits}
    explained = explain(conversation, policy, begun, MONDAY + timedelta(minutes=now), watched)
    links = {move.ts: LINK for move in moves if move.kind in (Kind.THEIRS, Kind.OURS)}
    return Told(explained, at(0), links, NAMES, **more)


def held(because: Because, **more: Any) -> Kept:
    """With Lee, for a reason."""
    return Kept("U0LEE", 1, None, MONDAY + timedelta(minutes=55), because=because, **more)


def stories() -> Iterator[tuple[str, Told]]:
    """Each state, as it is read."""
    for name, moves in STORIES.items():
        yield name, told(moves)
    waits, days = STORIES["waits"], 24 * 60
    late = MONDAY + timedelta(days=2)
    yield "over night and a holiday", told(waits, 3 * days, Kept("U0ANA", 2, None, late, (MONDAY, late)))
    yield "snoozed", told(waits, 50, Kept("U0ANA", 1, late, late, (MONDAY,)))
    yield "on the rota", told((asks(0),), 1, Kept(None, 0, None, late))
    paused = Because(Cause.AWAY, "U0ANA", Reason.PAUSED, late)
    yield "in somebody's place", told(waits, 50, held(paused, covers_for="U0ANA"))
    yield "with no word of why", told(waits, 50, held(Because(Cause.AWAY, "U0ANA"), covers_for="U0ANA"))
    for cause in (Cause.FREE, Cause.TURN, Cause.AWAY, Cause.LEFT, Cause.TEAM, Cause.GONE):
        yield f"by turn: {cause}", told((asks(0),), 50, held(Because(cause, "U0ANA"), look_at=MONDAY))
    yield "to the team", told(waits, 70, Kept("U0ANA", 2, None, late))
    yield "to the manager", told(waits, 90, Kept("U0ANA", 3, None, late))
    yield "climbed", told(waits, days, Kept("U0ANA", len(DEFAULT_LADDER)))
    yield "never works", told(waits, 50, Kept("U0ANA"))
    yield "no longer customers", told(waits, 50, watched=False)
    yield "of several", told(waits, others=[Other(at(-30), "Bob"), Other(at(90), None)])
    yield "no customer", told((says(0), says(2)), ours_here=frozenset({"U0LEE"}))


def extremes() -> Iterator[tuple[str, Told]]:
    """As long as it gets."""
    hostile = dict.fromkeys(NAMES, "<!channel> *b* <@U0MIA> & `c` " * 20)
    months = told(tuple(asks(one) for one in range(400)), 60 * 24 * 300)
    many = [Other(at(one), hostile["U0BOB"]) for one in range(60)]
    yield "months", months
    many_lead = replace(POLICY, managers=tuple(f"U{number:011}" for number in range(300)))
    yield "many managers", told(STORIES["waits"], 90, Kept("U0ANA", 3, None, MONDAY), many_lead)
    promises = tuple(says(one)._replace(promise=at(60), user=f"U{one:011}") for one in range(1, 300))
    yield "many promises", told((asks(0), *promises))
    yield "from the first on", Told(months.explained, at(0), months.links, hostile, many)
    yield "to the last", Told(months.explained, at(399), months.links, hostile, many)


def messages() -> Iterator[tuple[str, Message]]:
    """As answers to `/care why`."""
    for name, one in (*stories(), *extremes()):
        yield name, why.why(one)
    for sentence in (words.NEEDS_LINK(), words.NO_LINK(), words.UNKNOWN(), words.NOT_YOUR_TEAM()):
        yield sentence[:20], Message(sentence)


def shown() -> dict[str, Json]:
    """As what the menu of a message turns into."""
    return {name: why.why_view(one) for name, one in (*stories(), *extremes())} | {
        "refused": why.refused_view(words.UNKNOWN())
    }


def read() -> str:
    """Each state as a terminal shows it, which is what Slack shows without its buttons."""
    return "\n\n".join(f"=== {name}\n{plain(one)}" for name, one in stories()) + "\n"


if __name__ == "__main__":
    FILE.write_text(read(), encoding="utf-8")
