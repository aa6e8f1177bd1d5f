"""Every change of a setup is kept, foretold and put back. On both databases."""

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from sqlalchemy import select

from bot.domain.arrivals import Account, Delivery, Posted
from bot.domain.moments import ts_of
from bot.domain.setup import Channel, CustomerSetup, Override, Setup, Targets, Team
from bot.domain.setup_edits import put_override
from bot.store import people, setup, setup_book, setup_drafts, setup_history, workspaces
from bot.store.db import Db
from bot.store.ingest import ingest
from bot.store.list_tables import list_news
from bot.store.setup_tables import setup_drafts as drafts_table
from bot.store.tables import metadata
from bot.store.workspaces import Installation, Workspaces
from tests.domain.setups import SMALL

OURS, MONDAY, MINUTE = "T0CARE", datetime(2026, 3, 2, 9, 0, tzinfo=UTC), timedelta(minutes=1)
CARE = Team("care", "Care", agents=("U0ANA", "U0LEE"), managers=("U0MIA",))
SETUP = Setup(teams=(CARE,), channels=(Channel("C0ACME", team="care", owner="U0ANA"), Channel("C0BOLT", team="care")))
QUICK = replace(SETUP, targets=Targets(20 * MINUTE, 40 * MINUTE))
FEW = settings(max_examples=12, suppress_health_check=list(HealthCheck))


@pytest.fixture
def office(db: Db) -> Db:
    """A workspace in which a customer waits in each of two channels."""
    with db.begin() as tx:
        workspaces.install(tx, Installation(OURS, "Care", "https://care.slack.com/"))
        met = [someone("U0ANA", OURS), someone("U0ADA", "T0ACME"), replace(someone("U0MIA", OURS), is_admin=True)]
        people.save_many(tx, OURS, met, MONDAY)
        setup.apply(tx, OURS, SETUP, MONDAY, None)
        for channel in ("C0ACME", "C0BOLT"):
            posted = Posted(channel, ts_of(MONDAY), ts_of(MONDAY), "U0ADA", None, False, (), (), True, "")
            ingest(tx, Workspaces(), [Delivery(OURS, channel, posted)], MONDAY)
    return db


def someone(user: str, home: str) -> Account:
    return Account(user, home, None, user, "UTC", *[False] * 5)


def apply(db: Db, wanted: Setup, by: str | None = "U0MIA") -> tuple[str, ...]:
    with db.begin() as tx:
        return setup.apply(tx, OURS, wanted, MONDAY + MINUTE, by)


def undo(db: Db, change: int, by: str = "U0MIA") -> tuple[str, ...] | str:
    with db.begin() as tx:
        return setup_history.undo(tx, OURS, change, by, MONDAY + MINUTE)


def changes(db: Db) -> list[setup_history.Change]:
    with db.begin() as tx:
        return setup_history.latest(tx, OURS, 50)


def present(db: Db) -> Setup:
    with db.begin() as tx:
        return setup_book.read(tx, OURS)


def everything(db: Db) -> dict[str, list[Any]]:
    with db.begin() as tx:
        return {table.name: sorted(map(str, tx.execute(select(table)))) for table in metadata.sorted_tables}


def test_each_change_is_kept_with_who_made_it_and_when_the_newest_first(office: Db) -> None:
    apply(office, QUICK, by=None)
    told = apply(office, replace(QUICK, admins=("U0MIA",)), by="U0MIA")
    newest, before, *_ = changes(office)
    assert (newest.by, newest.at, newest.sentences) == ("U0MIA", MONDAY + MINUTE, told)
    assert (before.by, before.sentences[-1]) == (None, "2 open waits moved")


def test_what_changes_nothing_is_not_kept(office: Db) -> None:
    before = changes(office)
    assert apply(office, replace(SETUP, channels=SETUP.channels[::-1])) == ()
    assert changes(office) == before


def test_another_workspaces_changes_are_its_own(office: Db) -> None:
    apply(office, QUICK)
    with office.begin() as tx:
        assert setup_history.latest(tx, "T0OTHER", 50) == []
        assert isinstance(setup_history.undo(tx, "T0OTHER", changes_of(tx), "U0MIA", MONDAY), str)


def changes_of(tx: Any) -> int:
    return setup_history.latest(tx, OURS, 1)[0].id


@FEW
@given(wanted=SMALL)
def test_a_preview_says_what_applying_says_and_writes_nothing(office: Db, wanted: Setup) -> None:
    before = everything(office)
    with office.begin() as tx:
        foretold = setup.preview(tx, OURS, wanted, MONDAY + MINUTE)
    assert everything(office) == before
    assert apply(office, wanted) == foretold


@FEW
@given(first=SMALL, second=SMALL)
def test_undoing_a_change_gives_the_setup_back_and_undoing_that_the_change(
    office: Db, first: Setup, second: Setup
) -> None:
    apply(office, first)
    before = present(office)
    if not apply(office, second):
        return
    change = changes(office)[0]
    assert isinstance(undo(office, change.id), tuple)
    assert present(office) == before
    newest, undone, *_ = changes(office)
    assert (newest.undoes, undone.undone, newest.undone) == (change.id, True, False)
    assert isinstance(undo(office, newest.id), tuple)
    assert present(office) == second
    assert [one.undone for one in changes(office)[:3]] == [False, True, False]


@FEW
@given(wanted=SMALL)
def test_what_is_exported_is_what_was_applied_and_applying_it_again_changes_nothing(office: Db, wanted: Setup) -> None:
    apply(office, wanted)
    with office.begin() as tx:
        text = setup.export(tx, OURS)
    assert setup.read(text) == present(office)
    assert apply(office, setup.read(text)) == ()


def test_waits_move_back_with_the_change_that_moved_them(office: Db) -> None:
    assert apply(office, QUICK)[-1] == "2 open waits moved"
    assert undo(office, changes(office)[0].id)[-1] == "2 open waits moved"


def test_what_was_changed_since_stays_and_its_change_is_named(office: Db) -> None:
    apply(office, QUICK)
    change = changes(office)[0].id
    apply(office, replace(SETUP, targets=Targets(50 * MINUTE, 60 * MINUTE)))
    assert undo(office, change) == "Since then this has been changed again, so it stays as it is: targets."
    assert present(office).targets.first == 50 * MINUTE


def test_a_change_that_is_put_back_already_says_so(office: Db) -> None:
    apply(office, QUICK)
    change = changes(office)[0].id
    undo(office, change)
    assert undo(office, change) == "All of it is already as it was before this change."


def test_an_undo_that_would_leave_a_channel_to_nobody_is_refused(office: Db) -> None:
    night = Team("night", "Night")
    apply(office, replace(SETUP, teams=(CARE, night)))
    change = changes(office)[0].id
    apply(office, replace(SETUP, teams=(CARE, night), channels=(Channel("C0ACME", team="night"),)))
    assert "there is no team `night`" in undo(office, change)
    assert present(office).team("night") == night


def test_what_is_wrong_in_the_setup_anyway_keeps_nobody_from_undoing_something_else(office: Db) -> None:
    """Forms mind only what a change makes wrong, too; a newer release may mind more than the one before."""
    odd = (CustomerSetup("U0ANA", Targets(MINUTE, MINUTE)),)
    apply(office, replace(SETUP, customers=odd))
    apply(office, replace(QUICK, customers=odd))
    assert isinstance(undo(office, changes(office)[0].id), tuple)
    assert present(office).targets == SETUP.targets


def propose(db: Db, wanted: Setup) -> int:
    with db.begin() as tx:
        workspace = Workspaces().get(tx, OURS, MONDAY)
        assert workspace is not None
        return setup_drafts.propose(tx, workspace, "U0MIA", wanted, MONDAY)


def confirm(db: Db, draft: int, by: str = "U0MIA", later: timedelta = MINUTE) -> tuple[str, ...] | str:
    with db.begin() as tx:
        return setup_drafts.confirm(tx, OURS, draft, by, MONDAY + later)


def test_a_draft_counts_once_it_is_confirmed_and_only_once(office: Db) -> None:
    draft = propose(office, QUICK)
    assert present(office) == SETUP
    assert confirm(office, draft)[-1] == "2 open waits moved"
    assert (present(office), changes(office)[0].by) == (QUICK, "U0MIA")
    assert isinstance(confirm(office, draft), str)


@pytest.mark.parametrize(("by", "later"), [("U0ANA", MINUTE), ("U0MIA", timedelta(days=1))])
def test_somebody_elses_draft_or_one_of_yesterday_counts_for_nothing(office: Db, by: str, later: timedelta) -> None:
    assert isinstance(confirm(office, propose(office, QUICK), by, later), str)
    assert present(office) == SETUP


def test_a_draft_does_not_overwrite_what_was_changed_since_it_was_shown(office: Db) -> None:
    draft, other = propose(office, QUICK), replace(SETUP, admins=("U0LEE",))
    apply(office, other)
    assert "changed meanwhile" in confirm(office, draft)
    assert present(office) == other


def lose(db: Db) -> None:
    """Slack says a moment later that Mia is an admin no more."""
    with db.begin() as tx:
        people.save_many(tx, OURS, [someone("U0MIA", OURS)], MONDAY + MINUTE)


def test_who_is_no_admin_any_more_saves_nothing_but_what_is_their_own_team(office: Db) -> None:
    own = replace(SETUP, teams=(replace(CARE, cap=3),))
    of_all, of_theirs = propose(office, QUICK), propose(office, own)
    lose(office)
    assert confirm(office, of_all) == "Only an admin can change this. You can change the teams that you manage."
    assert present(office) == SETUP
    assert isinstance(confirm(office, of_theirs), tuple)
    assert present(office) == own


def test_who_has_left_the_user_group_of_managers_saves_nothing(office: Db) -> None:
    led = replace(CARE, managers=("S0LEAD",))
    apply(office, replace(SETUP, teams=(led,)))
    with office.begin() as tx:
        setup.save_group(tx, OURS, "S0LEAD", ["U0MIA"], MONDAY)
    draft = propose(office, replace(SETUP, teams=(replace(led, cap=3),)))
    lose(office)
    with office.begin() as tx:
        setup.save_group(tx, OURS, "S0LEAD", ["U0LEE"], MONDAY)
    assert isinstance(confirm(office, draft), str)
    assert present(office).teams == (led,)


def test_drafts_that_nobody_saved_go(office: Db) -> None:
    propose(office, QUICK)
    with office.begin() as tx:
        assert setup_drafts.forget(tx, MONDAY - MINUTE, 10) == 0
        assert setup_drafts.forget(tx, MONDAY, 10) == 1
        assert tx.execute(select(drafts_table)).all() == []


@pytest.mark.parametrize("change", [replace(CARE, cap=2), replace(CARE, load=3)])
def test_another_budget_is_news_for_the_lists_of_everybody_in_the_team(office: Db, change: Team) -> None:
    """A list that may not ring is not looked at before it is known to."""
    apply(office, replace(SETUP, teams=(change,)))
    with office.begin() as tx:
        told = set(tx.execute(select(list_news.c.user_id)).scalars())
    assert told >= {"U0ANA", "U0LEE", "U0MIA"}


def test_who_changes_a_team_leaves_what_somebody_else_said_of_a_person_a_moment_ago(office: Db) -> None:
    """Both read the workspace before either wrote."""
    with office.begin() as tx:
        workspace = Workspaces().get(tx, OURS, MONDAY)
    assert workspace is not None
    said = Override("U0ADA", "ours", "C0ACME")
    with office.begin() as tx:
        setup_book.rewrite(tx, OURS, edited(said), MONDAY, "U0LEE")
    with office.begin() as tx:
        setup.change(tx, workspace, ["care"], lambda team: replace(team, cap=3), MONDAY, "U0MIA")
    assert present(office) == replace(SETUP, teams=(replace(CARE, cap=3),), overrides=(said,))


def edited(said: Override) -> Callable[[Setup], Setup]:
    return lambda before: put_override(before, said)
