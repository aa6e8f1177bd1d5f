"""The reasons of prompts are true of the tables: what was put there by hand is what is counted, on both databases."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Connection, insert

from bot.domain.asks import Kind, Outcome
from bot.domain.moments import ts_of
from bot.domain.prompt_book import Signal
from bot.domain.pulse import About, Verdict, questions
from bot.domain.setup import Setup, Team
from bot.domain.signals import Facts, Heard, heard
from bot.domain.weeks import last_weeks
from bot.store import workspaces
from bot.store.db import Db
from bot.store.kudos_tables import kudos, kudos_receivers
from bot.store.leading_tables import asks
from bot.store.prompt_facts import facts
from bot.store.pulse_tables import pulse_rounds
from bot.store.tables import waits
from bot.store.workspaces import Installation, Workspace, Workspaces

OURS = "T0CARE"
NOW = datetime(2026, 4, 7, 7, 0, tzinfo=UTC)  # a Tuesday
AGENTS = ("U0ANA", "U0LEE", "U0TOM")
CARE = Team("care", "Care", agents=AGENTS, managers=("U0MIA",))
SETUP = Setup((CARE, Team("night", "Night", agents=AGENTS)))
WEEKS = last_weeks(CARE.week.zone, NOW, 9)
LAST = WEEKS[-1].start + timedelta(days=1, hours=10)  # on Tuesday of the week that a prompt is chosen from
DAY, WEEK = timedelta(days=1), timedelta(weeks=1)

Fill = Callable[[Connection], None]


def answered(
    at: datetime, count: int = 1, by: str = "", team: str = "care", late: bool = False, evening: bool = False
) -> Fill:
    """Customers asked then and were answered ten minutes later, by one agent or by all in turn."""

    def fill(tx: Connection) -> None:
        for number in range(count):
            begun = at + timedelta(seconds=number)
            row = {
                "team_id": OURS,
                "channel": "C0ACME",
                "root_ts": ts_of(begun),
                "from_ts": ts_of(begun),
                "first": True,
                "target_s": 3600,
                "started_at": begun,
                "ended_at": begun + timedelta(minutes=10),
                "ended_by": "answer",
                "ended_user": by or AGENTS[number % len(AGENTS)],
                "team": team,
                "working_s": 7200 if late else 600,
                "after_hours": evening,
            }
            tx.execute(insert(waits).values(row))

    return fill


def asked(kind: Kind, at: datetime = LAST, **more: Any) -> Fill:
    """An agent called then on who leads."""
    row = {"team_id": OURS, "team": "care", "kind": kind, "by": "U0ANA", "line": "x", "opened_at": at, "target_s": 3600}
    return lambda tx: void(tx.execute(insert(asks).values(row | more)))


def backed(at: datetime) -> Fill:
    """A boundary call, answered within a minute."""
    return asked(Kind.BOUNDARY, at, ended_at=at, working_s=60, outcome=Outcome.BACK)


def told(*verdicts: Verdict, last: str = "2026-03-24") -> Fill:
    """Rounds of the pulse on one thing, the last in the week of that day."""
    monday = datetime.fromisoformat(last).date()
    rows = [
        {
            "team_id": OURS,
            "team": "care",
            "period": (monday - (len(verdicts) - 1 - place) * 2 * WEEK).isoformat(),
            "question": questions()[0].id,
            "floor": 5,
            "closes_at": NOW,
            "verdict": verdict,
        }
        for place, verdict in enumerate(verdicts)
    ]
    return lambda tx: void(tx.execute(insert(pulse_rounds), rows))


def thanked(*users: str, days: int = 3) -> Fill:
    """Kudos that these people got so many days ago."""

    def fill(tx: Connection) -> None:
        one = {
            "team_id": OURS,
            "giver": "U0MIA",
            "reason": "for staying",
            "behaviours": ["kindness"],
            "where": "private",
            "created_at": NOW - days * DAY,
        }
        row = {name: value for name, value in one.items() if name in kudos.c}
        number = tx.execute(insert(kudos).values(row).returning(kudos.c.id)).scalar_one()
        for place, user in enumerate(users):
            tx.execute(insert(kudos_receivers).values(team_id=OURS, kudos_id=number, user_id=user, place=place))

    return fill


def void(_result: object) -> None:
    """What a statement gives is not asked for."""


def usual(count: int = 6, weeks: int = 4, late: bool = False) -> Fill:
    """The same week again and again before the last one, and everybody has been thanked."""

    def fill(tx: Connection) -> None:
        for week in WEEKS[-1 - weeks : -1]:
            answered(week.start + DAY, count, late=late)(tx)
        thanked(*AGENTS)(tx)

    return fill


def known(db: Db, *fills: Fill) -> Facts:
    with db.begin() as tx:
        workspace = desk(tx)
        for fill in fills:
            fill(tx)
        return facts(tx, workspace, CARE, NOW, NOW)


def desk(tx: Connection) -> Workspace:
    workspaces.install(tx, Installation(OURS, "Linden", "https://linden.slack.com/"))
    workspaces.save_setup(tx, OURS, SETUP)
    workspace = Workspaces().get(tx, OURS, NOW)
    assert workspace
    return workspace


@pytest.mark.parametrize(
    ("fills", "expected"),
    [
        ([usual()], ()),
        ([usual(), answered(LAST, 12)], ((Signal.OVERLOAD, 12, 6), (Signal.GOOD_WEEK, 12, 100))),
        ([usual(), answered(LAST, 12, team="night")], ()),
        ([usual(12), answered(LAST, 14)], ((Signal.GOOD_WEEK, 14, 100),)),
        ([usual(), answered(LAST, 3, evening=True)], ((Signal.AFTER_HOURS, 3, 0),)),
        ([usual(), answered(LAST, 3, by="U0ANA", evening=True)], ()),  # of one alone nothing is told
        ([usual(), backed(LAST), backed(LAST - WEEK)], ((Signal.BOUNDARY_CALLS, 1, 0),)),
        ([usual(), asked(Kind.BOUNDARY, outcome=Outcome.WITHDRAWN, ended_at=LAST)], ()),
        (
            [usual(), asked(Kind.HELP, ended_at=LAST, outcome=Outcome.ANSWERED, working_s=3601)],
            ((Signal.SLOW_ASKS, 1, 0),),
        ),
        ([usual(), asked(Kind.HELP, ended_at=LAST, outcome=Outcome.ANSWERED, working_s=3600)], ()),
        ([usual(), asked(Kind.HELP, ended_at=LAST, outcome=Outcome.ANSWERED, working_s=9999, team="night")], ()),
        ([usual(), asked(Kind.HELP)], ((Signal.SLOW_ASKS, 1, 0),)),  # nobody has answered it yet
        ([usual(), asked(Kind.HELP, NOW - timedelta(minutes=5))], ()),
        (
            [usual(), *(asked(Kind.SNAG, LAST, ended_at=LAST, working_s=60, outcome=one) for one in ("when", "fixed"))],
            (),
        ),
        (
            [usual(), *(asked(Kind.SNAG, LAST, ended_at=LAST, working_s=60, outcome="when") for _ in range(2))],
            ((Signal.OPEN_SNAGS, 2, 0),),
        ),
        (
            [usual(late=True), answered(LAST, 6, late=True)],
            ((Signal.OUT_OF_REACH, 5, 75),),
        ),
        ([usual(), thanked("U0ANA", days=29)], ()),
        ([usual(weeks=0), thanked("U0ANA", "U0LEE", days=2)], ()),
    ],
)
def test_what_is_heard_is_what_the_tables_hold(
    db: Db, fills: list[Fill], expected: tuple[tuple[Signal, int, int], ...]
) -> None:
    found = heard(known(db, *fills))
    assert tuple((one.signal, one.count, one.beside) for one in found) == expected
    assert {one.team for one in found} <= {"care"}


def test_who_got_no_thanks_lately_is_counted_by_the_days_of_the_setup(db: Db) -> None:
    assert heard(known(db, thanked("U0ANA"), thanked("U0LEE", days=31))) == (
        Heard(Signal.UNTHANKED, 2, 30, team="care"),
    )


def test_a_colleague_is_new_for_four_weeks_where_others_answered_before(db: Db) -> None:
    before = answered(WEEKS[0].start + DAY, 5, by="U0ANA")
    assert known(db, before, answered(LAST, 2, by="U0TOM"), answered(LAST + DAY, 2, by="U0ANA")).newcomers == 1


def test_where_nobody_answered_before_nobody_is_new(db: Db) -> None:
    assert known(db, answered(LAST, 6)).newcomers == 0


@pytest.mark.parametrize(
    ("verdicts", "last", "down"),
    [
        ((Verdict.MOST_YES, Verdict.MIXED), "2026-03-24", questions()[0].about),
        ((Verdict.MIXED, Verdict.MOST_YES), "2026-03-24", None),
        ((Verdict.MIXED, Verdict.MIXED), "2026-03-24", None),
        ((Verdict.MOST_NO,), "2026-03-24", None),
        ((Verdict.MOST_YES, Verdict.MIXED), "2026-02-24", None),  # old news
        ((), "2026-03-24", None),
    ],
)
def test_a_pulse_goes_down_only_beside_what_was_told_before(
    db: Db, verdicts: tuple[Verdict, ...], last: str, down: About | None
) -> None:
    assert known(db, *([told(*verdicts, last=last)] if verdicts else [])).pulse_down == down
