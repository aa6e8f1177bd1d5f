"""A change is put back value by value, and whatever else has been changed since stays as it is."""

import json
from dataclasses import replace
from datetime import timedelta

from hypothesis import given

from bot.domain.setup import Channel, ChannelRule, KudosSetup, Override, Setup, Targets, Team
from bot.domain.setup_undo import Difference, changed_since, difference, put_back
from tests.domain.setups import SMALL

CARE = Team("care", "Care", agents=("U0ANA", "U0LEE"), managers=("U0MIA",))
SALES = Team("sales", "Sales", agents=("U0BEN",))
SETUP = Setup(teams=(CARE, SALES), channels=(Channel("C0ACME", team="care"),), overrides=(Override("U0CON", "ours"),))
QUICK = Targets(timedelta(minutes=10), timedelta(minutes=20))


def kept(before: Setup, after: Setup) -> Difference:
    """As a table gives it back."""
    change = difference(before, after)
    return Difference(*json.loads(json.dumps(change)))


@given(SMALL, SMALL)
def test_a_change_that_nothing_came_after_is_put_back_as_it_was(before: Setup, after: Setup) -> None:
    change = kept(before, after)
    assert changed_since(after, change) == ()
    assert put_back(after, change) == before


@given(SMALL, SMALL)
def test_what_is_put_back_already_is_nothing_new(before: Setup, after: Setup) -> None:
    change = kept(before, after)
    assert changed_since(before, change) == ()
    assert put_back(before, change) == before


@given(SMALL, SMALL, SMALL)
def test_where_it_can_be_put_back_all_else_stays(before: Setup, after: Setup, now: Setup) -> None:
    change = kept(before, after)
    if not changed_since(now, change):
        undone = put_back(now, change)
        assert not {key for key in kept(now, undone).after if not key.startswith("order ")} - change.before.keys()
        assert put_back(undone, change) == undone


def test_another_value_of_the_same_team_does_not_stand_in_the_way() -> None:
    quick = replace(SETUP, teams=(replace(CARE, targets=QUICK), SALES))
    now = replace(quick, teams=(replace(CARE, targets=QUICK, cap=3), SALES))
    assert changed_since(now, kept(SETUP, quick)) == ()
    assert put_back(now, kept(SETUP, quick)) == replace(SETUP, teams=(replace(CARE, cap=3), SALES))


def test_the_same_value_changed_once_more_does() -> None:
    more = replace(SETUP, teams=(replace(CARE, agents=("U0ANA", "U0LEE", "U0NEW")), SALES))
    now = replace(SETUP, teams=(replace(CARE, agents=("U0ANA",)), SALES))
    assert changed_since(now, kept(SETUP, more)) == ("team care: agents",)


def test_a_new_team_that_somebody_has_worked_on_since_is_not_taken_away() -> None:
    night = Team("night", "Night")
    before, after = replace(SETUP, teams=(CARE,)), replace(SETUP, teams=(CARE, night))
    now = replace(SETUP, teams=(CARE, replace(night, cap=3)))
    assert changed_since(now, kept(before, after)) == ("team night: cap",)


def test_a_value_of_a_team_that_is_gone_cannot_come_back_alone() -> None:
    before = replace(SETUP, teams=(replace(CARE, targets=QUICK), SALES))
    now = replace(SETUP, teams=(SALES,))
    assert changed_since(now, kept(before, SETUP)) == ("team care: targets",)


def test_a_team_comes_back_to_its_place_beside_those_that_came_since() -> None:
    without, night = replace(SETUP, teams=(SALES,)), Team("night", "Night")
    now = replace(SETUP, teams=(SALES, night))
    assert put_back(now, kept(SETUP, without)) == replace(SETUP, teams=(CARE, SALES, night))


def test_channel_rules_overrides_and_what_holds_for_all_go_back_too() -> None:
    after = replace(
        SETUP,
        overrides=(Override("U0CON", "customer", "C0ACME"),),
        rules=(ChannelRule("ext-", team="care"),),
        kudos=KudosSetup(emoji="tada"),
        admins=("U0MIA",),
    )
    now = replace(after, language="de", overrides=(*after.overrides, Override("U0BEN", "ours")))
    undone = put_back(now, kept(SETUP, after))
    assert undone == replace(SETUP, language="de", overrides=(*SETUP.overrides, Override("U0BEN", "ours")))
