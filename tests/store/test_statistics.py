"""Figures against a count by hand: whatever waits there are, both databases say what a person would who reads them."""

import re
from collections.abc import Callable, Sequence
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from math import ceil
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, delete, event, insert, text

from bot.domain.conversations import EndedBy
from bot.domain.hours import Week as Hours
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Team
from bot.domain.statistics import Counts, all_of, told
from bot.domain.weeks import Week, days_of, last_weeks, week_of
from bot.store import counting, statistics, workspaces
from bot.store.db import Db, is_sqlite
from bot.store.tables import conversations as conversations_table
from bot.store.tables import waits
from bot.store.workspaces import Installation, Workspace, Workspaces

ZONE = "Europe/Berlin"
NOW = datetime(2026, 4, 7, 7, 0, tzinfo=UTC)  # a Tuesday; the clocks went forward nine days ago
WEEKS = last_weeks(ZONE, NOW, 3)
OURS = "T0CARE"
AGENTS = ("U0ANA", "U0LEE", "U0TOM", "U0MIA")
TEAMS = (Team("care", "Care", agents=AGENTS, week=Hours(ZONE, ((),) * 7)), Team("small", "Small", agents=AGENTS[:2]))
SETUP = Setup(TEAMS, (Channel("C0ACME", team="care"), Channel("C0BETA", team="small"), Channel("C0OFF", "ignored")))

HAIR, SECOND, HOUR, DAY = timedelta(microseconds=1), timedelta(seconds=1), timedelta(hours=1), timedelta(days=1)
SPANS = st.sampled_from([SECOND, HOUR, DAY - HAIR, DAY, DAY + HAIR]) | st.timedeltas(SECOND, 2 * DAY)
EDGES = [*(week.start for week in WEEKS), WEEKS[-1].end, NOW - DAY, NOW]
NEAR = st.sampled_from([-DAY, -HOUR, -HAIR, 0 * HAIR, HAIR]) | st.timedeltas(-30 * DAY, HOUR)
STARTS = st.builds(lambda edge, off: edge + off, st.sampled_from(EDGES), NEAR)

HOW = [EndedBy.ANSWER, EndedBy.ANSWER, EndedBy.ANSWER, EndedBy.CLOSED, EndedBy.DELETED]
Row = dict[str, Any]


@st.composite
def conversations(draw: st.DrawFn) -> list[Row]:
    """The waits of one conversation, one after the other; the last may be open, and some were never answered."""
    at, first = draw(STARTS), draw(st.booleans())
    place: Row = {"team_id": OURS, "channel": draw(st.sampled_from(["C0ACME", "C0BETA"])), "root_ts": ts_of(at)}
    place["team"] = draw(st.sampled_from(["care", "care", "care", "small", None]))
    rows: list[Row] = []
    called = draw(st.sampled_from([False, False, False, True]))  # a boundary, which is how all of them ended then
    for how in [EndedBy.BOUNDARY] if called else draw(st.lists(st.sampled_from(HOW), max_size=4)):
        begun, at = at, at + draw(SPANS)
        rows.append(place | _begun(draw, begun, first) | _ended(draw, at, how))
        first = first and how is not EndedBy.ANSWER
        at += draw(SPANS)
    return rows + ([place | _begun(draw, at, first) | OPEN] if draw(st.booleans()) else [])


OPEN: Row = {"ended_at": None, "ended_by": None, "ended_user": None, "working_s": None, "after_hours": None}


def _begun(draw: st.DrawFn, at: datetime, first: bool) -> Row:
    return {"from_ts": ts_of(at), "started_at": at, "first": first, "target_s": 3600}


def _ended(draw: st.DrawFn, at: datetime, how: EndedBy) -> Row:
    took = draw(st.sampled_from([0, 3599, 3600, 3601, None]) | st.integers(0, 9_999))
    who = draw(st.sampled_from([*AGENTS, None]))
    late = None if took is None else draw(st.booleans())
    return {"ended_at": at, "ended_by": how, "ended_user": who, "working_s": took, "after_hours": late}


MANY = st.lists(conversations(), max_size=12).map(
    lambda told: [row for one in {(c[0]["channel"], c[0]["root_ts"]): c for c in told if c}.values() for row in one]
)


def by_hand(theirs: Sequence[Row], rows: Sequence[Row], week: Week) -> Counts:
    """The rules once more, as plainly as they can be said."""
    mine = [r for r in theirs if r["ended_by"] == "answer" and r["ended_at"] in week]
    times = sorted(r["working_s"] for r in mine if r["first"] and r["working_s"] is not None)
    settled = [r for r in mine if NOW - r["ended_at"] >= DAY]
    return Counts(
        week,
        conversations=len([r for r in mine if r["first"]]),
        answers=len(mine),
        answerers=len({r["ended_user"] for r in mine if r["ended_user"]}),
        first_answerers=len({r["ended_user"] for r in mine if r["ended_user"] and r["first"]}),
        in_time=len([r for r in mine if r["working_s"] is not None and r["working_s"] <= r["target_s"]]),
        median_s=times[ceil(len(times) / 2) - 1] if times else None,
        p90_s=times[ceil(len(times) * 9 / 10) - 1] if times else None,
        settled=len(settled),
        asked_again=len([r for r in settled if any(_came_back(r, other) for other in rows)]),
        silence_broken=len([r for r in mine if r["ended_at"] - r["started_at"] > DAY]),
        after_hours=len([r for r in mine if r["after_hours"]]),
    )


def _came_back(answered: Row, other: Row) -> bool:
    same = all(answered[name] == other[name] for name in ("channel", "root_ts"))
    soon = other["from_ts"] > answered["from_ts"] and other["started_at"] - answered["ended_at"] <= DAY
    return same and soon and other["ended_by"] not in UNCOUNTED


UNCOUNTED = ("deleted", "boundary")


class Desk:
    """A workspace in a database, with nothing in it but waits."""

    def __init__(self, db: Db) -> None:
        self.db = db
        with db.begin() as tx:
            workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
            workspaces.save_setup(tx, OURS, SETUP)
            workspace = Workspaces().get(tx, OURS, NOW)
        assert workspace
        self.workspace: Workspace = workspace

    def hold(self, rows: Sequence[Row]) -> None:
        with self.db.begin() as tx:
            tx.execute(delete(waits))
            if rows:
                tx.execute(insert(waits), [row | _answer_before(row, rows) for row in rows])


def _answer_before(row: Row, rows: Sequence[Row]) -> Row:
    """As a wait knows it: the answer that came just before it, what was taken back aside."""
    same = [one for one in rows if (one["channel"], one["root_ts"]) == (row["channel"], row["root_ts"])]
    earlier = [one for one in same if one["from_ts"] < row["from_ts"] and one["ended_by"] != "deleted"]
    last = max(earlier, key=lambda one: str(one["from_ts"]), default=None)
    answered = last is not None and last["ended_by"] == "answer"
    at, by = (last["ended_at"], last["ended_user"]) if last and answered else (None, None)
    return {"last_answer_at": at, "last_answer_by": by}


@pytest.fixture
def desk(db: Db) -> Desk:
    return Desk(db)


thorough = settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])


@thorough
@given(rows=MANY)
def test_a_teams_weeks_are_as_counted_by_hand(desk: Desk, rows: list[Row]) -> None:
    desk.hold(rows)
    with desk.db.begin() as tx:
        found = {team.key: statistics.weekly(tx, desk.workspace, team.key, WEEKS, NOW) for team in TEAMS}
    for team in TEAMS:
        theirs = [row for row in rows if row["team"] == team.key]
        counted = [by_hand(theirs, rows, week) for week in WEEKS]
        assert found[team.key] == [told(counts, len(team.people)) for counts in counted]


@thorough
@given(rows=MANY)
def test_nothing_is_left_out_or_counted_twice(desk: Desk, rows: list[Row]) -> None:
    """Before anything is hidden: to the microsecond at the edges of weeks and days."""
    desk.hold(rows)
    whose = (waits.c.team_id == OURS) & waits.c.team.is_not(None)
    with desk.db.begin() as tx:
        found = list(counting.answers(tx, whose, WEEKS, NOW))
    theirs = [row for row in rows if row["team"]]
    assert found == [by_hand(theirs, rows, week) for week in WEEKS]


@thorough
@given(rows=MANY)
def test_my_weeks_are_as_counted_by_hand_and_hide_nothing_from_me(desk: Desk, rows: list[Row]) -> None:
    desk.hold(rows)
    with desk.db.begin() as tx:
        found = statistics.mine(tx, desk.workspace, "U0ANA", WEEKS, NOW)
    mine = [row for row in rows if row["ended_user"] == "U0ANA" and row["team"]]
    assert found == [all_of(by_hand(mine, rows, week)) for week in WEEKS]


@thorough
@given(rows=MANY)
def test_a_teams_load_is_as_counted_by_hand(desk: Desk, rows: list[Row]) -> None:
    desk.hold(rows)
    with desk.db.begin() as tx:
        found = statistics.load(tx, desk.workspace, "care", WEEKS, NOW)
    theirs = [row for row in rows if row["team"] == "care"]
    for week, load in zip(WEEKS, found, strict=True):
        figures = told(by_hand(theirs, rows, week), len(AGENTS))
        assert (load.week, load.answers, load.after_hours) == (week, figures.answers, figures.after_hours)
        began = [row["started_at"] for row in theirs if row["ended_by"] not in UNCOUNTED]
        assert load.by_weekday == tuple(sum(a <= at < b for at in began) for a, b in pairwise(days_of(ZONE, week)))


def exchange(*, began: datetime, took: timedelta, **more: Any) -> Row:
    agreed = {"team_id": OURS, "channel": "C0ACME", "root_ts": "1", "first": True, "target_s": 3600, "team": "care"}
    ended = {"ended_by": EndedBy.ANSWER, "ended_user": "U0ANA", "working_s": 60, "after_hours": False}
    return agreed | ended | {"from_ts": ts_of(began), "started_at": began, "ended_at": began + took} | more


MIDNIGHT = WEEKS[1].start + timedelta(days=2, hours=1)  # of UTC


@pytest.mark.parametrize("ended", [MIDNIGHT, MIDNIGHT - HAIR, MIDNIGHT + HAIR, MIDNIGHT + timedelta(hours=7)])
def test_a_day_is_a_day_to_the_microsecond(desk: Desk, ended: datetime) -> None:
    """Silence is broken after more than 24 hours; who asks again within 24 hours does so too soon."""
    for off, broken, again in ((-HAIR, 0, 1), (0 * HAIR, 0, 1), (HAIR, 1, 0)):
        answered = exchange(began=ended - DAY - off, took=DAY + off)
        more = exchange(began=ended + DAY + off, took=DAY, first=False) | OPEN
        desk.hold([answered, more])
        with desk.db.begin() as tx:
            [counts] = counting.answers(tx, waits.c.team == "care", WEEKS[1:2], NOW)
        assert (counts.answers, counts.silence_broken, counts.asked_again) == (1, broken, again)


@pytest.mark.parametrize(("age", "known"), [(DAY - HAIR, None), (DAY, 1.0), (DAY + HAIR, 1.0)])
def test_a_day_has_to_pass_before_an_answer_counts_as_enough(desk: Desk, age: timedelta, known: float | None) -> None:
    desk.hold([exchange(began=NOW - age - HOUR, took=HOUR)])
    with desk.db.begin() as tx:
        [figures] = statistics.mine(tx, desk.workspace, "U0ANA", [week_of(ZONE, NOW - age)], NOW)
    assert (figures.answers, figures.not_asked_again) == (1, known)


@pytest.mark.parametrize("count", [1, 2, 9, 10, 11, 20, 99, 100, 101])
def test_the_nearest_rank_is_the_same_on_both_databases(desk: Desk, count: int) -> None:
    """Nine of ten came within it, whatever a database makes of 0.9."""
    who = [
        {"root_ts": f"{number}", "ended_user": AGENTS[number % 4], "working_s": number + 1} for number in range(count)
    ]
    desk.hold([exchange(began=WEEKS[1].start, took=HOUR, **one) for one in who])
    with desk.db.begin() as tx:
        [figures] = statistics.weekly(tx, desk.workspace, "care", WEEKS[1:2], NOW)
    if count < 3:
        assert (figures.median_s, figures.p90_s, figures.answers) == (None, None, count)
    else:
        assert (figures.median_s, figures.p90_s) == (ceil(count / 2), ceil(count * 9 / 10))


def plans(desk: Desk, work: Callable[[Connection], object]) -> list[str]:
    """How the database goes about each statement, as if there were too many rows to read them all."""
    said: list[tuple[str, Any]] = []
    with desk.db.begin() as tx:
        if not is_sqlite(tx):
            tx.execute(text("SET LOCAL enable_seqscan = off; SET LOCAL enable_bitmapscan = off"))
        event.listen(tx, "before_cursor_execute", lambda *call: said.append((call[2], call[3])))
        work(tx)
        explain = "EXPLAIN QUERY PLAN" if is_sqlite(tx) else "EXPLAIN"
        asked = [one for one in said if "FROM waits" in one[0]]
        return ["\n".join(row[-1] for row in tx.exec_driver_sql(f"{explain} {sql}", given)) for sql, given in asked]


def test_a_teams_week_is_one_stretch_of_an_index_that_holds_all_that_is_counted(new_db: Db) -> None:
    """Neither other teams nor other weeks are looked at, and of those that count no row is fetched."""
    desk = Desk(new_db)
    again, *counting = plans(desk, lambda tx: statistics.weekly(tx, desk.workspace, "care", WEEKS[:1], NOW))
    assert len(counting) == 2
    for plan in counting:
        assert re.search(r"COVERING INDEX ix_waits_ended|Index Only Scan using ix_waits_ended", plan)
        assert re.search(r"ended_at>\? AND ended_at<\?|team = 'care'.*ended_at >= .*ended_at < ", plan)
    assert re.search(r"COVERING INDEX ix_waits_again|Index Only Scan using ix_waits_again", again)


def test_arrivals_and_ones_own_week_are_read_from_it_too(new_db: Db) -> None:
    desk = Desk(new_db)
    [arrivals, _] = plans(desk, lambda tx: statistics.load(tx, desk.workspace, "care", WEEKS[:1], NOW))
    [_, times, totals] = plans(desk, lambda tx: statistics.mine(tx, desk.workspace, "U0ANA", WEEKS[:1], NOW))
    for plan in (arrivals, times, totals):
        assert re.search(r"COVERING INDEX ix_waits_ended|Index Only Scan using ix_waits_ended", plan)
    assert "ix_waits_open" in arrivals


def hold_open(desk: Desk, *waiting: tuple[str, str, int]) -> None:
    """Waits that are open: where, whose, and since how many hours."""
    places = [{"channel": one, "team": team, "root_ts": f"{hours}"} for one, team, hours in waiting]
    begun = [exchange(began=NOW - hours * HOUR, took=HOUR) for *_, hours in waiting]
    desk.hold([row | place | OPEN for row, place in zip(begun, places, strict=True)])
    with desk.db.begin() as tx:
        told = [{"team_id": OURS, "channel": one, "root_ts": f"{hours}", "turn": "ours"} for one, _, hours in waiting]
        tx.execute(insert(conversations_table), [row | {"last_ts": row["root_ts"]} for row in told])


def test_a_team_hears_who_waits_longest_and_how_many_wait(desk: Desk) -> None:
    """Those that wait for it, even where a channel is another team's by now; not where nobody looks after customers."""
    hold_open(desk, ("C0ACME", "care", 1), ("C0BETA", "care", 9), ("C0OFF", "care", 5), ("C0ACME", "small", 7))
    with desk.db.begin() as tx:
        found, count = statistics.open_waits(tx, desk.workspace, "care", NOW, 10)
        assert ([one.channel for one in found], count) == (["C0BETA", "C0ACME"], 2)
        found, count = statistics.open_waits(tx, desk.workspace, "care", NOW, 1)
        assert ([one.channel for one in found], count) == (["C0BETA"], 2)
        assert statistics.open_waits(tx, desk.workspace, "nobody", NOW, 1) == ([], 0)


def test_an_export_has_each_teams_own_weeks(desk: Desk) -> None:
    desk.hold([])
    with desk.db.begin() as tx:
        found = list(statistics.by_team(tx, desk.workspace, TEAMS, 2, NOW))
    weeks = [(key, figures.week) for key, figures in found]
    assert weeks == [(team.key, week) for team in TEAMS for week in last_weeks(team.week.zone, NOW, 2)]
