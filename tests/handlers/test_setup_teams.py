"""A team set up in Slack: its page, its forms, who may change it, and what the customers who wait notice of that."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from bot.demo.place import ADA, ANA, CARE, EXT_ACME, GENERAL, KUDOS, LEE, MIA, NIA, OMAR, OURS
from bot.domain.hours import OFFICE
from bot.domain.setup import Step, Targets, Team
from bot.domain.weekly import Weekly
from bot.sandbox import payloads
from bot.sandbox.elements import Placed, find
from bot.sandbox.faults import Fault
from bot.store import setup
from bot.views import setup_forms
from bot.views import setup_team as views
from bot.views import setup_team_forms as forms
from bot.views.setup_team_fields import named
from bot.views.setup_team_forms import Topic
from bot.views.words import setup_effect as effect_words
from bot.views.words import setup_team as words
from tests.handlers.office import CARE_FILE, Office, on_both_databases
from tests.handlers.setting_up import SettingUp

NIGHT_FILE = f'{CARE_FILE}\n[team.night]\nname = "Night"\nagents = ["{LEE}"]\nmanagers = ["{LEE}"]\n'


class Teams(SettingUp):
    """Verbs for a team's page."""

    async def sees(self, key: str = "care", by: str = NIA) -> str:
        """Somebody goes to the page of a team; all that it says."""
        await self.begins(by, views.name(key))
        return self.reads(by)

    async def changes(self, topic: Topic, by: str = NIA, key: str = "care", **values: Any) -> str:
        """From the page to a form and through to *Save*; what the effect had said."""
        await self.sees(key, by)
        await self.presses(views.CHANGE, f"{topic}:{key}", by)
        outcome = await self.sends(by, **values)
        assert outcome.ok, outcome
        effect = self.reads(by)
        await self.saves(by)
        return effect

    async def errors(self, topic: Topic, **values: Any) -> Mapping[str, str]:
        """What is said beside which field."""
        await self.sees()
        await self.presses(views.CHANGE, f"{topic}:care")
        outcome = await self.sends(**values)
        assert not outcome.ok
        return outcome.errors

    async def forges(self, by: str, action_id: str, value: str, as_if: str = "") -> None:
        """A button of what somebody looks at is pressed with a value that it does not have, or as another one."""
        view = self.sandbox.windows.top(by)
        assert view
        one = find(view.blocks, action_id, None)
        forged = Placed(one.block, one.element | {"value": value, "action_id": as_if or action_id})
        payload = payloads.view_press(self.sandbox, self.sandbox.world.person(by), view, forged, {})
        await self.sandbox.deliveries.ask("interactive", payload, takes_answer=False)
        await self.settle()

    def team(self, key: str = "care") -> Team:
        """As it is set up now."""
        team = self.setup().team(key)
        assert team is not None
        return team


@pytest.fixture
async def office(office: Office) -> Teams:
    return Teams(office.sandbox, office.clock, office.bot)


# -- the page ------------------------------------------------------------------------------------------------------


async def test_a_teams_page_says_how_it_stands(office: Teams) -> None:
    text = await office.sees()
    assert f"Agents: <@{ANA}>, <@{LEE}>, <@{OMAR}>" in text
    assert f"Managers: <@{MIA}>" in text
    assert "Monday to Friday: 09:00–17:00" in text
    assert f"Its own channel: <#{CARE}>" in text
    assert "6 pings a person and day at most" in text


async def test_every_form_opens_over_the_page_and_changes_nothing_by_itself(office: Teams) -> None:
    before = office.exported()
    for topic in Topic:
        await office.sees()
        await office.presses(views.CHANGE, f"{topic}:care")
        assert office.looks_at()["callback_id"] == forms.callback(topic)
        assert (await office.sends()).ok
        assert effect_words.NOTHING() in office.reads()
    assert office.exported() == before


# -- each form, through to what then holds -------------------------------------------------------------------------


@on_both_databases
async def test_who_leaves_the_team_has_nobody_waiting_any_more(office: Teams) -> None:
    await office.set_up(CARE_FILE.replace(f'owner = "{ANA}"', "").replace("home", f'rota = ["{ANA}"]\nhome', 1))
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    assert office.owner(ts) == ANA
    effect = await office.changes(Topic.PEOPLE, agents=[LEE, OMAR], name="Care team")
    assert f"agent <@{ANA}> removed" in effect
    assert "name is now Care team" in effect
    assert "1 open wait moves" in effect
    assert office.owner(ts) != ANA
    assert office.team().agents == (LEE, OMAR)


async def test_a_user_group_can_be_an_agent(office: Teams) -> None:
    group = office.sandbox.world.add_group("night-shift", "Night shift", [OMAR]).id
    await office.changes(Topic.PEOPLE, agents=[ANA], agents__groups=[group])
    assert office.team().agents == (ANA, group)
    assert f"<!subteam^{group}>" in await office.sees()


async def test_what_a_new_user_group_does_is_reckoned_with_who_is_in_it(office: Teams) -> None:
    """Nobody has named the group before, so who is in it is asked as the form is sent off."""
    bare = CARE_FILE.replace(f'owner = "{ANA}"', "").replace("home", f'rota = ["{ANA}"]\nhome', 1)
    await office.set_up(bare)
    group = office.sandbox.world.add_group("night-shift", "Night shift", [OMAR]).id
    ts = await office.say(ADA, EXT_ACME, "Where is the form?")
    await office.wait(minutes=46)
    effect = await office.changes(Topic.PEOPLE, agents=[], agents__groups=[group], managers=[])
    assert "1 open wait moves" in effect
    assert office.owner(ts) != ANA
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, office.clock.now())
    assert workspace
    assert workspace.people(office.team().agents) == (OMAR,)


async def test_a_group_of_a_change_that_nobody_saved_is_asked_for_again(office: Teams) -> None:
    """Until the setup names it nobody follows who comes and goes there."""
    group = office.sandbox.world.add_group("night-shift", "Night shift", [OMAR])
    await office.sees()
    await office.presses(views.CHANGE, f"{Topic.PEOPLE}:care")
    await office.sends(agents__groups=[group.id])
    await office.closes()
    group.users[:] = [LEE]
    await office.changes(Topic.PEOPLE, agents=[ANA], agents__groups=[group.id])
    with office.bot.deps.db.begin() as tx:
        workspace = office.bot.deps.workspaces.get(tx, OURS, office.clock.now())
    assert workspace
    assert workspace.people(office.team().agents) == (ANA, LEE)


async def test_the_form_opens_without_user_groups_where_slack_does_not_say_them(office: Teams) -> None:
    office.sandbox.faults.add(Fault("error", method="usergroups.list", error="missing_scope"))
    await office.changes(Topic.PEOPLE, name="Care team")
    assert office.team().name == "Care team"


async def test_who_takes_turns(office: Teams) -> None:
    await office.changes(Topic.ROTA, rota=[OMAR, ANA])
    assert office.team().rota == (OMAR, ANA)
    await office.changes(Topic.PEOPLE, agents=[ANA, LEE])
    assert office.team().rota == (ANA,)


@on_both_databases
async def test_other_hours_move_who_waits(office: Teams) -> None:
    """It is ten: with hours from eleven on the clock of a wait stands still until then."""
    await office.say(ADA, EXT_ACME, "Where is the form?")
    effect = await office.changes(
        Topic.HOURS, hours="mon-thu 11:00-17:00\nfri 11:00-15:00", country="PT", days_off="2026-12-24"
    )
    assert "1 open wait moves" in effect
    team = office.team()
    assert (team.country, team.days_off) == ("PT", (date(2026, 12, 24),))
    assert team.week.days[4] != OFFICE.days[4]


async def test_a_region_that_is_none_is_told_beside_it(office: Teams) -> None:
    errors = await office.errors(Topic.HOURS, country="DE", region="XX")
    assert "`XX` is not a region of `DE`" in errors[named("region")]


async def test_what_was_typed_stays_when_something_is_wrong(office: Teams) -> None:
    errors = await office.errors(Topic.HOURS, hours="mon to fri all day", region="", days_off="tomorrow")
    assert set(errors) == {named("hours"), named("days_off")}
    assert "mon to fri all day" in str(office.looks_at()["state"])


async def test_targets_and_a_ladder_of_its_own(office: Teams) -> None:
    effect = await office.changes(
        Topic.TARGETS, targets__first="20m", targets__next="40m", ladder__which="own", ladder="80 owner\n150 manager"
    )
    assert "targets is now first 20m, next 40m" in effect
    assert office.team().targets == Targets(timedelta(minutes=20), timedelta(minutes=40))
    assert office.team().ladder == (Step(80, "owner", "reply"), Step(150, "manager", "how_help"))
    assert "2 steps of its own" in await office.sees()


async def test_steps_that_lead_to_nobody_are_told_beside_what_made_them_so(office: Teams) -> None:
    errors = await office.errors(Topic.TARGETS, ladder__which="own", ladder="90 owner\n80 owner")
    assert "put them in order" in errors[named("ladder")]
    await office.changes(Topic.TARGETS, ladder__which="own", ladder="80 home\n150 manager")
    assert "goes to a manager" in (await office.errors(Topic.PEOPLE, managers=[]))[named("managers")]
    assert "goes to the home channel" in (await office.errors(Topic.PLACES, home=[]))[named("home")]


async def test_the_budget(office: Teams) -> None:
    await office.changes(Topic.BUDGET, cap="3", load="5", turn="1h")
    team = office.team()
    assert (team.cap, team.load, team.turn) == (3, 5, timedelta(hours=1))
    assert named("turn") in await office.errors(Topic.BUDGET, turn="a while")


async def test_places_and_pages(office: Teams) -> None:
    await office.changes(Topic.PLACES, home=[KUDOS], digest="fri", digest__time="16:30", pulse=None, language="de")
    team = office.team()
    assert (team.home, team.digest, team.pulse, team.language) == (KUDOS, Weekly(4, 16 * 60 + 30), None, "de")


async def test_a_customers_channel_is_no_teams_own(office: Teams) -> None:
    await office.set_up(f'{CARE_FILE}\n[channel.{GENERAL}]\nkind = "customer"\n')
    errors = await office.errors(Topic.PLACES, home=[GENERAL])
    assert "must not go there" in errors[named("home")]


async def test_what_agents_may_decide_and_boundary_calls(office: Teams) -> None:
    await office.changes(Topic.BACKING, backing="• Refund up to 100 €\n\n- Say no to a date")
    assert office.team().backing == ("Refund up to 100 €", "Say no to a date")
    await office.changes(Topic.BOUNDARY, boundary__breather="off", boundary__right__policy="Safety\nholds.")
    assert office.team().boundary.breather == timedelta(0)
    assert office.team().boundary.right.policy == "Safety holds."


async def test_what_somebody_else_changed_meanwhile_stays(office: Teams) -> None:
    await office.sees()
    await office.presses(views.CHANGE, f"{Topic.BUDGET}:care")
    await office.set_up(CARE_FILE.replace('name = "Care"', 'name = "Care now"'))
    assert (await office.sends(cap="3")).ok
    await office.saves()
    assert (office.team().cap, office.team().name) == (3, "Care now")


# -- teams that come and go ----------------------------------------------------------------------------------------


@on_both_databases
async def test_a_team_is_added_and_removed_again(office: Teams) -> None:
    before = office.exported()
    await office.begins()
    await office.presses(views.NEW)
    assert "looked after by *Care*" in office.reads()
    assert (await office.sends(name="Night watch", agents=[LEE], managers=[MIA], home=[KUDOS])).ok
    assert "team night-watch added" in office.reads()
    await office.saves()
    assert office.team("night-watch") == Team("night-watch", "Night watch", (LEE,), (MIA,), home=KUDOS)
    await office.sees("night-watch")
    await office.presses(views.REMOVE)
    assert "team night-watch removed" in office.reads()
    await office.saves()
    assert office.exported() == before


async def test_a_team_whose_name_is_taken_gets_a_key_of_its_own(office: Teams) -> None:
    await office.begins()
    await office.presses(views.NEW)
    await office.sends(name="Care")
    await office.saves()
    assert [team.key for team in office.setup().teams] == ["care", "care-2"]


async def test_the_page_of_a_team_that_is_gone_is_the_page_of_all(office: Teams) -> None:
    await office.set_up(NIGHT_FILE)
    await office.sees("night")
    await office.set_up(CARE_FILE)
    await office.presses(views.CHANGE, f"{Topic.BUDGET}:night")
    assert words.GONE() in office.reads()


async def test_a_form_of_a_team_that_is_gone_says_so(office: Teams) -> None:
    await office.set_up(NIGHT_FILE)
    await office.sees("night")
    await office.presses(views.CHANGE, f"{Topic.BUDGET}:night")
    await office.set_up(CARE_FILE)
    await office.sends(cap="3")
    assert words.GONE() in office.reads()


# -- who may -------------------------------------------------------------------------------------------------------


async def test_a_manager_changes_their_own_team_and_removes_none(office: Teams) -> None:
    page = await office.sees(by=MIA)
    assert words.REMOVE() not in str(office.looks_at(MIA))
    assert "Agents:" in page
    await office.changes(Topic.BUDGET, by=MIA, cap="3")
    assert office.team().cap == 3
    assert office.history()[0].by == MIA


@pytest.mark.parametrize("value", ["budget:care", "people:care", "nonsense", ""])
async def test_a_manager_opens_no_form_of_another_team(office: Teams, value: str) -> None:
    await office.set_up(NIGHT_FILE)
    assert "*Night*" in await office.sees("night", LEE)
    await office.forges(LEE, views.CHANGE, value)
    assert "Nothing was saved." in office.reads(LEE)


async def test_a_manager_sees_no_page_of_another_team_and_removes_none(office: Teams) -> None:
    await office.set_up(NIGHT_FILE)
    before = office.exported()
    await office.sees("night", LEE)
    await office.forges(LEE, setup_forms.GO, views.name("care"))
    assert "*Care*" not in office.reads(LEE)
    await office.sees("night", LEE)
    await office.forges(LEE, views.CHANGE, "night", as_if=views.REMOVE)
    assert views.REMOVE not in office.reads(LEE)
    assert office.exported() == before


async def test_a_form_that_was_forged_for_another_team_is_refused_beside_its_field(office: Teams) -> None:
    await office.set_up(NIGHT_FILE)
    await office.sees("night", LEE)
    await office.presses(views.CHANGE, f"{Topic.BUDGET}:night", LEE)
    opened = office.sandbox.windows.top(LEE)
    assert opened
    opened.stated["private_metadata"] = opened.stated["private_metadata"].replace("night", "care")
    outcome = await office.sends(LEE, cap="1")
    assert outcome.errors == {named("cap"): effect_words.NOT_YOURS()}


async def test_who_leads_no_more_saves_nothing(office: Teams) -> None:
    await office.sees(by=MIA)
    await office.presses(views.CHANGE, f"{Topic.BUDGET}:care", MIA)
    await office.set_up(CARE_FILE.replace(f'managers = ["{MIA}"]', f'managers = ["{OMAR}"]'))
    outcome = await office.sends(MIA, cap="3")
    assert not outcome.ok or effect_words.NOT_YOURS() in office.reads(MIA)
    assert office.team().cap == 6


async def test_what_was_saved_is_read_from_the_file_again_as_it_is(office: Teams) -> None:
    await office.changes(Topic.HOURS, hours="weekdays 9am-5pm", country="PT")
    assert setup.read(office.exported()) == office.setup()
