"""The living list in every state that a person can meet, and its forms; extremes too.

`python -m tests.views.lists` draws lists.txt anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

from bot.domain import because
from bot.domain.asks import LINE_MAX, Kind, Outcome
from bot.domain.because import Because, Cause
from bot.domain.boundary import Case
from bot.domain.conversations import EndedBy
from bot.domain.nudges import Snooze
from bot.domain.presence import Reason
from bot.views import living_list, ways_out
from bot.views.asks import Told
from bot.views.boundary import MetBefore
from bot.views.living_list import MOST_LINES, Line, Load, Over, Page
from bot.views.message import Message
from bot.views.nudges import Waiting
from bot.views.promises import Owed
from bot.views.ways_out import Mate
from tests.views import asked

Json = dict[str, Any]

FILE = Path(__file__).with_name("lists.txt")
NOW = datetime(2026, 3, 2, 10, tzinfo=UTC)
LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100"
HOUR = timedelta(hours=1)
ADA = Waiting("C0ACME", "Ada", LINK, timedelta(minutes=45), HOUR, "U0ANA")
SNOOZED = replace(ADA, snoozed_until=NOW)
BOB = Waiting("C0BLUEBIRD", "Bob", LINK, timedelta(minutes=80), HOUR, "U0LEE")
GITA = Waiting("C0GUESTS", "Gita", LINK, timedelta(minutes=5), HOUR, "U0ANA", new_here=True)
HOSTILE = "<!channel> *b* <@U0MIA> <https://evil.example|here> & `c`\n"
MUCH = Waiting("C0ACME", HOSTILE * 20, LINK, timedelta(days=4000), timedelta(days=3000), "U0LEE", True)
MET = MetBefore(Case.ABUSIVE, NOW)
DECIDED = MetBefore(Case.RIGHT, NOW, Outcome.BACK, "The price stands, and it is fair.")
KYOTO = datetime(2026, 3, 2, 19, 40, tzinfo=ZoneInfo("Asia/Tokyo"))
OWED = Owed(7, "C0ACME", "Ada", LINK, NOW)


def page(*lines: Line, **more: Any) -> Page:
    """Ana's."""
    return Page("U0ANA", lines, **more)


def messages() -> Iterator[tuple[str, Message]]:
    """The list as it can stand."""
    for name, one in (_pages() | _because() | _around()).items():
        yield name, living_list.draw(one)
    yield from _extremes()


def _pages() -> dict[str, Page]:
    line = Line(1, ADA)
    return {
        "nobody": page(),
        "one": page(line),
        "three": page(line, Line(2, BOB), Line(3, GITA)),
        "elsewhere it is evening": page(Line(3, GITA, local=KYOTO)),
        "the second word": page(Line(1, BOB, "help")),
        "a boundary before": page(Line(1, ADA, before=DECIDED), Line(2, BOB, before=MET)),
        "claimed": page(replace(line, claimed_by="U0ANA")),
        "claimed by another": page(replace(line, claimed_by="U0LEE")),
        "snoozed": page(Line(1, SNOOZED), Line(2, BOB)),
        "a snooze is over": page(replace(line, say="snoozed")),
        "all set aside": page(Line(1, SNOOZED), _paused(replace(line, say="help"))),
        "a pause is over": page(replace(line, say="paused")),
        "how can you help": Page("U0MIA", (Line(1, BOB, "how_help"), Line(2, replace(BOB, owner=None), "how_help"))),
    }


def _because() -> dict[str, Page]:
    """Why it came to the reader."""
    causes = {f"because: {cause}": Because(cause, "U0LEE") for cause in Cause}
    causes |= {f"because: away, {reason}": Because(Cause.AWAY, "U0LEE", reason, NOW) for reason in Reason}
    told = {name: page(Line(1, ADA, "passed", because.write(why))) for name, why in causes.items()}
    return told | {
        "handed over": page(Line(1, ADA, "handed", "by:U0LEE")),
        "handed over, by nobody knows whom": page(Line(1, ADA, "handed")),
    }


def _around() -> dict[str, Page]:
    asks = tuple(asked.told(kind) for kind in Kind)
    over = (Over(BOB, EndedBy.ANSWER, "U0ANA"), Over(ADA, EndedBy.ANSWER, "U0LEE"), Over(GITA, to="U0OMAR"))
    return {
        "a leader's": Page("U0MIA", asks=asks, loads=(Load("U0ANA", 11, 8),)),
        "a leader has said when": Page("U0MIA", asks=(_when(),)),
        "a promise": page(Line(1, ADA), promised=(OWED, replace(OWED, named=False, on_it_until=NOW))),
        "more than fit": page(*(Line(number, ADA) for number in range(20)), count=21),
        "of each, more than fit": page(
            *(Line(number, ADA) for number in range(20)), asks=asks * 3, promised=(OWED,) * 9
        ),
        "after a silence": page(Line(1, ADA), away_from=NOW, away_until=NOW),
        "after a silence, nobody": page(away_from=NOW, away_until=NOW),
        "quiet": page(Line(1, ADA), quiet=True),
        "some are done": page(Line(1, ADA), over=over),
        "all are done": page(over=over),
    }


def _when() -> Told:
    return asked.told(Kind.SNAG, outcome=Outcome.WHEN, ended_user="U0MIA", answer="By Friday.")


def _extremes() -> Iterator[tuple[str, Message]]:
    before = MetBefore(Case.UNREASONABLE, NOW, Outcome.BACK, (HOSTILE * 20)[:LINE_MAX])
    line = Line(2**62, MUCH, "help", "away:U0LEE:paused:1772445600", "U0ANA", KYOTO, before)
    asks = tuple(replace(asked.told(kind), customer=HOSTILE * 20, joined=999) for kind in Kind) * 9
    owed = (replace(OWED, customer=HOSTILE * 20),) * 20
    over = (Over(MUCH, EndedBy.ANSWER, "U0LEE"),) * 9
    for name, one in (("reply", line), ("managers", replace(line, say="how_help")), ("paused", _paused(line))):
        around: dict[str, Any] = {"away_from": NOW, "away_until": NOW, "quiet": True, "over": over}
        many = page(*[one] * 40, count=999, **around)
        yield f"{name}, extreme", living_list.draw(many)
        loads = (Load("U0ANA", 9**9, 9**9),) * 20
        yield f"{name}, of each, extreme", living_list.draw(replace(many, asks=asks, promised=owed, loads=loads))
    yield "over, extreme", living_list.draw(page(over=over))
    assert MOST_LINES == 12


def _paused(line: Line) -> Line:
    return replace(line, waiting=replace(line.waiting, paused_until=NOW))


def modals() -> dict[str, Json]:
    """What is sent off."""
    return {"on it": ways_out.on_it(1, ADA), "on it, extreme": ways_out.on_it(2**62, MUCH, [Snooze.HOUR])}


def menus() -> dict[str, Json]:
    """Forms in which there is only something to press, or to read."""
    mates = [Mate("U0OMAR"), Mate("U0LEE", 1), Mate("U0MIA", 4)]
    return {
        "hand over": ways_out.hand_over(1, ADA, mates),
        "hand over, not to that one": ways_out.hand_over(1, ADA, mates[:1], "They take nothing new right now."),
        "hand over, nobody is on duty": ways_out.hand_over(1, ADA, []),
        "hand over, all are off work": ways_out.hand_over(1, ADA, [Mate("U0LEE", 1, NOW), Mate("U0OMAR", 0, NOW)]),
        "hand over, extreme": ways_out.hand_over(2**62, MUCH, [Mate("U" * 11, 10**9)] * 30, "x" * 900),
        "more": ways_out.more(1, ADA),
        "more, extreme": ways_out.more(2**62, MUCH),
        "done: claimed": ways_out.done(ways_out.claimed(ADA)),
        "done: snoozed": ways_out.done(ways_out.asleep(ADA, NOW)),
        "done: handed over": ways_out.done(ways_out.handed(ADA, "U0LEE")),
        "done: no reply": ways_out.done(ways_out.closed(ADA)),
        "done: not needed": ways_out.done(ways_out.not_needed(ADA)),
        "not done": ways_out.not_done("This one is settled already, so there is nothing left to do."),
    }


if __name__ == "__main__":
    from tests.views.reading import lists

    FILE.write_text(lists(), encoding="utf-8")
