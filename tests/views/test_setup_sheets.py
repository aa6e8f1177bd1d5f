"""The forms of the setup, drawn for setups of any shape: Slack takes them, and they read back what they show."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import given, settings

from bot.domain import setup_edits
from bot.domain.setup import (
    LANGUAGES,
    Channel,
    ChannelRule,
    CustomerSetup,
    KudosSetup,
    Override,
    PersonSetup,
    Retention,
    Setup,
    Targets,
    Team,
)
from bot.domain.setup_changes import changes
from bot.sandbox.blocks import view_problems
from bot.sandbox.elements import initial_state
from bot.views import (
    setup_channels,
    setup_customers,
    setup_effect,
    setup_home,
    setup_people,
    setup_rules,
    setup_workspace,
)
from bot.views.language import speaking
from bot.views.setup_effect import Proposal
from bot.views.setup_forms import Carried, Sheet
from tests.domain.setups import setups

Json = dict[str, Any]


def drawn(sheet: Sheet, setup: Setup, key: str) -> Json:
    view = sheet.draw(setup, Carried(key, "main"))
    assert view is not None
    return view


def sent_off(view: Json) -> Json:
    """The form with everything in it that it shows."""
    inputs = [block for block in view["blocks"] if block["type"] == "input"]
    return view | {"state": {"values": initial_state(inputs)}}


@dataclass(frozen=True)
class Kind:
    """A sheet, the keys of what it is about, and how a setup would have the same from another."""

    sheet: Sheet
    keys: Callable[[Setup], list[str]]
    taken: Callable[[Setup, Setup, str], Setup]


def _channel(setup: Setup, other: Setup, key: str) -> Setup:
    return setup_edits.put_channel(setup, next(one for one in other.channels if one.id == key))


def _person(setup: Setup, other: Setup, key: str) -> Setup:
    return setup_edits.put_person(setup, next(one for one in other.people if one.user == key))


def _workspace(setup: Setup, other: Setup, _key: str) -> Setup:
    return replace(
        setup,
        language=other.language,
        admins=other.admins,
        works_council=other.works_council,
        away_emoji=other.away_emoji,
    )


FULL = Setup(
    targets=Targets(timedelta(minutes=1), timedelta(minutes=2)),
    ladder=(),
    admins=("U0ADMIN",),
    kudos=KudosSetup("C0KUDOS", "tada", ("C0LUNCH",), 7, 9),
    away_emoji=("ooo",),
    retention=Retention(40, 40, 40, 40, 40, 9),
    works_council=True,
    language="fr",
)
ALONE: Callable[[Setup], list[str]] = lambda _: [""]  # noqa: E731
KINDS = {
    "channel": Kind(setup_channels.SHEET, lambda setup: [one.id for one in setup.channels], _channel),
    "person": Kind(setup_people.SHEET, lambda setup: [one.user for one in setup.people], _person),
    "targets": Kind(
        setup_workspace.TARGETS_SHEET,
        ALONE,
        lambda setup, other, _: replace(setup, targets=other.targets, ladder=other.ladder),
    ),
    "kudos": Kind(setup_workspace.KUDOS_SHEET, ALONE, lambda setup, other, _: replace(setup, kudos=other.kudos)),
    "workspace": Kind(setup_workspace.WORKSPACE_SHEET, ALONE, _workspace),
    "retention": Kind(
        setup_workspace.RETENTION_SHEET, ALONE, lambda setup, other, _: replace(setup, retention=other.retention)
    ),
}


def with_targets(setup: Setup) -> Setup:
    """Whoever is listed in a form as a customer has targets: else they are taken out of the list."""
    return replace(setup, customers=tuple(one for one in setup.customers if one.targets))


def every_form(setup: Setup) -> Iterator[tuple[Sheet, str]]:
    for kind in KINDS.values():
        yield from ((kind.sheet, key) for key in kind.keys(setup))
    yield from ((setup_rules.SHEET, setup_rules.key_of(one)) for one in setup.rules)
    yield from ((setup_customers.OVERRIDE_SHEET, setup_customers.key_of(one)) for one in setup.overrides)
    yield from ((setup_customers.CUSTOMER_SHEET, one.user) for one in setup.customers)


def every_page(setup: Setup) -> Iterator[Json]:
    yield setup_home.main(setup_home.Whole(setup, setup.teams, True, {}))
    for draw in (
        setup_channels.channels,
        setup_rules.rules,
        setup_customers.overrides,
        setup_customers.customers,
        setup_people.people,
    ):
        yield draw(setup, "")


@settings(max_examples=40)
@given(setups())
def test_slack_takes_every_page_and_every_form(setup: Setup) -> None:
    views = [drawn(sheet, setup, key) for sheet, key in every_form(setup)]
    views += [drawn(sheet, setup, "") for sheet in (setup_rules.SHEET, setup_customers.OVERRIDE_SHEET)]
    views += [drawn(sheet, setup, "") for sheet in (setup_customers.CUSTOMER_SHEET, setup_people.SHEET)]
    for view in (*views, *every_page(setup)):
        assert not view_problems(view)


@pytest.mark.parametrize("language", LANGUAGES)
def test_slack_takes_them_in_every_language(language: str) -> None:
    setup = replace(
        FULL,
        teams=(Team("care", "Care"),),
        channels=(Channel("C0ACME", team="care", owner="U0ANA", targets=Targets()),),
        rules=(ChannelRule("ext-", True, team="care"),),
        overrides=(Override("U0GITA", "ours"),),
        customers=(CustomerSetup("U0ADA", Targets()),),
        people=(PersonSetup("U0ANA"),),
    )
    with speaking(language):
        views = [drawn(sheet, setup, key) for sheet, key in every_form(setup)]
        views += [setup_effect.form(Proposal(1, "main"), ["targets changed"]), setup_effect.nothing()]
        views += [setup_effect.saved(["targets changed"]), setup_effect.not_saved("?"), setup_home.not_for_you()]
        for view in (*views, *every_page(setup)):
            assert not view_problems(view)


@settings(max_examples=40)
@given(setups().map(with_targets))
def test_a_form_that_is_sent_off_as_it_opened_changes_nothing(setup: Setup) -> None:
    for sheet, key in every_form(setup):
        read = sheet.read(sent_off(drawn(sheet, setup, key)), Carried(key, "main"))
        assert not read.found
        assert changes(setup, read.edit(setup)) == ()


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@settings(max_examples=40)
@given(setups())
def test_what_a_form_shows_of_one_setup_makes_another_like_it(kind: Kind, other: Setup) -> None:
    for key in kind.keys(other):
        here = replace(FULL, teams=other.teams)  # whose keys a channel may name
        read = kind.sheet.read(sent_off(drawn(kind.sheet, other, key)), Carried(key, "main"))
        assert changes(kind.taken(here, other, key), read.edit(here)) == ()


@settings(max_examples=40)
@given(setups().map(with_targets))
def test_what_is_taken_away_is_away_and_nothing_else(setup: Setup) -> None:
    for sheet, key in every_form(setup):
        if sheet.remove:
            gone = changes(setup, sheet.remove(setup, key))
            assert len(gone) == 1
            assert gone[0].endswith(" removed")


def test_a_customer_who_is_there_already_is_changed_and_not_doubled() -> None:
    sheet, setup = setup_customers.CUSTOMER_SHEET, Setup(customers=(CustomerSetup("U0ADA"),))
    view = sent_off(drawn(sheet, setup, ""))
    values = view["state"]["values"]
    for name, key, value in (("user", "selected_users", ["U0ADA"]), ("first", "value", "10m"), ("next", "value", "1h")):
        values[f"setup_team.{name}"][f"setup_team.{name}"][key] = value
    after = sheet.read(view, Carried("", "customers")).edit(setup)
    assert [one.user for one in after.customers] == ["U0ADA"]
    assert after.customers[0].targets


def test_what_is_gone_is_drawn_no_more() -> None:
    for sheet in (
        setup_rules.SHEET,
        setup_customers.OVERRIDE_SHEET,
        setup_customers.CUSTOMER_SHEET,
        setup_people.SHEET,
    ):
        assert sheet.draw(Setup(), Carried("U0GONE", "main")) is None
