"""The weekly prompt through commands and the Home tab."""

from typing import Any

import pytest

from bot.demo.place import ANA, MIA
from bot.domain.roles import Role
from bot.views import prompt_forms as forms
from bot.views import prompts as views
from bot.views.words import prompts as words
from bot.views.words.roles import not_for_you
from jobs import people
from tests.handlers.office import Office
from tests.handlers.thanking import Thanking
from tests.jobs.weeks import week
from tests.views.reading import plainly

Json = dict[str, Any]

both_ways = pytest.mark.parametrize("way", ["socket-sqlite", "http-postgresql"])


async def said(office: Office, typed: str, user: str = MIA) -> str:
    return plainly(await office.command(user, f"prompt {typed}".strip()))


@both_ways
async def test_it_says_when_it_comes_and_lets_that_be_changed(office: Office) -> None:
    await people.meet_teams(office.bot.deps)
    await office.settle()
    assert "next on 2026-03-09 09:00 UTC" in await said(office, "")
    assert "next on 2026-03-10 08:30 UTC" in await said(office, "hour tue 8:30")
    assert "next on 2026-03-10 15:00 UTC" in await said(office, "3pm")
    assert "No weekly prompt comes to you." in await said(office, "off")
    assert "No weekly prompt comes to you." in await said(office, "")
    assert "next on 2026-03-10 15:00 UTC" in await said(office, "on")


async def test_who_leads_nobody_is_told_so_and_a_slip_gets_the_usage(office: Office) -> None:
    assert not_for_you(Role.MANAGER, ["Mia"]) in await said(office, "", ANA)
    assert words.USAGE() in await said(office, "coffee")


@both_ways
async def test_the_home_of_who_leads_shows_it_and_takes_it_up(team: Thanking) -> None:
    await people.meet_teams(team.bot.deps)
    await week(team)
    home = await team.home(MIA)
    assert words.FOR_YOU() in str(home["blocks"])
    await team.sandbox.press_view(MIA, home["id"], views.PASS)
    await team.settle()
    home = team.sandbox.record.views(MIA)[-1].view
    assert words.PASSED() in str(home["blocks"])
    await team.sandbox.press_view(MIA, home["id"], views.TAKE)
    await team.settle()
    form = team.sandbox.windows.top(MIA)
    assert form
    assert form.stated["callback_id"] == forms.TAKE_FORM
    assert (await team.sandbox.submit(MIA, form.id, {forms.DAY: None})).ok
    await team.settle()
    home = await team.home(MIA)
    assert words.TAKEN() in str(home["blocks"])
    assert words.FOR_YOU() not in str((await team.home(ANA))["blocks"])
