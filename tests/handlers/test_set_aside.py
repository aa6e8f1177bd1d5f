"""An event that breaks whoever applies it comes again as often as Slack brings it, and then holds up nobody."""

import pytest
from sqlalchemy import select, update

from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, MIA
from bot.store.set_aside_tables import set_aside
from bot.store.tables import moves
from tests.handlers.office import CARE_FILE, Office, all_text


@pytest.mark.parametrize("way", ["socket-sqlite", "http-sqlite", "socket-postgresql"])
async def test_an_event_that_breaks_is_asked_for_again_then_set_aside_and_told_to_the_admin(office: Office) -> None:
    await office.set_up(f'admins = ["{MIA}"]\n{CARE_FILE}')
    asked = await office.say(ADA, EXT_ACME, "Where is the seat map?")
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(moves).where(moves.c.ts == asked).values(kind="what no release has ever written"))
    world = office.sandbox.world
    broken = world.say(ANA, EXT_ACME, "It is under Venues.", thread_ts=asked)
    whole = [world.say(BOB, EXT_BLUEBIRD, f"Where are the invoices of {year}?").ts for year in (2024, 2025)]
    await office.sandbox.settled()
    assert whole[0] in dict(office.waits())  # those that came with it are written
    [sent] = [one for one in office.sandbox.record.events("message") if one.payload["event"]["ts"] == broken.ts]
    assert sent.outcome in ("http_error", "timeout")
    await office.wait(minutes=1)
    assert sent.outcome == "acked"
    with office.bot.deps.db.begin() as tx:
        [row] = tx.execute(select(set_aside)).all()
    assert (row.kind, row.channel, row.ts, row.tries) == ("event", EXT_ACME, broken.ts, 3)
    await office.wait(minutes=1)
    [told] = [text for text in map(all_text, office.dm(MIA)) if row.reference in text]
    assert f"/p{broken.ts.replace('.', '')}" in told
    assert "Venues" not in told
