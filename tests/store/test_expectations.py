"""Expectations read from the waits that stand in the tables, and the target that a manager takes from them."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import insert, update

from bot.domain.expectations import Wait, fit, out_of_reach
from bot.domain.hours import Schedule
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, CustomerSetup, Setup, Targets, Team
from bot.store import expectations, setup, workspaces
from bot.store.db import Db
from bot.store.tables import conversations, waits
from bot.store.workspaces import Installation, Workspace, Workspaces
from bot.views.expectations import Expectation, Offer
from bot.views.words import expectations as words
from tests.domain.living import TEAMS, WEEKS_KNOWN, lived

OURS, NOW = "T0CARE", datetime(2026, 3, 2, 9, 0, tzinfo=UTC)  # a Monday
SINCE = NOW.replace(hour=0) - timedelta(weeks=WEEKS_KNOWN)
CARE = Team("care", "Care", agents=tuple(f"U{n}" for n in range(6)), managers=("U0MIA",))
HALF_AN_HOUR = Targets(timedelta(minutes=30), timedelta(hours=1))
SETUP = Setup(teams=(CARE,), targets=HALF_AN_HOUR, admins=("U0NIA",), channels=(Channel("C0ACME", team="care"),))
SCHEDULE = Schedule(CARE.week)


class Past:
    """A workspace in which this has been."""

    def __init__(self, db: Db, rows: Sequence[dict[str, Any]], plan: Setup = SETUP) -> None:
        self.db, self.workspaces = db, Workspaces()
        with db.begin() as tx:
            workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
            workspaces.save_setup(tx, OURS, plan)
            if rows:
                tx.execute(insert(waits), rows)

    def workspace(self) -> Workspace:
        with self.db.begin() as tx:
            found = self.workspaces.get(tx, OURS, NOW)
        assert found
        return found

    def told(self) -> Expectation | None:
        workspace = self.workspace()
        with self.db.begin() as tx:
            return expectations.read(tx, workspace, workspace.setup.teams[0], NOW)

    def take(self, offer: Offer, user: str) -> str | None:
        workspace = self.workspace()
        with self.db.begin() as tx:
            return expectations.take(tx, workspace, offer, user, NOW)

    def exported(self) -> str:
        with self.db.begin() as tx:
            return setup.export(tx, OURS)


def row(number: int, wait: Wait, **other: Any) -> dict[str, Any]:
    """As the ledger writes it."""
    started, ended = (SCHEDULE.due(SINCE, timedelta(seconds=at)) for at in (wait.arrived, wait.answered))
    ts = ts_of(started + timedelta(microseconds=number))
    place = {"team_id": OURS, "channel": "C0ACME", "root_ts": ts, "from_ts": ts, "first": True, "target_s": 1800}
    end = {"ended_at": ended, "ended_by": "answer", "ended_user": wait.by, "working_s": wait.answered - wait.arrived}
    begun = {"started_at": started, "team": "care", "after_hours": False, "last_answer_at": None}
    return place | end | begun | other


def rows(name: str = "thin on Fridays", **other: Any) -> list[dict[str, Any]]:
    _, known = lived(TEAMS[name], 0, WEEKS_KNOWN)
    return [row(number, wait, **other) for number, wait in enumerate(known)]


def test_what_stands_in_the_tables_is_reckoned_as_it_was_lived(db: Db) -> None:
    days, known = lived(TEAMS["thin on Fridays"], 0, WEEKS_KNOWN)
    model = fit(days, known)
    assert model
    told = Past(db, rows()).told()
    assert told
    assert told.reach == out_of_reach(model, 1800)
    assert told.reach
    assert told.reach.weekday == 4
    assert told.haste is None


def test_a_target_within_reach_is_nothing_to_talk_about(db: Db) -> None:
    slow = replace(SETUP, targets=Targets(timedelta(hours=8), timedelta(hours=8)))
    assert Past(db, rows(), slow).told() is None


@pytest.mark.parametrize(
    "other",
    [{"team": "night"}, {"ended_by": "deleted"}, {"ended_by": "closed"}, {"first": False}, {"ended_user": "U0"}],
    ids=str,
)
def test_what_is_no_first_answer_of_three_people_of_this_team_tells_nothing(db: Db, other: dict[str, Any]) -> None:
    assert Past(db, rows(**other)).told() is None


def test_a_channel_with_a_target_of_its_own_is_not_judged_by_the_teams(db: Db) -> None:
    own = Channel("C0ACME", team="care", targets=Targets(timedelta(minutes=10), timedelta(minutes=20)))
    assert Past(db, rows(), replace(SETUP, channels=(own,))).told() is None


def test_a_customer_with_a_target_of_their_own_is_not_judged_by_the_teams(db: Db) -> None:
    known = rows()
    past = Past(
        db,
        known,
        replace(SETUP, customers=(CustomerSetup("U0ADA", Targets(timedelta(minutes=10), timedelta(minutes=20))),)),
    )
    told = {"team_id": OURS, "channel": "C0ACME", "customer": "U0ADA", "turn": "theirs"}
    asked = [told | {"root_ts": one["root_ts"], "last_ts": one["root_ts"]} for one in known]
    with db.begin() as tx:
        tx.execute(insert(conversations), asked)
    assert past.told() is None


def test_who_was_waited_on_for_a_while_says_nothing_of_how_long_others_wait(db: Db) -> None:
    assert Past(db, rows(pauses="1772445600.000000-1772452800.000000")).told() is None


def test_nothing_at_all_tells_nothing(db: Db) -> None:
    assert Past(db, []).told() is None


def hasty(**other: Any) -> list[dict[str, Any]]:
    """On every other day four times as much is answered, and after every second answer the customer is back."""
    found = list[dict[str, Any]]()
    for day in range(5 * WEEKS_KNOWN):
        for number in range(60 if day % 2 else 15):
            at = day * 8 * 3600 + number * 300
            one = row(day * 1000 + number, Wait(at, at + 240, f"U{number % 4}"))
            found.append(one)
            if number % (2 if day % 2 else 15) == 0:
                again = row(day * 1000 + 500 + number, Wait(at + 270, at + 280, f"U{number % 4}"), first=False)
                found.append(again | {"root_ts": one["root_ts"], "last_answer_at": one["ended_at"]} | other)
    return found


def test_haste_is_seen_in_who_asks_again(db: Db) -> None:
    told = Past(db, hasty()).told()
    assert told
    assert told.haste
    assert told.haste.hourly > 2
    assert told.haste.again > 3 * told.haste.again_else


@pytest.mark.parametrize("ended_by", ["boundary", "deleted", "never"])
def test_what_counts_for_no_figure_is_no_sign_of_haste(db: Db, ended_by: str) -> None:
    told = Past(db, hasty(ended_by=ended_by)).told()
    assert told is None or told.haste is None


def test_who_leads_the_team_takes_the_target_and_the_setup_has_it(db: Db) -> None:
    past = Past(db, [])
    assert past.take(Offer("care", 4500, 1800), "U0MIA") is None
    assert 'targets = { first = "1h15m", next = "1h15m" }' in past.exported()
    assert past.take(Offer("care", 5400, 1800), "U0MIA") == words.CHANGED()
    assert past.take(Offer("care", 2700, 4500), "U0NIA") is None
    assert 'targets = { first = "45m", next = "1h15m" }' in past.exported()


@pytest.mark.parametrize(("team", "user"), [("care", "U1"), ("care", "U0ADA"), ("night", "U0MIA"), ("night", "U0NIA")])
def test_nobody_else_does(db: Db, team: str, user: str) -> None:
    past = Past(db, [])
    before = past.exported()
    assert past.take(Offer(team, 4500, 1800), user) == words.NOT_YOURS()
    assert past.exported() == before


def test_where_more_came_in_than_can_be_read_the_last_weeks_say_it(db: Db, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(expectations, "MOST_WAITS", 1400)
    past = Past(db, rows())
    assert past.told()
    with db.begin() as tx:
        tx.execute(update(waits).values(team="night"))
    assert past.told() is None
