"""Works-council mode: who had a customer and who answered is forgotten once that is over, and no list is of people."""

import json
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import select

from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE, MIA, NIA, OMAR, OURS
from bot.domain.someone import SOMEONE
from bot.domain.statistics import Figures
from bot.domain.weeks import last_weeks
from bot.store import statistics
from bot.store.tables import conversations, metadata, moves, waits
from bot.views.words import home as home_words
from jobs import privacy as job
from tests.handlers.office import CARE_FILE, Office

both_ways = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])

COUNCIL = f"works_council = true\n{CARE_FILE}"
OF_FIVE = COUNCIL.replace(f'managers = ["{MIA}"]', f'managers = ["{MIA}", "{NIA}"]')
TOLD_OF = ("waits", "conversations", "moves", "promises", "nudges", "outbox")  # what tells of customers and answers


def all_waits(office: Office) -> list[Any]:
    with office.bot.deps.db.begin() as tx:
        return list(tx.execute(select(waits).order_by(waits.c.from_ts)))


def names(office: Office) -> set[str]:
    """Where agents stand by name, of all that tells of customers."""
    found = set()
    with office.bot.deps.db.begin() as tx:
        for name in TOLD_OF:
            for row in tx.execute(select(metadata.tables[name])).mappings():
                columns = [one for one in row if any(user in str(row[one]) for user in (ANA, LEE, OMAR))]
                found |= {f"{name}.{one}" for one in columns}
    return found


def figures(office: Office) -> Figures:
    now = office.clock.now()
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, now)
        assert workspace
        return statistics.weekly(tx, workspace, "care", last_weeks("Europe/Lisbon", now, 1), now)[0]


@both_ways
async def test_a_wait_forgets_as_it_ends_whose_it_was_and_who_answered(office: Office) -> None:
    await office.set_up(COUNCIL)
    ts, _ = await office.asked()
    assert office.owner(ts) == ANA
    await office.say(ANA, EXT_ACME, "Done: you are at fifteen now.", ts)
    await office.say(ADA, EXT_ACME, "And can we have a window seat?", ts)
    ended, again = all_waits(office)
    assert (ended.owner, ended.because, ended.covers_for, ended.ended_user) == (None, None, None, SOMEONE)
    assert (again.owner, again.last_answer_by) == (ANA, SOMEONE)


@both_ways
async def test_a_day_later_nothing_tells_of_it(office: Office) -> None:
    early = await office.say(BOB, EXT_BLUEBIRD, "Can you check the address?")
    await office.wait(minutes=50)
    await office.say(LEE, EXT_BLUEBIRD, "It is the new one now.", early)
    await office.set_up(COUNCIL)
    ts, _ = await office.asked()
    await office.say(ANA, EXT_ACME, "Done: you are at fifteen now.", ts)
    await office.wait(hours=23)
    await job.council_forgets(office.bot.deps)
    with office.bot.deps.db.begin() as tx:
        assert tx.execute(select(moves.c.user_id).where(moves.c.ts > ts, moves.c.kind == "ours")).scalar() == ANA
    await office.wait(hours=2)
    before = office.waits()
    await job.council_forgets(office.bot.deps)
    # The living lists stay where they stand: whose list it is says nothing of what was in it.
    assert {one for one in names(office) if not one.startswith("outbox")} == set()
    assert "outbox.payload" not in names(office)
    assert office.waits() == before
    assert await job.council_forgets(office.bot.deps) == 0
    with office.bot.deps.db.begin() as tx:
        assert ADA in set(tx.execute(select(conversations.c.customer)).scalars())


@both_ways
async def test_a_change_of_the_setup_tells_nobodys_name_again(office: Office) -> None:
    """Open waits are reckoned anew then, and with them those of their conversation that are over."""
    await office.set_up(COUNCIL)
    ts, _ = await office.asked()
    await office.say(ANA, EXT_ACME, "Done: you are at fifteen now.", ts)
    await office.say(ADA, EXT_ACME, "And can we have a window seat?", ts)
    await office.set_up(OF_FIVE)
    ended, again = all_waits(office)
    assert (ended.owner, ended.ended_user, again.last_answer_by) == (None, SOMEONE, SOMEONE)


async def test_while_a_customer_waits_it_is_known_whose_they_are_however_long(office: Office) -> None:
    await office.set_up(COUNCIL)
    ts, _ = await office.asked()
    await office.wait(days=2)
    await job.council_forgets(office.bot.deps)
    assert office.owner(ts) is not None


async def test_a_tick_taken_back_the_same_day_has_the_customer_wait_again(office: Office) -> None:
    await office.set_up(COUNCIL)
    ts, _ = await office.asked()
    office.sandbox.world.react(ANA, EXT_ACME, ts, "white_check_mark")
    await office.settle()
    assert office.waits() == [(ts, "closed")]
    office.sandbox.world.unreact(ANA, EXT_ACME, ts, "white_check_mark")
    await office.settle()
    assert office.waits() == [(ts, None)]
    assert office.owner(ts) is not None


@pytest.mark.parametrize(("setup", "told"), [(COUNCIL, False), (OF_FIVE, True)], ids=["four", "five"])
async def test_times_are_told_of_teams_of_five_and_more(office: Office, setup: str, told: bool) -> None:
    await office.set_up(setup)
    for who, where, by in ((ADA, EXT_ACME, ANA), (BOB, EXT_BLUEBIRD, LEE), (ADA, EXT_ACME, MIA)):
        ts = await office.say(who, where, "Can you check the address?")
        await office.wait(minutes=5, seconds=1)
        await office.say(by, where, "Done, it is the new one now.", ts)
        await office.wait(hours=5)
    await office.wait(days=7)
    found = figures(office)
    assert (found.answers, found.answerers) == (3, 0)
    assert (found.median_s is not None) is told


async def test_there_is_no_list_of_people_and_no_week_of_ones_own(office: Office) -> None:
    await office.set_up(COUNCIL)
    for number in range(20):
        await office.say(ADA, EXT_ACME, f"Can you check seat {number}?")
        await office.wait(minutes=11)
    office.sandbox.open_home(MIA)
    office.sandbox.open_home(ANA)
    await office.settle()
    manager, agent = (json.dumps(office.sandbox.record.views(user)[-1].view) for user in (MIA, ANA))
    assert "thanked" not in manager
    assert home_words.MY_WEEK() not in agent
    with office.bot.deps.db.begin() as tx:
        assert tx.execute(select(metadata.tables["overloads"])).all() == []


@pytest.mark.parametrize("hour", [2, 14])
async def test_what_is_long_over_when_the_mode_begins_is_forgotten_within_a_day(office: Office, hour: int) -> None:
    """By night, or by day where CareCue runs on a machine that is off at night."""
    ts, _ = await office.asked()
    await office.say(ANA, EXT_ACME, "Done: you are at fifteen now.", ts)
    await office.wait(days=10)
    await office.set_up(COUNCIL)
    await office.until(office.clock.now().replace(hour=hour) + timedelta(days=1))
    await job.council_forgets(office.bot.deps)
    assert {one for one in names(office) if not one.startswith("outbox")} == set()
