"""The demo to click in: what somebody finds on opening it, and how the tour is ticked."""

from collections.abc import AsyncIterator

import pytest
from aiohttp import ClientSession

from bot.app import NotSetUp
from bot.demo.digest_steps import CHART, pages
from bot.demo.listed import choose, posts, press_in_form, the_list
from bot.demo.place import ADA, ANA, BOB, CARE, EXT_ACME, EXT_BLUEBIRD, KUDOS, LEE, MIA, OMAR, ZONE
from bot.demo.stage import Stage
from bot.demo.tour import TIPS, playing
from bot.views import ask_forms, menu
from bot.views import asks as ask_views
from bot.views import boundary as boundary_views
from bot.views import home as home_views
from bot.views import kudos as kudos_views
from bot.views import living_list as views
from bot.views import prompts as prompt_views
from bot.views.living_list import Way
from bot.views.words import kudos_pages as page_words
from bot.views.words import living_list as words
from tests.leaks import tight

LEADING = 10  # steps of the tour before those of people who lead


@pytest.fixture
async def on() -> AsyncIterator[Stage]:
    async with playing(speed=0) as on:
        with tight(on.sandbox.world):
            yield on


async def done(on: Stage) -> list[str]:
    """The names of the tour's steps that are ticked, as the page is told."""
    await on.settle()
    async with ClientSession() as browser, browser.get(f"{on.sandbox.url}/page/tour") as answer:
        return [step["name"] for step in await answer.json() if step["done"]]


async def test_the_place_is_lived_in(on: Stage) -> None:
    """Behind the visitor lie weeks of answers and of thanks, and one customer is waiting right now."""
    assert on.dm(ANA)[-1]["text"].startswith(f"<@{LEE}> thanks you.")
    left = the_list(on, ANA)
    assert (words.ALL_CAUGHT_UP() in left["text"], len(posts(on, ANA)) > 1) == (True, True)
    assert len(on.sandbox.record.posts(channel=KUDOS, by_bot=True)) == 8
    assert posts(on, OMAR) == []
    await on.sandbox.command(LEE, CARE, "/care")
    assert on.sandbox.record.ephemerals(LEE)[-1].text == "1 customer is waiting for you"


async def test_the_team_has_found_its_week_this_morning(on: Stage) -> None:
    """The fourth in a row, with a chart of them; the manager has hers in private."""
    assert [f"{page.at.astimezone(ZONE):%d %b %H:%M}" for page in pages(on)] == [
        "16 Feb 09:00",
        "23 Feb 09:00",
        "02 Mar 09:00",
        "09 Mar 09:00",
    ]
    (drawn,) = [block for block in pages(on)[-1].message["blocks"] if block["type"] == CHART]
    assert drawn["chart"]["axis_config"]["categories"] == ["9 Feb", "16 Feb", "23 Feb", "2 Mar"]
    told = [message["text"] for message in on.dm(MIA)]
    assert [sum(part in text for text in told) for part in ("The team's load", "For you this week")] == [4, 4]


async def test_a_manager_is_told_who_goes_without_thanks(on: Stage) -> None:
    """In her Home, and nobody else in theirs."""
    for user, told in ((MIA, True), (ANA, False)):
        on.sandbox.open_home(user)
        await on.settle()
        home = str(on.sandbox.windows.homes[user].blocks)
        assert (page_words.unthanked(30) in home) is told
    assert f"<@{OMAR}>" in str(on.sandbox.windows.homes[MIA].blocks)


async def test_each_step_of_the_tour_is_ticked_when_it_is_done(on: Stage) -> None:
    assert await done(on) == []
    ts = await on.say(ADA, EXT_ACME, "Can we change our booking?")
    assert await done(on) == ["ask"]
    await on.wait(minutes=45)
    assert await done(on) == ["ask", "wait"]
    await choose(on, ANA, ts, Way.ON_IT)
    await press_in_form(on, ANA, views.CLAIM)
    assert await done(on) == ["ask", "wait", "press"]
    await on.say(ANA, EXT_ACME, "Of course.", ts)
    await on.say(ADA, EXT_ACME, "Thanks, that works!", ts)
    await on.sandbox.command(LEE, CARE, "/care")
    assert await done(on) == ["ask", "wait", "press", "answer", "thank", "list"]
    await on.sandbox.command(LEE, CARE, "/kudos", "@ana for staying with Ada until her booking was right")
    assert await done(on) == ["ask", "wait", "press", "answer", "thank", "list", "kudos"]
    await on.press(ANA, on.dm(ANA)[-1], kudos_views.THANK)
    assert await done(on) == ["ask", "wait", "press", "answer", "thank", "list", "kudos", "kept"]
    await on.sandbox.command(MIA, CARE, "/care", "digest now")
    assert await done(on) == ["ask", "wait", "press", "answer", "thank", "list", "kudos", "kept", "digest"]
    on.sandbox.open_home(MIA)
    await on.settle()
    await on.sandbox.press_view(MIA, on.sandbox.windows.homes[MIA].id, home_views.DIGEST)
    assert (await done(on))[-1] == "home"


async def test_the_tour_goes_on_to_those_who_lead(on: Stage) -> None:
    """Each of these is counted when it is done, by whichever way."""
    assert [tip.step.name for tip in TIPS[LEADING:]] == ["help", "word", "boundary", "prompt"]
    counts = [tip.count for tip in TIPS[LEADING:]]
    assert [count(on) for count in counts] == [0, 0, 0, 0]
    ts = await on.say(ADA, EXT_ACME, "Can you people not read?")
    await on.sandbox.command(ANA, CARE, "/care", "ask Could you look over my reply to Ada?")
    await on.settle()
    assert [count(on) for count in counts] == [1, 0, 0, 0]
    await on.press(MIA, on.dm(MIA)[-1], ask_views.ANSWER)
    await send_off(on, MIA, {ask_forms.LINE: "With pleasure."})
    assert [count(on) for count in counts] == [1, 1, 0, 0]
    await on.sandbox.shortcut(ANA, menu.SHORTCUT, EXT_ACME, ts)
    await on.settle()
    await on.sandbox.press_view(ANA, form(on, ANA), menu.BOUNDARY)
    await on.settle()
    await send_off(on, ANA, {boundary_views.CASE: "abusive", boundary_views.LINE: "An insult."})
    (cue,) = [message for message in on.dm(MIA) if "For you this week" in message["text"]][-1:]
    await on.press(MIA, cue, prompt_views.TAKE)
    await send_off(on, MIA, {})
    assert [count(on) for count in counts][2:] == [1, 1]


def form(on: Stage, user: str) -> str:
    view = on.sandbox.windows.top(user)
    assert view
    return view.id


async def send_off(on: Stage, user: str, values: dict[str, str]) -> None:
    assert (await on.sandbox.submit(user, form(on, user), values)).ok
    await on.settle()


async def test_a_port_that_is_taken_is_told_in_a_sentence(on: Stage) -> None:
    port = int(on.sandbox.url.rpartition(":")[2])
    with pytest.raises(NotSetUp, match=f"Port {port} cannot be listened on"):
        async with playing(speed=0, port=port):
            pass


async def test_what_belongs_to_another_step_ticks_nothing(on: Stage) -> None:
    """Bob's word is not Ada's, and thanks before the question are no thanks, nor are the kudos of last week."""
    await on.say(BOB, EXT_BLUEBIRD, "Anyone there?")
    await on.press(ANA, on.dm(ANA)[-1], kudos_views.THANK)
    await on.say(ANA, EXT_ACME, "Good morning!")
    assert await done(on) == []
