"""Channels in the setup: the page of those that are listed, and the form for one."""

from typing import Any

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ConversationFilter,
    ConversationSelectElement,
    Option,
)

from bot.domain import setup_edits
from bot.domain.setup import Channel, Setup, Targets
from bot.domain.setup_channels import KINDS
from bot.domain.setup_data import gather
from bot.domain.setup_values import duration_text
from bot.views import forms
from bot.views import setup_forms as sheets
from bot.views import setup_team_fields as fields
from bot.views.blocks import context, section
from bot.views.setup_forms import Carried, Data, Read, Sheet, View
from bot.views.words import common
from bot.views.words import setup_channels as words

FORM = "setup.channel"
PICK = "setup.pick.channel"
NO_TEAM = "-"  # no key of a team begins with it


def channels(setup: Setup, start: str) -> dict[str, Any]:
    """All that are listed."""
    picker = ConversationSelectElement(
        action_id=PICK,
        placeholder=words.PICK(),
        filter=ConversationFilter(include=["public", "private"], exclude_bot_users=True),
    )
    listed: list[Block] = [
        section(_row(setup, one), sheets.opens(words.CHANGE(), "channel", one.id)) for one in setup.channels
    ]
    top = [context(words.INTRO()), ActionsBlock(elements=[picker])]
    return sheets.listing("channels", words.TITLE(), top, listed, start, words.NONE_YET())


def form(setup: Setup, carried: Carried) -> dict[str, Any] | None:
    """For one that is listed, or that is listed with it: filled in as it is by now, by a rule or as a home."""
    channel = setup.channel(carried.key) or Channel(carried.key)
    blocks: list[Block] = [
        section(words.about(common.channel(channel.id))),
        fields.choice_for("kind", kinds(), channel.kind, words.KIND()),
        team_for(setup, channel.team),
        sheets.person_for("owner", channel.owner, words.OWNER(), words.OWNER_HINT()),
        *targets_for(channel.targets),
        fields.words_for("relays", " ".join(channel.relays), forms.TYPED_MAX, words.RELAYS(), words.RELAYS_HINT()),
    ]
    blocks += [sheets.removes(words.REMOVE(), "channel")] if channel in setup.channels else []
    return sheets.modal(FORM, words.FORM_TITLE(), blocks, carried)


def read(view: View, carried: Carried) -> Read:
    """As the file would say it."""
    data = sheets.said(
        kind=fields.chosen(view, "kind"),
        team=team(view),
        owner=sheets.person(view, "owner"),
        targets=targets(view),
        relays=fields.tidied(view, "relays").replace(",", " ").split(),
    )
    part, found = gather({"channel": {carried.key: data}})
    return Read(lambda setup: setup_edits.put_channel(setup, part.channels[0]), found)


def kinds() -> list[Option]:
    """What a channel may be."""
    return [forms.option(words.KINDS[kind](), kind) for kind in KINDS]


def team_for(setup: Setup, key: str | None) -> Block:
    """Whose something is; one that is no more is nobody's."""
    options = [forms.option(words.NO_TEAM(), NO_TEAM)]
    first = sorted(setup.teams, key=lambda one: one.key != key)  # the menu may end before the last of them
    options += [forms.option(one.name, one.key) for one in first[: fields.MOST_OPTIONS - 1]]
    chosen = key if key and setup.team(key) else NO_TEAM
    return fields.choice_for("team", options, chosen, words.TEAM(), words.TEAM_HINT())


def team_name(setup: Setup, key: str | None) -> str:
    """The team's in bold; nothing where there is none."""
    named = setup.team(key)
    return common.bold(common.shortened(named.name)) if named else ""


def team(view: View) -> str | None:
    """The key of the team that was chosen."""
    chosen = fields.chosen(view, "team")
    return None if chosen == NO_TEAM else chosen


def targets_for(targets: Targets | None, hint: str = "", *, optional: bool = True) -> list[Block]:
    """Both of them."""
    first, later = written(targets) or (None, None)
    hint = hint or words.TARGET_HINT()
    return [
        fields.words_for("first", first, 20, words.FIRST(), hint, optional=optional),
        fields.words_for("next", later, 20, words.NEXT(), optional=optional),
    ]


def written(targets: Targets | None) -> tuple[str, str] | None:
    """Both as a file has them; None where there are none."""
    return (duration_text(targets.first), duration_text(targets.next)) if targets else None


def targets(view: View) -> Data:
    """Both or none; one alone is wrong beside the other's field."""
    typed = {key: fields.tidied(view, key) for key in ("first", "next")}
    return dict(typed) if any(typed.values()) else {}


def _row(setup: Setup, channel: Channel) -> str:
    owner = common.person(channel.owner) if channel.owner else None
    team = team_name(setup, channel.team)
    return words.row(common.channel(channel.id), channel.kind, team, owner, written(channel.targets))


TARGET_FIELDS = {"targets": "first", "targets.first": "first", "targets.next": "next"}
SHEET = Sheet(
    form,
    read,
    sheets.at(("channel", "*"), {"": "kind", **TARGET_FIELDS, **sheets.same("kind", "team", "owner", "relays")}),
    fields.named("kind"),
    setup_edits.remove_channel,
)
