"""The first team of a workspace, out of three forms: always a setup that its file can say."""

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain import care_file
from bot.domain.channel_rules import ChannelRule
from bot.domain.first_run import ALWAYS, MINUTES, USUAL, Draft, days_of, key_of, read_draft, wanted, with_team
from bot.domain.hours import OFFICE, BadHours
from bot.domain.setup import Channel, Setup
from bot.domain.setup_rules import findings
from bot.domain.setup_values import KEY

people = st.lists(st.from_regex(r"U[A-Z0-9]{5}", fullmatch=True), min_size=1, max_size=4, unique=True).map(tuple)
names = st.text(min_size=1, max_size=80).map(lambda name: " ".join(name.split())).filter(bool)
drafts = st.builds(
    Draft,
    name=names.filter(str.isprintable),
    agents=people,
    managers=people | st.just(()),
    hours=st.sampled_from([USUAL, "mon-thu 8:30-17:00, fri 9-15", "Around the clock", "sat 9-12 13-15"]),
    zone=st.sampled_from(["UTC", "Europe/Lisbon", "America/New_York"]),
    minutes=st.sampled_from(MINUTES),
)


@pytest.mark.parametrize(
    ("name", "key"),
    [
        ("Customer care", "customer-care"),
        ("Équipe Nord", "equipe-nord"),
        ("  24/7 – Support! ", "24-7-support"),
        ("東京", "team"),
        ("x" * 60, "x" * 40),
        ("a" * 39 + " b", "a" * 39),
    ],
)
def test_a_teams_key_comes_of_its_name(name: str, key: str) -> None:
    assert key_of(name) == key


@given(names)
def test_whatever_a_team_is_called_its_key_is_one(name: str) -> None:
    assert KEY.fullmatch(key_of(name))


@pytest.mark.parametrize("typed", [*ALWAYS, "24/7 "])
def test_around_the_clock_is_every_hour_of_the_week(typed: str) -> None:
    days = days_of(typed.upper())
    assert not isinstance(days, str)
    assert len(days) == 7
    assert all(days)


def test_the_usual_hours_are_those_of_an_office() -> None:
    assert days_of(USUAL) == OFFICE.days


@given(drafts)
def test_what_was_said_comes_through_three_forms_as_it_was(draft: Draft) -> None:
    assert read_draft(draft.written()) == draft


@pytest.mark.parametrize("carried", ["", "[]", "{}", "null", '{"name": "x"}', '{"agents": 1, "managers": 2}', "{"])
def test_what_was_not_said_there_is_no_draft(carried: str) -> None:
    assert read_draft(carried) is None


@given(drafts, st.sampled_from([None, "C0HOME"]), st.sampled_from([None, "U0ADMIN"]))
def test_the_setup_is_well_and_its_file_says_the_same(draft: Draft, home: str | None, admin: str | None) -> None:
    setup = with_team(Setup(), draft, ["C0ONE", "C0TWO"], home, admin)
    assert findings(setup) == []
    assert care_file.read(care_file.write(setup), lambda _: []) == setup


def test_what_somebody_set_up_before_stays() -> None:
    """A rule, a channel with an owner: only what was asked is said anew."""
    before = Setup(channels=(Channel("C0ONE", "team", owner="U0ANA"),), rules=(ChannelRule("ext-"),))
    after = with_team(before, Draft("Care", ("U0ANA",)), ["C0ONE"], None, None)
    assert after.rules == before.rules
    assert after.channels == (Channel("C0ONE", "customer", "care", "U0ANA"),)


def test_the_usual_target_is_the_workspaces_and_another_one_the_teams() -> None:
    assert Draft("Care", ("U0ANA",)).team().targets is None
    targets = Draft("Care", ("U0ANA",), minutes=15).team().targets
    assert targets is not None
    assert (targets.first, targets.next) == (timedelta(minutes=15), timedelta(minutes=30))


def test_hours_that_nobody_can_have_typed_are_no_team() -> None:
    with pytest.raises(BadHours):
        Draft("Care", ("U0ANA",), hours="whenever").team()


def test_an_invitation_is_wanted_where_customers_write_and_where_the_team_is() -> None:
    setup = with_team(Setup(), Draft("Care", ("U0ANA",)), ["C0ONE", "C0TWO"], "C0HOME", None)
    assert wanted(setup) == ["C0ONE", "C0TWO", "C0HOME"]
