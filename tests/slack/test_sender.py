"""Each post arrives once: not lost and not doubled, however Slack, the network or a process fails."""

import asyncio
import logging
import random
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, update

from bot.slack import sender as sender_module
from bot.store import outbox, people
from bot.store.tables import outbox as outbox_table
from tests.slack.bench import Bench

POST, UPDATE, DELETE, PUBLISH = "chat.postMessage", "chat.update", "chat.delete", "views.publish"


async def test_a_person_is_told_in_their_direct_messages(bench: Bench) -> None:
    bench.say("k1")
    assert await bench.sender().drain() == 1
    [message] = bench.sandbox.record.dm("U1")
    assert message["text"] == "k1"
    assert bench.told == [("k1", _dm(bench, "U1"), message["ts"])]
    assert bench.errors() == {"k1": None}


async def test_where_we_talk_with_someone_is_not_asked_again(bench: Bench) -> None:
    await _meet(bench, "U1")
    bench.say("k1")
    bench.say("k2")
    assert await bench.sender().drain() == 2
    assert bench.called("conversations.open") == 0


async def test_nothing_is_sent_before_it_is_due_and_all_after(bench: Bench) -> None:
    sender = bench.sender()
    assert await sender.drain() == 0
    for number in range(20):
        bench.say(f"k{number:02}", target=f"U{number % 2 + 1}")
    assert await sender.drain() == 20
    assert sorted(bench.posted()) == [f"k{number:02}" for number in range(20)]
    for user in ("U1", "U2"):  # in the order in which they were put
        texts = [message["text"] for message in bench.sandbox.record.dm(user)]
        assert texts == sorted(texts)


async def test_what_no_longer_holds_is_not_said(bench: Bench) -> None:
    bench.say("k1")
    bench.over.add("k1")
    assert await bench.sender().drain() == 0
    assert bench.posted() == []
    assert bench.errors() == {"k1": "dropped: answered"}


FAULTS: list[dict[str, Any]] = [
    {"kind": "drop_before"},
    {"kind": "drop_after"},
    {"kind": "status", "status": 500},
    {"kind": "status", "status": 503},
    {"kind": "error", "error": "internal_error"},
    {"kind": "error", "error": "fatal_error"},
    {"kind": "ratelimited", "retry_after": 5},
]


@pytest.mark.parametrize("fault", FAULTS, ids=lambda fault: "-".join(map(str, fault.values())))
@pytest.mark.parametrize("times", [1, 3])
async def test_a_post_arrives_once_whatever_happens_to_the_request(
    bench: Bench, fault: dict[str, Any], times: int
) -> None:
    bench.fault(**fault, times=times)
    bench.say("k1")
    await _until_settled(bench)
    assert bench.posted() == ["k1"]
    assert len(bench.told) == 1
    assert bench.errors() == {"k1": None}


@pytest.mark.parametrize("target", ["U1", "C4"])
async def test_a_post_whose_answer_was_lost_is_found_and_not_sent_again(bench: Bench, target: str) -> None:
    bench.fault("drop_after")
    bench.say("k1", target)
    await _until_settled(bench)
    assert bench.called(POST) == 1
    assert bench.told == [("k1", *_place(bench, "k1"))]


async def test_it_is_found_though_our_clock_is_ahead_of_slacks(bench: Bench) -> None:
    bench.fault("drop_after")
    bench.say("k1", "U1")
    with bench.db.begin() as tx:
        tx.execute(update(outbox_table).values(created_at=bench.now() + timedelta(minutes=50)))
    await _until_settled(bench)
    assert bench.posted() == ["k1"]


async def test_a_reply_whose_answer_was_lost_is_found_in_its_thread(bench: Bench) -> None:
    bench.say("root", "C4")
    await bench.sender().drain()
    bench.fault("drop_after")
    bench.say("reply", "C4", thread_ts=_place(bench, "root")[1])
    await _until_settled(bench)
    assert bench.posted() == ["root", "reply"]
    assert bench.called(POST) == 2


async def test_while_it_cannot_be_looked_for_it_is_not_sent_again(bench: Bench) -> None:
    """Slack is away for a while after it took the message: no second one, however often we try."""
    bench.fault("drop_after")
    bench.fault("status", "conversations.history", times=3 * 12)
    bench.say("k1")
    await _until_settled(bench)
    assert bench.posted() == ["k1"]


async def test_what_holds_no_more_but_was_posted_is_found_and_told_of(bench: Bench) -> None:
    """Else a nudge whose answer was lost would stand for ever, with its buttons."""
    await _meet(bench, "U1")
    bench.fault("drop_after")
    bench.say("k1")
    await bench.sender().drain()
    bench.over.add("k1")
    await _until_settled(bench)
    assert [key for key, _, _ in bench.told] == ["k1"]


async def test_what_holds_no_more_and_was_not_posted_is_dropped(bench: Bench) -> None:
    bench.fault("drop_before")
    bench.say("k1")
    await bench.sender().drain()
    bench.over.add("k1")
    await _until_settled(bench)
    assert (bench.posted(), bench.told) == ([], [])


async def test_a_sender_that_dies_between_the_post_and_its_commit_loses_and_doubles_nothing(bench: Bench) -> None:
    """What a kill leaves behind: a message in Slack, and a leased row that nobody settles."""
    bench.say("k1")
    bench.killed = True
    with pytest.raises(ExceptionGroup):
        await bench.sender().drain()
    bench.killed = False
    assert await bench.sender().drain() == 0  # still leased
    bench.later(60)
    assert await bench.sender().drain() == 1
    assert bench.posted() == ["k1"]
    assert [key for key, _, _ in bench.told] == ["k1"]


async def test_a_sender_that_is_cancelled_in_the_middle_leaves_it_to_the_next(bench: Bench) -> None:
    bench.fault("delay", seconds=0.3)
    bench.say("k1")
    running = asyncio.create_task(bench.sender().run())
    await _until(lambda: bool(bench.called("conversations.open")))
    running.cancel()
    await asyncio.wait([running])
    bench.later(60)
    await _until_settled(bench)
    assert bench.posted() == ["k1"]


@pytest.mark.parametrize("seed", range(4))
async def test_in_a_storm_of_faults_deaths_and_two_senders_each_arrives_once(bench: Bench, seed: int) -> None:
    chance = random.Random(seed)
    keys = [f"k{number:02}" for number in range(12)]
    for key in keys:
        bench.say(key, chance.choice(["U1", "U2", "C4"]))
    for _ in range(40):
        method = chance.choice([POST, POST, "conversations.open", "conversations.history", "users.info"])
        bench.fault(**chance.choice(FAULTS), method=method, skip=chance.randrange(3))
    for _ in range(6):
        bench.killed = chance.random() < 0.5
        await asyncio.gather(bench.sender().drain(), bench.sender().drain(), return_exceptions=True)
        bench.later(chance.choice([0, 5, 61]))
    bench.killed = False
    await _until_settled(bench)
    assert sorted(bench.posted()) == keys
    assert sorted(key for key, _, _ in bench.told) == keys


async def test_two_senders_share_the_work(bench: Bench) -> None:
    for number in range(20):
        bench.say(f"k{number}", target=f"U{number % 2 + 1}")
    first, second = bench.sender(), bench.sender()
    await asyncio.gather(first.drain(), second.drain())
    await _until_settled(bench)
    assert sorted(bench.posted()) == sorted(f"k{number}" for number in range(20))


async def test_whom_slack_limits_rests_while_others_are_told(bench: Bench) -> None:
    await _meet(bench, "U1", "U2")
    bench.fault("ratelimited", channel=_dm(bench, "U1"), retry_after=30)
    for key, user in (("a1", "U1"), ("a2", "U1"), ("b1", "U2"), ("b2", "U2")):
        bench.say(key, user)
    sender = bench.sender()
    await sender.drain()
    assert {"b1", "b2"} <= set(bench.posted())
    assert 30 in bench.wall.slept  # a2 was not tried against a limit that we knew of
    assert "a1" not in bench.posted()
    bench.later(30)
    await sender.drain()
    assert sorted(bench.posted()) == ["a1", "a2", "b1", "b2"]
    assert bench.called("conversations.history") == 0  # a limited request did nothing: no need to look


async def test_posts_to_one_channel_keep_their_distance(bench: Bench) -> None:
    """About one a second and channel; another channel need not wait."""
    bench.say("a1", "U1")
    bench.say("a2", "U1")
    await bench.sender(gap=1.0).drain()
    assert bench.wall.slept == [1.0]
    assert bench.posted() == ["a1", "a2"]


@pytest.mark.parametrize("method", [UPDATE, DELETE])
async def test_changes_of_a_message_are_simply_repeated(bench: Bench, method: str) -> None:
    bench.say("k1")
    await bench.sender().drain()
    channel, ts = _place(bench, "k1")
    bench.fault("drop_after", method)
    bench.say("k2", channel, method, ts=ts)
    await _until_settled(bench)
    assert bench.errors() == {"k1": None, "k2": "dropped: message_not_found" if method == DELETE else None}
    what = [entry.what for entry in bench.sandbox.record.of(channel, ts)]
    assert what == ["posted", "edited", "edited"] if method == UPDATE else ["posted", "deleted"]


async def test_the_latest_of_several_updates_stays(bench: Bench) -> None:
    bench.say("k1")
    await bench.sender().drain()
    channel, ts = _place(bench, "k1")
    bench.fault("drop_before", UPDATE)
    for text in ("older", "newest"):
        bench.say(text, channel, UPDATE, ts=ts)
    await _until_settled(bench)
    assert [message["text"] for message in bench.sandbox.record.dm("U1")] == ["newest"]


async def test_a_home_tab_is_published(bench: Bench) -> None:
    bench.say("home", "U1", PUBLISH, view={"type": "home", "blocks": []})
    assert await bench.sender().drain() == 1
    assert [shown.what for shown in bench.sandbox.record.views("U1")] == ["publish"]


REFUSED: list[tuple[str, dict[str, Any], str]] = [
    ("U404", {}, "user_not_found"),
    ("U1", {"text": "x" * 40_001}, "msg_too_long"),
    ("U1", {"blocks": [{"type": "section"}]}, "invalid_blocks"),
    ("U1", {"text": ""}, "no_text"),
]


@pytest.mark.parametrize(("target", "payload", "error"), REFUSED)
async def test_what_slack_does_not_take_is_set_aside_and_holds_up_nothing(
    bench: Bench, caplog: pytest.LogCaptureFixture, target: str, payload: dict[str, Any], error: str
) -> None:
    """The log names what and why, with a reference, and no word of the message."""
    bench.say("secret", target, POST, **payload)
    bench.say("next", target if target == "U1" else "U2")
    with caplog.at_level(logging.DEBUG):
        await bench.sender().drain()
    assert bench.errors() == {"secret": error, "next": None}
    assert bench.posted() == ["next"]
    assert f"{error}. Reference: outbox" in caplog.text
    assert "secret" not in caplog.text
    assert "xxx" not in caplog.text


async def test_a_request_that_never_succeeds_is_given_up_after_ten_tries(bench: Bench) -> None:
    bench.fault("error", error="internal_error", times=1000)
    bench.say("k1")
    await _until_settled(bench)
    assert bench.called(POST) == 10
    assert (bench.errors()["k1"] or "").startswith("gave up after 10 tries")


async def test_an_outage_of_a_day_loses_nothing(bench: Bench) -> None:
    """Looking for a message is no try: only requests that Slack answers badly are limited."""
    bench.fault("drop_before", "*", times=10_000)
    bench.say("k1")
    sender = bench.sender()
    for _ in range(48):
        await sender.drain()
        bench.later(1800)
    bench.sandbox.faults.clear()
    await _until_settled(bench)
    assert bench.posted() == ["k1"]


@pytest.mark.parametrize("error", ["invalid_auth", "token_revoked", "missing_scope", "account_inactive"])
async def test_without_a_good_token_everything_waits(
    bench: Bench, caplog: pytest.LogCaptureFixture, error: str
) -> None:
    bench.fault("error", error=error)
    bench.say("k1")
    await bench.sender().drain()
    assert "carecue doctor" in caplog.text
    assert bench.errors() == {}
    bench.later(600)
    await bench.sender().drain()
    assert bench.posted() == ["k1"]


async def test_a_direct_message_channel_that_is_gone_is_opened_anew(bench: Bench) -> None:
    await _meet(bench, "U1")
    with bench.db.begin() as tx:
        people.set_dm_channel(tx, "T1", "U1", "D404")
    bench.say("k1")
    await bench.sender().drain()
    assert bench.posted() == ["k1"]


async def test_a_row_that_took_too_long_to_get_ready_is_not_sent_on_a_lease_that_may_be_over(bench: Bench) -> None:
    bench.say("k1")
    bench.delays = [31]
    await bench.sender().drain()
    assert bench.posted() == ["k1"]
    assert bench.called("conversations.history") == 0  # put off untried, then sent on a new lease
    bench.say("k2")
    bench.delays = [0, 31, 31]
    await bench.sender().drain()
    assert bench.posted() == ["k1", "k2"]
    assert bench.delays == []


async def test_the_live_loop_says_what_falls_due_and_what_it_is_woken_for(bench: Bench) -> None:
    sender = bench.sender()
    running = asyncio.create_task(sender.run())
    for key in ("k1", "k2"):
        bench.say(key)
        sender.wake()
        await _until(lambda key=key: key in bench.posted())  # type: ignore[misc]
    running.cancel()
    await asyncio.wait([running])
    assert _left_behind() == []


async def test_being_woken_by_every_commit_costs_few_looks_at_the_outbox(
    bench: Bench, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Here a breath is so long that all the wakes fall into one."""
    for name in ("BREATH", "SOONEST", "LATEST"):
        monkeypatch.setattr(sender_module, name, 60.0)
    looks: list[object] = []
    event.listen(bench.db.engine, "begin", looks.append)
    sender = bench.sender()
    running = asyncio.create_task(sender.run())
    await _until(lambda: bool(looks))
    for _ in range(100):
        sender.wake()
        await asyncio.to_thread(int)  # as long as a look takes, at least
    assert len(looks) < 10
    running.cancel()
    await asyncio.wait([running])


async def test_the_live_loop_outlives_what_breaks(bench: Bench, caplog: pytest.LogCaptureFixture) -> None:
    bench.killed = True
    bench.say("k1")
    running = asyncio.create_task(bench.sender().run())
    await _until(lambda: "could not be settled" in caplog.text)
    assert not running.done()
    running.cancel()
    await asyncio.wait([running])


async def _until(condition: Callable[[], bool]) -> None:
    async with asyncio.timeout(5):
        while not condition():  # noqa: ASYNC110
            await asyncio.sleep(0.005)


def _left_behind() -> list[asyncio.Task[Any]]:
    return [task for task in asyncio.all_tasks() if "bot/slack" in repr(task)]


def _dm(bench: Bench, user: str) -> str:
    with bench.db.begin() as tx:
        person = people.get(tx, "T1", user)
    if person and person.dm_channel:
        return person.dm_channel
    ims = [c for c in bench.sandbox.world.channels.values() if c.is_im and user in c.members]
    return ims[0].id


def _place(bench: Bench, text: str) -> tuple[str, str]:
    [entry] = [entry for entry in bench.sandbox.record.posts(by_bot=True) if entry.text == text]
    return entry.channel, entry.ts


async def _meet(bench: Bench, *users: str) -> None:
    for user in users:
        account, dm = await bench.slack.user(user), await bench.slack.open_dm(user)
        with bench.db.begin() as tx:
            people.save(tx, "T1", account, bench.now())
            people.set_dm_channel(tx, "T1", user, dm)
    bench.sandbox.record.calls.clear()
    with bench.db.begin() as tx:
        assert outbox.pending(tx) == 0


async def _until_settled(bench: Bench) -> None:
    """Time passes until nothing is left to be said."""
    for _ in range(100):
        await bench.sender().drain()
        with bench.db.begin() as tx:
            due = outbox.next_due(tx)
        if due is None:
            return
        bench.later(max((due - bench.now()).total_seconds(), 61))
    raise AssertionError("it is still not settled")
