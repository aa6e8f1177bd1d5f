"""The first day: the README's path, clicked through in an empty pretend Slack against real processes."""

import html
import tempfile
from pathlib import Path

from playwright.async_api import Browser, Page, expect

from bot.deps import wall_clock
from bot.sandbox import Sandbox
from bot.sandbox.alone import alone
from bot.sandbox.empty import BOT, OWNER
from tests.first_day import carecue, running
from tests.shots.browser import TALL, cut, shoot, window
from tests.shots.visitor import act_as, enter, form, newest, say

TERMINAL = (1080, 430)
APPS = (1000, 1240)


async def the_first_day(browser: Browser) -> None:
    """From nothing to the first nudge, and no file is edited but .env."""
    with tempfile.TemporaryDirectory(prefix="carecue-first-day-") as folder:
        at = Path(folder)
        async with alone(wall_clock()) as slack:
            await _the_app(browser, slack, at)
            await _the_commands(browser, slack, at)
            async with running(at), window(browser, f"{slack.url}/#as={OWNER}&at={BOT}", size=TALL) as page:
                await _three_forms(page)
                await _the_invitation(page)
                await _another_channel(page)


async def _the_app(browser: Browser, slack: Sandbox, at: Path) -> None:
    """The app from its manifest, two tokens, and a customer who has been waiting."""
    _, manifest = await carecue(at, "manifest")
    async with window(browser, f"{slack.url}/apps", size=APPS) as page:
        await page.get_by_label("Paste what").fill(manifest)
        await page.get_by_role("button", name="Create", exact=True).click()
        await expect(page.get_by_role("status").first).to_have_text("CareCue is created.")
        await page.get_by_role("button", name="Install to Linden").click()
        await page.get_by_role("button", name="Generate a token").click()
        await page.get_by_role("button", name="Share #ext-acme").click()
        await expect(page.locator("#shared")).to_have_text("Ada of Acme Travel has asked something there.")
        await shoot(page, "first-app")
        (at / ".env").write_text(await page.locator("#env").inner_text() + "\n")


async def _the_commands(browser: Browser, slack: Sandbox, at: Path) -> None:
    """What stands in the terminal, up to `carecue run`."""
    lines = []
    for words in ("migrate", "doctor"):
        _, said = await carecue(at, words)
        lines += [f"$ carecue {words}", *said.splitlines(), ""]
    context = await browser.new_context(viewport={"width": TERMINAL[0], "height": TERMINAL[1]})
    page = await context.new_page()
    text = html.escape("\n".join([*lines, "$ carecue run"]).replace(slack.url, "http://127.0.0.1:8400"))
    style = "margin:0;padding:22px 26px;font:14px/1.55 monospace;background:#12282c;color:#dfe9e9;white-space:pre-wrap"
    await page.set_content(f'<pre style="{style}">{text}</pre>')
    await cut(page.locator("pre"), "first-terminal")
    await context.close()


async def _three_forms(page: Page) -> None:
    """Nia changes one thing: today is as good a day as any."""
    await expect(newest(page)).to_contain_text("Hello, I'm CareCue.", timeout=30_000)
    await shoot(page, "first-hello")
    await newest(page).get_by_role("button", name="Set up the first team").click()
    await expect(form(page)).to_contain_text("1 of 3")
    await shoot(page, "first-team")
    await form(page).get_by_role("button", name="Next").click()
    await expect(form(page)).to_contain_text("2 of 3")
    await form(page).get_by_label("When does it work?").fill("around the clock")
    await shoot(page, "first-hours")
    await form(page).get_by_role("button", name="Next").click()
    await expect(form(page)).to_contain_text("3 of 3")
    await form(page).get_by_label("Where do customers write?").select_option(label="#ext-acme")
    await shoot(page, "first-channels")
    await form(page).get_by_role("button", name="Save").click()
    await expect(form(page)).to_contain_text("It is set up")
    await form(page).get_by_text("Close", exact=True).click()
    await expect(newest(page)).to_contain_text("waits for your invitation", timeout=30_000)
    await shoot(page, "first-invite")


async def _the_invitation(page: Page) -> None:
    """Ada has been waiting for an hour: Nia hears of it a moment after the invitation."""
    await enter(page, "ext-acme")
    await _invite(page)
    await expect(page.locator(".place")).to_contain_text("has joined the channel")
    await shoot(page, "first-invited")
    await enter(page, "CareCue")
    await expect(newest(page)).to_contain_text("1 customer waits for you", timeout=60_000)
    await expect(page.locator(".place article").first).to_contain_text("I am in all of its channels", timeout=30_000)
    await shoot(page, "first-nudge")
    await act_as(page, "Ada Obi")
    await expect(page.locator(".place article")).to_have_count(1)  # her own words
    await act_as(page, "Nia Costa")


async def _invite(page: Page) -> None:
    """The first Enter takes the name that is offered."""
    box = page.locator(".place").get_by_role("textbox")
    await box.fill("/invite @CareCue")
    await box.press("Enter")
    await expect(box).to_have_value("/invite @CareCue ")
    await box.press("Enter")


async def _another_channel(page: Page) -> None:
    """A channel of which the setup says nothing: asked of who invited it, with the likely answer chosen."""
    await enter(page, "general")
    await say(page, "Good morning!")
    await _invite(page)
    await enter(page, "CareCue")
    await expect(newest(page)).to_contain_text("You brought me into #general.", timeout=30_000)
    await shoot(page, "first-question")
    await newest(page).get_by_role("button", name="That's right").click()
    await expect(newest(page)).to_contain_text("I leave #general alone")
