"""How CareCue is brought in, in every state: the first steps of a workspace, and what a channel is."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import product
from typing import Any, get_args

from bot.domain.channel_questions import Answer, Look, Poster
from bot.domain.first_run import MINUTES, Draft
from bot.domain.setup import Kind, Targets, Team
from bot.views import channel_questions, first_run
from bot.views.channel_questions import Question
from bot.views.first_run import Progress
from bot.views.message import Message

Json = dict[str, Any]

CARE = Team("care", "Care", ("U0ANA", "U0LEE"), ("U0MIA",))
LONG = Team("long", "<!channel>&*" * 40, tuple(f"U0000000{number:03}" for number in range(100)))
MANY = [replace(CARE, key=f"team-{number}", name=f"Team {number}") for number in range(120)]
DRAFT = Draft("Care", ("U0ANA", "U0LEE"), ("U0MIA",), zone="Europe/Lisbon")
TEAMS = {"no team": [], "a team": [CARE], "two": [CARE, LONG], "many": MANY}
LOOKS = {
    "colleagues": Look(),
    "shared": Look(shared=True),
    "about to be": Look(pending=True),
    "a guest": Look(guests=1),
    "everything": Look(
        True, True, 99, (Poster("B0MAIL", "Mailbox", True), Poster("B0X", "", False), Poster("B0Y", "<&>" * 60, False))
    ),
}
PLACES = {
    "nowhere": (),
    "one": (("C0ONE", False),),
    "half": (("C0ONE", True), ("C0TWO", False), ("C0THREE", False)),
    "all": (("C0ONE", True), ("C0TWO", True)),
    "many": tuple((f"C00000000{number:02}", False) for number in range(first_run.MOST_CHANNELS)),
}
OPENS = datetime(2026, 3, 3, 9, tzinfo=UTC)


def _progress() -> Iterator[tuple[str, Progress]]:
    for (where, places), team in product(PLACES.items(), (CARE, LONG)):
        of = Progress(team, team.people, Targets(), places, "/invite @CareCue")
        yield f"{team.key}, {where}", of
        yield f"{team.key}, {where}, at night", replace(of, opens=OPENS, targets=Targets(timedelta(minutes=5)))


def first_messages() -> Iterator[tuple[str, Message]]:
    yield "greeting", first_run.greeting()
    yield "not now", first_run.later()
    yield from ((name, first_run.progress(of)) for name, of in _progress())


def first_modals() -> dict[str, Json]:
    return {
        "who": first_run.team_form("U0NIA"),
        "when": first_run.hours_form(DRAFT),
        "when, anew": first_run.hours_form(replace(DRAFT, hours="mon 9-12" * 20, minutes=MINUTES[0])),
        "where": first_run.channels_form(DRAFT),
        "where, of many": first_run.channels_form(replace(DRAFT, agents=LONG.agents[:50], managers=LONG.agents[50:])),
    }


def first_shown() -> dict[str, Json]:
    return {name: first_run.done(of) for name, of in _progress()}


def channel_messages() -> Iterator[tuple[str, Message]]:
    for (seen, look), (some, teams) in product(LOOKS.items(), TEAMS.items()):
        for team in (None, "care"):
            question = Question("C0NEW", look, teams, team, by_reader=team is not None)
            yield f"{seen}, {some}, {team}", channel_questions.draw(question)
    for kind in get_args(Kind):
        for whose in (None, CARE, LONG):
            given = Answer(kind, whose.key if whose else None)
            yield f"{kind}, {given.team}", channel_questions.answered("C0NEW", given, whose)
