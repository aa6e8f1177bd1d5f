"""What the clock makes the bot do: each job alone, as often and in as many processes as one likes."""

import asyncio
import inspect
from datetime import datetime, timedelta
from importlib import import_module
from pkgutil import iter_modules

import pytest
from sqlalchemy import func, select

import jobs
from bot.app import working
from bot.demo.place import ADA, ANA, EXT_ACME, GITA, GUESTS, LEE, MIA, OURS
from bot.sandbox import Fault
from bot.store import people as people_store
from bot.store.tables import channels as channels_table
from bot.store.tables import events, outbox, unresolved
from jobs import TIMETABLE, channels, housekeeping, nudges, people, timetable
from tests.handlers.office import CARE_FILE, Office

on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "socket-postgresql"])


def count(office: Office, table: object) -> int:
    return len(office.tables()[table.name])  # type: ignore[attr-defined]


@on_both_databases
async def test_the_sweep_takes_what_is_due_once_however_many_sweep_at_the_same_time(office: Office) -> None:
    for number in range(5):
        office.sandbox.world.say(ADA, EXT_ACME, f"Question {number}: where is it?")
        office.clock.advance(timedelta(minutes=6))
    await office.settle()
    office.clock.advance(timedelta(minutes=35))
    taken = await asyncio.gather(*(nudges.sweep(office.bot.deps) for _ in range(4)))
    assert sum(taken) > 0
    await office.settle()
    assert len(office.dm(ANA)) == 1  # one list, with a line for each
    assert office.dm(ANA)[0]["text"].startswith(f"{sum(taken)} customers wait for you")
    assert await nudges.sweep(office.bot.deps) == 0


async def test_a_sweep_goes_on_until_nothing_is_due(office: Office) -> None:
    for number in range(nudges.GROUP // 50 + 3):
        office.sandbox.world.say(ADA, EXT_ACME, f"Question {number}: where is it?")
        office.clock.advance(timedelta(minutes=6))
    await office.settle()
    office.clock.advance(timedelta(days=1))
    group, nudges.GROUP = nudges.GROUP, 2
    try:
        assert await nudges.sweep(office.bot.deps) >= 5
    finally:
        nudges.GROUP = group
    assert await nudges.sweep(office.bot.deps) == 0


async def test_people_are_learned_until_slack_wants_to_be_left_alone(office: Office) -> None:
    world = office.sandbox.world
    await people.learn(office.bot.deps)  # the team
    for name in ("al", "bea", "cy"):
        person = world.add_person(team_id=OURS, name=name, is_restricted=True)
        world.change_person(person.id, title="x")
        world.invite(ANA, GUESTS, person.id)
    world.say(GITA, GUESTS, "Where do I send the form?")
    await office.sandbox.settled()
    office.sandbox.faults.add(Fault("ratelimited", method="users.info", retry_after=30, times=99))
    assert await people.learn(office.bot.deps) == 0
    assert count(office, unresolved) == 1
    office.sandbox.faults.clear()
    assert await people.learn(office.bot.deps) == 0  # also in another process, for as long as Slack said
    office.clock.advance(timedelta(seconds=30))
    assert await people.learn(office.bot.deps) == 1
    assert count(office, unresolved) == 0
    assert await people.learn(office.bot.deps) == 0


async def test_a_channel_that_changed_is_read_again_and_then_left_in_peace(office: Office) -> None:
    office.sandbox.world.rename(ANA, EXT_ACME, "acme-and-friends")
    await office.sandbox.settled()
    assert await channels.refresh(office.bot.deps) == 1
    assert await channels.refresh(office.bot.deps) == 0
    with office.bot.deps.db.begin() as tx:
        row = tx.execute(channels_table.select().where(channels_table.c.channel == EXT_ACME)).one()
    assert row.name == "acme-and-friends"


async def test_a_channel_that_cannot_be_read_now_is_read_later(office: Office) -> None:
    office.sandbox.world.rename(ANA, EXT_ACME, "acme-and-friends")
    await office.sandbox.settled()
    office.sandbox.faults.add(Fault("ratelimited", method="conversations.info", retry_after=30))
    assert await channels.refresh(office.bot.deps) == 1
    assert await channels.refresh(office.bot.deps) == 1
    assert await channels.refresh(office.bot.deps) == 0


@pytest.fixture
async def grouped(office: Office) -> Office:
    """The team's agents are a user group: Lee alone, for now."""
    group = office.sandbox.world.add_group("care", "Care", [LEE])
    text = CARE_FILE.replace(f'agents = ["{ANA}", "{LEE}", "U0OMAR"]', f'agents = ["{group.id}"]')
    assert group.id in text
    await office.set_up(text.replace(f'owner = "{ANA}"\n', "").replace(f'owner = "{LEE}"\n', ""))
    await channels.refresh_groups(office.bot.deps)
    return office


async def test_the_people_of_a_user_group_are_its_people_now(grouped: Office) -> None:
    first = await grouped.say(ADA, EXT_ACME, "Where is the form?")
    await grouped.wait(minutes=45)
    assert len(grouped.about(LEE, first)) == 1
    (group,) = grouped.sandbox.world.user_groups.values()
    group.users = [MIA]
    await channels.refresh_groups(grouped.bot.deps)
    second = await grouped.say(ADA, EXT_ACME, "And where is the other form?")
    await grouped.wait(minutes=51)  # her list, which has rung a while ago, is edited within five minutes
    assert len(grouped.about(MIA, second)) == 1


async def test_a_group_that_cannot_be_read_keeps_its_people(grouped: Office) -> None:
    grouped.sandbox.faults.add(Fault("ratelimited", method="usergroups.users.list", retry_after=30))
    await channels.refresh_groups(grouped.bot.deps)
    ts = await grouped.say(ADA, EXT_ACME, "Where is the form?")
    await grouped.wait(minutes=45)
    assert len(grouped.about(LEE, ts)) == 1


async def test_what_is_not_needed_any_more_goes_and_the_rest_stays(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=45)
    assert count(office, events) > 0
    assert count(office, outbox) > 0
    assert await housekeeping.purge(office.bot.deps) == 0
    await office.until(office.clock.now() + housekeeping.EVENTS_KEPT + timedelta(days=1))
    await housekeeping.purge(office.bot.deps)
    assert count(office, events) == 0
    assert count(office, outbox) > 0
    await office.until(office.clock.now() + housekeeping.SAYINGS_KEPT)
    assert oldest_saying(office) < office.clock.now() - housekeeping.SAYINGS_KEPT
    await housekeeping.purge(office.bot.deps)
    assert oldest_saying(office) >= office.clock.now() - housekeeping.SAYINGS_KEPT
    assert office.waits() == [(ts, None)]


def oldest_saying(office: Office) -> datetime:
    with office.bot.deps.db.begin() as tx:
        return tx.execute(select(func.min(outbox.c.created_at))).scalar_one()  # type: ignore[no-any-return]


def test_the_timetable_names_every_job_once() -> None:
    named = [f"{job.__module__}.{job.__name__}" for job, _ in TIMETABLE]
    modules = [import_module(f"jobs.{module.name}") for module in iter_modules(jobs.__path__)]
    written = [f"{m.__name__}.{n}" for m in modules for n, f in vars(m).items() if is_job(m.__name__, n, f)]
    assert sorted(named) == sorted(written)


def is_job(module: str, name: str, found: object) -> bool:
    """A job is handed what every job is handed, and nothing else."""
    ours = inspect.iscoroutinefunction(found) and found.__module__ == module and not name.startswith("_")
    return ours and len(inspect.signature(found).parameters) == 1  # type: ignore[arg-type]


async def test_the_scheduler_ticks_each_job_at_its_pace_and_catches_up_once(office: Office) -> None:
    jobs = timetable(office.bot.deps).get_jobs()
    assert [job.trigger.interval.total_seconds() for job in jobs] == [seconds for _, seconds in TIMETABLE]


async def test_the_running_bot_nudges_by_itself(office: Office) -> None:
    """As in life: nobody calls a job, the clock does."""
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    async with working(office.bot):
        office.clock.advance(timedelta(minutes=45))
        await office.sandbox.until(lambda: office.about(ANA, ts))
        office.sandbox.world.say(ANA, EXT_ACME, "Under Billing.", thread_ts=ts)
        await office.sandbox.until(lambda: office.dm(ANA)[0]["text"].startswith("All caught up"))


async def test_everyone_whom_the_setup_names_is_met_before_they_do_anything(office: Office) -> None:
    deps = office.bot.deps
    await people.meet_teams(deps)
    await people.learn(deps)
    assert set(await deps.db.run(people_store.get_many, OURS, {ANA, LEE, MIA})) == {ANA, LEE, MIA}
    calls = len(office.sandbox.record.called("users.info"))
    await people.meet_teams(deps)
    await people.learn(deps)
    assert len(office.sandbox.record.called("users.info")) == calls
