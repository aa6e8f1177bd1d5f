"""The leader's clock in the tables: whoever ticks, and however often, each step is said once."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from threading import Barrier

import pytest
from sqlalchemy import Connection, delete, select

from bot.domain.arrivals import Account
from bot.domain.asks import Ask, Kind, Outcome
from bot.domain.living_list import Fresh
from bot.domain.nudges import Snooze
from bot.domain.setup import Setup, Team
from bot.store import ask_clock, asks, list_rows, people, workspaces
from bot.store.db import Db
from bot.store.list_tables import list_news
from bot.store.living_lists import News
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


def rung(db: Db) -> list[str]:
    """Whose lists have rung, in this order; what was rung for is taken away."""
    with db.begin() as tx:
        found = select(list_news.c.user_id).where(list_news.c.news == News.RING).order_by(list_news.c.id)
        users = list(tx.execute(found).scalars())
        tx.execute(delete(list_news))
        return users


def test_processes_that_tick_together_say_each_step_once(known: Db) -> None:
    opened(known)
    together, late = Barrier(3), TEN + timedelta(minutes=61)
    assert rung(known) == [MIA]

    def tick(_number: int) -> int:
        together.wait(timeout=10)
        with known.begin() as tx:
            return ask_clock.take_due(tx, Workspaces(), late, 10)

    with ThreadPoolExecutor(together.parties) as processes:
        assert sum(processes.map(tick, range(together.parties))) == 1
    assert rung(known) == [MIA, OMAR]


def test_a_tick_that_comes_only_in_the_evening_rings_nobody_before_the_morning(known: Db) -> None:
    """The bot was down all afternoon."""
    opened(known)
    rung(known)
    evening, morning = TEN + timedelta(hours=9), TEN + timedelta(hours=23)
    with known.begin() as tx:
        assert ask_clock.take_due(tx, Workspaces(), evening, 10) == 1
        assert ask_clock.next_due(tx) == morning
    assert rung(known) == []
    with known.begin() as tx:
        ask_clock.take_due(tx, Workspaces(), morning, 10)
    assert rung(known) == [MIA, OMAR]


def listed(tx: Connection, workspace: Workspace, user: str, now: datetime) -> list[int]:
    """The asks in somebody's list."""
    return [asked.id for asked in list_rows.read(tx, workspace, user, now).asks]


def fresh(tx: Connection, workspace: Workspace, user: str, since: datetime) -> Fresh:
    """What is new since then."""
    return list_rows.fresh(tx, list_rows.read(tx, workspace, user, TEN), since, TEN)


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


def test_it_stands_in_the_lists_of_those_who_lead_until_there_is_word(known: Db) -> None:
    workspace, ask_id = opened(known)
    late = TEN + timedelta(minutes=61)
    with known.begin() as tx:
        ask_clock.take_due(tx, Workspaces(), late, 10)
        assert [listed(tx, workspace, user, late) for user in (MIA, OMAR)] == [[ask_id], [ask_id]]
        asks.answer(tx, workspace, ask_id, OMAR, Outcome.ANSWERED, "You may.", late)
        assert [listed(tx, workspace, user, late) for user in (MIA, OMAR)] == [[], []]


def test_what_rings_for_it_is_new_until_it_rang_and_not_while_it_is_snoozed(known: Db) -> None:
    workspace, ask_id = opened(known)
    with known.begin() as tx:
        assert fresh(tx, workspace, MIA, TEN) == Fresh(leading=True)
        assert fresh(tx, workspace, MIA, TEN + timedelta(minutes=1)) == Fresh()
        assert asks.snooze(tx, workspace, ask_id, MIA, Snooze.HOUR, TEN) is None
        assert ask_clock.next_due(tx) == TEN + timedelta(hours=1)
        assert fresh(tx, workspace, MIA, TEN) == Fresh()
        assert listed(tx, workspace, MIA, TEN) == [ask_id]


def test_who_answered_with_a_time_may_say_more_for_a_week(known: Db) -> None:
    with known.begin() as tx:
        workspace = Workspaces().get(tx, TEAM, TEN)
        assert workspace
        ask_id = asks.open_ask(tx, workspace, replace(ASK, kind=Kind.SNAG), TEN)
        assert asks.answer(tx, workspace, ask_id, MIA, Outcome.WHEN, "On Friday.", TEN) is None
        assert [listed(tx, workspace, user, TEN + timedelta(days=6)) for user in (MIA, OMAR)] == [[ask_id], []]
        assert listed(tx, workspace, MIA, TEN + timedelta(days=7)) == []
        assert asks.answer(tx, workspace, ask_id, MIA, Outcome.FIXED, "It is.", TEN + timedelta(days=1)) is None
        assert listed(tx, workspace, MIA, TEN + timedelta(days=1)) == []


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
