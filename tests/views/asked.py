"""Asks in every state that a person can meet; extremes too.

`python -m tests.views.asked` draws asked.txt anew.
"""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

from bot.domain.asks import ANSWERS, LINE_MAX, Ask, Kind, Outcome
from bot.domain.kudos import Source
from bot.views import ask_forms, asks, forms, menu, said_and_done
from bot.views.ask_forms import Choice, Draft
from bot.views.asks import Told
from bot.views.message import Message
from bot.views.said_and_done import Done, LeaderTime, Snag

Json = dict[str, Any]

FILE = Path(__file__).with_name("asked.txt")
NOW = datetime(2026, 3, 2, 11, tzinfo=UTC)
HOSTILE = ("<!channel> *b* <@U0MIA> <https://evil.example|here> & `c`\n" * 20)[:LINE_MAX]
SOURCE = Source("C0ACME", "1772445600.000100", "1772445600.000100")
LINK = "https://linden.slack.com/archives/C0ACME/p1772445600000100"
LINES = {Kind.HELP: "May I refund the whole group?", Kind.SNAG: "The export stops at 500 rows"}
LINES |= {Kind.BOUNDARY: "Three insults since nine"}
CASES = {Kind.BOUNDARY: "abusive"}
MANY = tuple(f"U{number:011}" for number in range(40))


def told(kind: Kind, **more: Any) -> Told:
    """Ana has asked, and Mia has heard."""
    ask = Ask(kind, "care", "U0ANA", LINES[kind], None if kind is Kind.SNAG else SOURCE, CASES.get(kind))
    about = {} if kind is Kind.SNAG else {"customer": "Ada", "link": LINK}
    return Told(10**17, ask, ("U0MIA",), ("U0MIA",), NOW, timedelta(minutes=20), **{**about, **more})


def messages() -> Iterator[tuple[str, Message]]:
    """All that is said of asks."""
    for kind in Kind:
        plain = told(kind)
        yield f"{kind}: to a leader", _line(plain, "U0TOM")
        yield f"{kind}: to the agent", asks.to_agent(plain)
        yield f"{kind}: at once", asks.at_once(plain)
        for outcome in ANSWERS[kind]:
            yield from _answered(kind, outcome)
    yield from _on_its_way()
    yield from _said_and_done()
    yield from _extremes()


def _line(told: Told, reader: str) -> Message:
    """As it stands in the list of one who leads."""
    return Message("A list", tuple(asks.in_list(told, reader)))


def _answered(kind: Kind, outcome: Outcome) -> Iterator[tuple[str, Message]]:
    done = told(kind, outcome=outcome, ended_user="U0MIA", answer="By Friday, I promise.")
    yield f"{kind}: {outcome}, to the agent", asks.heard(done, "U0ANA")
    yield f"{kind}: {outcome}, what stays with the agent", asks.to_agent(done)
    if outcome is Outcome.WHEN:
        yield f"{kind}: {outcome}, what stays with who answered", _line(done, "U0MIA")


def _on_its_way() -> Iterator[tuple[str, Message]]:
    plain = told(Kind.HELP)
    yield "a leader has it", _line(replace(plain, owner="U0MIA"), "U0MIA")
    yield "another leader has it", _line(replace(plain, owner="U0TOM"), "U0MIA")
    yield "snoozed", _line(replace(plain, owner="U0MIA", snoozed_until=NOW), "U0MIA")
    yield "the agent sees who has it", asks.to_agent(replace(plain, owner="U0MIA"))
    yield "the agent sees who heard next", asks.to_agent(replace(plain, told=("U0MIA", "U0TOM")))
    yield "asked in the evening", asks.to_agent(replace(plain, told=()))
    yield "nobody to ask", asks.to_agent(replace(plain, first=(), told=(), word_by=None))
    yield "taken back, to the agent", asks.to_agent(replace(plain, outcome=Outcome.WITHDRAWN))
    snag = told(Kind.SNAG, joined=2)
    yield "a snag that three have", _line(snag, "U0MIA")
    fixed = replace(snag, outcome=Outcome.FIXED, ended_user="U0MIA", answer="The new version is out.")
    yield "a snag that is fixed, to who said: me too", asks.heard(fixed, "U0LEE")
    yield "my open asks", Message("My asks", tuple(asks.mine([told(kind) for kind in Kind])))
    yield "on my clock", Message("My clock", tuple(asks.on_clock([told(kind) for kind in Kind])))


def _said_and_done() -> Iterator[tuple[str, Message]]:
    """A part of the team's weekly page."""
    fixed = Snag(1, LINES[Kind.SNAG], 3, NOW, Outcome.FIXED, "The new version is out.")
    stays = Snag(2, "No dark mode", 1, NOW, Outcome.WONT, "The supplier goes away in May.")
    soon = Snag(3, "Two logins for one booking", 2, NOW, Outcome.WHEN, "By Friday.")
    times = (LeaderTime("Mia", timedelta(minutes=20), 3),)
    whole = Done((fixed, stays, soon), 3, 1, times, (soon, Snag(4, "The printer", 1, NOW)), ("*Mia* will sit in.",))
    yield "you said, we did", Message("Our week", tuple(said_and_done.part(whole)))
    yield "you said, we did: open ones alone", Message("Our week", tuple(said_and_done.part(Done(open=(soon,)))))
    much = Snag(5, HOSTILE, 999, NOW, Outcome.WHEN, HOSTILE)
    slow = LeaderTime(HOSTILE, timedelta(days=300), 999)
    extreme = Done((much,) * 40, 9999, 9999, (slow,) * 9, (much,) * 40, ("x" * 200,) * 40)
    yield "you said, we did: extreme", Message("Our week", tuple(said_and_done.part(extreme)))


def _extremes() -> Iterator[tuple[str, Message]]:
    for kind in Kind:
        ask = Ask(kind, "care", "U0ANA", HOSTILE, SOURCE, CASES.get(kind))
        much = Told(10**17, ask, MANY, MANY, NOW, timedelta(days=4000), joined=999, customer=HOSTILE, link=LINK)
        yield f"{kind}: to a leader, extreme", _line(much, "U0MIA")
        yield f"{kind}: to the agent, extreme", asks.to_agent(much)
        yield f"{kind}: mine, extreme", Message("My asks", tuple(asks.mine([much] * 5)))
        yield f"{kind}: on my clock, extreme", Message("My clock", tuple(asks.on_clock([much] * 5)))
        done = replace(much, outcome=ANSWERS[kind][0], ended_user="U0MIA", answer=HOSTILE)
        yield f"{kind}: heard, extreme", asks.heard(done, "U0ANA")


SNAGS = ask_forms.choices([(1, "The export stops at 500 rows", 3), (2, "Two logins for one booking", 1)])
SAME = ask_forms.choices([(1, HOSTILE, 999), *((number, "x" * 75, 1) for number in range(2, 30))])


def modals() -> dict[str, Json]:
    """The forms that are sent off."""
    teams = (Choice("care", "Care"), Choice("night", "Night shift " * 20))
    return {
        "ask for help": ask_forms.form(Draft(Kind.HELP, about=SOURCE)),
        "ask for help, of two teams": ask_forms.form(Draft(Kind.HELP, "x" * 4000, SOURCE, teams)),
        "tell a snag": ask_forms.form(Draft(Kind.SNAG)),
        "tell a snag, of those that there are": ask_forms.form(Draft(Kind.SNAG, same=SNAGS)),
        "tell a snag, extreme": ask_forms.form(Draft(Kind.SNAG, HOSTILE, None, teams, SAME)),
        **{f"answer: {kind}": ask_forms.answer_form(told(kind)) for kind in Kind},
    }


def menus() -> dict[str, Json]:
    """Modals in which there is only something to press, or to read."""
    return {
        "menu": menu.menu(menu.Picked(SOURCE, "U0ADA")),
        "told": forms.told("Ask for help", asks.told_line(told(Kind.HELP))),
    }


if __name__ == "__main__":
    from tests.views.reading import asked

    FILE.write_text(asked(), encoding="utf-8")
