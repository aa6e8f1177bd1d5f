"""The loop, clicked through in the demo by everybody who has a part in it."""

from playwright.async_api import Browser, expect

from bot.demo.place import ADA, ANA, BOT, EXT_ACME, EXT_BLUEBIRD, GITA, GUESTS, LEE
from bot.demo.stage import Stage
from tests.shots.browser import PHONE, TABLET, shoot, window
from tests.shots.visitor import a_while, act_as, done, enter, follow, form, newest, reply, say, thread, tour, way_out

ASKED = "Can we still change our booking for Friday? Two more people would like to come."


def at(on: Stage, user: str, place: str) -> str:
    """The page's address for somebody somewhere."""
    return f"{on.sandbox.url}/#as={user}&at={place}"


async def the_tour_leads_through(browser: Browser, on: Stage) -> None:
    """Whoever opens the page does what the tour says, and each step is ticked: from Ada's question to her thanks."""
    async with window(browser, on.sandbox.url) as page:
        await expect(page.locator(".act-as-name")).to_have_text("Ada Obi")
        await shoot(page, "tour")
        await say(page, ASKED)
        await follow(page, "Time passes")
        await a_while(page, 45)
        await expect(newest(page)).to_contain_text("1 customer waits for you")
        await expect(newest(page)).to_contain_text("Ada in #ext-acme · waiting 45 minutes of 1 hour")
        await shoot(page, "nudge")
        await follow(page, "Ana has ways out")
        await newest(page).get_by_role("button", name="Reply").click()
        await expect(thread(page)).to_contain_text(ASKED)
        await page.go_back()
        await way_out(page, "I'm on it / snooze until…")
        await form(page).get_by_role("button", name="I'm on it").click()
        await done(page, "You have Ada.")
        await expect(newest(page)).to_contain_text("You have it.")
        await follow(page, "Ana answers")
        await reply(page, ASKED, "With pleasure: you are at sixteen now, and the price stays.")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("All caught up: nobody is waiting for you.")
        await expect(newest(page)).to_contain_text("You answered Ada after 45 minutes.")
        await expect(newest(page).locator(".b-actions")).to_have_count(0)
        await shoot(page, "cleared")
        await follow(page, "Ada says thanks")
        await reply(page, ASKED, "Thanks, that works!")
        await follow(page, "Who waits for me?")
        await say(page, "/care")
        await expect(newest(page)).to_contain_text("1 customer is waiting for you")
        await expect(newest(page)).to_contain_text("Bob in #ext-bluebird: 55 minutes of 1 hour")
        await expect(tour(page)).to_contain_text("6 of 14")
        await shoot(page, "care")
    assert "waits for you" not in on.dm(ANA)[-1]["text"]


async def mia_is_asked_how_she_can_help(browser: Browser, on: Stage) -> None:
    """Bob waits on: Lee is offered help, then the team is asked, then its manager."""
    async with window(browser, at(on, LEE, BOT)) as page:
        await a_while(page, 45)
        await expect(newest(page)).to_contain_text("Would a hand help?")
        await enter(page, "care-team")
        await expect(newest(page)).to_contain_text("Who can lend a hand?")
        await a_while(page, 30)
        await act_as(page, "Mia Sand")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("How can you help @Lee Park?")
        await shoot(page, "manager")
        await newest(page).get_by_role("button", name="I'm on it").click()
        await expect(newest(page)).to_contain_text("You have it.")
    async with window(browser, at(on, LEE, EXT_BLUEBIRD)) as page:
        await reply(page, "at four instead of two", "At four it is, Bob. Sorry for the wait!")
        await act_as(page, "Mia Sand")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("@Lee Park answered Bob")


async def ana_snoozes_and_hands_over(browser: Browser, on: Stage) -> None:
    """Quiet for an hour; then Ana passes it on, not to herself. Lee hears of it at once, and Ana is free of it."""
    async with window(browser, at(on, ADA, EXT_ACME), dark=True) as page:
        await page.get_by_role("button", name="Tomorrow 09:00").click()
        await say(page, "The seat map does not load since this morning. What should we do?")
        await act_as(page, "Ana Reis")
        await enter(page, "CareCue")
        await a_while(page, 45)
        await expect(newest(page)).to_contain_text("Ada in #ext-acme")
        await way_out(page, "I'm on it / snooze until…")
        await form(page).get_by_role("button", name="In 1 hour").click()
        await done(page, "Snoozed until")
        await expect(newest(page)).to_contain_text("Snoozed until")
        await a_while(page, 60)
        await expect(newest(page)).to_contain_text("Would a hand help?")
        await newest(page).get_by_role("button", name="Hand over").click()
        await form(page).get_by_label("Somebody else").select_option(label="Ana Reis")
        await expect(form(page)).to_contain_text("That is you.")
        await shoot(page, "hand-over")
        await form(page).get_by_role("button", name="Hand over").first.click()
        await done(page, "@Lee Park has Ada now.")
        await expect(newest(page)).to_contain_text("@Lee Park has Ada now.")
        await act_as(page, "Lee Park")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("@Ana Reis asks you to take this one.")


async def ada_sees_nothing_of_it(browser: Browser, on: Stage) -> None:
    """In Ada's company there is an answer from a person, and no trace of what led to it."""
    async with window(browser, at(on, LEE, EXT_ACME), size=TABLET) as page:
        await reply(page, "The seat map", "A fix is out: please reload the page. Sorry for the trouble!")
        await act_as(page, "Ada Obi")
        await expect(page.locator(".workspace")).to_contain_text("Acme Travel")
        await page.locator("article", has_text="The seat map").locator(".replies").click()
        await expect(thread(page).locator(".badge", has_text="Linden").first).to_be_visible()
        await shoot(page, "customer")
        for internal in ("Apps", "care-team", "waiting", "Lee Park asks"):
            await expect(page.locator(".sidebar, .place, .thread").filter(has_text=internal)).to_have_count(0)
        await say(page, "/care")
        await expect(page.get_by_role("status")).to_contain_text("There is no such command.")


async def a_word_that_needs_no_reply(browser: Browser, on: Stage) -> None:
    """Lee says so with a button, and hears no more of it."""
    async with window(browser, at(on, LEE, BOT)) as page:
        await act_as(page, "Bob Larsen")
        await say(page, "By the way, we are closed on Monday.")
        await act_as(page, "Lee Park")
        await enter(page, "CareCue")
        await a_while(page, 45)
        await expect(newest(page)).to_contain_text("Bob in #ext-bluebird")
        await way_out(page, "More…")
        await form(page).get_by_role("button", name="No reply needed").click()
        await done(page, "Bob needs no reply")
        await expect(newest(page)).to_contain_text("Bob needs no reply")
        await expect(newest(page).locator(".b-actions")).to_have_count(0)


async def gita_is_a_guest(browser: Browser, on: Stage) -> None:
    """She is looked after as a customer is, sees as little, and cannot drive the bot. Omar's phone is enough for it."""
    async with window(browser, at(on, GITA, GUESTS), size=PHONE) as page:
        await say(page, "Hello, is my badge ready?")
        await say(page, "/care")
        await expect(page.locator("article.ephemeral")).to_contain_text("there is nothing here for you to do")
        await a_while(page, 45)
        await page.get_by_label("Channels and people").click()
        await act_as(page, "Omar Haddad")
        await expect(page.locator(".sidebar")).not_to_be_in_viewport()
        await page.get_by_label("Channels and people").click()
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("Gita in #guests")
        await shoot(page, "phone")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]


LOOP = (
    mia_is_asked_how_she_can_help,
    ana_snoozes_and_hands_over,
    ada_sees_nothing_of_it,
    a_word_that_needs_no_reply,
    gita_is_a_guest,
)
