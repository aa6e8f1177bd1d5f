"""Slack repeats itself, mixes the order up and is away at times: nothing is lost and nothing counts twice."""

import asyncio
from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import text

from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE
from bot.domain.arrivals import ChannelChanged, Delivery
from bot.sandbox import Fault
from bot.store.writer import GROUP, QUEUE
from tests.handlers.office import Office

both_transports = pytest.mark.parametrize("way", ["socket-sqlite", "http-sqlite"])


@both_transports
async def test_an_event_that_comes_twice_at_once_counts_once(office: Office) -> None:
    office.sandbox.faults.add(Fault("duplicate", event="message", times=9))
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    assert office.waits() == [(ts, None)]
    await office.wait(minutes=45)
    assert len(office.dm(ANA)) == 1


@both_transports
async def test_an_event_that_comes_again_because_the_answer_was_lost_counts_once(office: Office) -> None:
    office.sandbox.faults.add(Fault("swallow_ack", event="message"))
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    assert office.sandbox.record.events("message")[-1].attempts == 2
    assert office.waits() == [(ts, None)]


async def test_an_answer_that_overtakes_the_question_still_answers_it(office: Office) -> None:
    office.sandbox.faults.add(Fault("reorder", event="message"))
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    office.sandbox.world.say(ANA, EXT_ACME, "Under Billing.", thread_ts=asked.ts)
    await office.settle()
    assert office.waits() == [(asked.ts, "answer")]


OVERTAKING = [
    pytest.param(
        lambda o, ts: o.sandbox.world.say(ANA, EXT_ACME, "There.", thread_ts=ts), "answer", id="an answer in its thread"
    ),
    pytest.param(lambda o, ts: o.sandbox.world.say(ANA, EXT_ACME, f"<@{ADA}> There."), "answer", id="an answer below"),
    pytest.param(lambda o, ts: o.sandbox.world.react(LEE, EXT_ACME, ts, "white_check_mark"), "closed", id="a check"),
    pytest.param(lambda o, ts: o.sandbox.world.delete(ADA, EXT_ACME, ts), "deleted", id="its deletion"),
]


@pytest.mark.parametrize(("act", "ended"), OVERTAKING)
async def test_whatever_overtakes_the_question_still_ends_its_wait(
    office: Office, act: Callable[[Office, str], object], ended: str
) -> None:
    """Slack could not deliver the question at first; half a minute later it tries again."""
    office.sandbox.faults.add(Fault("delay", event="message", seconds=30))
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(seconds=2)
    act(office, asked.ts)
    await office.settle()
    await office.wait(seconds=30)
    assert office.waits() == [(asked.ts, ended)]


async def test_eyes_that_overtake_the_question_still_own_it(office: Office) -> None:
    office.sandbox.faults.add(Fault("delay", event="message", seconds=30))
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(seconds=2)
    office.sandbox.world.react(LEE, EXT_ACME, asked.ts, "eyes")
    await office.settle()
    await office.wait(seconds=30)
    assert office.owner(asked.ts) == LEE


async def test_a_question_that_arrives_late_is_late_by_its_own_time(office: Office) -> None:
    office.sandbox.faults.add(Fault("delay", event="message", seconds=3600))
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=59)
    assert office.waits() == []
    await office.wait(minutes=2)
    assert len(office.about(ANA, asked.ts)) == 1


@both_transports
async def test_what_comes_while_the_database_is_broken_is_asked_for_again(office: Office) -> None:
    with office.bot.deps.db.begin() as tx:
        tx.execute(text("ALTER TABLE events RENAME TO hidden"))
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await office.sandbox.settled()
    assert office.sandbox.record.events("message")[-1].outcome in ("http_error", "timeout")
    with office.bot.deps.db.begin() as tx:
        tx.execute(text("ALTER TABLE hidden RENAME TO events"))
    await office.wait(minutes=1)
    assert office.waits() == [(asked.ts, None)]


@pytest.mark.parametrize("way", ["http-sqlite"])
async def test_more_than_can_be_written_is_asked_for_again(office: Office) -> None:
    """The database is slow for a while; what queues up past the bound is refused, so that Slack keeps it."""
    writer = office.bot.deps.writer
    nobodys = [Delivery("T0NOBODY", f"Ev{number}", ChannelChanged("C0X")) for number in range(GROUP + QUEUE)]
    with office.bot.deps.db.begin():
        putting = [asyncio.create_task(writer.put(delivery)) for delivery in nobodys[:GROUP]]
        await office.sandbox.until(lambda: writer._task and not writer._queue)  # the first of them are taken
        putting += [asyncio.create_task(writer.put(delivery)) for delivery in nobodys[GROUP:]]
        asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
        await office.sandbox.settled()
        assert office.sandbox.record.events("message")[-1].outcome == "http_error"
    await asyncio.gather(*putting)
    assert office.waits() == []
    await office.wait(minutes=1)
    assert office.waits() == [(asked.ts, None)]


async def test_a_refreshed_connection_loses_nothing(office: Office) -> None:
    await office.sandbox.sockets.disconnect("refresh_requested")
    asked = office.sandbox.world.say(ADA, EXT_ACME, "Where is the form?")
    await office.sandbox.settled()
    await office.sandbox.until(lambda: [one for one in office.sandbox.sockets.connections if not one.leaving])
    office.clock.advance(timedelta(minutes=1))
    await office.settle()
    assert office.waits() == [(asked.ts, None)]


async def test_a_busy_hour_is_read_in_the_order_in_which_it_was_written(office: Office) -> None:
    asked = []
    for number in range(40):
        who, where = ((ADA, EXT_ACME), (BOB, EXT_BLUEBIRD))[number % 2]
        message = office.sandbox.world.say(who, where, f"Question {number}: where is it?")
        asked.append((message.ts, where))
        office.clock.advance(timedelta(minutes=6))
    for ts, where in asked[::3]:
        office.sandbox.world.say(LEE, where, "There.", thread_ts=ts)
    await office.settle()
    answered = [ts for ts, ended in office.waits() if ended == "answer"]
    assert answered == [ts for ts, _ in asked[::3]]
    assert len(office.waits()) == 40
