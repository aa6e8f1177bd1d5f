"""The pulse in every state that a person can meet; extremes too.

`python -m tests.views.pulses` draws pulses.txt anew.
"""

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.domain.pulse import ANSWERS, Told, Verdict, questions
from bot.views import pulse
from bot.views.message import Message
from bot.views.pulse import TeamPulse

FILE = Path(__file__).with_name("pulses.txt")
NOW = datetime(2026, 3, 3, 10, tzinfo=UTC)
HOSTILE = "<!channel>&* `x` <@U0MIA>\n" * 40
BOOK = questions()


def told(*verdicts: Verdict) -> tuple[Told, ...]:
    """Rounds with these verdicts, question after question."""
    mondays = (datetime(2025, 9, 1, tzinfo=UTC) + timedelta(days=14 * place) for place in range(len(verdicts)))
    return tuple(
        Told(f"{monday:%Y-%m-%d}", BOOK[place % len(BOOK)], verdict)
        for place, (monday, verdict) in enumerate(zip(mondays, verdicts, strict=True))
    )


YEAR = told(*list(Verdict) * 5)
TEAM = TeamPulse("Care", told(Verdict.MOST_YES, Verdict.MIXED, Verdict.MORE_NO), 5, NOW)


def messages() -> Iterator[tuple[str, Message]]:
    """All that the pulse says."""
    for one in BOOK:
        yield f"asked: {one.id}", pulse.question("care", "2026-03-02", one, 5, NOW + timedelta(days=8))
    for step in ANSWERS:
        yield f"answered: {step}", pulse.answered(step)
    yield "pressed again", pulse.already()
    yield "closed", pulse.over()
    for verdict in Verdict:
        yield f"told: {verdict}", pulse.told("Care", told(verdict))
    load = [place for place, one in enumerate(BOOK) if one.about is BOOK[0].about][1]
    yield "told: as before", pulse.told("Care", told(Verdict.MORE_YES, *[Verdict.MIXED] * load))
    yield "told: extreme", pulse.told(HOSTILE, YEAR)
    yield "page", pulse.page([TEAM])
    yield "page: nothing yet", pulse.page([TeamPulse("Care", (), 8, NOW)])
    yield "page: switched off", pulse.page([TeamPulse("Care", TEAM.told, None, None)])
    yield "page: no team", pulse.page([])
    yield "page: extreme", pulse.page([TeamPulse(HOSTILE, YEAR, 1000, NOW)] * 9)


if __name__ == "__main__":
    from tests.views.reading import pulses

    FILE.write_text(pulses(), encoding="utf-8")
