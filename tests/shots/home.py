"""The week's page and the Home, clicked through in the demo: looked at beforehand, chosen, opened by everybody."""

from playwright.async_api import Browser, Page, expect

from bot.demo.place import ANA, BOT, CARE, GITA, MIA, NIA
from bot.demo.stage import Stage
from tests.shots.browser import TALL, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import follow, newest, open_tour, say, tour


async def the_tour_goes_on_at_home(browser: Browser, on: Stage) -> None:
    """Mia looks at the page that would come now, then finds everything in her Home, and chooses there."""
    async with window(browser, at(on, MIA, CARE)) as page:
        await open_tour(page)
        await follow(page, "A page for the team")
        await say(page, "/care digest now")
        await expect(newest(page)).to_contain_text("Only visible to you")
        await expect(newest(page)).to_contain_text("Our week")
        await expect(newest(page)).to_contain_text("The team's load")
        await follow(page, "All in one place")
        home = page.locator(".home")
        await expect(home).to_contain_text("Team Care")
        await shoot(page, "home-tour")
        await home.get_by_role("button", name="Weekly digest").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("My own week").check()
        await shoot(page, "home-digest")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("Saved")
        await page.keyboard.press("Escape")
        await expect(tour(page)).to_contain_text("10 of 14")


async def the_tour_ends_with_those_who_lead(browser: Browser, on: Stage) -> None:
    """Ana asks and Mia owes word; a boundary is called where Ada sees nothing of it; Mia takes up her prompt."""
    async with window(browser, at(on, ANA, CARE)) as page:
        await open_tour(page)
        await follow(page, "Ana asks for help")
        await say(page, "/care ask Could you look over my reply to Ada with me?")
        await expect(newest(page)).to_contain_text("expect word by")
        await follow(page, "Mia answers her")
        await expect(newest(page)).to_contain_text("asks for your help")
        await newest(page).get_by_role("button", name="Answer").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("What can you say or do?").fill("With pleasure, at three.")
        await form.get_by_role("button", name="Send").click()
        await expect(newest(page)).to_contain_text("You answered")
        await follow(page, "A customer goes too far")
        theirs = page.locator(".place article", has_text="Ada").last
        await theirs.hover()
        await theirs.get_by_label("More actions").click()
        await page.get_by_role("menuitem", name="CareCue…").click()
        await form.get_by_role("button", name="Choose").nth(1).click()
        await form.get_by_label("Abusive").check()
        await form.get_by_label("What happened, in a line").fill("An insult.")
        await form.get_by_role("button", name="Call it").click()
        await expect(form).to_contain_text("knows of it; expect word by")
        await form.get_by_role("button", name="Close").last.click()
        await follow(page, "One small act a week")
        cue = page.locator(".place article", has_text="For you this week").last
        await cue.get_by_role("button", name="I'll do this").click()
        await form.get_by_role("button", name="Save").click()
        await expect(cue).to_contain_text("You chose this.")
        await expect(tour(page)).to_contain_text("14 of 14")


async def everybody_presses_everything(browser: Browser, on: Stage) -> None:
    """Each button of each Home answers: with a form, or with another page and the way back."""
    for user in (ANA, MIA, NIA):
        async with window(browser, f"{at(on, user, BOT)}&tab=home", size=TALL) as page:
            await expect(page.locator(".home .blocks")).to_be_visible()
            await page.wait_for_timeout(1000)  # until it is drawn anew: what stood there may be over
            for name in await page.locator(".home button").all_inner_texts():
                await _press(page, name)
    async with window(browser, f"{at(on, GITA, BOT)}&tab=home", size=TALL) as page:
        await expect(page.locator(".home")).to_contain_text("nothing you need to do here")
        await expect(page.locator(".home button")).to_have_count(0)


async def _press(page: Page, name: str) -> None:
    await page.locator(".home").get_by_role("button", name=name, exact=True).click()
    form, back = page.get_by_role("dialog"), page.locator(".home").get_by_role("button", name="Back")
    await expect(form.or_(back)).to_be_visible()
    if await back.count():
        await back.click()
        await expect(back).to_have_count(0)
    else:
        await page.keyboard.press("Escape")
        await expect(form).to_have_count(0)


HOME = (the_tour_goes_on_at_home, the_tour_ends_with_those_who_lead, everybody_presses_everything)
