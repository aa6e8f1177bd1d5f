"""What agents may decide without asking: read by the team, written by who leads it."""

import pytest

from bot.demo.place import ANA, GENERAL, GITA, LEE, MIA, NIA, OURS
from bot.domain.roles import Role
from bot.views import backing as views
from bot.views import boundary as boundary_views
from bot.views.words import backing as words
from bot.views.words import common
from bot.views.words.roles import not_for_you
from tests.handlers.calling import LED, Calling
from tests.handlers.office import Office, all_text, buttons, on_both_databases

LINES = "• Refund up to 100 € when the mistake was ours\nSay no to a date that cannot be kept"


@pytest.fixture
async def office(office: Office) -> Calling:
    calling = Calling(office.sandbox, office.clock, office.bot)
    await calling.set_up(LED)
    return calling


async def opens(office: Calling, user: str) -> None:
    """Somebody has asked for the page, and presses *Change*."""
    await office.typed(user, "backing")
    page = office.sandbox.record.ephemerals(user)[-1]
    await office.sandbox.press(user, page.channel, page.ts, views.CHANGE)
    await office.settle()


async def saves(office: Calling, user: str, typed: str) -> object:
    """The form is sent off."""
    outcome = await office.sandbox.submit(user, office.form(user)["id"], {views.LINES: typed})
    await office.settle()
    return outcome.ok or outcome.errors


@on_both_databases
async def test_a_manager_writes_it_and_the_next_call_shows_it(office: Calling) -> None:
    assert words.NOTHING() in await office.typed(ANA, "backing")
    await opens(office, MIA)
    assert await saves(office, MIA, LINES) is True
    assert "• Refund up to 100 €" in all_text(office.form(MIA) | {"text": ""})
    told = await office.typed(ANA, "backing")
    assert "• Say no to a date that cannot be kept" in told
    assert words.NOTE() in told
    await office.typed(ANA, "boundary")
    await office.sends(ANA, "right", which=boundary_views.NONE)
    assert "• Refund up to 100 € when the mistake was ours" in all_text(office.hand())


async def test_only_who_leads_may_change_it(office: Calling) -> None:
    await office.typed(ANA, "backing")
    page = office.sandbox.record.ephemerals(ANA)[-1].message
    assert buttons(page) == []
    await opens(office, MIA)
    await office.set_up(LED.replace(f'managers = ["{MIA}"]', f'managers = ["{LEE}"]', 1))
    assert await saves(office, MIA, LINES) == {views.LINES: not_for_you(Role.MANAGER, ["Nia"])}
    workspace = await office.bot.deps.db.run(office.bot.deps.workspaces.get, OURS, office.clock.now())
    assert workspace
    assert [team.backing for team in workspace.setup.teams] == [(), ()]


async def test_what_is_too_long_or_too_much_comes_back_to_be_shortened(office: Calling) -> None:
    await opens(office, MIA)
    assert await saves(office, MIA, "x" * 201) == {views.LINES: words.too_long("x" * 201, 200)}
    assert await saves(office, MIA, "\n".join(map(str, range(16)))) == {views.LINES: words.too_many(15)}


async def test_nothing_typed_there_rings_anybody(office: Calling) -> None:
    await opens(office, MIA)
    await saves(office, MIA, "<!channel> <@U0ANA> & *all*")
    assert "&lt;!channel&gt; &lt;@U0ANA&gt; &amp; *all*" in await office.typed(ANA, "backing")


async def test_an_admin_sees_every_teams_and_a_guest_no_door(office: Calling) -> None:
    """Also one that the setup does not name, since the workspace does."""
    await office.set_up(LED.replace(f'managers = ["{NIA}"]\n', ""))
    page = await office.typed(NIA, "backing", GENERAL)
    assert [name in page for name in ("Care", "Leads")] == [True, True]
    await office.set_up("")
    assert words.NO_TEAM() in await office.typed(NIA, "backing", GENERAL)
    assert await office.forged_command(GITA, "backing") == common.OUTSIDERS()
