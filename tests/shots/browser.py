"""Headless Chromium: any on PATH, or the one that CHROMIUM names."""

import os
import shutil
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

from playwright.async_api import Browser, ConsoleMessage, Locator, Page, ViewportSize, async_playwright

SHOTS = Path(__file__).parents[2] / "docs" / "shots"
BYTES_MAX = 180_000
DESKTOP = (1280, 660)
TABLET = (1080, 620)
TALL = (1080, 780)
LONG = (1080, 1700)  # for what is cut out of it
PHONE = (390, 780)
LONG_PHONE = (390, 1700)

_ARGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--no-first-run",
)
_NAMES = ("chromium", "chromium-browser", "google-chrome")


def executable() -> str:
    """Raises SystemExit with what to do where there is no Chromium."""
    named = os.environ.get("CHROMIUM")  # noqa: TID251 - a tool of the tests, not a setting of the bot
    found = named or next(filter(None, map(shutil.which, _NAMES)), None)
    if not found:
        raise SystemExit("make shots needs Chromium: install it (Debian: apt-get install chromium) or set CHROMIUM.")
    return found


@asynccontextmanager
async def chromium() -> AsyncIterator[Browser]:
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=executable(), args=list(_ARGS))
        yield browser
        await browser.close()


@asynccontextmanager
async def window(
    browser: Browser, url: str, *, size: tuple[int, int] = DESKTOP, dark: bool = False
) -> AsyncIterator[Page]:
    """A fresh window at the page. Any error of a script, and anything on its console, fails the check."""
    viewport: ViewportSize = {"width": size[0], "height": size[1]}
    context = await browser.new_context(viewport=viewport, locale="en-GB", color_scheme="dark" if dark else "light")
    context.set_default_timeout(15_000)
    page = await context.new_page()
    complaints: list[str] = []
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.on("console", lambda message: _complain(complaints, message))
    await page.goto(url)
    await page.wait_for_selector(".page")
    yield page
    await context.close()
    assert not complaints, complaints


def _complain(complaints: list[str], message: ConsoleMessage) -> None:
    if message.type in ("error", "warning"):
        complaints.append(message.text)


async def shoot(page: Page, name: str) -> None:
    """A picture of what the window shows."""
    await page.evaluate("document.activeElement?.blur()")
    await _keep(page, name)


async def cut(part: Locator, name: str, margin: int = 0) -> None:
    """A picture of one part of the page."""
    await part.page.evaluate("document.activeElement?.blur()")
    await part.scroll_into_view_if_needed()
    await part.page.wait_for_timeout(200)
    box = await part.bounding_box()
    assert box is not None
    corner = {side: box[side] - margin for side in ("x", "y")}
    size = {side: box[side] + 2 * margin for side in ("width", "height")}
    await _keep(part.page, name, corner | size)


async def _keep(page: Page, name: str, clip: Any = None) -> None:
    await page.mouse.move(2, 2)
    await page.wait_for_timeout(200)  # let what just rose stand still
    SHOTS.mkdir(parents=True, exist_ok=True)
    path = SHOTS / f"{name}.png"
    await page.screenshot(path=path, clip=clip)
    size = path.stat().st_size
    assert size < BYTES_MAX, f"{path.name} has {size} bytes"
    print(f"docs/shots/{path.name}  {size // 1024} KB")
