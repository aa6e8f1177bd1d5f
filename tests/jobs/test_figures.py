"""What an older release did not keep of waits is there an hour after the new one has come."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from bot.demo.place import ADA, ANA, EXT_ACME
from bot.store.tables import waits
from jobs import figures
from tests.handlers.office import Office


@pytest.mark.parametrize("way", ["socket-sqlite", "socket-postgresql"])
async def test_what_was_not_kept_is_filled_in_as_if_it_had_been(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    office.clock.advance(timedelta(minutes=20))
    await office.say(ANA, EXT_ACME, "Here it is.", ts)
    await office.say(ADA, EXT_ACME, "And the other one?")
    before = kept(office)
    assert [(row["team"], row["working_s"]) for row in before] == [("care", 1200), ("care", None)]
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(waits).values(team=None, working_s=None, after_hours=None))
    await figures.complete(office.bot.deps)
    assert kept(office) == before
    await figures.complete(office.bot.deps)
    assert kept(office) == before


def kept(office: Office) -> list[dict[str, Any]]:
    with office.bot.deps.db.begin() as tx:
        return [dict(row) for row in tx.execute(select(waits).order_by(waits.c.from_ts)).mappings()]
