"""After a silence: what was missed is read from Slack, once and in order, and nobody is nudged about it before."""

from contextlib import suppress
from datetime import timedelta
from pathlib import Path

import pytest

from bot.demo.place import ADA, ANA, BLUEBIRD, BOB, BOT, EXT_ACME, EXT_BLUEBIRD, LEE, OMAR, OURS, world
from bot.demo.stage import played
from bot.sandbox import Clock, Sandbox, World
from bot.sandbox.faults import Fault
from bot.store import filling, gaps, people
from bot.store import listening as store
from bot.store.gaps import LEASE, SLOW, Pace
from jobs import gaps as job
from jobs import listening, living_lists, nudges, promises
from tests import databases
from tests.handlers.office import MONDAY, PATIENCE, Office, is_about, on_both_databases
from tests.handlers.silences import left_to_read, pages, say, unheard

QUESTION = "The seat map does not load, what should we do?"


@on_both_databases
async def test_what_was_asked_answered_and_marked_meanwhile_counts_as_if_it_had_been_heard(office: Office) -> None:
    """At top level and in threads, also in threads that began before."""
    old = await office.say(ADA, EXT_ACME, QUESTION)
    marked = await office.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    async with unheard(office, hours=1):
        say(office, ANA, EXT_ACME, "Please reload the page, that helps.", old)
        asked = say(office, ADA, EXT_ACME, "And where is the refund form?")
        office.sandbox.world.react(LEE, EXT_BLUEBIRD, marked, "white_check_mark")
        office.clock.advance(timedelta(minutes=20))
        answered = say(office, BOB, EXT_BLUEBIRD, "Which invoice is the right one?")
        say(office, LEE, EXT_BLUEBIRD, "The second one.", answered.ts)
    await office.settle()
    assert office.waits() == [(old, "answer"), (marked, "closed"), (asked.ts, None), (answered.ts, "answer")]
    assert left_to_read(office) == (0, 0)


async def test_who_wrote_what_was_missed_is_known_by_name_before_it_counts(office: Office) -> None:
    """It may be due at once, and nobody is to read of "a customer"."""
    async with unheard(office, hours=1):
        asked = say(office, BOB, EXT_BLUEBIRD, "Which invoice is the right one?")
    assert await job.fill(office.bot.deps) > 0
    assert (asked.ts, None) in office.waits()
    known = await office.bot.deps.db.run(people.get, OURS, BOB)
    assert known
    assert known.name == "Bob"


async def test_nobody_hears_of_a_customer_who_was_answered_meanwhile(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    async with unheard(office, hours=9):
        say(office, ANA, EXT_ACME, "Please reload the page, that helps.", ts)
    assert await nudges.sweep(office.bot.deps) == 0  # before anything was read
    await office.bot.deps.sender.drain()
    await office.settle()
    assert [office.about(user, ts) for user in (ANA, LEE, OMAR)] == [[], [], []]
    assert office.home_posts() == []


async def test_before_anybody_knows_that_there_was_a_silence_nobody_is_nudged_either(office: Office) -> None:
    """A laptop wakes up: the sweep may come before the beat."""
    await office.say(ADA, EXT_ACME, QUESTION)
    await listening.beat(office.bot.deps, office.clock.now())
    office.clock.advance(timedelta(minutes=50))
    assert await nudges.sweep(office.bot.deps) == 0
    await listening.beat(office.bot.deps, office.clock.now())
    await job.fill(office.bot.deps)
    assert await nudges.sweep(office.bot.deps) == 1


async def test_a_line_of_a_channel_that_is_still_being_read_waits_for_that(office: Office) -> None:
    """It was due, but CareCue went deaf before the list was out; the customer waits to this day."""
    deps = office.bot.deps
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    async with unheard(office, minutes=5):
        office.clock.advance(timedelta(minutes=46))
        await deps.db.run(store.keep, OURS, deps.now())
        assert await nudges.sweep(deps) == 1
    await living_lists.sweep(deps)
    await deps.sender.drain()
    assert office.about(ANA, ts) == []
    await office.settle()
    assert len(office.about(ANA, ts)) == 1


async def test_a_promise_in_a_channel_that_is_still_being_read_waits_for_that_too(office: Office) -> None:
    """It was to be brought up, but CareCue went deaf before the list was out; it may have been kept meanwhile."""
    deps = office.bot.deps
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await office.say(ANA, EXT_ACME, "Let me check and get back to you by 3pm.", ts)
    async with unheard(office, minutes=5):
        office.clock.advance(office.clock.now().replace(hour=14, minute=50) - office.clock.now())
        await deps.db.run(store.keep, OURS, deps.now())
        assert await promises.sweep(deps) == 1
    await living_lists.sweep(deps)
    await deps.sender.drain()
    assert office.dm(ANA) == []
    await office.settle()
    assert len(office.dm(ANA)) == 1


async def test_what_waits_in_the_outbox_when_we_go_deaf_is_said_only_if_it_still_holds(office: Office) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    await listening.beat(office.bot.deps, office.clock.now())
    office.clock.advance(timedelta(minutes=89))
    await listening.beat(office.bot.deps, office.clock.now())
    await office.settle()
    async with unheard(office, hours=1):
        office.clock.advance(timedelta(minutes=1))
        await listening.beat(office.bot.deps, office.clock.now())
        await nudges.sweep(office.bot.deps)  # the step for the home channel is in the outbox
        say(office, ANA, EXT_ACME, "Please reload the page, that helps.", ts)
    await office.bot.deps.sender.drain()
    assert office.home_posts() == []
    await office.settle()
    await office.wait(hours=2)
    assert office.home_posts() == []
    assert office.waits() == [(ts, "answer")]


async def test_a_question_that_is_gone_needs_no_answer_any_more(office: Office) -> None:
    """Deleted at top level, in a thread, and with replies below it."""
    alone = await office.say(ADA, EXT_ACME, QUESTION)
    root = await office.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    await office.say(LEE, EXT_BLUEBIRD, "Yes, at four.", root)
    reply = await office.say(BOB, EXT_BLUEBIRD, "And who brings it?", root)
    async with unheard(office, hours=1):
        office.sandbox.world.delete(ADA, EXT_ACME, alone)
        office.sandbox.world.delete(BOB, EXT_BLUEBIRD, reply)
    await office.settle()
    assert office.waits() == [(alone, "deleted"), (root, "answer"), (reply, "deleted")]


async def test_a_question_with_replies_below_it_leaves_a_place_behind(office: Office) -> None:
    root = await office.say(ADA, EXT_ACME, QUESTION)
    await office.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    async with unheard(office, hours=1):
        say(office, ADA, EXT_ACME, "never sent", root)
        office.sandbox.world.delete(ADA, EXT_ACME, root)
    await office.settle()
    assert [ended for ts, ended in office.waits() if ts == root] == []


async def test_what_was_edited_counts_as_it_reads_now(office: Office) -> None:
    async with unheard(office, hours=1):
        thanks = say(office, ADA, EXT_ACME, QUESTION)
        office.sandbox.world.edit(ADA, EXT_ACME, thanks.ts, "Thanks, that works!")
    await office.settle()
    assert office.waits() == []


async def test_filling_what_was_heard_already_changes_nothing(office: Office) -> None:
    """A laptop slept, but nothing was said; or Slack had repeated it all."""
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    office.sandbox.world.react(LEE, EXT_ACME, ts, "eyes")
    await office.say(ANA, EXT_ACME, "Please reload the page, that helps.", ts)
    await office.say(ADA, EXT_ACME, "Where is the refund form?", ts)
    office.sandbox.world.edit(ADA, EXT_ACME, ts, "Thanks, that works!")
    await office.settle()
    before = office.decided()
    async with unheard(office, minutes=1, seconds=31):
        pass
    await office.settle()
    after = office.decided()
    told = {name for name in before if before[name] != after[name]}
    assert told <= {"listening", "living_lists", "outbox", "channels"}
    assert pages(office) >= 3


async def test_restarts_between_pages_lose_nothing_and_double_nothing(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Two messages a page, and CareCue dies after each: before it has stored the page, and after."""
    monkeypatch.setattr(job, "pace", lambda _deps: Pace(timedelta(minutes=1), 1, 2))
    asked = []
    async with unheard(office, hours=1):
        for number in range(7):
            asked.append(say(office, ADA, EXT_ACME, f"Question {number}: where is the form?").ts)
            say(office, ANA, EXT_ACME, "Under Settings.", asked[-1]) if number % 2 else None
            office.clock.advance(timedelta(minutes=20))
    deps = office.bot.deps
    for _ in range(60):
        gap = await deps.db.run(gaps.take, job.pace(deps), deps.now())  # and dies: the page is lost
        assert gap is None or left_to_read(office) != (0, 0)
        office.clock.advance(timedelta(minutes=1, seconds=1))
        await listening.beat(deps, deps.now())
        office.clock.advance(timedelta(seconds=60))
        await listening.beat(deps, deps.now())
        await job.fill(deps)
    monkeypatch.undo()
    await office.settle()
    assert left_to_read(office) == (0, 0)
    ended = dict(office.waits())
    assert [ended.get(ts) for ts in asked][1::2] == ["answer"] * 3


async def test_slack_is_left_alone_as_long_as_it_asks(office: Office) -> None:
    async with unheard(office, hours=1):
        ts = say(office, ADA, EXT_ACME, QUESTION).ts
    office.sandbox.faults.add(Fault("ratelimited", method="conversations.history", retry_after=40))
    await job.fill(office.bot.deps)
    asked = pages(office)
    office.clock.advance(timedelta(seconds=39))
    await job.fill(office.bot.deps)
    assert pages(office) == asked
    office.clock.advance(timedelta(seconds=2))
    await listening.beat(office.bot.deps, office.clock.now())
    await office.settle()
    await office.wait(seconds=10)
    assert office.waits() == [(ts, None)]


async def test_with_one_request_a_minute_it_takes_longer_and_is_as_complete(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(job, "pace", lambda _deps: SLOW)
    async with unheard(office, hours=1):
        for number in range(20):
            say(office, BOB, EXT_BLUEBIRD, f"Question {number}: where is the form?")
    begun = pages(office)
    await office.settle()
    assert pages(office) == begun + 1
    await office.wait(seconds=50)
    assert pages(office) == begun + 1
    await office.wait(minutes=3)
    assert pages(office) == begun + 4
    assert {call.args["limit"] for call in office.sandbox.record.calls if call.method == "conversations.history"} >= {
        "15"
    }
    assert len(office.waits()) == 1
    assert left_to_read(office) == (0, 0)


async def test_what_happens_while_it_is_read_waits_for_its_turn(office: Office) -> None:
    async with unheard(office, hours=1):
        asked = say(office, ADA, EXT_ACME, QUESTION).ts
    office.sandbox.world.say(ANA, EXT_ACME, "Please reload the page.", thread_ts=asked)
    await office.sandbox.settled()
    assert office.waits() == []
    await office.settle()
    assert office.waits() == [(asked, "answer")]


async def test_a_thread_below_a_message_of_last_month_goes_on(office: Office) -> None:
    """History holds no replies to it; that somebody wrote there lately is known."""
    root = await office.say(ADA, EXT_ACME, QUESTION)
    await office.say(ANA, EXT_ACME, "Let us see.", root)
    office.clock.advance(timedelta(days=30))
    await office.say(ANA, EXT_ACME, "Please reload the page, that helps.", root)
    office.clock.advance(timedelta(days=13))
    async with unheard(office, hours=1):
        again = say(office, ADA, EXT_ACME, "It is broken again, can you help?", root).ts
    await office.settle()
    assert office.waits() == [(root, "answer"), (again, None)]


async def test_a_thread_that_began_in_the_silence_below_an_old_message_is_found(office: Office) -> None:
    told = await office.say(ANA, EXT_ACME, "The new seat maps are out.")
    office.clock.advance(timedelta(days=10))
    async with unheard(office, hours=1):
        asked = say(office, ADA, EXT_ACME, "Where do I find them?", told).ts
    await office.settle()
    assert office.waits() == [(asked, None)]


async def test_a_channel_that_cannot_be_read_holds_up_nobody(office: Office, caplog: pytest.LogCaptureFixture) -> None:
    ts = await office.say(ADA, EXT_ACME, QUESTION)
    office.sandbox.faults.add(Fault("error", method="conversations.history", channel=EXT_ACME, error="not_in_channel"))
    async with unheard(office, hours=1):
        asked = say(office, BOB, EXT_BLUEBIRD, "Does the oven come today?").ts
    await office.settle()
    assert "cannot be read" in caplog.text
    assert left_to_read(office) == (0, 0)
    assert office.waits() == [(ts, None), (asked, None)]
    assert office.about(ANA, ts)


async def test_a_page_that_breaks_whoever_reads_it_does_not_silence_its_channel_for_good(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A fault of ours, say. What was heard goes on without what was missed."""
    monkeypatch.setattr(filling, "learn", _broken)
    async with unheard(office, hours=1):
        say(office, ADA, EXT_ACME, "Hello?")
    live = office.sandbox.world.say(BOB, EXT_BLUEBIRD, "Does the oven come today?").ts
    await office.sandbox.settled()
    for _ in range(job.TRIES + 2):
        for _ in range(3):
            with suppress(LookupError):
                await job.fill(office.bot.deps)
        office.clock.advance(LEASE)
        await listening.beat(office.bot.deps, office.clock.now())
    await job.fill(office.bot.deps)
    assert left_to_read(office) == (0, 0)
    assert office.waits() == [(live, None)]


def _broken(*_: object) -> None:
    raise LookupError


async def test_while_slack_stumbles_it_is_tried_again(office: Office) -> None:
    async with unheard(office, hours=1):
        ts = say(office, ADA, EXT_ACME, QUESTION).ts
    office.sandbox.faults.add(Fault("status", method="conversations.history", times=3))
    await office.settle()
    await office.wait(minutes=2)
    assert office.waits() == [(ts, None)]


async def test_a_clock_that_jumps_back_loses_nothing_and_opens_nothing_twice(office: Office) -> None:
    """The clock was an hour ahead while CareCue listened, and was right again when it came back."""
    deps = office.bot.deps
    await office.say(BOB, EXT_BLUEBIRD, "Does the oven come today?")
    await listening.beat(deps, office.clock.now() + timedelta(hours=1))
    office.sandbox.deliveries.deaf = True
    ts = say(office, ADA, EXT_ACME, QUESTION).ts
    office.sandbox.deliveries.deaf = False
    office.clock.advance(timedelta(minutes=20))
    await listening.beat(deps, office.clock.now())
    await office.settle()
    assert (ts, None) in office.waits()
    read = pages(office)
    await listening.beat(deps, office.clock.now())
    await office.settle()
    assert pages(office) == read


@on_both_databases
async def test_who_asked_before_we_were_invited_is_not_forgotten(office: Office) -> None:
    """Of a new channel the last fortnight is read, and all who wait there stand in one message."""
    slack = office.sandbox.world
    made = slack.create(ANA, "bakery-north")
    slack.share(made.id, BLUEBIRD)
    slack.invite(ANA, made.id, BOB)
    long_ago = say(office, BOB, made.id, "May I introduce myself?").ts
    office.clock.advance(timedelta(days=15))
    answered = say(office, BOB, made.id, "Which invoice is the right one?").ts
    say(office, ANA, made.id, "The second one.", answered)
    office.clock.advance(timedelta(hours=4))
    asked = say(office, BOB, made.id, "Does the oven come today?").ts
    office.clock.advance(timedelta(hours=4))
    again = say(office, BOB, made.id, "Thank you. Who brings it?", answered).ts
    slack.invite(ANA, made.id, BOT)
    await office.settle()
    assert [(ts, ended) for ts, ended in office.waits() if ts != long_ago] == [
        (answered, "answer"),
        (asked, None),
        (again, None),
    ]
    assert long_ago not in dict(office.waits())
    await office.morning()
    about = [message for message in office.dm(ANA) if is_about(message, asked) or is_about(message, again)]
    assert len(about) == 1


async def test_stopped_and_started_anew_it_goes_on_where_it_was(tmp_path: Path) -> None:
    """Another process, the same tables: while none ran people talked, and it is stopped again in mid-reading."""
    database = databases.on_sqlite(tmp_path)
    async with Sandbox(World.from_dict(world()), Clock(MONDAY, speed=0), ack_timeout=PATIENCE) as sandbox:
        async with played(sandbox, database) as stage:
            old = await stage.say(ADA, EXT_ACME, QUESTION)
            await listening.beat(stage.bot.deps, stage.clock.now())
        sandbox.world.say(ANA, EXT_ACME, "Please reload the page, that helps.", thread_ts=old)
        sandbox.clock.advance(timedelta(hours=2))
        asked = sandbox.world.say(BOB, EXT_BLUEBIRD, "Does the oven come today?").ts
        await sandbox.settled()  # Slack has tried in vain
        sandbox.clock.advance(timedelta(minutes=30))
        await sandbox.settled()
        async with played(sandbox, database) as stage:
            deps = stage.bot.deps
            await listening.beat(deps, deps.now())
            gap = await deps.db.run(gaps.take, job.pace(deps), deps.now())
            assert gap
            await job._read(deps, gap)
            assert await nudges.sweep(deps) == 0
        sandbox.clock.advance(timedelta(seconds=20))
        async with played(sandbox, database) as stage:
            await listening.beat(stage.bot.deps, stage.clock.now())
            await stage.settle()
            office = Office(stage.sandbox, stage.clock, stage.bot)
            assert office.waits() == [(old, "answer"), (asked, None)]
            await stage.wait(hours=1)
            assert len(office.about(LEE, asked)) == 1
            assert office.about(ANA, old) == []
