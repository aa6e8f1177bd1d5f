"""What was promised, and why a conversation stands as it does: looked at where Ana and Lee find it, on a desk."""

from datetime import datetime, time

from playwright.async_api import Browser, Locator, Page, expect

from bot.demo.place import ADA, ANA, BOB, BOT, CARE, EXT_ACME, EXT_BLUEBIRD, LEE, ZONE
from bot.demo.stage import Stage, stage
from bot.sandbox.page import Tour
from bot.views.words import living_list as list_words
from bot.views.words import promises as promise_words
from bot.views.words import why as words
from tests.shots.browser import DESKTOP, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import newest, say

SEATS = "Our seats on the 14:20 to Porto are gone from the booking, where are they?"
MENU = "Which of the two menus did we order for the choir?"
COURIER = "For your notes: the courier came at nine today."

LOW, HIGH = (DESKTOP[0], 560), (DESKTOP[0], 840)


async def what_was_read(browser: Browser) -> None:
    """A few days of the care team's."""
    async with stage(tour=Tour(())) as on:
        for part in (a_promise_falls_due, a_night_does_not_count, a_note_was_no_question):
            await part(browser, on)


async def a_promise_falls_due(browser: Browser, on: Stage) -> None:
    """In the list of who made it; brought up an hour before; and gone when it has a new time, and when it is kept."""
    await on.morning()
    asked = await on.say(ADA, EXT_ACME, SEATS)
    await on.say(ANA, EXT_ACME, "Let me check with the railway and get back to you by 3pm.", asked)
    await on.wait(minutes=20)
    await on.say(ADA, EXT_ACME, MENU)
    await on.wait(minutes=10)
    async with window(browser, at(on, ANA, CARE), size=LOW) as page:
        await typed(on, page, "/care")
        await expect(newest(page)).to_contain_text(promise_words.TITLE())
        await shoot(page, "promise-care")
    await on.say(ANA, EXT_ACME, "The second one, with the lentil soup.")
    await on.until(datetime.combine(on.clock.now().astimezone(ZONE), time(14, 1), ZONE))
    async with window(browser, at(on, ANA, BOT), size=LOW) as page:
        await expect(newest(page)).to_contain_text("to expect more by")
        await shoot(page, "promise-nudge")
        await on.say(ANA, EXT_ACME, "The railway still searches: I'll get back to you tomorrow by noon.", asked)
        await expect(newest(page)).to_contain_text(list_words.ALL_CAUGHT_UP())
        await expect(newest(page).locator(".b-actions")).to_have_count(0)
        await shoot(page, "promise-renewed")
    await on.morning()
    await on.say(ANA, EXT_ACME, "Found them: they had moved to coach 5, all fifteen in a row.", asked)


async def a_night_does_not_count(browser: Browser, on: Stage) -> None:
    """Asked before five and told of the next morning: what counted, what did not, and how each message was read."""
    await on.until(datetime.combine(on.clock.now().astimezone(ZONE), time(16, 20), ZONE))
    asked = await on.say(ADA, EXT_ACME, "Can the choir bring two guests?")
    await on.say(ANA, EXT_ACME, "With pleasure, there is room for both.", asked)
    await on.say(ADA, EXT_ACME, "Great, thank you!", asked)
    await on.wait(minutes=10)
    more = await on.say(ADA, EXT_ACME, "Thanks, one more thing: one of them uses a wheelchair", asked)
    await on.morning()
    async with window(browser, at(on, ANA, CARE), size=HIGH) as page:
        await typed(on, page, f"/care why {link(EXT_ACME, more)}")
        await expect(newest(page)).to_contain_text(words.HOW_READ())
        await shoot(page, "why-answer")
    await on.say(ANA, EXT_ACME, "Then they are in the first row, beside the ramp.", asked)


async def a_note_was_no_question(browser: Browser, on: Stage) -> None:
    """From the menu of Bob's message: the form says how it was read, and a press says otherwise."""
    await on.say(BOB, EXT_BLUEBIRD, COURIER)
    await on.wait(minutes=45, seconds=30)
    async with window(browser, at(on, LEE, EXT_BLUEBIRD), size=HIGH) as page:
        await newest(page).hover()
        await newest(page).get_by_label("More actions").click()
        await page.get_by_role("menuitem", name="CareCue…").click()
        await form(page).locator("button", has_text="Choose").last.click()
        await on.settle()
        await expect(form(page)).to_contain_text(words.HOW_READ())
        await form(page).get_by_label("More").first.click()
        await shoot(page, "why-correct")
        await page.get_by_role("menuitem", name=words.NOT_NEEDED()).click()
        await on.settle()
        await expect(form(page)).to_contain_text(words.NEEDS_NOT())
        await shoot(page, "why-corrected")


def form(page: Page) -> Locator:
    return page.locator("dialog[open]")


async def typed(on: Stage, page: Page, text: str) -> None:
    await say(page, text)
    await on.settle()


def link(channel: str, ts: str) -> str:
    """As Slack copies it."""
    return f"https://linden.slack.com/archives/{channel}/p{ts.replace('.', '')}"
