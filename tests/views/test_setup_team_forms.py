"""A team's forms: they hold what the file holds, in the same grammar, and say beside each field what is wrong."""

from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.domain.hours import OFFICE, Week
from bot.domain.setup import BoundarySetup, CaseWords, Setup, Step, Targets, Team, Weekly
from bot.domain.setup_changes import changes
from bot.domain.setup_data import team_data
from bot.sandbox.blocks import view_problems
from bot.views import setup_team
from bot.views import setup_team_forms as forms
from bot.views.language import LANGUAGES, speaking
from bot.views.setup_team_fields import named
from bot.views.setup_team_forms import Topic
from bot.views.setup_team_hours import typed_week, written
from bot.views.setup_team_people import Known, key_of
from tests.domain.setups import teams, weeks
from tests.views.setup_teams import CARE, FULL, KNOWN, LONG, QUIET, modals, pages, sent

Json = dict[str, Any]


def after(topic: Topic, team: Team, **typed: Any) -> Team:
    """The team once its form was sent off with this in it; nothing is wrong with that."""
    made, found = forms.changed(team, forms.read(topic, sent(forms.form(topic, team, KNOWN), **typed), team))
    assert not found
    return made


def wrong(topic: Topic, team: Team, **typed: Any) -> dict[str | None, str]:
    """What is said beside which field."""
    view = sent(forms.form(topic, team, KNOWN), **typed)
    _, found = forms.changed(team, forms.read(topic, view, team))
    told: dict[str | None, str] = {}
    for one in found:
        field = forms.beside(topic, view)(one.path)
        told[field] = f"{told.get(field, '')} {one.sentence}".strip()
    return told


@pytest.mark.parametrize("name", modals())
def test_every_form_fits_into_slack(name: str) -> None:
    view = modals()[name]
    assert not view_problems(view)
    assert "<!channel>" not in str([block.get("text") for block in view["blocks"]])


@pytest.mark.parametrize("name", pages())
def test_every_page_fits_into_slack(name: str) -> None:
    view = pages()[name]
    assert not view_problems(view)
    assert "<!channel>" not in str(view)


@given(teams())
def test_whatever_stands_in_a_team_its_page_fits_into_slack(team: Team) -> None:
    assert not view_problems(setup_team.page(team, Setup(teams=(team,)), may_remove=True))


def test_a_screen_reader_tells_the_buttons_apart() -> None:
    buttons = [block["accessory"] for block in pages()["full"]["blocks"] if "accessory" in block]
    assert len({button["accessibility_label"] for button in buttons}) == len(Topic)


def test_only_who_may_remove_a_team_is_offered_to() -> None:
    assert setup_team.REMOVE in str(pages()["full"])
    assert setup_team.REMOVE not in str(pages()["of a manager"])


@given(teams(), st.sampled_from(Topic), st.sampled_from(LANGUAGES))
@settings(max_examples=300)
def test_what_nobody_touched_stays_as_it_was(team: Team, topic: Topic, language: str) -> None:
    """Drawn and read back, every form gives the very team that it was drawn of, in every language."""
    with speaking(language):
        view = forms.form(topic, team, Known())
    assert not view_problems(view)
    assert forms.changed(team, forms.read(topic, sent(view), team)) == (team, [])


@given(teams(), teams())
def test_the_forms_together_make_any_team_of_any_other(before: Team, wanted: Team) -> None:
    """What the file can say of a team, its forms can: all but which prompts come, which those choose who get them."""
    plain = BoundarySetup(wanted.boundary.breather, CaseWords("Safety holds."), CaseWords(None, "Let us be kind."))
    wanted = replace(wanted, key=before.key, name="Night", backing=("Say no",), boundary=plain)
    wanted = replace(wanted, retired_prompts=before.retired_prompts)
    known = Known(groups={one: one for one in (*before.people, *wanted.people) if one.startswith("S")})
    made = before
    for topic in Topic:
        view = sent(forms.form(topic, wanted, known))
        made, found = forms.changed(made, forms.read(topic, view, made) if view.get("callback_id") else {})
        assert not found
    assert changes(Setup(teams=(wanted,)), Setup(teams=(made,))) == ()


@pytest.mark.parametrize("topic", Topic)
def test_what_is_too_much_for_a_field_stays_in_the_file(topic: Topic) -> None:
    assert after(topic, LONG) == LONG


def test_a_form_leaves_alone_what_it_does_not_show() -> None:
    """Somebody else may have changed the rest meanwhile: what was typed is laid over the team as it is now."""
    view = sent(forms.form(Topic.BUDGET, CARE, KNOWN), cap="3")
    made, _ = forms.changed(FULL, forms.read(Topic.BUDGET, view, FULL))
    assert {key for key in team_data(made) if team_data(made)[key] != team_data(FULL).get(key)} == {"cap"}
    assert (made.cap, made.load, made.turn) == (3, CARE.load, CARE.turn)


# -- people --------------------------------------------------------------------------------------------------------


def test_who_stays_keeps_their_place_and_who_comes_stands_at_the_end() -> None:
    made = after(Topic.PEOPLE, FULL, agents=["U0NIA", "U0LEE"], name="  The night\n watch ")
    assert made.agents == ("S0NIGHT", "U0LEE", "U0NIA")
    assert made.name == "The night watch"


def test_whoever_leaves_the_team_takes_no_turns_any_more() -> None:
    assert after(Topic.PEOPLE, FULL, agents=["U0LEE"]).rota == ("U0LEE", "S0NIGHT")


def test_who_takes_turns_is_in_the_order_in_which_they_were_chosen() -> None:
    assert after(Topic.ROTA, FULL, rota=["U0MIA", "U0LEE"]).rota == ("U0MIA", "U0LEE")


def test_without_anybody_in_the_team_nobody_can_take_turns() -> None:
    view = forms.form(Topic.ROTA, CARE, Known())
    assert [block["type"] for block in view["blocks"]] == ["context"]
    assert forms.changed(CARE, forms.read(Topic.ROTA, sent(view), CARE)) == (CARE, [])


def test_a_workspace_without_user_groups_is_not_asked_for_them() -> None:
    names = [block["block_id"] for block in forms.form(Topic.PEOPLE, CARE, Known())["blocks"]]
    assert names == [named(key) for key in ("name", "agents", "managers", "deputies")]


def test_a_name_is_needed() -> None:
    assert set(wrong(Topic.PEOPLE, CARE, name=" \n")) == {named("name")}


# -- hours ---------------------------------------------------------------------------------------------------------


@given(weeks())
def test_a_week_is_written_as_it_is_read(week: Week) -> None:
    view = {"zone": week.zone} | typed_week(written(week))
    made, found = forms.changed(CARE, {"hours": view})
    assert (made.week, found) == (week, [])


@pytest.mark.parametrize(
    ("typed", "means"),
    [
        ("mon-fri 09:00-17:00", "mon-fri 09:00-17:00"),
        ("Mon–Thu: 09:00 – 12:30, 13:15 – 17:30\nfri 09:00-15:00", "mon-thu 09:00-12:30, 13:15-17:30\nfri 09:00-15:00"),
        ("weekdays 9am-5pm", "mon-fri 09:00-17:00"),
        ("mon-thu 9-17, fri 9-12 13-15", "mon-thu 09:00-17:00\nfri 09:00-12:00, 13:00-15:00"),
        ("mon 09:00-12:00\nmon 13:00-17:00", "mon 09:00-12:00, 13:00-17:00"),
        ("mon-sun 00:00-24:00", "mon-sun 00:00-24:00"),
        ("fri-mon 22:00-06:00", "mon 22:00-06:00\nfri-sun 22:00-06:00"),
        ("mon-sun closed", "mon-sun closed"),
    ],
)
def test_hours_as_people_write_them(typed: str, means: str) -> None:
    assert written(after(Topic.HOURS, CARE, hours=typed).week) == means


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("mon-fri", '"" is not a block of hours: write it like "09:00-12:30"'),
        ("mon 09:00-12:00, 11:00-13:00", "Monday: 09:00–12:00 overlaps 11:00–13:00."),
        ("someday 09:00-12:00", "`someday` is not known here"),
        ("mon nine to five", '"nine" is not a block of hours: write it like "09:00-12:30"'),
        ("mon-fri 9-17 " * 40, "is not a block of hours"),
    ],
)
def test_hours_that_cannot_be_meant_are_told_beside_them(typed: str, said: str) -> None:
    assert said in wrong(Topic.HOURS, CARE, hours=typed)[named("hours")]


def test_a_clock_is_chosen_by_its_city() -> None:
    assert after(Topic.HOURS, CARE, hours__zone="Asia/Kolkata").week == Week("Asia/Kolkata", OFFICE.days)


def test_holidays_are_of_a_country_and_a_part_of_it() -> None:
    made = after(Topic.HOURS, CARE, country="DE", region=" BE ", days_off="2026-12-24; 2026-12-31\n2026-12-24")
    assert (made.country, made.region) == ("DE", "BE")
    assert made.days_off == (date(2026, 12, 24), date(2026, 12, 31))
    assert after(Topic.HOURS, made, country="none", region=None).country is None


def test_a_day_that_is_none_is_told_beside_the_days() -> None:
    assert wrong(Topic.HOURS, CARE, days_off="24.12.2026") == {
        named("days_off"): '"24.12.2026" is not a day: write it like 2026-12-24'
    }


# -- targets, ladder, budget ---------------------------------------------------------------------------------------


def test_targets_of_its_own_and_back_to_everybodys() -> None:
    made = after(Topic.TARGETS, CARE, targets__first="20m", targets__next="1h30m")
    assert made.targets == Targets(timedelta(minutes=20), timedelta(minutes=90))
    assert after(Topic.TARGETS, made, targets__first=None, targets__next=None).targets is None


def test_one_target_needs_the_other() -> None:
    assert set(wrong(Topic.TARGETS, CARE, targets__first="20m")) == {named("targets.next")}


def test_a_ladder_of_its_own_the_workspaces_and_none() -> None:
    typed = "80%, owner\n\n150 home lend a hand\n200% manager: how"
    made = after(Topic.TARGETS, FULL, ladder__which="own", ladder=typed)
    assert made.ladder == (Step(80, "owner", "reply"), Step(150, "home", "lend_hand"), Step(200, "manager", "how_help"))
    assert after(Topic.TARGETS, made, ladder__which="usual").ladder is None
    assert after(Topic.TARGETS, made, ladder__which="nobody").ladder == ()


def test_whoever_writes_steps_means_them() -> None:
    """Also where the choice above was overlooked; who goes back to the workspace's does so whatever stands below."""
    assert after(Topic.TARGETS, CARE, ladder="80 owner").ladder == (Step(80, "owner", "reply"),)
    assert after(Topic.TARGETS, QUIET, ladder="80 owner").ladder == (Step(80, "owner", "reply"),)
    assert after(Topic.TARGETS, FULL, ladder__which="usual", ladder="80 owner").ladder is None


def test_the_workspaces_ladder_stands_there_to_begin_with() -> None:
    assert after(Topic.TARGETS, CARE, ladder__which="own").ladder == Setup().ladder


@pytest.mark.parametrize("typed", ["", "soon owner", "80", "80 boss", "80 owner shout", "5000 owner"])
def test_a_step_that_cannot_be_meant_is_told_beside_the_steps(typed: str) -> None:
    assert set(wrong(Topic.TARGETS, CARE, ladder__which="own", ladder=typed)) == {named("ladder")}


def test_the_budget_is_read_as_it_was_typed() -> None:
    made = after(Topic.BUDGET, CARE, cap="4", load="12", turn="45m")
    assert (made.cap, made.load, made.turn) == (4, 12, timedelta(minutes=45))


def test_numbers_and_lengths_that_cannot_be_meant_are_told_beside_them() -> None:
    typed = {"cap": "0", "load": "99999999999999", "turn": "1 day"}
    assert set(wrong(Topic.BUDGET, CARE, **typed)) == {named(key) for key in typed}


# -- places, pages, boundary calls ---------------------------------------------------------------------------------


def test_a_place_can_be_given_and_taken_away() -> None:
    made = after(Topic.PLACES, CARE, home=["C0CARE"], managers_channel=["C0LEADS"])
    assert (made.home, made.managers_channel) == ("C0CARE", "C0LEADS")
    made = after(Topic.PLACES, FULL, home=[], managers_channel=[])
    assert (made.home, made.managers_channel) == (None, None)


def test_the_weekly_page_comes_at_an_hour_or_never() -> None:
    assert after(Topic.PLACES, QUIET, digest="wed", digest__time="08:15").digest == Weekly(2, 8 * 60 + 15)
    assert after(Topic.PLACES, FULL, digest="off").digest is None


def test_the_anonymous_question_is_asked_or_not() -> None:
    assert after(Topic.PLACES, QUIET, pulse="7").pulse == 7
    assert after(Topic.PLACES, FULL, pulse=None).pulse is None
    assert set(wrong(Topic.PLACES, FULL, pulse="4")) == {named("pulse")}


def test_a_language_has_the_name_that_it_has_for_itself() -> None:
    assert "Português" in str(forms.form(Topic.PLACES, CARE, KNOWN))
    assert after(Topic.PLACES, CARE, language="pt").language == "pt"


def test_words_for_boundary_calls_come_on_one_line_or_not_at_all() -> None:
    typed = {"boundary__right__policy": "Safety holds.\nFor everybody.", "boundary__abusive__sentence": " "}
    made = after(Topic.BOUNDARY, FULL, boundary__breather="Off", **typed).boundary
    assert made.right.policy == "Safety holds. For everybody."
    assert (made.abusive.sentence, made.breather) == (None, timedelta(0))


def test_a_breather_that_is_none_is_told_beside_it() -> None:
    assert set(wrong(Topic.BOUNDARY, CARE, boundary__breather="a while")) == {named("boundary.breather")}


# -- a new team ----------------------------------------------------------------------------------------------------


def test_a_new_team_gets_a_key_of_its_name() -> None:
    view = sent(forms.new(KNOWN), name="Customer care", agents=["U0ANA"], managers=["U0MIA"], home=["C0CARE"])
    made, found = forms.read_new(view, Setup(teams=(Team("customer-care", "x"),)))
    assert made == Team("customer-care-2", "Customer care", ("U0ANA",), ("U0MIA",), home="C0CARE")
    assert not found


@pytest.mark.parametrize(("name", "key"), [("Küche & Co.", "k-che-co"), ("日本", "team"), ("-" * 80, "team")])
def test_every_name_makes_a_key(name: str, key: str) -> None:
    assert key_of(name, []) == key
    assert key_of(name, [key, f"{key}-2"]) == f"{key}-3"


def test_a_second_team_says_that_the_first_is_not_alone_any_more() -> None:
    assert "looked after by *Customer care*" in str(forms.new(KNOWN))
    assert "looked after" not in str(forms.new(Known()))
