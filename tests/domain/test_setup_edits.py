"""What people do to a setup one thing at a time."""

from dataclasses import replace

from hypothesis import given

from bot.domain import setup_edits as edits
from bot.domain.behaviours import Behaviour
from bot.domain.prompt_book import Dimension, Prompt
from bot.domain.setup import Channel, ChannelRule, CustomerSetup, Override, PersonSetup, PromptSetup, Setup, Team
from bot.domain.setup_rules import findings
from tests.domain.setups import FEW_CHANNELS, FEW_OVERRIDES, FEW_TEAMS, SMALL

CARE, NIGHT = Team("care", "Care"), Team("night", "Night")
EXT = ChannelRule("ext-", team="night")


@given(SMALL, FEW_TEAMS, FEW_CHANNELS, FEW_OVERRIDES)
def test_what_is_put_is_there_once_and_nothing_else_is_touched(
    setup: Setup, team: Team, channel: Channel, override: Override
) -> None:
    after = edits.put_override(edits.put_channel(edits.put_team(setup, team), channel), override)
    assert (after.team(team.key), after.channel(channel.id)) == (team, channel)
    assert after.overrides.count(override) == 1
    assert findings(after) == []
    assert [one for one in after.teams if one.key != team.key] == [one for one in setup.teams if one.key != team.key]
    without = edits.remove_channel(edits.remove_team(after, team.key), channel.id)
    assert (without.team(team.key), without.channel(channel.id)) == (None, None)


def test_what_is_put_again_keeps_its_place() -> None:
    setup = Setup(teams=(CARE, NIGHT))
    assert edits.put_team(setup, replace(CARE, cap=3)).teams == (replace(CARE, cap=3), NIGHT)


def test_a_team_that_goes_leaves_nothing_behind_that_names_it() -> None:
    prompt = Prompt("a-walk", "Walk", "Why", "Act", "?", "!", Dimension.HEALING, Behaviour.KINDNESS, team="night")
    setup = Setup(
        teams=(CARE, NIGHT),
        channels=(Channel("C0ACME", team="night"), Channel("C0BOLT", team="care")),
        rules=(EXT,),
        prompts=PromptSetup(own=(prompt,)),
    )
    after = edits.remove_team(setup, "night")
    assert findings(after) == []
    assert after.channels == (Channel("C0ACME"), Channel("C0BOLT", team="care"))
    assert (after.rules, after.prompts.own) == ((replace(EXT, team=None),), (replace(prompt, team=None),))


def test_people_customers_and_whose_they_are_come_and_go() -> None:
    setup = edits.put_person(edits.put_customer(Setup(), CustomerSetup("U0ADA")), PersonSetup("U0ANA", country="DE"))
    everywhere, here = Override("U0CON", "ours"), Override("U0CON", "customer", "C0ACME")
    setup = edits.put_override(edits.put_override(setup, everywhere), here)
    assert edits.remove_override(setup, "U0CON", None).overrides == (here,)
    assert edits.remove_override(setup, "U0CON", "C0ACME").overrides == (everywhere,)
    assert edits.remove_person(edits.remove_customer(setup, "U0ADA"), "U0ANA").overrides == setup.overrides
    assert edits.remove_person(setup, "U0ANA").people == ()
    assert edits.remove_customer(setup, "U0ADA").customers == ()
