"""What somebody does on the page: go about, be another person, write, let time pass."""

import re

from playwright.async_api import Locator, Page, expect


async def enter(page: Page, name: str) -> None:
    """Open a channel or a direct message from the sidebar; of an app that has a Home as well, its messages."""
    await page.locator(".entry", has_text=name).click()
    await expect(page.locator(".place-head h1")).to_contain_text(name)
    messages = page.get_by_role("tab", name="Messages")
    if await messages.count():
        await messages.click()


async def act_as(page: Page, name: str) -> None:
    await page.get_by_label("Act as").click()
    await page.get_by_role("menuitemradio", name=name).click()
    await expect(page.locator(".act-as-name")).to_have_text(name)


async def say(page: Page, text: str) -> None:
    """Write into the open channel."""
    await _write(page.locator(".place").get_by_role("textbox"), text)
    if not text.startswith("/"):
        await expect(page.locator(".place article").last).to_contain_text(text)


async def reply(page: Page, to: str, text: str) -> None:
    """Answer the newest message that reads `to`, in its thread."""
    message = page.locator(".place article", has_text=to).last
    await message.hover()
    await message.get_by_label("Reply in thread").click()
    await _write(thread(page).get_by_role("textbox"), text)
    await expect(thread(page).locator("article").last).to_contain_text(text)


async def a_while(page: Page, minutes: int) -> None:
    """Let time pass by the clock's own buttons: the demo's bot wakes every second, as in life."""
    clock = page.get_by_role("region", name="Sandbox clock")
    for name in ["+1 h"] * (minutes // 60) + ["+15 min"] * (minutes % 60 // 15):
        await clock.get_by_role("button", name=name).click()


async def follow(page: Page, title: str) -> None:
    """Click on a step of the tour, which is the next one to do: it leads to its place, as its person."""
    step = page.locator(".step", has_text=title)
    await expect(step).to_have_class(re.compile("current"))
    who = (await step.locator(".step-who").inner_text()).partition("as ")[2]
    await step.get_by_role("button").click()
    await expect(page.locator(".act-as-name")).to_have_text(who)


async def open_tour(page: Page) -> None:
    if not await tour(page).count():
        await page.get_by_role("button", name="Tour").click()


def tour(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Guided tour")


def thread(page: Page) -> Locator:
    return page.get_by_role("complementary", name="Thread")


def newest(page: Page) -> Locator:
    """The newest message of the open place."""
    return page.locator(".place article").last


async def way_out(page: Page, name: str, line: int = 0) -> None:
    """Choose of the menu of a line of the list: two clicks at most, with what a form asks."""
    await newest(page).locator(".btn-overflow").nth(line).click()
    await page.get_by_role("menuitem", name=name).click()


def form(page: Page) -> Locator:
    """The form that is open."""
    return page.locator("dialog[open]")


async def done(page: Page, says: str) -> None:
    """The form says what was done; it is closed."""
    await expect(form(page)).to_contain_text(says)
    await form(page).get_by_text("Close", exact=True).click()
    await expect(form(page)).to_have_count(0)


async def _write(box: Locator, text: str) -> None:
    await box.fill(text)
    await box.press("Enter")
