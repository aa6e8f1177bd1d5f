"""The server of PostgreSQL hangs up on everybody, again and again: all goes on by itself."""

from datetime import timedelta

import pytest
from sqlalchemy import create_engine, select, text

from bot.demo.place import ADA, ANA, EXT_ACME
from bot.store.tables import moves
from tests.handlers.office import Office


def hang_up(office: Office) -> None:
    """As a restart does: whoever holds a connection finds it closed, when this returns and not a moment later."""
    engine = create_engine(office.bot.deps.db.engine.url)
    with engine.begin() as tx:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        tx.execute(text(f"SELECT pg_terminate_backend(pid, 5000) FROM pg_stat_activity WHERE {others}"))
    engine.dispose()


@pytest.mark.parametrize("way", ["socket-postgresql"])
async def test_no_event_is_lost_and_nobody_is_told_twice(office: Office) -> None:
    said = []
    for number in range(4):
        hang_up(office)
        said.append(office.sandbox.world.say(ADA, EXT_ACME, f"Where is form {number}?").ts)
        hang_up(office)
        await office.sandbox.settled()
        office.clock.advance(timedelta(minutes=20))
    await office.settle()
    assert {sent.outcome for sent in office.sandbox.record.events("message")} == {"acked"}
    with office.bot.deps.db.begin() as tx:
        assert set(tx.execute(select(moves.c.ts)).scalars()) == set(said)
    hang_up(office)
    await office.wait(minutes=46)
    assert len(office.about(ANA, said[0])) == 1
