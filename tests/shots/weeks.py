"""Twelve weeks of a team, digest by digest, as its people find them: played through the bot, then looked at."""

from datetime import datetime, time, timedelta
from tempfile import TemporaryDirectory
from typing import NamedTuple

from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import place
from bot.demo.digest_steps import CHART, pages
from bot.demo.place import ADA, ANA, BEGINNING, BOT, CARE, EXT_ACME, GITA, MIA, NIA, OMAR, ZONE
from bot.demo.rounds import Week, lines, live, typed
from bot.demo.stage import Stage, played
from bot.sandbox import Clock, Fault, Sandbox, World
from bot.sandbox.page import Page as SlackPage
from tests.shots.browser import LONG, LONG_PHONE, PHONE, cut, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import thread

TEN = time(10)
EASTER = 4  # weeks are over when Good Friday is near


class Told(NamedTuple):
    """A week, and the morning on which its page is looked at. `page`: whether there is one."""

    week: Week
    page: bool = True
    down: bool = False  # CareCue is down from Friday on, and comes back on Tuesday at eleven
    charts: bool = True  # whether Slack draws them


WEEKS = (
    Told(Week(48)),
    Told(Week(42)),
    Told(Week(44, away=(OMAR,))),
    Told(Week(75, 4, late=3)),
    Told(Week(58, 4, days=4)),  # and Good Friday
    Told(Week(0, 0), page=False),
    Told(Week(44)),
    Told(Week(40), down=True),
    Told(Week(46, days=4)),  # and the first of May
    Told(Week(38), charts=False),
    Told(Week(41)),
    Told(Week(33)),
)


async def twelve_weeks(browser: Browser) -> None:
    """Each Monday the team's channel is looked at; then the private pages, and everybody's Home."""
    with TemporaryDirectory(prefix="carecue-weeks-") as folder:
        sandbox = Sandbox(World.from_dict(place.world()), Clock(BEGINNING, 0))
        await sandbox.start(0, SlackPage(sandbox).routes())
        try:
            await _live_through(browser, sandbox, f"sqlite:///{folder}/carecue.db")
        finally:
            await sandbox.stop()


async def _live_through(browser: Browser, sandbox: Sandbox, database: str) -> None:
    """Each stretch between two times that CareCue is down is a process of its own, over the same database."""
    number = 0
    while number < len(WEEKS):
        async with played(sandbox, database) as on:
            await on.settle()
            if number:
                await _look(browser, on, number)
            else:
                await typed(on, ANA, CARE, "/care digest weekly")
            number = await _stretch(browser, on, number)
            if number == len(WEEKS):
                await _on_a_phone(browser, on)
                await _at_home(browser, on)
        sandbox.clock.advance_to(_monday(number) + timedelta(days=1, hours=1))


async def _stretch(browser: Browser, on: Stage, number: int) -> int:
    """Week by week until CareCue goes down, or to the end; the number of the week that is next."""
    for told in WEEKS[number:]:
        on.sandbox.faults.clear()
        if not told.charts:
            on.sandbox.faults.add(Fault("refuse_block", block=CHART))
        await live(on, lines(told.week, _monday(number).date(), number))
        number += 1
        if told.down:
            break
        await on.until(_monday(number))
        await _look(browser, on, number)
        if number == EASTER:
            await _private_pages(browser, on)
    return number


async def _look(browser: Browser, on: Stage, number: int) -> None:
    """At the team's channel, as Ana finds it after so many weeks."""
    expected = sum(told.page for told in WEEKS[:number])
    assert len(pages(on)) == expected, f"{len(pages(on))} pages after {number} weeks"
    name = f"digest-{number:02}"
    if not WEEKS[number - 1].page:
        async with window(browser, at(on, ANA, CARE), size=PHONE) as page:
            await shoot(page, name)
        return
    async with window(browser, at(on, ANA, CARE), size=LONG) as page:
        await cut(_newest_page(page), name)


async def _on_a_phone(browser: Browser, on: Stage) -> None:
    """The page as it is, and its thread on a phone that lies on its side."""
    async with window(browser, at(on, ANA, CARE), size=LONG_PHONE) as page:
        await cut(_newest_page(page), "digest-phone")
    async with window(browser, at(on, ANA, CARE), size=(740, 700)) as page:
        await _newest_page(page).locator(".replies").click()
        await cut(thread(page).locator("article").last, "digest-thread")


async def _private_pages(browser: Browser, on: Stage) -> None:
    """Ana's own week, and the load of the team with the days off that come, which is for Mia alone."""
    for name, user, title in (("mine", ANA, "My week"), ("load", MIA, "The team's load")):
        async with window(browser, at(on, user, BOT), size=LONG) as page:
            await cut(page.locator(".place article", has_text=title).last, f"digest-{name}")


def _newest_page(page: Page) -> Locator:
    return page.locator(".place article", has=page.locator(".b-header")).last


async def _at_home(browser: Browser, on: Stage) -> None:
    """Everybody's Home, a Monday at ten, with somebody waiting."""
    await on.say(ADA, EXT_ACME, "Can the autumn group have the same driver again?")
    await on.wait(minutes=25)
    for name, user in (("agent", ANA), ("manager", MIA), ("admin", NIA), ("customer", GITA)):
        async with window(browser, f"{at(on, user, BOT)}&tab=home", size=LONG) as page:
            await expect(page.locator(".home .blocks")).to_be_visible()
            await cut(page.locator(".home .blocks"), f"home-{name}", margin=16)


def _monday(number: int) -> datetime:
    """Ten o'clock on the Monday with which a week begins."""
    first = BEGINNING.astimezone(ZONE).date()
    return datetime.combine(first + timedelta(weeks=number), TEN, ZONE)
