"""Kudos, clicked through in the demo: given in a line, from the form and on a message; kept, announced, looked at."""

from playwright.async_api import Browser, Locator, expect

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, LEE, MIA, OMAR
from bot.demo.place import KUDOS as CHANNEL
from bot.demo.stage import Stage
from tests.shots.browser import TALL, shoot, window
from tests.shots.loop import at
from tests.shots.visitor import act_as, enter, follow, newest, open_tour, reply, say, tour

STAYED = "for staying with Ada until her booking was right, and calling Acme twice"
SHOWED = "Walking over to the reception with Gita, so that her badge worked on her first morning."
TOLD = "Telling all three who had asked about it, before any of them had to ask again."
DINNER = "#customer-focus for calling Acme's driver during dinner, so that nobody stood in the rain"
PROUD = "for finding the bug in the seat map before lunch"


async def the_tour_goes_on_to_thanks(browser: Browser, on: Stage) -> None:
    """Lee thanks Ana in a line; the words stand in her messages, hers to keep, and she says thanks for them."""
    async with window(browser, at(on, LEE, CARE)) as page:
        await open_tour(page)
        await follow(page, "Lee says thanks")
        await say(page, f"/kudos @ana {STAYED}")
        await expect(newest(page)).to_contain_text("@Ana Reis will hear it from you, in private.")
        await expect(newest(page)).to_contain_text("Only visible to you")
        await newest(page).get_by_role("button", name="Add kindness").click()
        await expect(newest(page)).to_contain_text("kindness")
        await shoot(page, "kudos-command")
        await follow(page, "Ana keeps it")
        await expect(newest(page)).to_contain_text("@Lee Park thanks you.")
        await expect(newest(page)).to_contain_text("staying with Ada")
        await shoot(page, "kudos-note")
        await newest(page).get_by_role("button", name="Say thanks").click()
        await expect(newest(page)).to_contain_text("You said thanks.")
        await expect(tour(page)).to_contain_text("8 of 14")
        await act_as(page, "Lee Park")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("@Ana Reis says thanks for your kudos.")


async def mia_thanks_from_the_form(browser: Browser, on: Stage) -> None:
    """A form asks who, what and who should hear of it; this time the kudos channel does."""
    async with window(browser, at(on, MIA, CARE), size=TALL) as page:
        await say(page, "/kudos")
        form = page.get_by_role("dialog")
        await form.get_by_label("Who would you like to thank?").select_option(label="Omar Haddad")
        await form.get_by_label("What did they do?").fill(SHOWED)
        await form.get_by_label("What does it show?").select_option(label="Welcoming")
        await form.get_by_label("Also the kudos channel").check()
        await shoot(page, "kudos-form")
        await form.get_by_role("button", name="Give", exact=True).click()
        await expect(form).to_contain_text("will hear it, and so will the channel")
        await form.locator(".modal-foot button").last.click()
        await enter(page, "kudos")
        await expect(newest(page)).to_contain_text("@Mia Sand thanks @Omar Haddad.")
        await shoot(page, "kudos-announcement")


async def lee_thanks_for_a_message(browser: Browser, on: Stage) -> None:
    """*Give kudos* on what Omar wrote: he is filled in, and his note leads back to it."""
    async with window(browser, at(on, OMAR, CARE), size=TALL) as page:
        await say(page, "The seat map is back, and I have told all three who asked.")
        await act_as(page, "Lee Park")
        await newest(page).hover()
        await newest(page).get_by_label("More actions").click()
        await page.get_by_role("menuitem", name="Give kudos").click()
        form = page.get_by_role("dialog")
        await expect(form.get_by_label("Remove Omar Haddad")).to_be_visible()
        await form.get_by_label("What did they do?").fill(TOLD)
        await shoot(page, "kudos-shortcut")
        await form.get_by_role("button", name="Give", exact=True).click()
        await expect(form).to_contain_text("will hear it from you, in private")
        await form.locator(".modal-foot button").last.click()
        await act_as(page, "Omar Haddad")
        await enter(page, "CareCue")
        await newest(page).get_by_text("Open the message").click()
        await expect(page.locator(".place-head h1")).to_contain_text("care-team")


async def ana_cannot_thank_herself(browser: Browser, on: Stage) -> None:
    """A friendly no keeps her words, and leads to the form with them in it."""
    async with window(browser, at(on, ANA, CARE)) as page:
        await say(page, f"/kudos @ana #solutions {PROUD}")
        await expect(newest(page)).to_contain_text("leave yourself out")
        await shoot(page, "kudos-refusal")
        await newest(page).get_by_role("button", name="Edit").click()
        form = page.get_by_role("dialog")
        await expect(form.get_by_label("What did they do?")).to_have_value(PROUD.removeprefix("for "))
        await form.get_by_label("Remove Ana Reis").click()
        await form.get_by_label("Who would you like to thank?").select_option(label="Gita Rao")
        await form.get_by_role("button", name="Give", exact=True).click()
        await expect(form.get_by_role("alert")).to_contain_text("Leave out Gita")
        await form.get_by_role("button", name="Cancel").click()


async def ana_looks_at_what_is_hers(browser: Browser, on: Stage) -> None:
    """Her page says what she was thanked for, as stories; her settings, whether that may be announced."""
    async with window(browser, at(on, ANA, CARE)) as page:
        await say(page, "/kudos mine")
        await _shows_her_page(newest(page))
        await page.locator(".entry", has_text="CareCue").click()
        await page.get_by_role("tab", name="Home").click()
        await page.locator(".home").get_by_role("button", name="All my kudos").click()
        await _shows_her_page(page.locator(".home"))
        await shoot(page, "kudos-mine")
        await page.locator(".home").get_by_role("button", name="Settings").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Only when I say yes, each time").check()
        await form.get_by_label("Ask me whether to keep it").check()
        await shoot(page, "kudos-settings")
        await form.get_by_role("button", name="Save").click()
        await expect(form).to_contain_text("Saved.")
        await form.locator(".modal-foot button").last.click()


async def ada_thanks_ana_and_lee_had_helped(browser: Browser, on: Stage) -> None:
    """Now that Ana wants it, she is asked about a customer's thanks, and passes them on to who helped."""
    ts = await on.say(ADA, EXT_ACME, "Could you send us the contract as a PDF?")
    await on.say(ANA, EXT_ACME, "Here it is; Lee has checked every date.", ts)
    async with window(browser, at(on, ADA, EXT_ACME)) as page:
        await reply(page, "the contract as a PDF", "Thank you so much!")
        await act_as(page, "Ana Reis")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("Ada thanked you in #ext-acme.")
        await shoot(page, "kudos-customer")
        await newest(page).get_by_role("button", name="Who helped?").click()
        form = page.get_by_role("dialog")
        await form.get_by_label("Who would you like to thank?").select_option(label="Lee Park")
        await form.get_by_label("What did they do?").fill("Checking every date in the contract for Acme.")
        await form.get_by_role("button", name="Give", exact=True).click()
        await form.locator(".modal-foot button").last.click()
        await expect(newest(page)).to_contain_text("Passed on to those who helped.")


async def ana_is_asked_before_she_is_named(browser: Browser, on: Stage) -> None:
    """She wanted to be asked each time: nothing is announced until she says yes."""
    async with window(browser, at(on, LEE, CARE)) as page:
        await say(page, f"/kudos public @ana {DINNER}")
        await expect(newest(page)).to_contain_text("as far as they want that")
        await act_as(page, "Ana Reis")
        await enter(page, "CareCue")
        await expect(newest(page)).to_contain_text("May your name stand in the announcement?")
        await shoot(page, "kudos-ask")
        assert DINNER[-20:] not in str(on.sandbox.record.posts(channel=CHANNEL, by_bot=True))
        await newest(page).get_by_role("button", name="Yes, announce it").click()
        await expect(newest(page)).not_to_contain_text("May your name stand in the announcement?")
        await enter(page, "kudos")
        await expect(newest(page)).to_contain_text("@Lee Park thanks @Ana Reis.")
        await expect(newest(page)).to_contain_text("dinner")


async def mia_sees_the_team(browser: Browser, on: Stage) -> None:
    """Behaviours and no people; and for her alone, who goes without thanks."""
    async with window(browser, at(on, MIA, CARE)) as page:
        await say(page, "/kudos team")
        await expect(newest(page)).to_contain_text("What Care was thanked for")
        await expect(newest(page)).to_contain_text("Not seen lately")
        await shoot(page, "kudos-team")


KUDOS = (
    ana_cannot_thank_herself,
    ana_looks_at_what_is_hers,
    mia_sees_the_team,
    mia_thanks_from_the_form,
    lee_thanks_for_a_message,
    ada_thanks_ana_and_lee_had_helped,
    ana_is_asked_before_she_is_named,
)


async def _shows_her_page(place: Locator) -> None:
    await expect(place).to_contain_text("What you were thanked for")
    await expect(place).to_contain_text("watching over Bluebird all morning")
