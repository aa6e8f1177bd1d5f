"""The living list as somebody in a hurry uses it: every way out of a line, in two clicks at most."""

from playwright.async_api import Browser, Page, expect

from bot.demo.listed import posts
from bot.demo.place import ADA, ANA, BOT, EXT_ACME, GITA, GUESTS, MIA, OMAR
from bot.demo.stage import Stage, stage
from bot.sandbox.page import Tour
from bot.views.words import living_list as words
from tests.shots.browser import LONG_PHONE, TALL, cut, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import form, newest, way_out

QUESTIONS = (
    "Where do we park the coach on Saturday?",
    "Is lunch in the price for the drivers?",
    "Can the choir warm up at four?",
    "Do you have an invoice for the deposit?",
)
SIZE = (TALL[0], 820)


async def the_living_list(browser: Browser) -> None:
    """A morning of Ana's."""
    async with stage(tour=Tour(())) as on:
        for part in (one_message_for_all, every_way_out, a_second_word, nobody_is_left, on_a_phone):
            await part(browser, on)


async def one_message_for_all(browser: Browser, on: Stage) -> None:
    """Four questions in a quarter of an hour are one message, which has rung once; then once more."""
    on.sandbox.world.change_person(ADA, tz="Asia/Tokyo")
    await on.morning()
    for question in QUESTIONS:
        await on.say(ADA, EXT_ACME, question)
        await on.wait(minutes=6)
    await on.wait(minutes=51)
    assert len(posts(on, ANA)) == 2
    async with window(browser, at(on, ANA, BOT), size=SIZE) as page:
        await expect(newest(page)).to_contain_text("4 customers wait for you")
        await expect(newest(page).locator(".btn-overflow")).to_have_count(4)
        await shoot(page, "list")
        await newest(page).locator(".btn-overflow").last.click()
        await shoot(page, "list-menu")


async def every_way_out(browser: Browser, on: Stage) -> None:
    """Each of the five, as the list says it afterwards."""
    async with window(browser, at(on, ANA, BOT), size=SIZE) as page:
        await way_out(page, words.ON_IT())
        await on.settle()
        await cut(form(page), "list-on-it")
        await _press(on, page, "Tomorrow morning")
        await _said(page, "You have Ada. Snoozed until")
        await cut(form(page), "list-done")
        await _closed(page)
        await expect(newest(page)).to_contain_text("3 customers wait for you")
        await way_out(page, words.HAND_OVER())
        await on.settle()
        await cut(form(page), "list-hand-over")
        await _press(on, page, "Hand over")
        await _said(page, "Thank you for passing it on.")
        await _closed(page)
        await expect(newest(page)).to_contain_text("2 customers wait for you")
        await way_out(page, words.WAITING_ON_CUSTOMER())
        await on.settle()
        await expect(newest(page)).to_contain_text("Waiting on the customer.")
        await way_out(page, words.MORE())
        await on.settle()
        await cut(form(page), "list-more")
        await _press(on, page, "No reply needed")
        await _said(page, "Settled: Ada needs no reply.")
        await _closed(page)
        await expect(newest(page)).to_contain_text(words.SET_ASIDE())
        await shoot(page, "list-set-aside")
        await newest(page).get_by_role("button", name="Resume").click()
        await on.settle()
        await expect(newest(page)).to_contain_text("1 customer waits for you")
        await way_out(page, words.ASK_FOR_HELP())
        await on.settle()
        await form(page).get_by_role("textbox").fill("Where do coaches park on a Saturday?")
        await form(page).get_by_role("button", name="Ask").click()
        await on.settle()
        await _said(page, "knows of it")
        await _closed(page)
    async with window(browser, at(on, MIA, BOT), size=(TALL[0], 560)) as page:
        await expect(newest(page)).to_contain_text("1 colleague hopes for word")
        await shoot(page, "list-manager")


async def a_second_word(browser: Browser, on: Stage) -> None:
    """It offers help and cover, where the first one did not."""
    await on.morning()
    await on.say(GITA, GUESTS, "Where do I get my badge?")
    await on.wait(minutes=75)
    async with window(browser, at(on, OMAR, BOT), size=(TALL[0], 560)) as page:
        await expect(newest(page)).to_contain_text(words.SAYS["help"]())
        await shoot(page, "list-second")


async def nobody_is_left(browser: Browser, on: Stage) -> None:
    """An answer takes the line away, and says so."""
    async with window(browser, at(on, OMAR, BOT), size=(TALL[0], 560)) as page:
        await on.say(OMAR, GUESTS, "At the front desk, with your name on it.")
        await expect(newest(page)).to_contain_text(words.ALL_CAUGHT_UP())
        await shoot(page, "list-caught-up")


async def on_a_phone(browser: Browser, on: Stage) -> None:
    """As wide as the phone is, and no wider."""
    async with window(browser, at(on, ANA, BOT), size=LONG_PHONE, dark=True) as page:
        await cut(newest(page), "list-phone")
        assert await page.evaluate("document.documentElement.scrollWidth") <= LONG_PHONE[0]


async def _press(on: Stage, page: Page, name: str) -> None:
    await form(page).get_by_role("button", name=name).first.click()
    await on.settle()


async def _said(page: Page, says: str) -> None:
    await expect(form(page)).to_contain_text(says)


async def _closed(page: Page) -> None:
    await form(page).get_by_text("Close", exact=True).click()
    await expect(form(page)).to_have_count(0)
