"""Leading by serving, as an agent and as a manager find it: each message and each form, looked at where it comes."""

from datetime import datetime, timedelta
from tempfile import TemporaryDirectory
from typing import Any

from playwright.async_api import Browser, Locator, Page, expect

from bot.demo import place
from bot.demo.place import ADA, ANA, BEGINNING, BOB, BOT, CARE, EXT_ACME, EXT_BLUEBIRD, LEE, MIA, OMAR, OURS, ZONE
from bot.demo.rounds import Week, lines, live
from bot.demo.stage import Stage, played
from bot.sandbox import Clock, Sandbox, World
from bot.sandbox.page import Page as SlackPage
from bot.store import setup
from bot.views.words import boundary as boundary_words
from jobs import people
from tests.shots.browser import LONG_PHONE, PHONE, cut, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import newest, say, way_out

IKE, JOY, KIM = "U0IKE", "U0JOY", "U0KIM"
NEW_HERE = ((IKE, "Ike Moor"), (JOY, "Joy Tan"), (KIM, "Kim Vale"))
SETUP = 'targets = { first = "30m", next = "1h" }\n' + place.CARE_FILE.replace(
    f'"{OMAR}"]', f'"{OMAR}", "{IKE}", "{JOY}", "{KIM}"]'
)

STUCK = "I do not know what to promise Ada for the 14th. Could you look with me?"
LOOKED = "I have looked: their card has expired. Tell her so, and that the seats are held."
MAP = "The seat map needs three logins before it shows a single seat"
FACTS = "Insulted me twice after I had told the new date."
STANDS = "Nobody speaks to you like that. I call her company today."
SHARED = "I answer your questions before my own mail this week."


async def leading(browser: Browser) -> None:
    """Six agents and Mia, over a few weeks."""
    with TemporaryDirectory(prefix="carecue-leading-") as folder:
        sandbox = Sandbox(World.from_dict(_world()), Clock(BEGINNING, 0))
        await sandbox.start(0, SlackPage(sandbox).routes())
        try:
            async with played(sandbox, f"sqlite:///{folder}/carecue.db") as on:
                await on.bot.deps.db.run(setup.apply, OURS, setup.read(SETUP), on.clock.now(), None)
                await people.meet_teams(on.bot.deps)
                await on.morning(0)
                for part in PARTS:
                    await part(browser, on)
        finally:
            await sandbox.stop()


async def ana_asks_for_help(browser: Browser, on: Stage) -> None:
    """From the second nudge; Mia answers in a line, and Ana reads it."""
    ts = await on.say(ADA, EXT_ACME, "The booking for the 14th fails again. Can you promise us a date?")
    await on.wait(minutes=30)
    async with window(browser, at(on, ANA, BOT), size=PHONE) as page:
        await shoot(page, "leading-nudge")
        await press(on, newest(page), "Ask for help")
        await form(page).get_by_label("What would help you?").fill(STUCK)
        await shoot(page, "leading-ask")
        await send(on, page, "Ask")
        await close(page)
        await expect(newest(page)).to_contain_text("expect word by")
        await cut(newest(page), "leading-asked")
    await on.wait(minutes=10)
    async with window(browser, at(on, MIA, BOT), size=PHONE) as page:
        await cut(newest(page), "leading-asks-mia")
        await press(on, newest(page), "I have it")
    async with window(browser, at(on, ANA, CARE), size=PHONE) as page:
        await say(page, "/care")
        await on.settle()
        await cut(newest(page), "leading-care")
    async with window(browser, at(on, MIA, BOT), size=PHONE) as page:
        await press(on, newest(page), "Answer")
        await form(page).get_by_label("What can you say or do?").fill(LOOKED)
        await shoot(page, "leading-answer")
        await send(on, page, "Send")
        await cut(newest(page), "leading-answered-mia")
    await look(browser, on, ANA, "leading-answered")
    await on.say(ANA, EXT_ACME, "Your card has expired, Ada; the seats are held until you have a new one.", ts)


async def nobody_answers_in_time(browser: Browser, on: Stage) -> None:
    """The one reminder, on the leader's clock."""
    async with window(browser, at(on, LEE, CARE)) as page:
        await say(page, "/care ask Could somebody tell me who may sign the Bluebird contract?")
        await on.settle()
    await on.wait(minutes=25)
    await look(browser, on, MIA, "leading-reminder")
    async with window(browser, f"{at(on, MIA, BOT)}&tab=home", size=LONG_PHONE) as page:
        await expect(page.locator(".home .blocks")).to_be_visible()
        await cut(page.locator(".home .blocks"), "leading-home", margin=8)
    await on.wait(minutes=20)
    await answer(on, browser, "Nia signs. I have told her that you will call.")


async def a_snag_is_shared(browser: Browser, on: Stage) -> None:
    """Lee tells it, Omar has it too, Mia says when; then it is fixed."""
    async with window(browser, at(on, LEE, CARE), size=PHONE) as page:
        await say(page, f"/care snag {MAP}")
        await on.settle()
        await cut(newest(page), "leading-snag")
    async with window(browser, at(on, OMAR, CARE), size=PHONE) as page:
        await say(page, "/care snag")
        await expect(form(page)).to_be_visible()
        await form(page).get_by_label(MAP).check()
        await shoot(page, "leading-snag-same")
        await send(on, page, "Tell")
        await shoot(page, "leading-snag-noted")
        await close(page)
    await on.wait(minutes=31)
    async with window(browser, at(on, MIA, BOT), size=PHONE) as page:
        await cut(newest(page), "leading-snag-mia")
        await press(on, newest(page), "Answer")
        await form(page).get_by_label("It will be, and I can say when").check()
        await form(page).get_by_label("In a line").fill("One login from Thursday on, says IT.")
        await shoot(page, "leading-snag-answer")
        await send(on, page, "Send")
        await cut(newest(page), "leading-snag-when")
        await press(on, newest(page), "Say what came of it")
        await form(page).get_by_label("It is fixed").check()
        await form(page).get_by_label("In a line").fill("One login is enough from today on.")
        await send(on, page, "Send")
    await look(browser, on, OMAR, "leading-snag-heard")


async def a_pulse_is_asked(browser: Browser, on: Stage) -> None:
    """On Tuesday at ten; two taps. What came of it is looked at when it is over."""
    await on.morning()
    async with window(browser, at(on, ANA, BOT), size=PHONE) as page:
        await cut(newest(page), "leading-pulse")
        await newest(page).get_by_role("button", name="Rather yes").click()
        await shoot(page, "leading-pulse-sure")
        await page.get_by_role("button", name="Send", exact=True).click()
        await on.settle()
        await expect(newest(page)).to_contain_text("Thank you.")
        await cut(newest(page), "leading-pulse-thanks")
    for user, step in ((LEE, 5), (OMAR, 4), (IKE, 2), (JOY, 5), (KIM, 4)):
        await on.press(user, on.dm(user)[-1], f"pulse.{step}")


async def ana_calls_a_boundary(browser: Browser, on: Stage) -> None:
    """From the menu of Ada's message: at once she has something to stand on. Mia decides, Ana reads it."""
    await on.say(ADA, EXT_ACME, "Are you people really too stupid to read? I will come and find you.")
    async with window(browser, at(on, ANA, EXT_ACME), size=PHONE) as page:
        await newest(page).hover()
        await newest(page).get_by_label("More actions").click()
        await page.get_by_role("menuitem", name="CareCue…").click()
        await expect(form(page)).to_be_visible()
        await shoot(page, "leading-menu")
        await form(page).get_by_role("button", name="Choose").nth(1).click()
        await form(page).get_by_label("Abusive").check()
        await form(page).get_by_label("What happened, in a line").fill(FACTS)
        await shoot(page, "leading-boundary")
        await send(on, page, "Call it")
        await expect(form(page)).to_contain_text(boundary_words.STOPPED())
        await shoot(page, "leading-boundary-hand")
        await close(page)
    await look(browser, on, ANA, "leading-boundary-kept")
    await on.wait(minutes=31)
    async with window(browser, at(on, MIA, BOT), size=PHONE) as page:
        await cut(newest(page), "leading-boundary-mia")
        await press(on, newest(page), "Decide")
        await shoot(page, "leading-boundary-decide")
        await form(page).get_by_label("I take over").check()
        await form(page).get_by_label("In a line: why").fill(STANDS)
        await send(on, page, "Send")
    await look(browser, on, ANA, "leading-boundary-word")


async def ana_is_asked_how_she_is(browser: Browser, on: Stage) -> None:
    """The next morning, in private; and whoever meets Ada next knows of it."""
    await on.morning()
    await look(browser, on, ANA, "leading-check-in", "how are you")
    ts = await on.say(ADA, EXT_ACME, "Could you send the list of seats?")
    await on.wait(minutes=25)
    async with window(browser, at(on, ANA, BOT), size=PHONE) as page:
        await way_out(page, "Hand over")
        await on.settle()
        await form(page).get_by_label("Somebody else").select_option(label="Lee Park")
        await on.settle()
        await close(page)
    await look(browser, on, LEE, "leading-next-agent", boundary_words.BEFORE_YOU())
    await on.say(LEE, EXT_ACME, "Here it is, Ada.", ts)


async def lee_is_right(browser: Browser, on: Stage) -> None:
    """By /care: the form asks which conversation it is; what Lee may decide comes first, and he may answer at once."""
    await on.say(BOB, EXT_BLUEBIRD, "Just switch the allergy check off, we never need it.")
    async with window(browser, at(on, LEE, EXT_BLUEBIRD), size=PHONE) as page:
        await say(page, "/care boundary right Wants the allergy check off. It keeps people safe.")
        await shoot(page, "leading-boundary-which")
        await form(page).get_by_label("Which conversation?").select_option(index=1)
        await send(on, page, "Call it")
        await expect(form(page)).to_contain_text(boundary_words.ANSWER_NOW())
        await shoot(page, "leading-boundary-right")
        await close(page)
        await say(page, "/care backing")
        await on.settle()
        await cut(newest(page), "leading-backing")
    async with window(browser, at(on, MIA, CARE), size=PHONE) as page:
        await say(page, "/care backing")
        await on.settle()
        await press(on, newest(page), "Change")
        await shoot(page, "leading-backing-form")
        await close(page)
    await answer(on, browser, "The check stays on for everybody. Send them to me if they insist.")
    await look(browser, on, LEE, "leading-boundary-backed")


async def mia_finds_a_prompt(browser: Browser, on: Stage) -> None:
    """On Monday at nine, for a reason that is true; she chooses it, is reminded, notes what came of it."""
    await on.until(_monday(1))
    async with window(browser, at(on, ANA, CARE), size=LONG_PHONE) as page:
        await cut(page.locator(".place article", has=page.locator(".b-header")).last, "leading-digest")
    async with window(browser, at(on, MIA, BOT), size=LONG_PHONE) as page:
        cue = page.locator(".place article", has_text="For you this week").last
        await cut(cue, "leading-prompt")
        await press(on, cue, "I'll do this")
        await form(page).get_by_label("Tell your team?").fill(SHARED)
        await shoot(page, "leading-prompt-take")
        await send(on, page, "Save")
        await expect(cue).to_contain_text("You chose this.")
        await cut(cue, "leading-prompt-taken")
    await on.until(_monday(1) + timedelta(days=2, hours=1))
    async with window(browser, at(on, MIA, BOT), size=PHONE) as page:
        await cut(newest(page), "leading-prompt-reminder")
        await press(on, newest(page), "What happened?")
        await form(page).get_by_label("Partly").check()
        await form(page).get_by_label("A note for yourself").fill("Two of three days. Lee came by with a question.")
        await shoot(page, "leading-prompt-what")
        await send(on, page, "Save")
    async with window(browser, at(on, MIA, CARE), size=PHONE) as page:
        await say(page, "/care prompt")
        await on.settle()
        await cut(newest(page), "leading-prompt-settings")
        await press(on, newest(page), "Choose prompts")
        await shoot(page, "leading-prompt-book")
        await close(page)
        await press(on, newest(page), "Add a prompt")
        await shoot(page, "leading-prompt-add")
        await close(page)


async def everybody_hears_of_the_pulse(browser: Browser, on: Stage) -> None:
    """At the same time, in the same words."""
    await on.until(datetime(2026, 3, 11, 12, 5, tzinfo=ZONE))
    async with window(browser, at(on, OMAR, CARE), size=PHONE) as page:
        await cut(newest(page), "leading-pulse-told")
        await say(page, "/care pulse")
        await on.settle()
        await cut(newest(page), "leading-pulse-page")
        await say(page, "/care help")
        await on.settle()
        await cut(newest(page), "leading-usage")


async def the_target_is_out_of_reach(browser: Browser, on: Stage) -> None:
    """After some weeks Mia is told, and changes it in one click."""
    for week in range(2, 7):
        await live(on, lines(Week(pace=45, a_day=4), _monday(week).date(), week))
    await on.until(_monday(7))
    async with window(browser, at(on, MIA, BOT), size=LONG_PHONE) as page:
        cue = page.locator(".place article", has_text="you chose").last
        await cut(cue, "leading-prompt-next")
        load = page.locator(".place article", has_text="out of reach").last
        await cut(load, "leading-reach")
    async with window(browser, at(on, MIA, BOT), size=PHONE) as page:
        change = page.locator(".place article", has_text="out of reach").last.get_by_role("button", name="Make it")
        await change.scroll_into_view_if_needed()
        await page.wait_for_timeout(300)  # until the page has found its place
        await change.click()
        await on.settle()
        await cut(newest(page), "leading-reach-taken")


PARTS = (
    ana_asks_for_help,
    nobody_answers_in_time,
    a_snag_is_shared,
    a_pulse_is_asked,
    ana_calls_a_boundary,
    ana_is_asked_how_she_is,
    lee_is_right,
    mia_finds_a_prompt,
    everybody_hears_of_the_pulse,
    the_target_is_out_of_reach,
)


def form(page: Page) -> Locator:
    return page.locator("dialog[open]")


async def press(on: Stage, message: Locator, name: str) -> None:
    await message.get_by_role("button", name=name, exact=True).click()
    await on.settle()


async def send(on: Stage, page: Page, name: str) -> None:
    """Send the open form off."""
    await form(page).get_by_role("button", name=name, exact=True).click()
    await on.settle()
    await page.wait_for_timeout(100)


async def close(page: Page) -> None:
    await page.keyboard.press("Escape")
    await expect(form(page)).to_have_count(0)


async def answer(on: Stage, browser: Browser, line: str) -> None:
    """Mia answers what she was asked last."""
    async with window(browser, at(on, MIA, BOT)) as page:
        last = page.locator(".place article", has=page.locator("button", has_text="Answer")).last
        decide = page.locator(".place article", has=page.locator("button", has_text="Decide")).last
        await press(on, *((decide, "Decide") if await decide.count() else (last, "Answer")))
        await form(page).locator("textarea").fill(line)
        await send(on, page, "Send")


async def look(browser: Browser, on: Stage, user: str, name: str, part: str = "") -> None:
    """At the newest message of CareCue's to somebody, or the newest that says this, on their phone."""
    async with window(browser, at(on, user, BOT), size=LONG_PHONE) as page:
        message = page.locator(".place article", has_text=part).last if part else newest(page)
        await cut(message, name)


def _world() -> dict[str, Any]:
    world = place.world()
    for user, name in NEW_HERE:
        first = name.split()[0]
        more = {"team_id": OURS, "name": first.lower(), "real_name": name, "display_name": first, "tz": ZONE.key}
        world["people"].append({"id": user, "title": "Care agent", "locale": "en-GB", **more})
    (care,) = [one for one in world["channels"] if one["id"] == CARE]
    care["members"] += [user for user, _ in NEW_HERE]
    return world


def _monday(week: int) -> datetime:
    """A minute after nine, so many weeks after the first one."""
    first = BEGINNING.astimezone(ZONE).replace(hour=9, minute=1)
    return first + timedelta(weeks=week)
