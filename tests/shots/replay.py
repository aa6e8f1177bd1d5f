"""The page of a replay, as it is shown around: on a desk and on a phone, by day and by night."""

from datetime import time, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory

from playwright.async_api import Browser, Page, expect

from bot.domain.hours import Week
from bot.domain.setup import Targets
from bot.replay import Options, page, replay
from tests.shots import past
from tests.shots.browser import cut, shoot, window

NINE_TO_SIX = Week(past.ZONE.key, (((time(9), time(18)),),) * 5 + ((), ()))
TARGETS = tuple(Targets(timedelta(minutes=m), timedelta(minutes=2 * m)) for m in (60, 30, 120))
URL = "https://linden.slack.com"

TOP = (1280, 1230)  # down to the weeks
PHONE_TOP = (390, 1240)
CUT = (1080, 1700)

HOURS, BUSY, NEVER, NUDGES = 2, 3, 4, 5  # sections, in order


async def a_past_is_replayed(browser: Browser) -> None:
    """Twelve weeks with three targets: nothing is loaded, nothing is wider than the window, by day and by night."""
    with TemporaryDirectory(prefix="carecue-past-") as folder:
        page_at = _drawn(Path(folder)).as_uri()
        for name, size in (("replay", TOP), ("replay-phone", PHONE_TOP)):
            for dark in (False, True):
                async with window(browser, page_at, size=size, dark=dark) as shown:
                    await _can_be_shown(shown, size[0])
                    await shoot(shown, f"{name}-dark" if dark else name)
        async with window(browser, page_at, size=CUT) as shown:
            for number, name in ((HOURS, "hours"), (BUSY, "busy"), (NEVER, "never"), (NUDGES, "nudges")):
                await cut(shown.locator("section").nth(number), f"replay-{name}", 8)


def _drawn(folder: Path) -> Path:
    past.write(folder)
    options = Options(NINE_TO_SIX, TARGETS[0], None, TARGETS[1:], URL)
    result = replay(folder, options, lambda _done, _total: None)
    file = folder / "report.html"
    file.write_text(page.draw(result, page.of_export("linden.zip", options)), "utf-8")
    return file


async def _can_be_shown(shown: Page, width: int) -> None:
    await expect(shown.get_by_role("heading", level=1)).to_have_text("Who waited, and what CareCue would have done")
    await expect(shown.get_by_role("heading", level=2)).to_have_count(8)
    assert await shown.evaluate("document.documentElement.scrollWidth") <= width
    assert await shown.evaluate("performance.getEntriesByType('resource').length") == 0
    scrolled = "[...document.querySelectorAll('.scroll')].filter(one => one.scrollWidth > one.clientWidth).length"
    assert await shown.evaluate(scrolled) == 0, "a table is wider than its place"
