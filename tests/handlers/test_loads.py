"""Who has a customer: handed over, covered, and taken off somebody with too much in two clicks."""

from typing import Any

import pytest

from bot.demo.listed import choose, line, lists, press_in_form, the_line, the_list
from bot.demo.place import ADA, ANA, EXT_ACME, LEE, MIA, OMAR
from bot.domain.roles import Role
from bot.sandbox.acts import Outcome
from bot.views import loads as views
from bot.views import ways_out
from bot.views.living_list import Way
from bot.views.words import loads as words
from bot.views.words.roles import not_for_you
from tests.handlers.office import CARE_FILE, Office, all_text, buttons, is_about, on_both_databases

Json = dict[str, Any]
TWO_ARE_FAIR = CARE_FILE.replace('name = "Care"\n', 'name = "Care"\nload = 2\n')


class Busy(Office):
    """Two are fair, and three ask Ana."""

    async def asked_thrice(self) -> list[str]:
        await self.set_up(TWO_ARE_FAIR)
        asked = [f"Question {number}: where is the form?" for number in range(3)]
        found = []
        for text in asked:
            found.append(await self.say(ADA, EXT_ACME, text))
            await self.wait(minutes=6)
        return found

    async def begin(self) -> Json:
        """Mia presses *Take off…*: the form."""
        (shown,) = lists(self, MIA)
        await self.press(MIA, shown, views.TAKE_OFF)
        return self.sandbox.record.views(MIA)[-1].view

    async def send(self, form: Json, ticked: list[str], to: str = "any") -> Outcome:
        outcome = await self.sandbox.submit(MIA, form["id"], {views.WHICH: ticked, views.WHO: to})
        await self.settle()
        return outcome


@pytest.fixture
async def office(office: Office) -> Busy:
    return Busy(office.sandbox, office.clock, office.bot)


def options(form: Json, name: str) -> list[Json]:
    (found,) = [block["element"]["options"] for block in form["blocks"] if block["block_id"] == name]
    return list(found)


def values(form: Json, name: str) -> list[str]:
    return [option["value"] for option in options(form, name)]


async def test_handing_over_to_somebody_absent_says_until_when_and_who_is_there(office: Busy) -> None:
    """Lee is paused until tomorrow: the form stays, and Omar takes it with one press more."""
    await office.command(LEE, "pause until tomorrow 10am")
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    await choose(office, ANA, ts, Way.HAND_OVER)
    form = office.sandbox.windows.top(ANA)
    assert form is not None
    await office.sandbox.press_view(ANA, form.id, ways_out.HAND_TO_OTHER, LEE)
    await office.settle()
    told = str(office.sandbox.windows.top(ANA))
    assert "Lee is away until Tuesday 3 Mar, 10:00. On duty now: Omar." in told
    assert office.owner(ts) == ANA
    await press_in_form(office, ANA, ways_out.HAND_TO, OMAR)
    assert office.owner(ts) == OMAR


async def test_who_goes_away_hears_nothing_more_and_their_cover_hears_why(office: Busy) -> None:
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    await office.command(ANA, "pause until tomorrow")
    await office.settle()
    (cover,) = [user for user in (LEE, OMAR) if line(office, user, ts)]
    assert f"<@{ANA}> is away until" in the_line(office, cover, ts).text
    assert line(office, ANA, ts) is None
    assert f"has it in the place of <@{ANA}>" in await office.command(cover, f"why {link(ts)}")


def link(ts: str) -> str:
    """As Slack copies it."""
    return f"https://linden.slack.com/archives/{EXT_ACME}/p{ts.replace('.', '')}"


@on_both_databases
async def test_the_managers_list_says_who_has_too_much(office: Busy) -> None:
    await office.asked_thrice()
    assert words.too_much(f"<@{ANA}>", 3, 2) in all_text(the_list(office, MIA))
    assert not lists(office, ANA)
    assert not lists(office, LEE)


@on_both_databases
async def test_what_is_ticked_goes_to_who_was_picked_and_the_line_goes(office: Busy) -> None:
    asked = await office.asked_thrice()
    form = await office.begin()
    first, *_ = values(form, views.WHICH)
    await office.send(form, [first], LEE)
    assert words.taken_off(f"<@{ANA}>", [(f"<@{LEE}>", 1)]) in str(office.sandbox.record.views(MIA)[-1].view)
    assert [office.owner(ts) for ts in asked] == [LEE, ANA, ANA]
    assert is_about(the_list(office, LEE), asked[0])
    assert words.TAKE_OFF() not in str(the_list(office, MIA))


async def test_the_form_shows_the_longest_wait_first_and_who_is_on_duty(office: Busy) -> None:
    await office.asked_thrice()
    form = await office.begin()
    waited = [option["text"]["text"].rpartition("waiting ")[2] for option in options(form, views.WHICH)]
    assert waited == ["18 minutes", "12 minutes", "6 minutes"]
    assert values(form, views.WHO)[0] == "any"
    assert set(values(form, views.WHO)[1:]) == {LEE, OMAR}


async def test_without_a_name_it_is_shared_by_who_has_least(office: Busy) -> None:
    asked = await office.asked_thrice()
    form = await office.begin()
    await office.send(form, values(form, views.WHICH)[:2])
    assert {office.owner(ts) for ts in asked[:2]} == {LEE, OMAR}


async def test_nothing_ticked_is_asked_for(office: Busy) -> None:
    await office.asked_thrice()
    outcome = await office.send(await office.begin(), [])
    assert outcome.errors == {views.WHICH: words.PICK_SOME()}


async def test_a_form_that_comes_too_late_says_so(office: Busy) -> None:
    asked = await office.asked_thrice()
    form = await office.begin()
    ticked = values(form, views.WHICH)[:1]
    await office.say(ANA, EXT_ACME, "Under Billing.", asked[0])
    assert (await office.send(form, ticked)).errors == {views.WHICH: words.NOTHING_MOVED()}


async def test_nobody_but_those_who_lead_can_press_it(office: Busy) -> None:
    await office.asked_thrice()
    (shown,) = lists(office, MIA)
    channel = office.sandbox.world.direct(MIA, "U0CARECUE").id
    await office.forged_press(LEE, channel, shown, views.TAKE_OFF, ANA)
    assert office.told(LEE) == not_for_you(Role.MANAGER, ["Mia"])
    assert office.sandbox.record.views(LEE) == []


async def test_it_is_over_when_ana_has_caught_up(office: Busy) -> None:
    asked = await office.asked_thrice()
    await office.say(ANA, EXT_ACME, "Under Billing.", asked[0])
    await office.wait(minutes=6)
    assert views.TAKE_OFF not in buttons(the_list(office, MIA))
    assert words.TAKE_OFF() not in str(the_list(office, MIA))
