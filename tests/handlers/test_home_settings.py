"""What opens from the Home tab: settings, hours, and what is kept."""

from typing import Any

from bot.demo.place import ANA, LEE, MIA, NIA, OURS
from bot.domain.weekly import Weekly
from bot.store import digest_choices
from bot.views import home as views
from bot.views import home_digest, kudos_pages
from bot.views import kudos_form as forms
from tests.handlers.office import CARE_FILE
from tests.handlers.test_home import texts
from tests.handlers.thanking import Thanking

Json = dict[str, Any]


async def open_from_home(team: Thanking, user: str, action_id: str) -> Json:
    """A button of the Home opens something; what that shows."""
    view = await team.home(user)
    await team.sandbox.press_view(user, view["id"], action_id)
    await team.settle()
    return team.form(user)


async def test_settings_open_from_the_home(team: Thanking) -> None:
    assert (await open_from_home(team, LEE, kudos_pages.SETTINGS))["callback_id"] == forms.SETTINGS_FORM


async def test_my_hours_are_my_teams_and_say_who_can_change_them(team: Thanking) -> None:
    closed = 'country = "PT"\ndays_off = ["2026-03-09", "2026-03-14"]\nhome'
    await team.set_up(f'admins = ["{NIA}"]\n{CARE_FILE}'.replace("home", closed, 1))
    text = texts(await open_from_home(team, LEE, views.HOURS))
    assert "Monday to Friday: 09:00–17:00" in text
    assert "Saturday to Sunday: closed" in text
    assert "by the clock of Europe/Lisbon" in text
    assert f"<@{NIA}> can change" in text
    assert "Next days off: Monday 9 Mar, Friday 3 Apr" in text  # 14 March is a Saturday, on which nobody works anyway


def chosen(team: Thanking, user: str) -> digest_choices.Choice:
    with team.bot.deps.db.begin() as tx:
        return digest_choices.get(tx, OURS, user)


async def choose(team: Thanking, user: str, what: list[str], day: str, at: str) -> None:
    form = team.form(user)
    values = {home_digest.WHAT: what, home_digest.DAY: day, home_digest.TIME: at}
    assert (await team.sandbox.submit(user, form["id"], values)).ok
    await team.settle()


async def test_what_comes_once_a_week_is_chosen_in_the_home(team: Thanking) -> None:
    form = await open_from_home(team, ANA, views.DIGEST)
    assert "teams I lead" not in texts(form)
    await choose(team, ANA, [home_digest.MINE], "4", "16:30")
    assert chosen(team, ANA) == digest_choices.Choice(mine=True, hour=Weekly(4, 16 * 60 + 30))


async def test_who_leaves_the_hour_as_it_is_goes_on_with_the_team(team: Thanking) -> None:
    """Mia lives an hour east of the team, and sees the team's hour on her own clock."""
    team.sandbox.world.change_person(MIA, tz="Europe/Berlin")
    await team.settle()
    form = await open_from_home(team, MIA, views.DIGEST)
    assert "teams I lead" in texts(form)
    assert '"initial_time": "10:00"' in texts(form)
    await choose(team, MIA, [], "0", "10:00")
    assert chosen(team, MIA) == digest_choices.Choice(mine=False, managers=False, hour=None)
