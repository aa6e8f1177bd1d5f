"""Complaints of the hour: at night, on a holiday, off duty, and around the nights in which clocks are changed."""

from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE, OMAR
from tests.complaints.conftest import Enter
from tests.complaints.room import Ping, Room
from tests.handlers.office import CARE_FILE, all_text

NINE_TO_FIVE = 'zone = "Europe/Lisbon"\nmon-fri = ["09:00-17:00"]'


def local(zone: str, moment: str) -> datetime:
    """As a clock on the wall there shows it."""
    return datetime.fromisoformat(moment).replace(tzinfo=ZoneInfo(zone))


def hours(zone: str, week: str) -> str:
    """The setup with other working hours."""
    return CARE_FILE.replace(NINE_TO_FIVE, f'zone = "{zone}"\n{week}')


def on_the_wall(pings: list[Ping], zone: str) -> list[str]:
    """When it rang, by the clock there."""
    return [f"{ping.at.astimezone(ZoneInfo(zone)):%a %H:%M}" for ping in pings]


async def test_it_rang_at_three_in_the_morning(room: Room) -> None:
    await room.wait(hours=6, minutes=50)
    await room.say(ADA, EXT_ACME, "Are you still there?")
    await room.wait(hours=24)
    assert on_the_wall(room.pings(ANA), "Europe/Lisbon") == ["Tue 09:35", "Tue 10:05"]


async def test_it_rang_on_sunday(enter: Enter) -> None:
    async with enter(at=local("Europe/Lisbon", "2026-03-06T16:30")) as room:
        await room.say(ADA, EXT_ACME, "Have a nice weekend; is it there on Monday?")
        await room.wait(days=2, hours=16)
        assert room.pings() == []
        await room.wait(hours=1)
        assert on_the_wall(room.pings(ANA), "Europe/Lisbon") == ["Mon 09:15"]


async def test_it_rang_on_my_holiday_my_colleague_in_hamburg_works(enter: Enter) -> None:
    """All Saints is none in Hamburg, and one in Bavaria; the team itself is in Hamburg."""
    germans = hours("Europe/Berlin", 'mon-sun = ["09:00-17:00"]').replace(
        'name = "Care"', 'name = "Care"\ncountry = "DE"\nregion = "HH"'
    )
    file = f'{germans}\n[person.{ANA}]\ncountry = "DE"\nregion = "BY"\n'
    async with enter(at=local("Europe/Berlin", "2026-11-01T09:30"), file=file, zone="Europe/Berlin") as room:
        await room.say(ADA, EXT_ACME, "Anybody there?")
        await room.say(BOB, EXT_BLUEBIRD, "And here?")
        await room.wait(hours=3)
        assert room.pings(ANA) == []
        assert room.pings(LEE)
        assert {room.owner(ts) for ts, _ in room.waits()} == {LEE, OMAR}  # Ana's customer went to one of them


async def test_it_rang_in_my_afternoon_i_work_mornings(enter: Enter) -> None:
    file = f'{CARE_FILE}\n[person.{ANA}.hours]\nmon-fri = ["09:00-13:00"]\n'
    async with enter(at=local("Europe/Lisbon", "2026-03-02T12:50"), file=file) as room:
        await room.say(ADA, EXT_ACME, "Is anybody there?")
        await room.wait(hours=4)
        assert room.pings(ANA) == []


async def test_slack_keeps_still_for_me_from_noon_to_one_and_it_did_not(room: Room) -> None:
    begins, ends = (int(local("Europe/Lisbon", f"2026-03-02T{at}").timestamp()) for at in ("12:00", "13:00"))
    room.near.world.set_dnd(ANA, enabled=True, next_start_ts=begins, next_end_ts=ends)
    await room.wait(minutes=90)
    await room.say(ADA, EXT_ACME, "Is anybody there?")
    await room.wait(hours=3)
    assert on_the_wall(room.pings(ANA), "Europe/Lisbon")[0] == "Mon 13:00"


async def test_midnight_cut_my_day_in_two(enter: Enter) -> None:
    """A night shift: the day of the cap turns at its reader's midnight, and what waited before waits on after it."""
    file = hours("Europe/Lisbon", 'mon-fri = ["20:00-04:00"]').replace('name = "Care"', 'name = "Care"\ncap = 1')
    async with enter(at=local("Europe/Lisbon", "2026-03-02T22:00"), file=file) as room:
        await room.say(ADA, EXT_ACME, "Is anybody up?")
        await room.wait(minutes=50)
        await room.say(ADA, EXT_ACME, "It is about the other thing: where is that?")
        await room.wait(hours=4)
        assert on_the_wall(room.pings(ANA), "Europe/Lisbon") == ["Mon 22:45", "Tue 00:00"]
        (standing,) = room.lists(ANA)
        assert "2 customers wait for you" in all_text(standing)


CHANGES = [
    ("Europe/Berlin", "2026-03-29"),
    ("Europe/Berlin", "2026-10-25"),
    ("America/New_York", "2026-03-08"),
    ("America/New_York", "2026-11-01"),
    ("Australia/Lord_Howe", "2026-10-04"),
    ("Australia/Lord_Howe", "2026-04-05"),
]


@pytest.mark.parametrize(("zone", "sunday"), CHANGES)
async def test_the_clocks_were_changed_and_it_came_an_hour_early(enter: Enter, zone: str, sunday: str) -> None:
    file = hours(zone, 'mon-sun = ["09:00-17:00"]').replace('country = "PT"\n', "")
    eve = local(zone, f"{sunday}T16:50") - timedelta(days=1)
    async with enter(at=eve, file=file, zone=zone) as room:
        await room.say(ADA, EXT_ACME, "Is anybody there?")
        await room.until(local(zone, f"{sunday}T10:00"))
        assert on_the_wall(room.pings(ANA), zone) == ["Sun 09:35"]


@pytest.mark.parametrize(("zone", "sunday"), CHANGES)
async def test_the_clocks_were_changed_and_it_came_twice_in_my_night_shift(
    enter: Enter, zone: str, sunday: str
) -> None:
    """Three quarters of an hour are that long in this night as well, whatever the clock on the wall shows."""
    file = hours(zone, 'mon-sun = ["22:00-06:00"]').replace('country = "PT"\n', "")
    async with enter(at=local(zone, f"{sunday}T01:20"), file=file, zone=zone) as room:
        begun = room.clock.now()
        await room.say(ADA, EXT_ACME, "Is anybody up?")
        await room.until(local(zone, f"{sunday}T05:30"))
        rung = [(ping.at - begun) // timedelta(minutes=1) for ping in room.pings(ANA)]
        assert rung == [45, 75]
