"""Who and where: what each part of the bot is told when it asks the setup."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.channel_rules import fitting
from bot.domain.hours import OFFICE, ROUND_THE_CLOCK
from bot.domain.setup import (
    DEFAULT_LADDER,
    Channel,
    ChannelRule,
    CustomerSetup,
    Finding,
    KudosSetup,
    Override,
    PersonSetup,
    Retention,
    Setup,
    Step,
    Targets,
    Team,
)
from bot.domain.setup_changes import changes
from bot.domain.setup_rules import findings

QUICK = Targets(timedelta(minutes=10), timedelta(minutes=20))
BRISK = Targets(timedelta(minutes=30), timedelta(minutes=40))
CARE = Team("care", "Care", agents=("U0ANA", "S0NIGHT"), managers=("U0MIA",), home="C0HOME", targets=BRISK)
SALES = Team("sales", "Sales", agents=("U0BEN",), deputies=("U0MIA",))
SETUP = Setup(
    teams=(CARE, SALES),
    channels=(
        Channel("C0ACME", team="care", targets=QUICK),
        Channel("C0NORD", team="care"),
        Channel("C0LONE"),
    ),
    overrides=(Override("U0CON", "ours"), Override("U0CON", "customer", "C0ACME")),
)


def test_without_any_setup_the_usual_applies() -> None:
    assert Setup().targets_for("C0ANY") == Targets(timedelta(hours=1), timedelta(hours=2))
    assert Setup().ladder_for(None) == DEFAULT_LADDER
    assert [(step.at, step.to) for step in DEFAULT_LADDER] == [
        (75, "owner"),
        (100, "owner"),
        (150, "home"),
        (200, "manager"),
    ]
    assert Setup().channel("C0ANY") is None
    assert Setup().team_for("C0ANY") is None
    assert Setup().override("U0ANA", "C0ANY") is None
    assert findings(Setup()) == []


@pytest.mark.parametrize(
    ("channel", "targets"),
    [("C0ACME", QUICK), ("C0NORD", BRISK), ("C0LONE", Targets()), ("C0UNSEEN", Targets())],
)
def test_the_most_specific_target_wins(channel: str, targets: Targets) -> None:
    assert SETUP.targets_for(channel) == targets


def test_a_customers_own_target_wins_over_the_channels() -> None:
    setup = replace(SETUP, customers=(CustomerSetup("U0ADA", BRISK), CustomerSetup("U0BOB")))
    assert setup.targets_for("C0ACME", "U0ADA") == BRISK
    assert setup.agreed("C0ACME", "U0ADA") == ("customer", BRISK)
    assert setup.agreed("C0ACME") == ("channel", QUICK)
    assert Setup().agreed("C0ACME", "U0ADA")[0] == "workspace"
    assert setup.targets_for("C0ACME", "U0BOB") == setup.targets_for("C0ACME") == QUICK


def test_of_a_person_whom_the_setup_does_not_name_everything_is_as_in_their_team() -> None:
    ben = PersonSetup("U0BEN", country="US")
    assert replace(SETUP, people=(ben,)).person("U0BEN") == ben
    assert SETUP.person("U0BEN") == PersonSetup("U0BEN")


def test_a_home_channel_is_its_teams_without_being_listed() -> None:
    assert SETUP.channel("C0HOME") == Channel("C0HOME", "team", "care")
    assert SETUP.channel("C0UNSEEN") is None


def test_the_kudos_channel_is_ours_without_being_listed_and_may_be_a_home() -> None:
    kudos = KudosSetup("C0KUDOS")
    assert replace(SETUP, kudos=kudos).channel("C0KUDOS") == Channel("C0KUDOS", "team")
    assert replace(SETUP, kudos=KudosSetup("C0HOME")).channel("C0HOME") == Channel("C0HOME", "team", "care")
    assert findings(replace(SETUP, kudos=kudos)) == []


def test_a_single_team_has_every_channel_that_names_none() -> None:
    assert SETUP.team_for("C0LONE") is None
    alone = replace(SETUP, teams=(CARE,))
    assert alone.team_for("C0LONE") == alone.team_for("C0UNSEEN") == CARE
    assert alone.targets_for("C0UNSEEN") == BRISK


def test_a_person_may_be_of_two_teams_or_of_one_by_a_user_group() -> None:
    assert SETUP.teams_of("U0MIA") == (CARE, SALES)
    assert SETUP.teams_of("U0ANA") == (CARE,)
    assert SETUP.teams_of("U0NEW") == ()
    assert SETUP.teams_of("U0NEW", groups={"S0NIGHT"}) == (CARE,)


def test_what_is_said_of_a_person_in_a_channel_wins_over_everywhere() -> None:
    assert SETUP.override("U0CON", "C0ACME") == "customer"
    assert SETUP.override("U0CON", "C0NORD") == "ours"
    assert SETUP.override("U0ANA", "C0ACME") is None


def test_an_empty_ladder_is_a_ladder() -> None:
    setup = Setup(teams=(replace(CARE, ladder=()), SALES))
    assert setup.ladder_for("care") == ()
    assert setup.ladder_for("sales") == setup.ladder_for(None) == setup.ladder_for("gone") == DEFAULT_LADDER


def test_a_setup_made_elsewhere_cannot_have_a_team_or_channel_twice() -> None:
    twice = Setup(teams=(CARE, replace(CARE, name="Other")), channels=(Channel("C0A"), Channel("C0A")))
    sentence = "stands here twice: put the two together"
    assert findings(twice) == [Finding(("team", "care"), sentence), Finding(("channel", "C0A"), sentence)]


def with_care(**values: object) -> Setup:
    return replace(SETUP, teams=(replace(CARE, **values), SALES))  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("after", "sentences"),
    [
        (SETUP, ()),
        (replace(SETUP, teams=(SALES, CARE)), ()),
        (with_care(agents=("S0NIGHT", "U0ANA")), ()),
        (with_care(agents=("U0ANA", "U0BEN", "S0NIGHT")), ("team care: agent U0BEN added",)),
        (with_care(managers=()), ("team care: manager U0MIA removed",)),
        (with_care(home="C0NEW"), ("team care: home is now C0NEW, was C0HOME",)),
        (with_care(home=None), ("team care: home no longer C0HOME",)),
        (with_care(country="DE"), ("team care: country is now DE",)),
        (with_care(days_off=(date(2026, 12, 24),)), ("team care: day off 2026-12-24 added",)),
        (with_care(rota=("U0ANA", "U0MIA")), ("team care: rota is now U0ANA and U0MIA",)),
        (with_care(targets=QUICK), ("team care: targets is now first 10m, next 20m, was first 30m, next 40m",)),
        (with_care(ladder=()), ("team care: ladder is now empty",)),
        (with_care(ladder=(Step(50, "owner", "reply"),)), ("team care: ladder is now at 50, to owner, say reply",)),
        (
            with_care(week=ROUND_THE_CLOCK),
            ("team care: hours is now zone UTC, mon-sun 00:00-24:00, was zone UTC, mon-fri 09:00-17:00",),
        ),
        (with_care(cap=4), ("team care: cap is now 4",)),
        (
            replace(SETUP, people=(PersonSetup("U0BEN", country="US", days_off=(date(2026, 11, 27),)),)),
            ("person U0BEN added",),
        ),
        (replace(SETUP, customers=(CustomerSetup("U0ADA", QUICK),)), ("customer U0ADA added",)),
        (replace(SETUP, away_emoji=(*SETUP.away_emoji, "ski")), ("workspace: emoji of who is away ski added",)),
        (replace(SETUP, admins=("U0ADA",)), ("workspace: admin U0ADA added",)),
        (replace(SETUP, kudos=KudosSetup("C0KUDOS")), ("kudos: channel is now C0KUDOS",)),
        (replace(SETUP, kudos=KudosSetup(off=("C0FUN",))), ("kudos: switched-off channel C0FUN added",)),
        (replace(SETUP, kudos=KudosSetup(emoji="tada")), ("kudos: emoji is now tada",)),
        (replace(SETUP, language="de"), ("workspace: language is now de, was en",)),
        (replace(SETUP, works_council=True), ("workspace: works_council is now true, was false",)),
        (with_care(language="pt"), ("team care: language is now pt",)),
        (
            replace(SETUP, retention=Retention(kudos=90, conversations=None)),
            ("retention: conversations is now kept, was 400", "retention: kudos is now 90, was kept"),
        ),
        (replace(SETUP, rules=(ChannelRule("ext-", team="care"),)), ("rule for channels that begin with ext- added",)),
        (replace(SETUP, teams=(CARE,)), ("team sales removed",)),
        (replace(SETUP, channels=SETUP.channels[1:]), ("channel C0ACME removed",)),
        (
            replace(SETUP, overrides=(Override("U0CON", "ours"), Override("U0ANA", "customer", "C0ACME"))),
            (
                "override of U0CON as customer in C0ACME removed",
                "override of U0ANA as customer in C0ACME added",
            ),
        ),
    ],
)
def test_what_changes_is_said_in_sentences(after: Setup, sentences: tuple[str, ...]) -> None:
    assert changes(SETUP, after) == sentences


BY_NAME, BY_SHARING = ChannelRule("ext-", team="care"), ChannelRule(shared=True, team="sales")


def test_channel_rules_that_change_places_are_a_change_for_the_first_that_fits_holds() -> None:
    before, after = replace(SETUP, rules=(BY_NAME, BY_SHARING)), replace(SETUP, rules=(BY_SHARING, BY_NAME))
    said = "rules are now asked in this order: shared channels, channels that begin with ext-"
    assert changes(before, after) == (said,)


@pytest.mark.parametrize(
    ("name", "is_shared", "found"),
    [
        ("ext-acme", True, BY_NAME),
        ("ext-acme", False, BY_NAME),
        ("acme", True, BY_SHARING),
        ("acme", False, None),
        ("text-acme", False, None),
    ],
)
def test_the_first_rule_that_fits_a_channel_holds(name: str, is_shared: bool, found: ChannelRule | None) -> None:
    assert fitting((BY_NAME, BY_SHARING), name, is_shared) == found


def test_a_rule_for_names_and_for_sharing_needs_both() -> None:
    both = ChannelRule("ext-", shared=True)
    assert [both.fits("ext-acme", True), both.fits("ext-acme", False), both.fits("acme", True)] == [True, False, False]


def test_a_team_without_hours_of_its_own_works_office_hours() -> None:
    assert CARE.week == OFFICE
