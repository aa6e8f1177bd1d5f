"""Set-up in Slack as Nia, the admin, finds it: the page of everything, a form, what it would do, and the history."""

from playwright.async_api import Browser, Page, expect

from bot.demo.place import ADA, EXT_ACME, GENERAL, NIA
from bot.demo.stage import Stage, stage
from bot.sandbox.page import Tour
from bot.views.words import setup_channels as channel_words
from bot.views.words import setup_effect as effect_words
from bot.views.words import setup_forms as form_words
from bot.views.words import setup_history as history_words
from bot.views.words import setup_home as words
from tests.shots.browser import TALL, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import form, say

QUESTION = "Our seats on the 14:20 to Porto are gone from the booking, where are they?"


async def what_is_set_up(browser: Browser) -> None:
    """A day on which a customer waits, whom a change would move."""
    async with stage(tour=Tour(())) as on:
        await on.morning()
        await on.say(ADA, EXT_ACME, QUESTION)
        async with window(browser, at(on, NIA, GENERAL), size=TALL) as page:
            await say(page, "/care setup")
            await on.settle()
            await expect(form(page)).to_contain_text("Care")
            await shoot(page, "setup-main")
            await a_channel_is_changed(on, page)
            await it_can_be_undone(on, page)


async def a_channel_is_changed(on: Stage, page: Page) -> None:
    """Wrong beside its field; then what it would do; then it counts."""
    await press(on, page, words.OPEN(), 1)
    await expect(form(page)).to_contain_text(channel_words.KINDS["customer"]())
    await press(on, page, channel_words.CHANGE())
    await form(page).get_by_label(channel_words.FIRST()).fill("soon")
    await form(page).get_by_label(channel_words.NEXT()).fill("45m")
    await press(on, page, form_words.GO_ON())
    await expect(form(page)).to_contain_text("is not a working time")
    await shoot(page, "setup-wrong")
    await form(page).get_by_label(channel_words.FIRST()).fill("20m")
    await press(on, page, form_words.GO_ON())
    await expect(form(page)).to_contain_text("1 open wait moves")
    await shoot(page, "setup-effect")
    await press(on, page, effect_words.SAVE())
    await press(on, page, "Close")
    await expect(form(page)).to_contain_text(effect_words.SAVED())


async def it_can_be_undone(on: Stage, page: Page) -> None:
    """From the history."""
    await press(on, page, form_words.BACK())
    await press(on, page, words.OPEN(), -1)
    await expect(form(page)).to_contain_text("first 20m")
    await shoot(page, "setup-history")
    await press(on, page, history_words.UNDO())


async def press(on: Stage, page: Page, name: str, which: int = 0) -> None:
    """One of the buttons of the modal that have this name, the last for -1."""
    await form(page).get_by_role("button", name=name, exact=True).nth(which).click()
    await on.settle()
    await page.wait_for_timeout(150)
