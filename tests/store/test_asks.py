"""The leader's clock in the tables: whoever ticks, and however often, each step is said once."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import select

from bot.domain.arrivals import Account
from bot.domain.asks import Ask, Kind, Outcome
from bot.domain.nudges import Snooze
from bot.domain.setup import Setup, Team
from bot.store import ask_clock, ask_notes, asks, outbox, people, workspaces
from bot.store.db import Db
from bot.store.tables import outbox as rows
from bot.store.workspaces import Installation, Workspace, Workspaces

TEAM, ANA, MIA, OMAR = "T0LINDEN", "U0ANA", "U0MIA", "U0OMAR"
TEN = datetime(2026, 3, 2, 10, tzinfo=UTC)
SETUP = Setup(teams=(Team("care", "Care", agents=(ANA,), managers=(MIA,), deputies=(OMAR,)),))
ASK = Ask(Kind.HELP, "care", ANA, "May I refund?")


@pytest.fixture
def known(db: Db) -> Db:
    with db.begin() as tx:
        workspaces.install(tx, Installation(TEAM, "Linden", "https://linden.slack.com/"))
        workspaces.save_setup(tx, TEAM, SETUP)
        for user in (ANA, MIA, OMAR):
            account = Account(user, TEAM, None, user, "UTC", False, False, False, False, False)
            people.save(tx, TEAM, account, TEN)
    return db


def opened(db: Db) -> tuple[Workspace, int]:
    with db.begin() as tx:
        workspace = Workspaces().get(tx, TEAM, TEN)
        assert workspace
        return workspace, asks.open_ask(tx, workspace, ASK, TEN)


def keys(db: Db) -> list[str]:
    with db.begin() as tx:
        return list(tx.execute(select(rows.c.key).order_by(rows.c.id)).scalars())


def test_processes_that_tick_together_say_each_step_once(known: Db) -> None:
    _, ask_id = opened(known)
    together, late = Barrier(3), TEN + timedelta(minutes=61)

    def tick(_number: int) -> int:
        together.wait(timeout=10)
        with known.begin() as tx:
            return ask_clock.take_due(tx, Workspaces(), late, 10)

    with ThreadPoolExecutor(together.parties) as processes:
        assert sum(processes.map(tick, range(together.parties))) == 1
    about = f"ask:{ask_id}"
    assert keys(known) == [f"{about}:0:{MIA}", f"{about}:by", f"{about}:1:{MIA}", f"{about}:2:{OMAR}"]


def test_a_tick_that_comes_only_in_the_evening_rings_nobody_before_the_morning(known: Db) -> None:
    """The bot was down all afternoon."""
    _, ask_id = opened(known)
    said, evening, morning = keys(known), TEN + timedelta(hours=9), TEN + timedelta(hours=23)
    with known.begin() as tx:
        assert ask_clock.take_due(tx, Workspaces(), evening, 10) == 1
        assert ask_clock.next_due(tx) == morning
    assert keys(known) == said
    with known.begin() as tx:
        ask_clock.take_due(tx, Workspaces(), morning, 10)
    assert keys(known)[len(said) :] == [f"ask:{ask_id}:1:{MIA}", f"ask:{ask_id}:2:{OMAR}"]


def test_the_clock_knows_when_it_strikes_next_and_stops_with_the_answer(known: Db) -> None:
    workspace, ask_id = opened(known)
    with known.begin() as tx:
        assert ask_clock.next_due(tx) == TEN + timedelta(minutes=45)
        assert asks.answer(tx, workspace, ask_id, MIA, Outcome.ANSWERED, "You may.", TEN) is None
        assert ask_clock.next_due(tx) is None
        assert asks.current(tx, workspace, ANA) == []
        assert asks.on_clock(tx, workspace, MIA) == []


def test_it_is_on_the_clock_of_those_who_have_heard_of_it_and_then_of_who_has_it(known: Db) -> None:
    workspace, ask_id = opened(known)
    with known.begin() as tx:
        assert [len(asks.on_clock(tx, workspace, user)) for user in (ANA, MIA, OMAR)] == [0, 1, 0]
        ask_clock.take_due(tx, Workspaces(), TEN + timedelta(hours=1), 10)
        assert [len(asks.on_clock(tx, workspace, user)) for user in (ANA, MIA, OMAR)] == [0, 1, 1]
        assert asks.have_it(tx, workspace, ask_id, OMAR, TEN + timedelta(hours=1)) is None
        assert [len(asks.on_clock(tx, workspace, user)) for user in (ANA, MIA, OMAR)] == [0, 0, 1]


def test_whatever_waits_to_be_said_is_not_said_once_there_is_word(known: Db) -> None:
    workspace, ask_id = opened(known)
    late = TEN + timedelta(minutes=61)
    with known.begin() as tx:
        ask_clock.take_due(tx, Workspaces(), late, 10)
        waiting = outbox.lease(tx, late, 10, timedelta(minutes=1))
        assert [ask_notes.still_holds(tx, row, late) for row in waiting] == [None] * len(waiting)
        asks.answer(tx, workspace, ask_id, OMAR, Outcome.ANSWERED, "You may.", late)
        why = {row.key: ask_notes.still_holds(tx, row, late) for row in waiting}
    assert why[f"ask:{ask_id}:by"] is None
    assert {why[key] for key in why if not key.endswith("by")} == {"the ask has its answer"}


def test_a_snooze_moves_the_clock_and_holds_back_the_step_that_was_on_its_way(known: Db) -> None:
    workspace, ask_id = opened(known)
    with known.begin() as tx:
        waiting = {row.key: row for row in outbox.lease(tx, TEN, 10, timedelta(minutes=1))}
        assert asks.snooze(tx, workspace, ask_id, MIA, Snooze.HOUR, TEN) is None
        assert ask_clock.next_due(tx) == TEN + timedelta(hours=1)
        assert ask_notes.still_holds(tx, waiting[f"ask:{ask_id}:0:{MIA}"], TEN) == "the ask is snoozed"
        assert ask_notes.still_holds(tx, waiting[f"ask:{ask_id}:by"], TEN) is None


def test_another_workspaces_asks_are_out_of_reach(known: Db) -> None:
    _, ask_id = opened(known)
    with known.begin() as tx:
        workspaces.install(tx, Installation("T0OTHER", "Other", "https://other.slack.com/"))
        workspaces.save_setup(tx, "T0OTHER", SETUP)
        other = Workspaces().get(tx, "T0OTHER", TEN)
        assert other
        assert asks.answer(tx, other, ask_id, MIA, Outcome.ANSWERED, "Hm.", TEN) is not None
        assert asks.withdraw(tx, other, ask_id, ANA, TEN) is not None
        assert (asks.current(tx, other, ANA), asks.on_clock(tx, other, MIA)) == ([], [])
