"""`make shots`: people click through the page in a real browser; what they see is asserted, and kept as pictures."""

import asyncio
import re
import sys

from playwright.async_api import Browser, Page, expect

from bot.sandbox.clock import Clock
from bot.sandbox.page import Page as SandboxPage
from bot.sandbox.page import Step
from bot.sandbox.sandbox import Sandbox
from bot.sandbox.world import World
from tests.shots import mrkdwn_cases, one_of_each
from tests.shots.browser import PHONE, TABLET, chromium, shoot, window
from tests.shots.standin import Standin, cue, week
from tests.shots.world import HOSTILE, START, WORLD

TOUR = [
    Step("wait", "A customer waits", "Priya has asked about an invoice. Read it as Ana.", "UANA", "CMER"),
    Step("cue", "Ana is cued in private", "CareCue tells her alone, before it is late.", "UANA", "U0SANDBOXBOT"),
    Step("answer", "Answer, and the cue clears", "Reply to Priya in the thread.", "UANA", "CMER"),
    Step("other-side", "The customer's side", "Priya sees an answer, and nothing of CareCue.", "UPRI", "CMER"),
]


async def enter(page: Page, name: str) -> None:
    await page.locator(".entry", has_text=name).click()
    await expect(page.locator(".place-head h1")).to_contain_text(name)


async def act_as(page: Page, name: str) -> None:
    await page.get_by_label("Act as").click()
    await page.get_by_role("menuitemradio", name=name).click()
    await expect(page.locator(".act-as-name")).to_have_text(name)


async def a_cue_is_claimed(browser: Browser, sandbox: Sandbox) -> None:
    """Ana finds her cue at the app's badge, and pressing its button changes it."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CMER") as page:
        await expect(page.locator(".entry", has_text="CareCue").locator(".unread")).to_have_text("1")
        await shoot(page, "channel")
        await enter(page, "CareCue")
        await expect(page.locator("article")).to_contain_text("has waited 48 min of 60")
        await shoot(page, "cue")
        await page.get_by_role("button", name="No reply needed").click()
        await page.get_by_role("dialog").get_by_role("button", name="Back").click()
        await page.get_by_role("button", name="Open thread").click()
        await expect(page.locator(".thread")).to_contain_text("Is VAT included?")
        await page.go_back()
        await page.get_by_role("button", name="I'm on it").click()
        await expect(page.locator("article")).to_contain_text("You have it.")
        await expect(page.get_by_role("button", name="I'm on it")).to_have_count(0)


async def an_answer_reaches_the_customer(browser: Browser, sandbox: Sandbox) -> None:
    """Ana answers in the thread, mends a slip and reacts; Priya sees it from her own company and her own time zone."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CMER", size=TABLET, dark=True) as page:
        await page.locator(".replies").first.click()
        thread = page.locator(".thread")
        await thread.get_by_role("textbox").fill("All settled <now>, VAT incluced :+1: @pri")
        await thread.get_by_role("option", name="Priya Raman").click()
        await thread.get_by_role("textbox").press("Enter")
        mine = thread.locator("article").last
        await expect(mine).to_contain_text("All settled <now>, VAT incluced 👍 @Priya Raman")
        await mine.hover()
        await mine.get_by_label("React with raised_hands").click()
        await expect(mine.locator(".reaction").first).to_have_text(re.compile("🙌\\s*1"))
        await mine.get_by_label("More actions").click()
        await page.get_by_role("menuitem", name="Edit message").click()
        editor = thread.get_by_label("Edit message")
        await editor.fill((await editor.input_value()).replace("incluced", "included"))
        await editor.press("Enter")
        await expect(mine).to_contain_text("VAT included")
        await expect(mine).to_contain_text("(edited)")
        await shoot(page, "thread-dark")
        await act_as(page, "Priya Raman")
        await expect(page.locator(".workspace")).to_have_text(re.compile("Meridian Foods"))
        await expect(page.locator(".nav-section", has_text="Apps")).to_have_count(0)
        await expect(page.locator(".badge", has_text="Northwind Care").first).to_be_visible()
        await expect(page.locator(".message-head time", has_text="13:32")).to_be_visible()


async def kudos_are_given(browser: Browser, sandbox: Sandbox) -> None:
    """A command opens a form; what is missing is said beside its field, by Slack first and then by the app."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CTEAM") as page:
        box = page.locator(".place").get_by_role("textbox")
        await box.fill("/ku")
        await expect(page.locator(".suggestions")).to_contain_text("Thank a colleague")
        await box.press("Enter")
        await box.press("Enter")
        form = page.get_by_role("dialog")
        await form.get_by_role("button", name="Send thanks").click()
        await expect(form.get_by_role("alert")).to_have_count(3)
        await form.get_by_label("Who helped?").select_option(label="Ben Okafor")
        await form.get_by_label("Behaviour").select_option(label="Kindness")
        await form.get_by_label("What happened?").fill("Nice")
        await form.get_by_label("The team").check()
        await form.get_by_role("button", name="Send thanks").click()
        await expect(form.get_by_role("alert")).to_have_text("A few more words, please.")
        await shoot(page, "modal")
        await form.get_by_label("What happened?").fill("He took my night shift without being asked.")
        await form.get_by_role("button", name="Send thanks").click()
        await expect(form).to_have_count(0)
        await expect(page.locator("article").last).to_contain_text("thanks @Ben Okafor")


async def what_is_for_one_is_for_one(browser: Browser, sandbox: Sandbox) -> None:
    """The answer to a command is for whoever gave it, and can be put away."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CTEAM") as page:
        await page.locator(".place").get_by_role("textbox").fill("/care")
        await page.keyboard.press("Enter")
        whisper = page.locator("article.ephemeral")
        await expect(whisper).to_contain_text("Only visible to you")
        await act_as(page, "Ben Okafor")
        await enter(page, "care-team")
        await expect(page.locator("article").first).to_be_visible()
        await expect(whisper).to_have_count(0)
        await act_as(page, "Ana Costa")
        await enter(page, "care-team")
        await whisper.get_by_role("button", name="Dismiss").click()
        await expect(whisper).to_have_count(0)


async def the_home_answers(browser: Browser, sandbox: Sandbox) -> None:
    """The Home is drawn when it is opened, and its controls reach the app."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CTEAM") as page:
        await enter(page, "CareCue")
        await page.get_by_role("tab", name="Home").click()
        await expect(page.locator(".home")).to_contain_text("Cues are on.")
        await shoot(page, "home")
        await page.get_by_label("Paused").check()
        await expect(page.locator(".home")).to_contain_text("Cues are paused.")


async def the_manager_reads_a_chart(browser: Browser, sandbox: Sandbox) -> None:
    async with window(browser, f"{sandbox.url}/#as=UMIA&at=U0SANDBOXBOT") as page:
        await expect(page.locator(".chart rect")).to_have_count(10)
        await page.get_by_text("Show as table").click()
        await expect(page.locator(".chart td").first).to_have_text("8")
        await page.get_by_text("Show as table").click()
        await shoot(page, "chart")


async def what_is_chosen_is_what_the_app_is_told(browser: Browser, sandbox: Sandbox) -> None:
    async with window(browser, f"{sandbox.url}/#as=UBEN&at=U0SANDBOXBOT") as page:
        await one_of_each.use_message(page, sandbox)
        await page.locator(".place").get_by_role("textbox", name="Message CareCue").fill("/each")
        await page.keyboard.press("Enter")
        await one_of_each.use_form(page, sandbox)


async def time_can_be_moved(browser: Browser, sandbox: Sandbox) -> None:
    """An hour ahead, and another speed."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CMER") as page:
        clock = page.get_by_role("region", name="Sandbox clock")
        await expect(clock.locator("time")).to_contain_text("08:5")
        await clock.get_by_role("button", name="+1 h").click()
        await expect(clock.locator("time")).to_contain_text("09:5")
        await clock.get_by_role("button", name="600 times as fast").click()
        await expect(clock.locator("time")).to_contain_text("10:")
        await clock.get_by_role("button", name="Pause").click()
        await expect(clock.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")


async def a_phone_is_enough(browser: Browser, sandbox: Sandbox) -> None:
    async with window(browser, f"{sandbox.url}/#as=UPRI&at=CMER", size=PHONE) as page:
        await shoot(page, "phone")
        assert await page.evaluate("document.documentElement.scrollWidth") <= PHONE[0]
        await page.get_by_label("Channels and people").click()
        await act_as(page, "Ben Okafor")
        await expect(page.locator(".sidebar")).not_to_be_in_viewport()
        await page.get_by_role("button", name="Guided tour").click()
        await page.locator(".step", has_text="Ana is cued").get_by_role("button").click()
        await expect(page.locator(".place-head")).to_contain_text("CareCue")


async def keys_are_enough(browser: Browser, sandbox: Sandbox) -> None:
    """From message to message with the arrows, into its menu with Tab, out of a menu with Escape."""
    async with window(browser, f"{sandbox.url}/#as=UBEN&at=CMER") as page:
        await page.locator("article").last.focus()
        await page.keyboard.press("ArrowUp")
        await expect(page.locator("article").nth(-2)).to_be_focused()
        menu = page.locator("article").nth(-2).locator(".message-menu")
        await expect(menu).to_be_visible()
        await menu.get_by_label("Find another reaction").focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menu")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)
        await expect(menu.get_by_label("Find another reaction")).to_be_focused()


async def nothing_hostile_runs(browser: Browser, sandbox: Sandbox) -> None:
    """A name, a title or a message that is written as markup stays what it is: words."""
    async with window(browser, f"{sandbox.url}/#as=UANA&at=CFAIR") as page:
        await expect(page.locator("article .author")).to_have_text(HOSTILE)
        await expect(page.locator("article .content")).to_contain_text("<script>window.hacked=1</script>")
        await mrkdwn_cases.check(page)
        assert await page.evaluate("window.hacked") is None


CHECKS = (
    a_cue_is_claimed,
    an_answer_reaches_the_customer,
    kudos_are_given,
    what_is_for_one_is_for_one,
    the_home_answers,
    the_manager_reads_a_chart,
    a_phone_is_enough,
    keys_are_enough,
    nothing_hostile_runs,
    what_is_chosen_is_what_the_app_is_told,
    time_can_be_moved,
)


async def main(only: list[str]) -> None:
    world = World.from_dict(WORLD)
    sandbox = Sandbox(world, Clock(START, speed=1))
    page = SandboxPage(sandbox)
    page.tour.set_steps(TOUR)
    page.tour.tick("wait")
    await sandbox.start(pages=page.routes())
    app = Standin(sandbox, one_of_each.form())
    await app.start()
    await app.tell("UANA", "A customer waits", cue(_link(sandbox)))
    await app.tell("UMIA", "Your week in care", week())
    await app.tell("UBEN", "One of each", one_of_each.message())
    try:
        async with chromium() as browser:
            for check in CHECKS:
                if not only or check.__name__ in only:
                    await check(browser, sandbox)
                    print(f"ok  {check.__name__.replace('_', ' ')}")
    finally:
        await app.stop()
        await sandbox.stop()


def _link(sandbox: Sandbox) -> str:
    """To Priya's question about the invoice."""
    asked = next(message for message in sandbox.world.channel("CMER").messages.values() if "VAT" in message.text)
    return f"https://northwind.slack.com/archives/CMER/p{asked.ts.replace('.', '')}"


if __name__ == "__main__":
    asyncio.run(main(sys.argv[1:]))
