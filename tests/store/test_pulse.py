"""The pulse stored: whichever way one looks at the tables, nobody's answer can be told from anybody else's."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import Connection, inspect, select, text

from bot.domain import pulse as domain
from bot.domain.arrivals import Account
from bot.domain.pulse import ANSWERS, FLOOR, SKIP, Verdict
from bot.domain.setup import Setup, Team
from bot.store import outbox, people, pulse, sent, workspaces
from bot.store.db import Db, is_sqlite
from bot.store.pulse import TOLD, Taken
from bot.store.pulse_tables import pulse_counts, pulse_people, pulse_rounds
from bot.store.tables import metadata
from bot.store.workspaces import Installation, Workspace, Workspaces
from bot.views.pulse import Press

OURS, HOME = "T0CARE", "C0HOME"
BEFORE = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
OPENS = datetime(2026, 3, 3, 10, 0, tzinfo=UTC)  # a Tuesday
CLOSES = datetime(2026, 3, 11, 12, 0, tzinfo=UTC)
PERIOD = "2026-03-02"
AGENTS = tuple(f"U0{name}" for name in ("ANA", "BEN", "CAT", "DAN", "EVE", "FIN", "GUS", "HAL"))
CARE = Team("care", "Care", agents=AGENTS, managers=("U0MIA",), home=HOME)
FRESH = settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
STEP = st.sampled_from(ANSWERS)


class Ward:
    """A workspace with these teams, whose first round, the one before, nobody was asked in."""

    def __init__(self, db: Db, *teams: Team, away: Sequence[str] = ()) -> None:
        self.db, self.workspaces = db, Workspaces()
        with db.begin() as tx:
            workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
            workspaces.save_setup(tx, OURS, Setup(teams=teams))
            people.save_many(tx, OURS, [_account(user, user in away) for user in (*AGENTS, "U0MIA", "U0IVY")], BEFORE)
        self.turn(BEFORE)

    def workspace(self, tx: Connection, now: datetime) -> Workspace:
        found = self.workspaces.get(tx, OURS, now)
        assert found
        return found

    def set_up(self, *teams: Team) -> None:
        with self.db.begin() as tx:
            workspaces.save_setup(tx, OURS, Setup(teams=teams))

    def turn(self, now: datetime) -> None:
        """What the job does."""
        with self.db.begin() as tx:
            workspace = self.workspace(tx, now)
            for due in pulse.due(workspace, now):
                pulse.begin(tx, workspace, due, now)
            pulse.close_due(tx, workspace, now)

    def send(self, now: datetime) -> None:
        """Slack takes what is in the outbox."""
        with self.db.begin() as tx:
            while rows := outbox.lease(tx, now, 100, timedelta(minutes=1)):
                for row in rows:
                    if sent.still_holds(tx, self.workspaces, row, now):
                        outbox.dropped(tx, row, "over")
                    else:
                        sent.posted(tx, self.workspaces, row, f"D{row.target[1:]}", f"1.{row.id:06}", now)
                        outbox.sent(tx, row, now)

    def press(self, user: str, step: int, now: datetime = OPENS, period: str = PERIOD) -> Taken:
        with self.db.begin() as tx:
            return pulse.answer(tx, self.workspace(tx, now), Press("care", period, step), user, now)

    def verdicts(self) -> list[Verdict]:
        with self.db.begin() as tx:
            return [one.verdict for one in pulse.trend(tx, OURS, "care")]

    def rows(self, table: Any) -> list[tuple[Any, ...]]:
        with self.db.begin() as tx:
            return sorted(map(tuple, tx.execute(select(table))))

    def keys(self, prefix: str) -> list[str]:
        """What was ever put into the outbox under keys that begin so."""
        with self.db.begin() as tx:
            found = tx.execute(select(metadata.tables["outbox"].c.key)).scalars()
            return sorted(key for key in found if key.startswith(prefix))


def _account(user: str, gone: bool = False) -> Account:
    return Account(user, OURS, None, user.removeprefix("U0").title(), "UTC", False, False, False, False, gone)


@pytest.fixture
def ward(db: Db) -> Ward:
    """A round has opened, and all questions stand."""
    ward = Ward(db, CARE)
    ward.turn(OPENS)
    ward.send(OPENS)
    return ward


def dump(tx: Connection) -> dict[str, list[str]]:
    """Every table whole; numbers of rows by their rank, since a rolled back transaction uses some up."""
    return {table.name: sorted(map(str, _rows(tx, table))) for table in metadata.sorted_tables}


def _rows(tx: Connection, table: Any) -> Iterator[tuple[Any, ...]]:
    rows = [dict(row) for row in tx.execute(select(table)).mappings()]
    ranks = {number: rank for rank, number in enumerate(sorted(row["id"] for row in rows if "id" in row))}
    yield from (tuple((row | {"id": ranks.get(row.get("id"))}).items()) for row in rows)


def play(ward: Ward, answers: Sequence[tuple[str, int]]) -> tuple[Any, Any, Any]:
    """The tables after these answers and after the round has closed, and the page; then as if nothing had been."""
    with ward.db.engine.connect() as tx, tx.begin() as work:
        workspace = ward.workspace(tx, OPENS)
        for user, step in answers:
            assert pulse.answer(tx, workspace, Press("care", PERIOD, step), user, OPENS) is Taken.COUNTED
        answered = dump(tx)
        pulse.close_due(tx, workspace, CLOSES)
        closed = dump(tx)
        page = pulse.page(tx, workspace, [CARE], CLOSES)
        work.rollback()
    return answered, closed, page


@FRESH
@given(answers=st.lists(STEP, min_size=1, max_size=len(AGENTS)), data=st.data())
def test_answers_that_change_hands_and_order_leave_identical_tables_and_pages(
    ward: Ward, answers: list[int], data: st.DataObject
) -> None:
    """Whoever of them said what, and whoever came first: nothing anywhere shows it."""
    users = data.draw(st.permutations(AGENTS))[: len(answers)]
    others = data.draw(st.permutations(answers))
    order = data.draw(st.permutations(list(zip(users, others, strict=True))))
    assert play(ward, list(zip(users, answers, strict=True))) == play(ward, order)


def test_no_row_has_a_number_or_a_moment_of_its_own(ward: Ward) -> None:
    for table in (pulse_counts, pulse_people):
        assert not any(column.type.python_type in (datetime, dict) for column in table.c)
    if is_sqlite_of(ward):
        with ward.db.begin() as tx, pytest.raises(Exception, match="rowid"):
            tx.execute(text("SELECT rowid FROM pulse_people"))
    assert not set(pulse_counts.c.keys()) & {"user_id"}
    assert not set(pulse_people.c.keys()) & {"step", "count"}


def is_sqlite_of(ward: Ward) -> bool:
    with ward.db.begin() as tx:
        return is_sqlite(tx)


def test_after_each_answer_all_rows_of_the_round_were_written_together(ward: Ward) -> None:
    """On PostgreSQL a row shows the number of the transaction that wrote it last."""
    if is_sqlite_of(ward):
        return
    for user, step in zip(AGENTS, (1, 5, 3, SKIP, 2), strict=False):
        assert ward.press(user, step) is Taken.COUNTED
        with ward.db.begin() as tx:
            both = "SELECT xmin::text FROM pulse_counts UNION SELECT xmin::text FROM pulse_people"
            assert len(tx.execute(text(both)).all()) == 1


def test_counts_and_people_stand_apart_and_a_second_press_counts_nothing(ward: Ward) -> None:
    assert [ward.press("U0ANA", step) for step in (4, 2, 4)] == [Taken.COUNTED, Taken.ALREADY, Taken.ALREADY]
    assert [row[-2:] for row in ward.rows(pulse_counts)] == [(0, 0), (1, 0), (2, 0), (3, 0), (4, 1), (5, 0)]
    assert [row[2] for row in ward.rows(pulse_people) if row[-1]] == ["U0ANA"]
    assert {row[2] for row in ward.rows(pulse_people)} == set(AGENTS)


@pytest.mark.parametrize("user", ["U0MIA", "U0IVY", "U0NOBODY"])
def test_who_was_not_asked_is_not_counted(ward: Ward, user: str) -> None:
    """Whoever leads the team is not asked about it."""
    assert ward.press(user, 1) is Taken.NOT_ASKED
    assert sum(row[-1] for row in ward.rows(pulse_counts)) == 0


@pytest.mark.parametrize(("team", "period"), [("care", "2026-02-16"), ("night", PERIOD)])
def test_a_round_that_is_not_there_takes_no_answer(ward: Ward, team: str, period: str) -> None:
    with ward.db.begin() as tx:
        assert pulse.answer(tx, ward.workspace(tx, OPENS), Press(team, period, 1), "U0ANA", OPENS) is Taken.OVER


def test_a_closed_round_keeps_a_verdict_and_nothing_else(ward: Ward) -> None:
    for user in AGENTS[:FLOOR]:
        ward.press(user, 5)
    ward.turn(CLOSES - timedelta(microseconds=1))
    assert ward.verdicts() == []
    ward.turn(CLOSES)
    assert ward.verdicts() == [Verdict.MOST_YES]
    assert ward.rows(pulse_counts) == ward.rows(pulse_people) == []
    assert ward.keys(TOLD) == [f"{TOLD}care:{PERIOD}:{HOME}"]
    assert ward.press("U0HAL", 1, CLOSES) is Taken.OVER


@pytest.mark.parametrize("answers", range(FLOOR))
def test_below_the_floor_a_closed_round_has_never_been(ward: Ward, answers: int) -> None:
    for user in AGENTS[:answers]:
        ward.press(user, 5)
    ward.press(AGENTS[-1], SKIP)
    ward.turn(CLOSES)
    assert ward.rows(pulse_rounds) == ward.rows(pulse_counts) == ward.rows(pulse_people) == []
    assert ward.keys(TOLD) == []
    ward.turn(CLOSES + timedelta(minutes=1))
    assert ward.rows(pulse_rounds) == []


def test_after_its_hour_a_round_takes_no_answer_even_if_nobody_has_closed_it_yet(ward: Ward) -> None:
    assert ward.press("U0ANA", 5, CLOSES) is Taken.OVER


@pytest.mark.parametrize(("before", "after"), [(8, 5), (5, 8), (8, None), (5, None)])
def test_the_floor_of_an_open_round_can_be_raised_and_never_lowered(
    db: Db, before: int | None, after: int | None
) -> None:
    ward = Ward(db, _floor(before))
    ward.turn(OPENS)
    for user in AGENTS[:7]:
        ward.press(user, 5)
    ward.set_up(_floor(after))
    ward.turn(CLOSES)
    assert ward.verdicts() == []
    assert ward.rows(pulse_rounds) == []


def _floor(pulse_: int | None) -> Team:
    return Team("care", "Care", agents=AGENTS, managers=("U0MIA",), home=HOME, pulse=pulse_)


@pytest.mark.parametrize(
    ("team", "away"),
    [
        (Team("care", "Care", agents=AGENTS[:4], home=HOME), ()),
        (Team("care", "Care", agents=AGENTS, home=HOME, pulse=9), ()),
        (Team("care", "Care", agents=AGENTS[:5], managers=AGENTS[:1], home=HOME), ()),
        (Team("care", "Care", agents=AGENTS[:5], home=HOME), AGENTS[:1]),
        (Team("care", "Care", agents=AGENTS, home=HOME, pulse=None), ()),
    ],
    ids=["too few", "too few for the floor", "one of them leads", "one has left", "switched off"],
)
def test_where_too_few_could_answer_nobody_is_asked(db: Db, team: Team, away: Sequence[str]) -> None:
    ward = Ward(db, team, away=away)
    ward.turn(OPENS)
    assert ward.rows(pulse_rounds) == ward.rows(pulse_people) == ward.rows(pulse_counts) == []
    assert ward.keys(pulse.PREFIX) == []


def test_nobody_is_asked_by_two_teams_at_once_so_no_two_results_differ_by_one_person(db: Db) -> None:
    night = Team("night", "Night", agents=(*AGENTS, "U0IVY"), home="C0NIGHT")
    ward = Ward(db, CARE, night)
    ward.turn(OPENS)
    assert {row[1] for row in ward.rows(pulse_rounds)} == {"care"}
    assert len(ward.keys(pulse.PREFIX)) == len(AGENTS)


def test_the_first_round_of_all_is_silent_and_a_missed_one_is_not_asked_late(db: Db) -> None:
    ward = Ward(db, CARE)
    assert ward.rows(pulse_rounds) == []
    ward.turn(CLOSES + timedelta(hours=1))
    assert ward.rows(pulse_rounds) == []
    ward.turn(OPENS + timedelta(days=14))
    assert [row[2] for row in ward.rows(pulse_rounds)] == ["2026-03-16"]


def test_each_is_asked_once_and_never_reminded(ward: Ward) -> None:
    now = OPENS
    while now < CLOSES - timedelta(hours=12):
        now += timedelta(hours=12)
        ward.turn(now)
        ward.send(now)
    assert ward.keys("") == sorted(f"pulse:care:{PERIOD}:{user}" for user in AGENTS)


def test_at_the_end_every_question_says_the_same_whoever_answered_it(ward: Ward) -> None:
    for user in AGENTS[:6]:
        ward.press(user, 2)
    ward.turn(CLOSES)
    with ward.db.begin() as tx:
        table = metadata.tables["outbox"]
        said = tx.execute(select(table.c.payload).where(table.c.key.like("again:%"))).scalars().all()
    assert len(said) == len(AGENTS)
    assert len({str(payload["blocks"]) for payload in said}) == 1
    assert ward.rows(metadata.tables["kudos_posts"]) == []


def test_a_question_that_slack_takes_too_late_is_over_at_once(db: Db) -> None:
    ward = Ward(db, CARE)
    ward.turn(OPENS)
    with db.begin() as tx:
        rows = outbox.lease(tx, OPENS, 100, timedelta(minutes=1))
    ward.turn(CLOSES)
    with db.begin() as tx:
        assert sent.still_holds(tx, ward.workspaces, rows[0], CLOSES) == "the round is over"
        sent.posted(tx, ward.workspaces, rows[0], "D1", "1.000001", CLOSES)
    assert [key.split(":")[0] for key in ward.keys("again:")] == ["again"]
    assert ward.rows(metadata.tables["kudos_posts"]) == []


def test_a_team_without_a_channel_of_its_own_is_told_one_by_one_in_the_same_words(db: Db) -> None:
    ward = Ward(db, Team("care", "Care", agents=AGENTS, managers=("U0MIA",)))
    ward.turn(OPENS)
    for user in AGENTS[:6]:
        ward.press(user, 2)
    ward.turn(CLOSES)
    assert ward.keys(TOLD) == sorted(f"{TOLD}care:{PERIOD}:{user}" for user in (*AGENTS, "U0MIA"))
    with db.begin() as tx:
        table = metadata.tables["outbox"]
        said = tx.execute(select(table.c.payload).where(table.c.key.like(f"{TOLD}%"))).scalars().all()
    assert len({str(payload) for payload in said}) == 1


def test_presses_at_the_same_moment_count_once_each(ward: Ward) -> None:
    pressed = [(user, step) for user in AGENTS for step in (2, 4)]
    with ThreadPoolExecutor(8) as hands:
        taken = list(hands.map(lambda one: ward.press(*one), pressed))
    assert sorted(one.name for one in taken) == ["ALREADY"] * len(AGENTS) + ["COUNTED"] * len(AGENTS)
    assert sum(row[-1] for row in ward.rows(pulse_counts)) == len(AGENTS)


class Look:
    """What everybody may see of a team: the verdicts, and what was said of them. `behind` counts all answers so far."""

    def __init__(self, ward: Ward, behind: int) -> None:
        self.shown, self.behind = (tuple(ward.verdicts()), tuple(ward.keys(TOLD))), behind


ROUND = st.tuples(st.lists(STEP, max_size=len(AGENTS)), st.sampled_from([5, 6, 8]))


@settings(FRESH, max_examples=15)
@given(rounds=st.lists(ROUND, min_size=1, max_size=5))
def test_two_looks_that_differ_have_at_least_the_floor_of_answers_between_them(
    db: Db, rounds: list[tuple[list[int], int]]
) -> None:
    """Whenever one looks, before and after whichever answer: what was not there before speaks of many."""
    empty(db)
    ward, now, answers = Ward(db, CARE), BEFORE, 0
    looks = [Look(ward, 0)]
    for steps, floor in rounds:
        ward.set_up(_floor(floor))
        now = domain.following("UTC", now)
        ward.turn(now)
        for user, step in zip(AGENTS, steps, strict=False):
            ward.press(user, step, now, domain.span("UTC", now).period)
            answers += step != SKIP
            looks.append(Look(ward, answers))
        ward.turn(domain.span("UTC", now).closes)
        looks.append(Look(ward, answers))
    news = [looks[0], *(later for before, later in pairwise(looks) if later.shown != before.shown)]
    assert all(later.behind - before.behind >= FLOOR for before, later in pairwise(news))


def empty(db: Db) -> None:
    with db.begin() as tx:
        for table in inspect(tx).get_table_names():
            tx.execute(text(f'DELETE FROM "{table}"'))
