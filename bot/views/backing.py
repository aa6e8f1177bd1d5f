"""The standing backing: a page for whoever is in the team, and the form in which their manager writes it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
)

from bot.domain.backing import TYPED_MAX
from bot.views import forms
from bot.views.blocks import context, section
from bot.views.boundary import bullets
from bot.views.message import Message
from bot.views.words import backing as words
from bot.views.words import common

CHANGE = "backing.change"
FORM = "backing.form"
LINES = "backing.lines"


@dataclass(frozen=True, slots=True)
class TeamBacking:
    """A team's, for somebody who `may_change` it."""

    key: str
    name: str
    sentences: tuple[str, ...] = ()
    may_change: bool = False


def page(teams: Sequence[TeamBacking]) -> Message:
    """The answer to the command."""
    if not teams:
        return Message(words.NO_TEAM(), (section(words.NO_TEAM()),))
    blocks = [block for team in teams for block in _of_team(team)]
    return Message(words.TITLE(), (*blocks, context(words.NOTE())))


def form(team: TeamBacking) -> dict[str, Any]:
    """The modal for writing it."""
    box = forms.box(LINES, "\n".join(team.sentences), TYPED_MAX)
    field = forms.field(LINES, words.LABEL(), box, words.HINT(), optional=True)
    return forms.modal(FORM, words.TITLE(), words.SAVE(), [field], team.key)


def read_form(view: Mapping[str, Any]) -> tuple[str, str]:
    """The team's key, and what was typed."""
    return str(view["private_metadata"]), forms.typed(view, LINES)


def saved(team: TeamBacking) -> dict[str, Any]:
    """What stands in the place of the form."""
    return forms.shown(words.TITLE(), [*_listed(team), context(words.NOTE())])


def beside_lines(sentence: str) -> dict[str, str]:
    """What is wrong, shown beside the field."""
    return {LINES: sentence}


def read_press(action: Mapping[str, Any]) -> str:
    """The key of the team whose button was pressed."""
    return str(action.get("value") or "")


def _of_team(team: TeamBacking) -> list[Block]:
    blocks = _listed(team)
    if team.may_change and len("\n".join(team.sentences)) > TYPED_MAX:
        return [*blocks, context(words.IN_THE_FILE())]
    button = ButtonElement(text=words.CHANGE(), action_id=CHANGE, value=team.key)
    return [*blocks, ActionsBlock(elements=[button])] if team.may_change else blocks


def _listed(team: TeamBacking) -> list[Block]:
    heading = f"*{words.of_team(common.escape(common.shortened(team.name)))}*"
    return [section("\n".join([heading, *(bullets(team.sentences) or [words.NOTHING()])]))]
