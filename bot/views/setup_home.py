"""The page from which everything is set up: for an admin all of it, for a manager their teams."""

from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from slack_sdk.models.blocks import ActionsBlock, Block, ButtonElement

from bot.domain.setup import Setup, Team
from bot.domain.setup_values import duration_text
from bot.views import forms, setup_team
from bot.views.blocks import context, section
from bot.views.setup_forms import go, opens, page
from bot.views.words import common
from bot.views.words import setup_home as words
from bot.views.words import setup_workspace as workspace_words

MAIN = "main"
BEGIN = "setup.begin"  # on the Home tab
MOST_TEAMS = 40
MOST_ADMINS = 5


class Whole(NamedTuple):
    """A setup for an admin, or for a manager who sees `teams` only."""

    setup: Setup
    teams: Sequence[Team]
    is_admin: bool
    people: dict[str, int]  # of a team, by its key: those of its user groups too


def main(whole: Whole) -> dict[str, Any]:
    """Where `/care setup` opens."""
    blocks: list[Block] = [context(words.INTRO() if whole.is_admin else words.MANAGERS_INTRO())]
    blocks += _teams(whole)
    if whole.is_admin:
        blocks += _workspace(whole.setup)
    return page(MAIN, words.TITLE(), blocks)


def not_for_you() -> dict[str, Any]:
    """For whoever neither manages nor administers anything."""
    return forms.told(words.TITLE(), words.NOT_FOR_YOU())


def button(*, is_admin: bool) -> ButtonElement:
    """On the Home tab."""
    return ButtonElement(text=words.BUTTON() if is_admin else words.MY_BUTTON(), action_id=BEGIN)


def part() -> list[Block]:
    """An admin's, on the Home tab."""
    return [section(words.HOME(), button(is_admin=True))]


def _teams(whole: Whole) -> Iterator[Block]:
    if not whole.teams:
        yield section(words.NO_TEAMS())
    for team in whole.teams[:MOST_TEAMS]:
        name = common.bold(common.shortened(team.name))
        yield section(words.team(name, whole.people.get(team.key, 0)), go(words.OPEN(), f"team:{team.key}"))
    if len(whole.teams) > MOST_TEAMS:
        yield context(words.MORE_TEAMS())
    if whole.is_admin:
        yield ActionsBlock(elements=[setup_team.new_button()])


def _workspace(setup: Setup) -> Iterator[Block]:
    for name, title, things in (
        ("channels", words.CHANNELS(), setup.channels),
        ("rules", words.RULES(), setup.rules),
        ("overrides", words.OVERRIDES(), setup.overrides),
        ("customers", words.CUSTOMERS(), setup.customers),
        ("people", words.PEOPLE(), setup.people),
    ):
        yield section(title + words.listed(len(things)), go(words.OPEN(), name))
    targets = setup.targets
    first, later = duration_text(targets.first), duration_text(targets.next)
    yield section(words.targets(first, later, len(setup.ladder)), opens(words.CHANGE(), "targets"))
    kudos = setup.kudos.channel
    yield section(words.kudos(common.channel(kudos) if kudos else None), opens(words.CHANGE(), "kudos"))
    admins = common.people(setup.admins[:MOST_ADMINS])
    language = workspace_words.LANGUAGES[setup.language]()
    yield section(words.workspace(language, admins), opens(words.CHANGE(), "workspace"))
    yield section(words.retention(setup.retention.conversations), opens(words.CHANGE(), "retention"))
    yield section(words.HISTORY(), go(words.OPEN(), "history"))
