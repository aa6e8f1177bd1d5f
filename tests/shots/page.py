"""What the page does beside the loop: writing as in Slack, time, keys, and nothing hostile."""

import re

from playwright.async_api import Browser, expect

from bot.demo.place import ADA, ANA, EXT_ACME, GUESTS, OURS
from bot.demo.stage import Stage
from tests.shots import mrkdwn_cases
from tests.shots.browser import TABLET, window
from tests.shots.loop import at
from tests.shots.one_of_each import what_is_chosen_is_what_the_app_is_told
from tests.shots.visitor import act_as, newest, say, thread

HOSTILE = "<img src=x onerror=window.hacked=1>"


async def a_slip_is_mended(browser: Browser, on: Stage) -> None:
    """Ana mentions Ada, mends a slip and adds a reaction; Ada sees all of it."""
    async with window(browser, at(on, ADA, EXT_ACME), size=TABLET) as page:
        await say(page, "Is VAT part of the price?")
        await act_as(page, "Ana Reis")
        await page.locator(".entry", has_text="ext-acme").click()
        await newest(page).hover()
        await newest(page).get_by_label("Reply in thread").click()
        await thread(page).get_by_role("textbox").fill("Yes <really>, VAT is incluced :+1: @ad")
        await thread(page).get_by_role("option", name="Ada Obi").click()
        await thread(page).get_by_role("textbox").press("Enter")
        mine = thread(page).locator("article").last
        await expect(mine).to_contain_text("Yes <really>, VAT is incluced 👍 @Ada Obi")
        await mine.hover()
        await mine.get_by_label("React with raised_hands").click()
        await mine.get_by_label("More actions").click()
        await page.get_by_role("menuitem", name="Edit message").click()
        editor = thread(page).get_by_label("Edit message")
        await editor.fill((await editor.input_value()).replace("incluced", "included"))
        await editor.press("Enter")
        await act_as(page, "Ada Obi")
        await page.locator(".replies").last.click()
        await expect(mine).to_contain_text("VAT is included 👍 @Ada Obi(edited)")
        await expect(mine.locator(".reaction").first).to_have_text(re.compile(r"🙌\s*1"))


async def time_can_be_moved(browser: Browser, on: Stage) -> None:
    """An hour ahead, twice in a moment, and another speed."""
    async with window(browser, at(on, ANA, EXT_ACME)) as page:
        clock = page.get_by_role("region", name="Sandbox clock")
        before = on.clock.now()
        await clock.get_by_role("button", name="+1 h").dblclick()
        await expect(clock.locator("time")).to_contain_text(f"{before.hour + 2:02}:")
        await clock.get_by_role("button", name="600 times as fast").click()
        await expect(clock.locator("time")).to_contain_text(f"{before.hour + 3:02}:")
        await clock.get_by_role("button", name="Pause").click()
        await expect(clock.get_by_role("button", name="Pause")).to_have_attribute("aria-pressed", "true")


async def keys_are_enough(browser: Browser, on: Stage) -> None:
    """From message to message with the arrows, into its menu with Tab, out of a menu with Escape."""
    async with window(browser, at(on, ANA, EXT_ACME)) as page:
        await newest(page).focus()
        await page.keyboard.press("ArrowUp")
        above = page.locator(".place article").nth(-2)
        await expect(above).to_be_focused()
        picker = above.locator(".message-menu").get_by_label("Find another reaction")
        await picker.focus()
        await page.keyboard.press("Enter")
        await expect(page.get_by_role("menu")).to_be_visible()
        await page.keyboard.press("Escape")
        await expect(page.get_by_role("menu")).to_have_count(0)
        await expect(picker).to_be_focused()


async def nothing_hostile_runs(browser: Browser, on: Stage) -> None:
    """A name, a title or a message that is written as markup stays what it is: words."""
    world = on.sandbox.world
    eve = world.add_person(id="U0EVE", team_id=OURS, name="eve", real_name=HOSTILE, title=HOSTILE, is_restricted=True)
    world.invite(ANA, GUESTS, eve.id)
    world.say(eve.id, GUESTS, f"{HOSTILE} <script>window.hacked=1</script> [x](javascript:window.hacked=1)")
    async with window(browser, at(on, ANA, GUESTS)) as page:
        await expect(newest(page).locator(".author")).to_have_text(HOSTILE)
        await expect(newest(page).locator(".content")).to_contain_text("<script>window.hacked=1</script>")
        await mrkdwn_cases.check(page)
        assert await page.evaluate("window.hacked") is None


PAGE = (
    a_slip_is_mended,
    keys_are_enough,
    nothing_hostile_runs,
    what_is_chosen_is_what_the_app_is_told,
    time_can_be_moved,
)
