"""*Waiting on customer* in the living list: the clock stands, goes on, or comes back by itself."""

from datetime import UTC, datetime
from typing import Any

import pytest

from bot.demo.place import ADA, ANA, BOT, CARE, EXT_ACME, LEE
from bot.views import living_list as views
from bot.views.words import clock as clock_words
from bot.views.words import living_list as words
from bot.views.words import nudges as nudge_words
from tests.handlers.office import CARE_FILE, Office, all_text, on_both_databases
from tests.handlers.wondering import Wondering

Json = dict[str, Any]
THURSDAY = "2026-03-05 10:45 UTC"  # two working days after Tuesday at a quarter to eleven


@pytest.fixture
async def office(office: Office) -> Wondering:
    """On a Tuesday at ten."""
    await office.morning()
    return Wondering(office.sandbox, office.clock, office.bot)


async def paused(office: Office) -> tuple[str, Json]:
    """Ana waits on the customer since a quarter to eleven: the customer's message, and her list."""
    ts, shown = await office.asked()
    await office.press(ANA, shown, views.WAY, words.WAITING_ON_CUSTOMER())
    (shown,) = office.about(ANA, ts)
    return ts, shown


@on_both_databases
async def test_the_line_says_until_when_and_nobody_is_reminded_meanwhile(office: Wondering) -> None:
    ts, shown = await paused(office)
    assert THURSDAY in all_text(shown)
    assert shown["text"].startswith(words.SET_ASIDE())
    await office.until(datetime(2026, 3, 5, 10, 44, tzinfo=UTC))
    (still,) = office.about(ANA, ts)
    assert still["ts"] == shown["ts"]
    assert THURSDAY in all_text(still)
    assert not office.home_posts()


@on_both_databases
async def test_when_two_working_days_are_over_it_comes_back_once_as_something_new(office: Wondering) -> None:
    ts, shown = await paused(office)
    await office.until(datetime(2026, 3, 5, 10, 45, 30, tzinfo=UTC))
    (again,) = office.about(ANA, ts)
    assert again["ts"] != shown["ts"], "it has rung"
    assert words.SAYS["paused"]() in all_text(again)
    assert THURSDAY not in all_text(again)
    await office.wait(minutes=14)
    assert [message["ts"] for message in office.about(ANA, ts)] == [again["ts"]]
    await office.wait(minutes=31)
    assert len(office.home_posts()) == 1, "half an hour after the target the home channel hears, as ever"


@on_both_databases
async def test_whatever_the_customer_writes_lets_the_clock_go_on_from_there(office: Wondering) -> None:
    ts, _ = await paused(office)
    await office.wait(hours=3)
    await office.say(ADA, EXT_ACME, "Here is the number that you wanted.", ts)
    await office.wait(minutes=14)
    assert words.SAYS["help"]() not in all_text(office.about(ANA, ts)[0])
    await office.wait(minutes=2)
    (shown,) = office.about(ANA, ts)
    assert words.SAYS["help"]() in all_text(shown)
    assert "1 hour of 1 hour" in all_text(shown)


@on_both_databases
async def test_who_resumes_has_the_clock_go_on_at_once(office: Wondering) -> None:
    ts, shown = await paused(office)
    await office.wait(hours=1)
    await office.press(ANA, shown, views.RESUME)
    (shown,) = office.about(ANA, ts)
    assert THURSDAY not in all_text(shown)
    assert "45 minutes of 1 hour" in all_text(shown)
    assert words.RESUME() not in str(shown["blocks"])
    await office.wait(minutes=45)
    assert len(office.home_posts()) == 1


async def test_an_answer_of_ours_ends_the_wait_as_ever(office: Wondering) -> None:
    ts, _ = await paused(office)
    await office.say(ANA, EXT_ACME, "All is well now.", ts)
    assert office.waits() == [(ts, "answer")]
    await office.wait(days=3)
    assert not office.about(ANA, ts)
    assert not office.home_posts()


async def test_a_pause_is_told_by_care_why(office: Wondering) -> None:
    ts, _ = await paused(office)
    await office.wait(minutes=30)
    told = await office.why(ts)
    assert "did not: we waited on the customer" in told
    assert "The clock stands until the customer writes, or until" in told
    assert "the pause is over" in told
    assert f"<@{ANA}> waits on the customer" in told
    assert "45 minutes of 1 hour working time" in told


async def test_whose_target_it_is_held_to_is_told_by_care_why(office: Wondering) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    assert clock_words.TARGETS["workspace"]() in await office.why(ts)
    await office.set_up(CARE_FILE + f'[customer.{ADA}]\ntargets = {{first = "20m", next = "40m"}}\n')
    told = await office.why(ts)
    assert "The target is the one set for *Ada*." in told
    assert "of 20 minutes working time" in told


async def test_in_the_home_channel_it_stands_below_the_post(office: Wondering) -> None:
    ts, _ = await office.asked()
    await office.wait(minutes=45)
    (post,) = office.home_posts()
    (shown,) = office.about(ANA, ts)
    await office.press(ANA, shown, views.WAY, words.WAITING_ON_CUSTOMER())
    (post,) = [entry.message for entry in office.sandbox.record.of(CARE, post["ts"])[-1:]]
    assert "the clock stands until they write" in all_text(post)
    await office.press(ANA, office.about(ANA, ts)[0], views.RESUME)
    (post,) = [entry.message for entry in office.sandbox.record.of(CARE, post["ts"])[-1:]]
    assert "the clock stands until they write" not in all_text(post)


async def test_there_is_nothing_to_pause_once_somebody_has_answered(office: Wondering) -> None:
    """Pressed in a list that has not been edited yet."""
    ts, shown = await office.asked()
    office.sandbox.world.say(LEE, EXT_ACME, "Done.", thread_ts=ts)
    await office.sandbox.settled()
    direct = office.sandbox.world.direct(ANA, BOT).id
    await office.sandbox.press(ANA, direct, shown["ts"], views.WAY, words.WAITING_ON_CUSTOMER())
    await office.settle()
    assert office.told(ANA) == nudge_words.OVER_ALREADY()
    assert office.waits() == [(ts, "answer")]
