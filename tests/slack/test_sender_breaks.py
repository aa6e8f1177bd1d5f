"""A row that breaks its sender, a sender that stops, and a database that is away."""

import asyncio
from collections.abc import Callable
from contextlib import suppress
from datetime import datetime

import pytest
from sqlalchemy import Connection, select
from sqlalchemy.exc import OperationalError

from bot.slack import sender as sender_module
from bot.slack.sender import Sender
from bot.store.outbox import POST, Row
from bot.store.set_aside_tables import set_aside
from bot.store.tables import outbox
from tests.slack.bench import Bench


def breaking(bench: Bench, *keys: str) -> Sender:
    """One whose checks break at these rows."""

    def holds(_tx: Connection, row: Row, _now: datetime) -> str | None:
        if row.key in keys:
            raise LookupError("no such thing")
        return None

    return Sender(bench.db, bench.slack, bench.now, bench.guard, holds, bench.on_sent, bench.pace())


async def test_a_row_that_breaks_whoever_looks_at_it_holds_up_no_other(bench: Bench) -> None:
    for number in range(12):
        bench.say(f"k{number}", f"U{number % 2 + 1}")
    await drained(breaking(bench, "k0", "k5"))
    assert sorted(bench.posted()) == sorted(f"k{number}" for number in range(12) if number not in (0, 5))


async def test_what_breaks_three_times_is_set_aside_with_a_reference_and_its_trace_is_in_the_log(
    bench: Bench, caplog: pytest.LogCaptureFixture
) -> None:
    bench.say("k1")
    for seconds in (0, 60, 300):
        bench.later(seconds)
        await drained(breaking(bench, "k1"))
    with bench.db.begin() as tx:
        [row] = tx.execute(select(set_aside)).all()
    assert bench.errors() == {"k1": f"set aside: {row.reference}"}
    logged = [record for record in caplog.records if row.reference in record.getMessage()]
    assert [bool(record.exc_info) for record in logged] == [True] * 3
    assert bench.posted() == []


async def test_what_breaks_once_is_said_after_a_while(bench: Bench) -> None:
    bench.say("k1")
    await drained(breaking(bench, "k1"))
    assert await bench.sender().drain() == 0
    bench.later(60)
    assert await bench.sender().drain() == 1


async def test_a_payload_that_nobody_can_send_is_set_aside(bench: Bench) -> None:
    bench.say("k1", "C4", "chat.update")  # it does not say which message
    bench.say("k2", "C4")
    for seconds in (0, 60, 300):
        bench.later(seconds)
        with pytest.raises(ExceptionGroup):
            await bench.sender().drain()
    assert (bench.errors()["k1"] or "").startswith("set aside: ")
    assert bench.posted() == ["k2"]


async def test_while_the_database_is_away_nothing_is_blamed_and_the_sender_goes_on_afterwards(
    bench: Bench, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(sender_module, "LATEST", 0.01)
    await bench.sender().drain()
    bench.say("k1", "C4")
    away = ["k1"]

    def holds(_tx: Connection, row: Row, _now: datetime) -> str | None:
        if row.key in away:
            raise OperationalError("", None, OSError("gone"))
        return None

    sender = Sender(bench.db, bench.slack, bench.now, bench.guard, holds, bench.on_sent, bench.pace())
    running = asyncio.create_task(sender.run())
    await until(lambda: "cannot be read (OperationalError)" in caplog.text)
    away.clear()
    await until(lambda: bench.posted() == ["k1"])
    with bench.db.begin() as tx:
        assert tx.execute(select(set_aside)).all() == []
    sender.leave()
    await running
    assert not [record for record in caplog.records if record.exc_info]


async def test_who_leaves_lets_arrive_what_is_on_its_way_and_takes_nothing_more(bench: Bench) -> None:
    bench.fault("delay", seconds=0.2)
    bench.say("k1")
    bench.say("k2")
    sender = bench.sender()
    running = asyncio.create_task(sender.run())
    await on_its_way(bench, "k1")
    sender.leave()
    await asyncio.wait_for(running, 5)
    assert bench.posted() == ["k1"]
    assert leased(bench) == []


async def test_who_is_cancelled_hands_back_what_it_had_not_begun(bench: Bench) -> None:
    """It can be said by others at once, and nobody has to look for it in Slack first."""
    bench.fault("delay", "conversations.open", seconds=5)
    bench.say("k1")
    running = asyncio.create_task(bench.sender().run())
    await on_its_way(bench, "k1")
    running.cancel()
    await asyncio.wait([running])
    assert leased(bench) == []
    bench.sandbox.faults.clear()
    assert await bench.sender().drain() == 1
    assert bench.called("conversations.history") == 0


async def test_a_request_that_may_have_gone_out_stays_leased_and_is_looked_for(bench: Bench) -> None:
    bench.say("k0")
    await bench.sender().drain()
    bench.fault("delay", seconds=5)
    bench.say("k1")
    running = asyncio.create_task(bench.sender().run())
    await on_its_way(bench, "k1")
    running.cancel()
    await asyncio.wait([running])
    assert leased(bench) == ["k1"]
    bench.sandbox.faults.clear()
    bench.later(61)
    await bench.sender().drain()
    assert bench.called("conversations.history") == 1
    assert bench.posted().count("k1") == 1


async def test_what_one_process_was_told_by_slack_the_other_keeps_to(bench: Bench) -> None:
    bench.say("k1", "C4")
    bench.fault("ratelimited", retry_after=30)
    await bench.sender().drain()
    bench.say("k2", "C4")
    other = bench.sender()
    await other.drain()
    assert bench.called(POST) == 1
    bench.later(30)
    await other.drain()
    assert bench.posted() == ["k1", "k2"]


async def test_nobody_asks_for_a_conversation_while_slack_wants_none_asked_for(bench: Bench) -> None:
    bench.fault("ratelimited", "conversations.open", retry_after=30)
    bench.say("k1", "U1")
    await bench.sender().drain()
    bench.say("k2", "U2")
    other = bench.sender()
    await other.drain()
    assert bench.called("conversations.open") == 1
    bench.later(30)
    await other.drain()
    assert sorted(bench.posted()) == ["k1", "k2"]


async def test_nobody_looks_for_a_post_while_slack_wants_none_looked_for(bench: Bench) -> None:
    bench.fault("drop_after")
    bench.say("k1", "U1")
    await bench.sender().drain()
    bench.later(5)
    bench.fault("ratelimited", "conversations.history", retry_after=30)
    await bench.sender().drain()
    bench.fault("drop_after")
    bench.say("k2", "U2")
    other = bench.sender()
    await other.drain()
    bench.later(5)
    await other.drain()
    assert bench.called("conversations.history") == 1
    bench.later(25)
    await other.drain()
    assert bench.called("conversations.history") == 3
    assert bench.posted() == ["k1", "k2"]


async def test_two_processes_keep_the_gap_between_two_posts_in_a_channel(bench: Bench) -> None:
    bench.say("k1", "C4")
    await bench.sender(gap=1.0).drain()
    bench.say("k2", "C4")
    other = bench.sender(gap=1.0)
    await other.drain()
    assert bench.posted() == ["k1"]
    bench.later(1)
    await other.drain()
    assert bench.posted() == ["k1", "k2"]


def leased(bench: Bench) -> list[str]:
    with bench.db.begin() as tx:
        held = select(outbox.c.key).where(outbox.c.leased_until > bench.now(), outbox.c.due_at.is_not(None))
        return list(tx.execute(held).scalars())


async def drained(sender: Sender) -> None:
    """What broke is told once all else is said."""
    with suppress(ExceptionGroup):
        await sender.drain()


async def on_its_way(bench: Bench, key: str) -> None:
    """It was taken, and Slack has been asked."""
    await until(lambda: leased(bench) == [key])
    await asyncio.sleep(0.1)


async def until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)
