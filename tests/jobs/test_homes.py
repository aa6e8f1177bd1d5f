"""Home tabs follow, in as many processes as one likes, and come to show what is true."""

import asyncio
import json
from datetime import timedelta

import pytest

from bot.demo.place import ADA, ANA, EXT_ACME, LEE, MIA, OMAR
from bot.sandbox import Fault
from jobs import TIMETABLE, homes
from tests.handlers.office import Office, is_about

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "socket-postgresql"])


async def open_homes(office: Office, *users: str) -> None:
    for user in users:
        office.sandbox.open_home(user)
    await office.settle()


def published(office: Office, user: str) -> int:
    return len(office.sandbox.record.views(user))


@on_both_databases
async def test_however_many_follow_at_the_same_time_every_home_comes_to_show_what_is_true(office: Office) -> None:
    await open_homes(office, ANA, LEE, MIA)
    for number in range(3):
        ts = office.sandbox.world.say(ADA, EXT_ACME, f"Question {number}: where is it?").ts
        await office.sandbox.settled()
        office.clock.advance(timedelta(minutes=6))
        await asyncio.gather(*(homes.follow(office.bot.deps) for _ in range(4)))
    await homes.follow(office.bot.deps)
    assert is_about(office.sandbox.record.views(ANA)[-1].view, ts)
    assert "3 customers are waiting" in json.dumps(office.sandbox.record.views(MIA)[-1].view)
    assert await homes.follow(office.bot.deps) == 0


async def test_a_tick_without_news_asks_nothing_of_slack(office: Office) -> None:
    await open_homes(office, ANA, LEE, OMAR)
    before = len(office.sandbox.record.calls)
    assert await homes.follow(office.bot.deps) == 0
    assert len(office.sandbox.record.calls) == before


async def test_an_answer_that_got_lost_is_no_reason_to_stay_behind(office: Office) -> None:
    """Slack has taken the page, and nobody heard; the hash that we know is old then."""
    await open_homes(office, ANA)
    ts = office.sandbox.world.say(ADA, EXT_ACME, "Where is it?").ts
    await office.sandbox.settled()
    office.sandbox.faults.add(Fault("drop_after", method="views.publish", times=1))
    assert await homes.follow(office.bot.deps) == 0
    assert await homes.follow(office.bot.deps) == 1
    assert is_about(office.sandbox.record.views(ANA)[-1].view, ts)
    assert await homes.follow(office.bot.deps) == 0


async def test_whoever_publishes_says_what_they_take_to_stand_there(office: Office) -> None:
    """So that Slack refuses an older page that comes late."""
    await open_homes(office, ANA)
    office.sandbox.world.say(ADA, EXT_ACME, "Where is it?")
    await office.sandbox.settled()
    assert await homes.follow(office.bot.deps) == 1
    first, second = [call.args.get("hash") for call in office.sandbox.record.calls if call.method == "views.publish"]
    assert (first, second) == (None, office.sandbox.record.views(ANA)[0].view["hash"])


def test_the_job_is_on_the_timetable() -> None:
    assert (homes.follow, 10) in TIMETABLE
