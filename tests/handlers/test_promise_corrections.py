"""A promise goes where its conversation goes, however that is corrected."""

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, EXT_ACME
from bot.domain.keeping import Became
from bot.store.promise_tables import promises
from bot.views.why import Verb
from tests.handlers.office import QUESTION, Office
from tests.handlers.wondering import Wondering

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])
BY_THREE = "Let me check and get back to you by 3pm."


@pytest.fixture
def office(office: Office) -> Wondering:
    """The office, in which people ask why."""
    return Wondering(office.sandbox, office.clock, office.bot)


def stored(office: Office) -> list[tuple[str, str | None]]:
    """In which conversation each promise is, and how it ended."""
    with office.bot.deps.db.begin() as tx:
        return [(row.root_ts, row.ended_by) for row in tx.execute(select(promises).order_by(promises.c.ts))]


@on_both_databases
async def test_made_one_the_answer_to_either_keeps_it(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "The export fails.")
    await office.wait(hours=1)
    second = await office.say(ADA, EXT_ACME, QUESTION)
    await office.say(ANA, EXT_ACME, BY_THREE, second)
    assert stored(office) == [(second, None)]
    await office.why(first)
    await office.joins(second)
    assert stored(office) == [(first, None)]
    await office.say(ANA, EXT_ACME, "Both work again, the tiles were missing.", first)
    assert stored(office) == [(first, Became.KEPT)]


async def test_split_off_it_goes_with_the_later_part(office: Wondering) -> None:
    first = await office.say(ADA, EXT_ACME, "The export fails.")
    await office.say(ANA, EXT_ACME, "Fixed, please try again.", first)
    second = await office.say(ADA, EXT_ACME, QUESTION, first)
    await office.say(ANA, EXT_ACME, BY_THREE, first)
    await office.why(first)
    await office.says(Verb.SPLIT, second)
    assert stored(office) == [(second, None)]


async def test_to_somebody_who_is_no_customer_nothing_was_promised(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.say(ANA, EXT_ACME, BY_THREE, ts)
    await office.why(ts)
    await office.says(Verb.NOT_CUSTOMER, ts)
    assert stored(office) == [(ts, Became.NEVER)]
    await office.wait(hours=7)
    assert office.dm(ANA) == []
