"""Boundary calls in every state that a person can meet; extremes too.

`python -m tests.views.boundaries` draws boundaries.txt anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.asks import ANSWERS, LINE_MAX, Kind
from bot.domain.boundary import Case
from bot.domain.kudos import Source
from bot.domain.setup_values import PARAGRAPH, SENTENCE
from bot.views import boundary, living_list, nudges
from bot.views.message import Message

FILE = Path(__file__).with_name("boundaries.txt")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100"
OUTCOMES = ANSWERS[Kind.BOUNDARY]
SOURCE = Source("C0ACME", "1772445600.000100", "1772445600.000100")
BACKING = ("Refund up to 100 € when the mistake was ours", "Say no to a date that cannot be kept")
WHY = "You were right to stop here, and I would have done the same."
HOSTILE = "<!channel> *b* <@U0MIA> <https://evil.example|here> & `c` " * 40
TOLD = "Your boundary call is on its way. <@U0MIA> knows of it; expect word by 11:00."
PLAIN = boundary.Hand(2**62, Case.ABUSIVE, None, None, BACKING, LINK, NOW + timedelta(minutes=30))
EXTREME = boundary.Hand(
    2**62, Case.RIGHT, "&" * PARAGRAPH, "&" * PARAGRAPH, ("&" * SENTENCE,) * 40, LINK, NOW + timedelta(days=9)
)
WAITING = nudges.Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), timedelta(hours=1))


def _next(met: boundary.MetBefore) -> Message:
    """What the next agent who meets the customer reads."""
    return living_list.draw(living_list.Page("U0LEE", (living_list.Line(1, WAITING, before=met),)))


def messages() -> Iterator[tuple[str, Message]]:
    """All that is said of a call, but for what asks say."""
    for case in Case:
        yield f"in hand: {case}", boundary.in_hand(replace(PLAIN, case=case))
    for outcome in OUTCOMES:
        hand = replace(PLAIN, case=Case.UNREASONABLE, outcome=outcome)
        yield f"in hand, answered: {outcome}", boundary.in_hand(hand)
    own = replace(PLAIN, policy="Nobody of us reads insults.", sentence="With respect, please.", backing=(), link=None)
    yield (
        "in hand: a team's own words, of no message, the breather over",
        boundary.in_hand(replace(own, breather_until=None)),
    )
    yield "in hand: extreme", boundary.in_hand(EXTREME)
    yield "in hand: hostile, extreme", boundary.in_hand(replace(EXTREME, policy=HOSTILE[:PARAGRAPH], sentence=HOSTILE))
    yield "taken back", boundary.taken_back()
    yield "the next morning", boundary.check_in(2**62, NOW)
    for case in Case:
        met = boundary.MetBefore(case, NOW)
        yield f"the list of the next: {case}, no word yet", _next(met)
    for outcome in OUTCOMES:
        met = boundary.MetBefore(Case.ABUSIVE, NOW, outcome, WHY)
        yield f"the list of the next: {outcome}", _next(met)
    met = boundary.MetBefore(Case.UNREASONABLE, NOW, OUTCOMES[0], HOSTILE[:LINE_MAX])
    yield "the list of the next: extreme", _next(met)


def modals() -> dict[str, dict[str, Any]]:
    """The form."""
    choices = [
        boundary.Choice(SOURCE, "Ada", "ext-acme"),
        boundary.Choice(replace(SOURCE, channel="C0BLUE"), "Bob", "ext-bluebird"),
    ]
    many = [boundary.Choice(replace(SOURCE, channel=f"C{place:08}"), HOSTILE, "x" * 80) for place in range(99)]
    return {
        "call": boundary.form(boundary.Filled(SOURCE)),
        "call, from the command": boundary.form(
            boundary.Filled(None, Case.RIGHT, "They want what I refused."), choices
        ),
        "call, with nobody waiting": boundary.form(boundary.Filled(), []),
        "call, extreme": boundary.form(boundary.Filled(SOURCE, Case.ABUSIVE, HOSTILE), many),
    }


def shown() -> dict[str, dict[str, Any]]:
    """What the form turns into."""
    return {
        "called": boundary.in_hand_view(PLAIN, TOLD),
        "called, right": boundary.in_hand_view(replace(PLAIN, case=Case.RIGHT), TOLD),
        "called, extreme": boundary.in_hand_view(EXTREME, TOLD),
    }


def drawn() -> str:
    """As people read it, but for the extremes."""
    from tests.views.reading import plainly, read
    from tests.views.snapshots import drawn as drawn_view

    said = {name: one.payload() for name, one in messages() if not name.endswith("extreme")}
    texts = [f"=== {name}\n({one['text']})\n{read(one)}" for name, one in said.items()]
    views = {**modals(), **shown()}
    texts += [f"=== {name}\n{drawn_view(one)}" for name, one in views.items() if not name.endswith("extreme")]
    return plainly("\n\n".join(texts)) + "\n"


if __name__ == "__main__":
    FILE.write_text(drawn(), encoding="utf-8")
