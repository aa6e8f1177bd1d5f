"""A target that is out of reach: told to the manager alone, and changed in one click."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert

from bot.demo.place import ANA, EXT_ACME, LEE, MIA, OMAR, OURS
from bot.domain.expectations import Wait
from bot.domain.hours import Schedule
from bot.domain.moments import ts_of
from bot.domain.roles import Role
from bot.domain.weeks import last_weeks
from bot.store import setup
from bot.store.tables import waits
from bot.views.expectations import TAKE
from bot.views.words import expectations as words
from bot.views.words.roles import not_for_you
from jobs import people
from tests.domain.living import Truth, lived
from tests.handlers.office import CARE_FILE, MONDAY, Office, buttons
from tests.jobs.weeks import day
from tests.views.reading import read

Json = dict[str, Any]

every_way = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])
LATE = Truth(hourly=(6,) * 5, people=(3,) * 5, ill=0)
PEOPLE = {"U0": ANA, "U1": LEE, "U2": OMAR}
HALF_AN_HOUR = 'targets = { first = "30m", next = "1h" }\n'


@pytest.fixture
async def late(office: Office) -> Office:
    """Three people have had more to do than they can, for eight weeks; it is the Monday after."""
    await office.set_up(HALF_AN_HOUR + CARE_FILE)
    await people.meet_teams(office.bot.deps)
    await office.settle()
    with office.bot.deps.db.begin() as tx:
        tx.execute(insert(waits), past(office))
    await day(office)
    await office.until(MONDAY.replace(hour=9) + timedelta(days=7, minutes=1))
    return office


def past(office: Office) -> list[dict[str, Any]]:
    team = setup.read(CARE_FILE).teams[0]
    schedule, since = Schedule(team.week), last_weeks(team.week.zone, office.clock.now(), 7)[0].start
    _, known = lived(LATE, 0, 7)
    return [row(schedule, since, number, wait) for number, wait in enumerate(known)]


def row(schedule: Schedule, since: Any, number: int, wait: Wait) -> dict[str, Any]:
    started, ended = (schedule.due(since, timedelta(seconds=at)) for at in (wait.arrived, wait.answered))
    ts = ts_of(started + timedelta(microseconds=number))
    place = {"team_id": OURS, "channel": EXT_ACME, "root_ts": ts, "from_ts": ts, "first": True, "target_s": 1800}
    end = {"ended_at": ended, "ended_by": "answer", "ended_user": PEOPLE[wait.by], "working_s": 60}
    return place | end | {"started_at": started, "team": "care", "after_hours": False}


def page(office: Office) -> Json:
    """The manager's weekly page."""
    (found,) = [one for one in office.dm(MIA) if TAKE in buttons(one)]
    return found


async def exported(office: Office) -> str:
    return await office.bot.deps.db.run(setup.export, OURS)


@every_way
async def test_it_is_told_to_the_manager_and_taken_in_one_click(late: Office) -> None:
    said = read(page(late))
    assert "The target of *30 minutes* is out of reach" in said
    assert words.NOT_EFFORT() in said
    value = next(e["value"] for b in page(late)["blocks"] if b["type"] == "actions" for e in b["elements"])
    _, target, before = value.split(":")
    assert before == "1800"
    await late.press(MIA, page(late), TAKE)
    assert late.told(MIA) == words.taken("*Care*", timedelta(seconds=int(target)), timedelta(minutes=30))
    assert f'first = "{int(target) // 3600}h' in (await exported(late)).split("[team.care]")[1]


async def test_nobody_else_hears_of_it(late: Office) -> None:
    for user in (ANA, LEE, OMAR):
        assert words.NOT_EFFORT() not in str(late.dm(user))
    assert words.NOT_EFFORT() not in str(late.home_posts())


async def test_an_agent_cannot_take_it_and_nobody_takes_it_twice(late: Office) -> None:
    before = await exported(late)
    channel = late.sandbox.world.direct(MIA, late.sandbox.world.app.bot_user_id).id
    await late.forged_press(ANA, channel, page(late), TAKE)
    assert late.told(ANA) == not_for_you(Role.MANAGER, ["Mia"])
    assert await exported(late) == before
    await late.press(MIA, page(late), TAKE)
    await late.press(MIA, page(late), TAKE)
    assert late.told(MIA) == words.CHANGED()
