"""After a boundary call: a breather, a word in the morning, and a note for the next who meets the customer."""

from datetime import UTC, datetime

import pytest

from bot.demo.listed import choose, press_in_form
from bot.demo.place import ADA, ANA, BOB, EXT_ACME, EXT_BLUEBIRD, LEE, MIA
from bot.domain.boundary import Case
from bot.views import boundary as views
from bot.views import living_list as list_views
from bot.views import ways_out
from bot.views.living_list import Way
from bot.views.words import boundary as words
from tests.handlers.calling import FACTS, LED, LINE, Calling
from tests.handlers.office import Office, all_text, buttons, on_both_databases

LEES = LED.replace(f'owner = "{ANA}"', f'owner = "{LEE}"')


@pytest.fixture
async def office(office: Office) -> Calling:
    calling = Calling(office.sandbox, office.clock, office.bot)
    await calling.set_up(LED)
    return calling


@on_both_databases
async def test_in_the_breather_what_falls_due_goes_to_the_next_on_the_rota(office: Calling) -> None:
    ts, _ = await office.insulted()
    other = await office.say(ADA, EXT_ACME, "And where is the form?")
    await office.wait(minutes=40)
    await office.calls(ts, "abusive")
    assert f"<!date^{_at(11, 55)}^" in all_text(office.hand())
    await office.wait(minutes=10)
    assert (office.about(ANA, other), len(office.about(LEE, other))) == ([], 1)
    assert office.owner(other) == LEE


async def test_a_breather_begins_anew_with_the_managers_word_and_ends_by_itself(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.wait(minutes=20)
    await office.answers(MIA, office.dm(MIA)[0], LINE, outcome="take_over")
    assert f"<!date^{_at(11, 35)}^" in all_text(office.hand())
    other = await office.say(ADA, EXT_ACME, "And where is the form?")
    await office.wait(minutes=45, seconds=1)
    assert len(office.about(ANA, other)) == 1


@pytest.mark.parametrize(("length", "until"), [("1h", (11, 45)), ("off", None)])
async def test_a_team_sets_how_long_a_breather_is(office: Calling, length: str, until: tuple[int, int] | None) -> None:
    await office.set_up(LED + f'[team.care.boundary]\nbreather = "{length}"\n')
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    assert (views.READY in buttons(office.hand())) == (until is not None)
    assert until is None or f"<!date^{_at(*until)}^" in all_text(office.hand())


async def test_an_agent_who_is_ready_is_nudged_again(office: Calling) -> None:
    ts, _ = await office.insulted()
    other = await office.say(ADA, EXT_ACME, "And where is the form?")
    await office.wait(minutes=40)
    await office.calls(ts, "abusive")
    await office.press(ANA, office.hand(), views.READY)
    assert buttons(office.hand()) == []
    await office.wait(minutes=10)
    assert len(office.about(ANA, other)) == 1


async def test_a_wait_is_not_handed_to_somebody_who_takes_a_breath(office: Calling) -> None:
    ts, _ = await office.insulted()
    oven = await office.say(BOB, EXT_BLUEBIRD, "Where is the oven?")
    await office.wait(minutes=46)
    await office.calls(ts, "abusive")
    await choose(office, LEE, oven, Way.HAND_OVER)
    form = office.form(LEE)
    await office.sandbox.press_view(LEE, form["id"], ways_out.HAND_TO_OTHER, ANA)
    await office.settle()
    assert "Ana takes nothing new right now. Nobody else is on duty" in str(office.form(LEE))
    assert office.owner(oven) == LEE


@on_both_databases
async def test_the_next_working_morning_asks_how_they_are_in_private_and_once(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.until(datetime(2026, 3, 3, 8, 59, tzinfo=UTC))
    assert words.CHECK_IN() not in [message["text"] for message in office.dm(ANA)]
    await office.wait(days=3)
    (asked,) = [message for message in office.dm(ANA) if message["text"] == words.CHECK_IN()]
    before = office.decided()
    await office.press(ANA, asked, views.FINE)
    assert office.now_reads(ANA, asked)["text"] == words.FINE_ANSWER()
    assert office.decided() == before


async def test_after_a_friday_it_is_monday(office: Calling) -> None:
    await office.until(datetime(2026, 3, 6, 16, 0, tzinfo=UTC))
    ts = await office.say(ADA, EXT_ACME, "This is not good enough!")
    await office.calls(ts, "abusive")
    assert [row.check_in_at for row in office.stored()] == [datetime(2026, 3, 9, 9, tzinfo=UTC)]


async def test_whoever_would_like_to_talk_starts_the_managers_clock_once(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.answers(MIA, office.dm(MIA)[0], LINE, outcome="take_over")
    await office.morning()
    (asked,) = [message for message in office.dm(ANA) if message["text"] == words.CHECK_IN()]
    await office.press(ANA, asked, views.TALK)
    assert office.now_reads(ANA, asked)["text"] == words.TALK_ANSWER()
    assert words.TALK_LINE() in all_text(office.dm(MIA)[-1])
    assert [row.kind for row in office.asks()] == ["boundary", "help"]


@on_both_databases
async def test_the_next_agent_who_meets_the_customer_is_told_and_nobody_after_them(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.answers(MIA, office.dm(MIA)[0], LINE, outcome="end")
    await office.set_up(LEES)
    second = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    (nudge,) = office.about(LEE, second)
    told = all_text(nudge)
    assert words.CASES_BRIEFLY[Case.ABUSIVE]() in told
    assert f"> {LINE}" in told
    assert (ANA in told, FACTS in told, words.TODAY() in told) == (False, False, True)
    await choose(office, LEE, second, Way.ON_IT)
    await press_in_form(office, LEE, list_views.CLAIM)
    assert words.BEFORE_YOU() in all_text(office.now_reads(LEE, nudge))
    await office.say(LEE, EXT_ACME, "Under Billing.", second)
    await office.wait(hours=1)
    third = await office.say(ADA, EXT_ACME, "And the other form?")
    await office.wait(minutes=46)
    (again,) = office.about(LEE, third)
    assert words.BEFORE_YOU() not in all_text(again)


async def test_who_called_needs_no_note_and_no_channel_gets_one(office: Calling) -> None:
    ts, _ = await office.insulted()
    await office.calls(ts, "abusive")
    await office.wait(hours=1)
    second = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(hours=2)
    assert office.about(ANA, second)
    assert office.home_posts()
    for message in (*office.about(ANA, second), *office.home_posts(), *office.about(MIA, second)):
        assert words.BEFORE_YOU() not in all_text(message)


def _at(hour: int, minute: int) -> int:
    """Of that Monday; calls there come a second after the minute."""
    return int(datetime(2026, 3, 2, hour, minute, 1, tzinfo=UTC).timestamp())
