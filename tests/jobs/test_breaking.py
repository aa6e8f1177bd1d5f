"""What breaks whoever takes it stops nothing else: it is put off, set aside, and told to the admins once."""

import logging
from asyncio import Event, gather
from datetime import datetime, timedelta

import pytest
from sqlalchemy import Connection, delete, select, update
from sqlalchemy.exc import OperationalError

import jobs.channel_questions
import jobs.channels
import jobs.listening
from bot.demo.place import ADA, ANA, BOB, BOT, EXT_ACME, EXT_BLUEBIRD, LEE, MIA, OURS
from bot.store import channels, erasing, ladder, listening, set_aside, workspaces
from bot.store.set_aside import Thing
from bot.store.set_aside_tables import set_aside as table
from bot.store.tables import moves, waits
from bot.store.tables import people as people_table
from bot.store.workspaces import Installation, Workspace
from jobs import living_lists, nudges, people, privacy
from jobs.apart import apart
from jobs.taking import all_due, in_each
from tests.handlers.office import CARE_FILE, Office, all_text

ADMIN_FILE = f'admins = ["{MIA}"]\n{CARE_FILE}'
on_both_databases = pytest.mark.parametrize("way", ["socket-sqlite", "socket-postgresql"])


async def _asked_and_broken(office: Office) -> tuple[str, str]:
    """Two customers wait, and whoever takes the first of these waits breaks."""
    await office.set_up(ADMIN_FILE)
    broken = await office.say(ADA, EXT_ACME, "Where is the seat map?")
    whole = await office.say(BOB, EXT_BLUEBIRD, "Where are the invoices?")
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(waits).where(waits.c.from_ts == broken).values(pauses="no pause at all"))
    return broken, whole


def _put_off(office: Office) -> list[tuple[str, int, bool]]:
    with office.bot.deps.db.begin() as tx:
        rows = tx.execute(select(table).order_by(table.c.kind, table.c.key)).all()
    return [(row.kind, row.tries, row.set_aside_at is not None) for row in rows]


@on_both_databases
async def test_a_wait_that_breaks_the_sweep_holds_up_no_other(office: Office) -> None:
    broken, whole = await _asked_and_broken(office)
    office.clock.advance(timedelta(minutes=46))
    assert await nudges.sweep(office.bot.deps) == 2
    await living_lists.sweep(office.bot.deps)
    await office.settle()
    assert office.about(LEE, whole)
    assert not office.about(ANA, broken)
    assert _put_off(office) == [("wait", 1, False)]


async def test_what_breaks_three_times_is_set_aside_and_its_admin_hears_of_it_once(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    broken, _ = await _asked_and_broken(office)
    for minutes in (46, 2, 6):
        office.clock.advance(timedelta(minutes=minutes))
        await nudges.sweep(office.bot.deps)
        await office.settle()
    assert _put_off(office) == [("wait", 3, True)]
    [row] = await office.bot.deps.db.read(set_aside.every, office.clock.now())
    [told] = [one for one in map(all_text, office.dm(MIA)) if row.reference in one]
    assert f"/p{broken.replace('.', '')}|Open the message>" in told
    logged = [one for one in caplog.records if row.reference in one.getMessage()]
    assert [one.levelno for one in logged] == [logging.ERROR] * 3
    assert all(one.exc_info for one in logged)
    for _ in range(2):
        office.clock.advance(timedelta(days=1, minutes=1))
        await nudges.sweep(office.bot.deps)
        await office.settle()
    assert _put_off(office) == [("wait", 5, True)]
    assert sum(row.reference in one for one in map(all_text, office.dm(MIA))) == 1


async def test_a_job_that_breaks_before_it_takes_anything_blames_no_row_of_another(office: Office) -> None:
    """However lately that was taken over the same connection."""
    await office.set_up(ADMIN_FILE)
    await office.say(ADA, EXT_ACME, "Where is the seat map?")
    for _ in range(10):  # over all connections that there are
        with office.bot.deps.db.begin() as tx:
            set_aside.taking(tx, ladder.DUE, tx.execute(select(waits)).all())

    def take(*_: object) -> int:
        raise LookupError("what this job asks for is not there")

    with pytest.raises(LookupError):
        await all_due(office.bot.deps, take, 10)
    assert _put_off(office) == []


async def test_what_goes_well_after_its_day_is_set_aside_no_longer(office: Office) -> None:
    broken, _ = await _asked_and_broken(office)
    for minutes in (46, 2, 6):
        office.clock.advance(timedelta(minutes=minutes))
        await nudges.sweep(office.bot.deps)
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(waits).where(waits.c.from_ts == broken).values(pauses=""))
    assert await office.bot.deps.db.read(set_aside.every, office.clock.now())
    office.clock.advance(timedelta(days=1))
    await nudges.sweep(office.bot.deps)
    assert not await office.bot.deps.db.read(set_aside.every, office.clock.now())


async def test_what_breaks_in_several_processes_at_once_has_been_tried_once(office: Office) -> None:
    at_it: list[str] = []
    both = Event()

    async def work() -> None:
        at_it.append("")
        if len(at_it) == 2:
            both.set()
        await both.wait()
        raise LookupError("what stands in this workspace's rows is not as it should be")

    await gather(*(apart(office.bot.deps, Thing(OURS, "any.job"), work(), None) for _ in range(2)))
    assert _put_off(office) == [("any.job", 1, False)]


async def test_what_a_newer_release_can_deal_with_goes_on_by_itself(office: Office) -> None:
    broken, _ = await _asked_and_broken(office)
    office.clock.advance(timedelta(minutes=46))
    await nudges.sweep(office.bot.deps)
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(waits).where(waits.c.from_ts == broken).values(pauses=""))
    await office.wait(minutes=2)
    assert office.about(ANA, broken)


async def test_a_workspace_that_breaks_a_job_stops_no_other_and_is_left_alone_for_a_while(office: Office) -> None:
    looked: list[str] = []

    def look(_tx: Connection, workspace: Workspace, _now: datetime) -> int:
        looked.append(workspace.team_id)
        if workspace.team_id == OURS:
            raise LookupError("what stands in this workspace's rows is not as it should be")
        return 1

    deps = office.bot.deps
    await deps.db.run(workspaces.install, Installation("T9ZZZ", "Zenith", "https://zenith.slack.com/"))
    assert [await in_each(deps, look) for _ in range(2)] == [1, 1]
    assert looked == [OURS, "T9ZZZ", "T9ZZZ"]
    office.clock.advance(timedelta(minutes=1))
    await in_each(deps, look)
    assert looked.count(OURS) == 2


async def test_a_workspace_that_breaks_what_is_asked_of_all_at_once_stops_no_other(office: Office) -> None:
    def find(*_: object) -> list[str]:
        raise ValueError("a newer release wrote what this one does not know")

    def look(_tx: Connection, workspace: Workspace, _now: datetime) -> int:
        if workspace.team_id == OURS:
            raise ValueError("a newer release wrote what this one does not know")
        return 1

    deps = office.bot.deps
    await deps.db.run(workspaces.install, Installation("T9ZZZ", "Zenith", "https://zenith.slack.com/"))
    assert [await in_each(deps, look, find) for _ in range(2)] == [1, 1]
    assert _put_off(office) == [("test_breaking.look", 1, False)]


async def test_while_the_database_is_away_nothing_is_blamed(office: Office) -> None:
    def look(_tx: Connection, _workspace: Workspace, _now: datetime) -> int:
        raise OperationalError("", None, OSError("the server closed the connection"))

    with pytest.raises(OperationalError):
        await in_each(office.bot.deps, look)
    assert _put_off(office) == []


async def test_words_that_break_whoever_applies_them_do_not_silence_their_channel(
    office: Office, caplog: pytest.LogCaptureFixture
) -> None:
    """Nobody knows yet who wrote them, so that all that is said there waits behind them."""
    world = office.sandbox.world
    asked = await office.say(ADA, EXT_ACME, "Where is the seat map?")
    with office.bot.deps.db.begin() as tx:
        tx.execute(update(moves).where(moves.c.ts == asked).values(kind="what no release has ever written"))
    new = world.add_person(team_id=OURS, name="al", is_restricted=True)
    world.invite(ANA, EXT_ACME, new.id)
    await office.sandbox.settled()
    with office.bot.deps.db.begin() as tx:
        tx.execute(delete(people_table).where(people_table.c.user_id == new.id))
    world.say(new.id, EXT_ACME, "I would like to know, too.", thread_ts=asked)
    office.clock.advance(timedelta(days=3))
    whole = world.say(new.id, EXT_ACME, "Where do I send the form?")
    await office.sandbox.settled()
    for _ in range(3):
        await people.learn(office.bot.deps)
    assert whole.ts in dict(office.waits())
    assert ("person", 3, True) in _put_off(office)
    told = [one.getMessage() for one in caplog.records if one.getMessage().startswith("person broke")]
    assert [one.partition(".")[0] for one in told] == [
        "person broke and is tried again when it comes again",
        "person broke and is tried again when it comes again",
        "person broke and is set aside",
    ]


async def test_whose_erasure_breaks_keeps_nobody_else_from_being_forgotten(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    finish = erasing.finish

    def break_for_ana(tx: Connection, team_id: str, user: str, now: datetime) -> None:
        if user == ANA:
            raise LookupError("what stands in her rows is not as it should be")
        finish(tx, team_id, user, now)

    monkeypatch.setattr(erasing, "finish", break_for_ana)
    deps = office.bot.deps
    for user in (ANA, LEE):
        await deps.db.run(erasing.ask, OURS, user, deps.now())
    await privacy.erase(deps)
    assert [one.user for one in await deps.db.read(erasing.asked)] == [ANA]
    monkeypatch.undo()
    office.clock.advance(timedelta(minutes=1))
    await privacy.erase(deps)
    assert await deps.db.read(erasing.asked) == []
    assert _put_off(office) == []


async def test_a_channel_of_which_nobody_can_be_asked_is_read_all_the_same(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_(*_: object) -> list[str]:
        raise LookupError("what stands in its rows is not as it should be")

    deps, world = office.bot.deps, office.sandbox.world
    channel = world.create(LEE, "new-people").id
    world.invite(LEE, channel, BOT)
    await office.sandbox.settled()
    await jobs.channels.refresh(deps)
    monkeypatch.setattr("bot.store.channel_questions.whom", break_)
    await jobs.channel_questions.ask(deps)
    assert _put_off(office) == [("channel_questions.ask", 1, False)]
    await deps.db.run(channels.mark_stale, OURS, channel)
    await jobs.channels.refresh(deps)
    assert await deps.db.read(channels.stale) == []


async def test_a_workspace_whose_heartbeat_breaks_is_tried_at_every_beat(
    office: Office, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    """Until it goes well nobody there is reminded of anyone, so that a newer release is not to wait for a day."""
    beat, deps = listening.beat, office.bot.deps

    def break_here(tx: Connection, workspace: Workspace, now: datetime) -> bool:
        if workspace.team_id == OURS:
            raise LookupError("what stands in its rows is not as it should be")
        return beat(tx, workspace, now)

    await deps.db.run(workspaces.install, Installation("T9ZZZ", "Zenith", "https://zenith.slack.com/"))
    with monkeypatch.context() as broken:
        broken.setattr(listening, "beat", break_here)
        for _ in range(4):
            await jobs.listening.beat(deps, deps.now())
    assert await deps.db.read(listening.heard_until, "T9ZZZ") == deps.now()
    told = [one.levelno for one in caplog.records if one.name == "jobs.listening" and OURS in one.getMessage()]
    assert told == [logging.ERROR] * 4
    await jobs.listening.beat(deps, deps.now())
    assert await deps.db.read(listening.heard_until, OURS) == deps.now()


async def test_what_broke_while_the_clock_was_ahead_does_not_rest_until_then(office: Office) -> None:
    broken = Thing(OURS, "any.job")
    deps = office.bot.deps
    await deps.db.run(set_aside.note, broken, LookupError(), "1a2b3c4d", deps.now() + timedelta(days=400))
    assert not await deps.db.read(set_aside.rests, broken, deps.now())
