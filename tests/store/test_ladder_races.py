"""The ladder, customers, people who press and admins at the same time: nothing is lost, and nobody waits for ever."""

from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import replace

import pytest
from sqlalchemy import Connection, select, update

from bot.store import ladder, setup, ways_out, workspaces
from bot.store.db import Db
from bot.store.locks import lock_channels
from bot.store.tables import nudges, waits
from tests.store.test_ladder import ADA, ANA, CARE, LEE, OWNED, Office, after
from tests.store.test_loop import OURS, wrote

MOMENT = 0.3  # seconds in which the other one comes as far as it can


@pytest.fixture
def office(db: Db) -> Office:
    office = Office(db)
    office.hear(wrote(ADA, 0))
    return office


@contextmanager
def begun(office: Office) -> Iterator[tuple[Connection, Callable[[Callable[[], object]], None]]]:
    """A transaction, and how somebody else's begins while it is open; both are over in the end."""
    with ThreadPoolExecutor() as others:
        meanwhile = []

        def begin(work: Callable[[], object]) -> None:
            meanwhile.append(others.submit(work))
            wait(meanwhile, timeout=MOMENT)

        with office.db.begin() as tx:
            yield tx, begin
        for one in meanwhile:
            one.result(timeout=30)


def test_what_the_ladder_decides_while_the_customer_writes_on_stands(office: Office) -> None:
    office.away(ANA, 5, until=600)
    with begun(office) as (tx, begin):
        ladder.take_due(tx, office.workspaces, after(5), 100)
        begin(lambda: office.hear(wrote(ADA, 6, root=0)))
    assert (office.owner(), office.wait().covers_for) == (LEE, ANA)


def test_whoever_presses_while_the_ladder_has_the_wait_comes_after_it(office: Office) -> None:
    office.sweep(45)

    def press() -> None:
        with office.db.begin() as tx:
            workspace = office.workspaces.get(tx, OURS, after(46))
            assert workspace
            nudge = tx.execute(select(nudges.c.id)).scalar_one()
            assert ways_out.not_needed(tx, workspace, nudge, ANA, after(46)) is None

    with begun(office) as (tx, begin):
        tx.execute(select(waits).with_for_update()).all()
        begin(press)
        tx.execute(update(nudges).values(because="free"))
    assert office.wait().next_nudge_at is None


def test_a_setup_that_is_applied_while_somebody_corrects_a_message_waits_for_them(office: Office) -> None:
    def apply() -> None:
        with office.db.begin() as tx:
            setup.apply(tx, OURS, replace(OWNED, teams=(replace(CARE, name="Careful"),)), after(1), None)

    with begun(office) as (tx, begin):
        lock_channels(tx, OURS, ["C0ACME"])
        begin(apply)
        workspaces.save_setup(tx, OURS, OWNED)
    with office.db.begin() as tx:
        workspace = office.workspaces.get(tx, OURS, after(2))
        assert workspace
        assert workspace.setup.teams[0].name == "Careful"
