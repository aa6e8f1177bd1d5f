"""`carecue config`: what a file changes, also for those who wait already. On both databases."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from sqlalchemy import Row, select, update

from bot.domain.arrivals import Account, Delivery, Posted
from bot.domain.care_file import BadSetup
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, Setup, Step, Targets, Team
from bot.store import ladder, people, setup, workspaces
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.setup import WhichWorkspace
from bot.store.tables import waits
from bot.store.tables import workspaces as workspaces_table
from bot.store.workspaces import Installation, Workspaces

MONDAY = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)
CARE = Team("care", "Care", agents=("U0ANA", "U0LEE"), managers=("U0MIA",), home="C0HOME")
SETUP = Setup(teams=(CARE,), channels=(Channel("C0ACME", team="care", owner="U0ANA"), Channel("C0BOLT", team="care")))
QUICK = Targets(timedelta(minutes=20), timedelta(minutes=40))


@pytest.fixture
def office(db: Db) -> Db:
    """A database with a workspace whose team looks after two channels."""
    with db.begin() as tx:
        workspaces.install(tx, Installation("T0CARE", "Care", "https://care.slack.com/"))
        people.save_many(tx, "T0CARE", [someone("U0ANA", "T0CARE"), someone("U0ADA", "T0ACME")], MONDAY)
    apply(db, SETUP)
    return db


def someone(user: str, home: str) -> Account:
    return Account(user, home, None, user, "UTC", *[False] * 5)


def apply(db: Db, new: Setup, minutes: int = 0) -> tuple[str, ...]:
    with db.begin() as tx:
        return setup.apply(tx, "T0CARE", new, MONDAY + minutes * MINUTE, None)


def hear(db: Db, *posts: tuple[str, str, int, int]) -> None:
    """Channel, author, minute, and the minute of the thread's first message."""
    told = []
    for channel, user, minute, root in posts:
        ts, root_ts = ts_of(MONDAY + minute * MINUTE), ts_of(MONDAY + root * MINUTE)
        posted = Posted(channel, ts, root_ts, user, None, False, (), (), True, "")
        told.append(Delivery("T0CARE", f"{channel}{user}{minute}{root}", posted))
    with db.begin() as tx:
        ingest(tx, Workspaces(), told, MONDAY)


def stored(db: Db) -> list[Row[Any]]:
    with db.begin() as tx:
        return list(tx.execute(select(waits).order_by(waits.c.from_ts)))


def version(db: Db) -> int:
    with db.begin() as tx:
        return int(tx.execute(select(workspaces_table.c.setup_version)).scalar_one())


def nudge_minutes(db: Db) -> list[float | None]:
    """When the next nudges fall due, in minutes from the start."""
    return [row.next_nudge_at and (row.next_nudge_at - MONDAY) / MINUTE for row in stored(db)]


def owners(db: Db) -> list[str | None]:
    return [row.owner for row in stored(db)]


def test_what_is_exported_is_what_was_applied(office: Db) -> None:
    with office.begin() as tx:
        assert setup.read(setup.export(tx, "T0CARE")) == SETUP


def test_a_workspace_that_nobody_set_up_exports_what_is_usual(db: Db) -> None:
    with db.begin() as tx:
        workspaces.install(tx, Installation("T0CARE", "Care", "https://care.slack.com/"))
        assert setup.read(setup.export(tx, "T0CARE")) == Setup()


def test_applying_twice_changes_nothing(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0))
    before = version(office), stored(office)
    assert apply(office, SETUP) == ()
    assert apply(office, replace(SETUP, channels=SETUP.channels[::-1])) == ()
    assert (version(office), stored(office)) == before


def test_another_target_moves_those_who_wait_but_not_what_is_over(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0), ("C0ACME", "U0ANA", 5, 0), ("C0BOLT", "U0ADA", 10, 10))
    assert nudge_minutes(office) == [None, 55]
    told = apply(office, replace(SETUP, targets=QUICK))
    assert told == ("workspace: targets is now first 20m, next 40m, was first 1h, next 2h", "1 open wait moved")
    assert nudge_minutes(office) == [None, 25]
    assert [row.target_s for row in stored(office)] == [3600, 1200]


def test_a_change_that_touches_no_wait_says_nothing_of_waits(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0))
    assert apply(office, replace(SETUP, admins=("U0MIA",))) == ("workspace: admin U0MIA added",)


def test_a_channels_new_owner_has_its_open_waits(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0), ("C0BOLT", "U0ADA", 1, 1))
    assert owners(office) == ["U0ANA", None]
    acme, bolt = SETUP.channels
    told = apply(office, replace(SETUP, channels=(replace(acme, owner="U0LEE"), bolt)))
    assert told[-1] == "1 open wait moved"
    assert owners(office) == ["U0LEE", None]


def test_who_leaves_the_team_leaves_their_waits_to_the_rota(office: Db) -> None:
    hear(office, ("C0BOLT", "U0ADA", 0, 0), ("C0BOLT", "U0ADA", 10, 10))
    with office.begin() as tx:
        ladder.take_due(tx, Workspaces(), MONDAY + 55 * MINUTE, 10)
    assert owners(office) == ["U0ANA", "U0LEE"]
    acme, bolt = SETUP.channels
    without_ana = replace(CARE, agents=("U0LEE",))
    told = apply(office, Setup(teams=(without_ana,), channels=(replace(acme, owner=None), bolt)))
    assert told[-1] == "1 open wait moved"
    assert owners(office) == [None, "U0LEE"]


def test_steps_taken_stay_taken_and_snoozes_go_on(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0), ("C0BOLT", "U0ADA", 10, 10))
    with office.begin() as tx:
        ladder.take_due(tx, Workspaces(), MONDAY + 45 * MINUTE, 10)
        asleep = MONDAY + 90 * MINUTE
        snoozed = update(waits).where(waits.c.channel == "C0BOLT")
        tx.execute(snoozed.values(snoozed_until=asleep, next_nudge_at=asleep))
    told = apply(office, replace(SETUP, targets=Targets(timedelta(minutes=80), timedelta(minutes=90))))
    assert told[-1] == "2 open waits moved"
    assert nudge_minutes(office) == [80, 90]
    assert [row.steps_done for row in stored(office)] == [1, 0]


def test_without_a_ladder_nobody_is_nudged_any_more_until_there_is_one_again(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0))
    apply(office, replace(SETUP, ladder=()))
    assert nudge_minutes(office) == [None]
    apply(office, replace(SETUP, ladder=(Step(50, "owner", "reply"),)))
    assert nudge_minutes(office) == [30]


def test_however_many_wait_all_of_them_move(office: Db) -> None:
    many = setup.BATCH + 1
    hear(office, *[("C0ACME", "U0ADA", 6 * number, 6 * number) for number in range(many)])
    assert apply(office, replace(SETUP, targets=QUICK))[-1] == f"{many} open waits moved"
    assert {row.target_s for row in stored(office)} == {1200}


def test_the_waits_of_another_workspace_stay(office: Db) -> None:
    hear(office, ("C0ACME", "U0ADA", 0, 0))
    with office.begin() as tx:
        workspaces.install(tx, Installation("T1", "Else", "https://else.slack.com/"))
        told = setup.apply(tx, "T1", Setup(targets=QUICK), MONDAY, None)
    assert len(told) == 1
    assert nudge_minutes(office) == [45]


def test_a_country_that_is_not_known_is_refused_with_its_line() -> None:
    with pytest.raises(BadSetup, match=r"^line 3: team care, country: the holidays of `XX` are not known"):
        setup.read('[team.care]\nagents = ["U0ANA"]\ncountry = "XX"\n')


def test_the_only_workspace_need_not_be_named(office: Db) -> None:
    with office.begin() as tx:
        assert setup.pick(tx) == setup.pick(tx, "T0CARE") == "T0CARE"


@pytest.mark.parametrize(
    ("installed", "named", "sentence"),
    [
        ([], None, "CareCue is not installed in any workspace yet."),
        ([], "T1", "CareCue is not installed in any workspace yet."),
        (
            ["T1", "T2"],
            None,
            "CareCue is installed in several workspaces: choose one by --workspace, of T1 (Care), T2 (Care).",
        ),
        (["T1"], "T3", "CareCue is not installed in T3, but in T1 (Care)."),
    ],
)
def test_who_names_no_workspace_that_there_is_hears_which_there_are(
    db: Db, installed: list[str], named: str | None, sentence: str
) -> None:
    with db.begin() as tx:
        for team_id in installed:
            workspaces.install(tx, Installation(team_id, "Care", "https://care.slack.com/"))
        with pytest.raises(WhichWorkspace) as refused:
            setup.pick(tx, named)
    assert str(refused.value) == sentence


def test_nothing_is_applied_to_a_workspace_that_is_not_there(db: Db) -> None:
    with db.begin() as tx, pytest.raises(WhichWorkspace, match="not installed in T0CARE"):
        setup.apply(tx, "T0CARE", SETUP, MONDAY, None)
