"""CareCue is let into two workspaces by a browser: Slack's question, the answer, and what each then sees."""

import json

from playwright.async_api import Browser, Page, expect

from bot.demo.install_steps import greeted
from bot.demo.offices import HARBOUR, LINDEN, OWNERS, Offices, offices
from bot.demo.place import BEGINNING
from bot.deps import wall_clock
from bot.sandbox.alone import alone
from bot.slack.manifest import INSTALL, build
from handlers import DOORS
from tests.shots.browser import shoot, window
from tests.shots.visitor import newest

APPS = (1000, 1040)
CONSENT = (760, 800)
DONE = (760, 300)


async def two_workspaces_let_it_in(browser: Browser) -> None:
    """Nia of Linden, who says no at first, then Tom of Harbour, who has nothing to do with her."""
    await _its_credentials(browser)
    async with offices(BEGINNING, with_page=True) as there:
        async with window(browser, there.address + INSTALL, size=CONSENT) as page:
            await _answers(page, "Nia Costa, Linden", "Cancel")
            await expect(page.locator("h1")).to_have_text("Not installed")
        async with window(browser, there.address + INSTALL, size=CONSENT) as page:
            await expect(page.locator("h1")).to_contain_text("CareCue is requesting permission")
            await shoot(page, "install-allow")
            await _answers(page, "Nia Costa, Linden", "Allow")
            await expect(page.locator("h1")).to_have_text("CareCue is installed in Linden")
            await page.set_viewport_size({"width": DONE[0], "height": DONE[1]})
            await shoot(page, "install-done")
        async with window(browser, there.address + INSTALL, size=CONSENT) as page:
            await _answers(page, "Tom Brandt, Harbour", "Allow")
            await expect(page.locator("h1")).to_have_text("CareCue is installed in Harbour")
        await greeted(there)
        for team_id, name in ((LINDEN, "install-hello"), (HARBOUR, "install-second")):
            await _its_own_words(browser, there, team_id, name)


async def _its_credentials(browser: Browser) -> None:
    """An app for many workspaces has no button that installs it, but what stands in its .env."""
    manifest = json.dumps(build(DOORS, "http://127.0.0.1:3000", many=True), indent=2)
    async with alone(wall_clock()) as slack, window(browser, f"{slack.url}/apps", size=APPS) as page:
        await page.get_by_label("Paste what").fill(manifest)
        await page.get_by_role("button", name="Create", exact=True).click()
        await expect(page.locator("#env")).to_contain_text("CARECUE_CLIENT_SECRET=")
        await expect(page.get_by_role("button", name="Install to Linden")).to_be_hidden()
        await page.get_by_role("button", name="Open a second workspace").click()
        await expect(page.locator("#opened")).to_have_text("There is Tom, its owner.")
        await shoot(page, "install-app")


async def _answers(page: Page, who: str, button: str) -> None:
    await page.locator("#user").select_option(label=who)
    await page.get_by_role("button", name=button).click()


async def _its_own_words(browser: Browser, there: Offices, team_id: str, name: str) -> None:
    """In each workspace CareCue is a bot of its own, which greets who owns it."""
    bot = there.app(team_id).bot_user_id
    async with window(browser, f"{there.sandbox.url}/#as={OWNERS[team_id]}&at={bot}", size=(1080, 620)) as page:
        await expect(newest(page)).to_contain_text("Hello, I'm CareCue.")
        await expect(page.locator(".place-head h1")).to_have_text("CareCue")
        await shoot(page, name)
