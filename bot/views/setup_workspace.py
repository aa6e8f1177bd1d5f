"""The forms of what holds in the whole workspace: targets and ladder, kudos, language and admins, retention."""

from dataclasses import asdict, replace
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.setup import AWAY_EMOJI, LANGUAGES, Setup
from bot.domain.setup_data import gather
from bot.domain.setup_retention import KEPT, LEAST, MOST
from bot.views import forms
from bot.views import setup_forms as sheets
from bot.views import setup_team_fields as fields
from bot.views import setup_team_targets as ladders
from bot.views.blocks import context
from bot.views.setup_channels import TARGET_FIELDS, targets, targets_for
from bot.views.setup_forms import Carried, Read, Sheet, View
from bot.views.words import setup_workspace as words

TARGETS_FORM = "setup.targets"
KUDOS_FORM = "setup.kudos"
WORKSPACE_FORM = "setup.workspace"
RETENTION_FORM = "setup.retention"

DAYS = ("conversations", "kudos", "answers", "statistics", "changes")


def targets_form(setup: Setup, carried: Carried) -> dict[str, Any]:
    """Both targets, and the ladder."""
    blocks = [
        context(words.TARGETS_INTRO()),
        *targets_for(setup.targets, words.TARGET_HINT(), optional=False),
        fields.lines_for("ladder", ladders.written(setup.ladder), words.STEPS(), words.STEPS_HINT()),
    ]
    return sheets.modal(TARGETS_FORM, words.TARGETS_TITLE(), blocks, carried)


def read_targets(view: View, _carried: Carried) -> Read:
    """As the file would say it; a ladder too long for a form stays."""
    typed = fields.typed(view, "ladder").strip()
    steps = ladders.typed_steps(typed) if typed else []
    part, found = gather({"targets": targets(view), "ladder": steps})
    has_ladder = fields.has(view, "ladder")

    def edit(setup: Setup) -> Setup:
        return replace(setup, targets=part.targets, ladder=part.ladder if has_ladder else setup.ladder)

    return Read(edit, found if has_ladder else [one for one in found if one.path[0] != "ladder"])


def kudos_form(setup: Setup, carried: Carried) -> dict[str, Any]:
    """Where they are announced, and what else is agreed on."""
    kudos = setup.kudos
    here = [kudos.channel] if kudos.channel else []
    blocks = [
        sheets.channels_for("channel", here, words.CHANNEL(), words.CHANNEL_HINT(), most=1),
        fields.words_for("emoji", kudos.emoji, 100, words.EMOJI(), words.EMOJI_HINT()),
        sheets.channels_for("off", kudos.off, words.OFF(), words.OFF_HINT()),
        _number("manager_day_cap", kudos.manager_day_cap, 1, 1000, words.MANAGER_CAP(), words.MANAGER_CAP_HINT()),
        _number("unthanked_after_days", kudos.unthanked_after_days, 1, 365, words.UNTHANKED(), words.UNTHANKED_HINT()),
    ]
    return sheets.modal(KUDOS_FORM, words.KUDOS_TITLE(), blocks, carried)


def read_kudos(view: View, _carried: Carried) -> Read:
    """As the file would say it."""
    data = sheets.said(
        channel=next(iter(sheets.channels(view, "channel")), None),
        emoji=fields.tidied(view, "emoji"),
        off=sheets.channels(view, "off"),
        manager_day_cap=fields.number(view, "manager_day_cap"),
        unthanked_after_days=fields.number(view, "unthanked_after_days"),
    )
    part, found = gather({"kudos": data})
    return Read(lambda setup: replace(setup, kudos=part.kudos), found)


def workspace_form(setup: Setup, carried: Carried) -> dict[str, Any]:
    """Language, admins, works council, and who is away."""
    languages = [forms.option(words.LANGUAGES[one](), one) for one in LANGUAGES]
    blocks = [
        fields.choice_for("language", languages, setup.language, words.LANGUAGE(), words.LANGUAGE_HINT()),
        fields.people_for("admins", setup.admins, words.ADMINS(), words.ADMINS_HINT()),
        sheets.tick_for(
            "works_council",
            words.COUNCIL(),
            words.COUNCIL_OPTION(),
            words.COUNCIL_HINT(),
            ticked=setup.works_council,
        ),
        fields.words_for("away_emoji", " ".join(setup.away_emoji), forms.TYPED_MAX, words.AWAY(), words.AWAY_HINT()),
    ]
    return sheets.modal(WORKSPACE_FORM, words.TITLE(), blocks, carried)


def read_workspace(view: View, _carried: Carried) -> Read:
    """As the file would say it."""
    away = fields.tidied(view, "away_emoji").replace(",", " ").split()
    data = sheets.said(
        language=fields.chosen(view, "language"),
        admins=fields.members(view, "admins", ()),
        works_council=sheets.ticked(view, "works_council"),
    )
    part, found = gather(data | {"away_emoji": away})

    def edit(setup: Setup) -> Setup:
        emoji = AWAY_EMOJI if set(part.away_emoji) == set(AWAY_EMOJI) else part.away_emoji
        admins = _in_order(setup.admins, part.admins)
        return replace(setup, language=part.language, admins=admins, works_council=part.works_council, away_emoji=emoji)

    return Read(edit, found)


def retention_form(setup: Setup, carried: Carried) -> dict[str, Any]:
    """Days for each kind of what is kept."""
    days = asdict(setup.retention)
    told = {
        "conversations": (words.CONVERSATIONS(), words.CONVERSATIONS_HINT()),
        "kudos": (words.KUDOS(), ""),
        "answers": (words.ANSWERS(), words.ANSWERS_HINT()),
        "statistics": (words.STATISTICS(), words.STATISTICS_HINT()),
        "changes": (words.CHANGES(), ""),
    }
    blocks: list[Block] = [context(words.RETENTION_INTRO())]
    blocks += [_number(key, days[key], LEAST, MOST, label, hint) for key, (label, hint) in told.items()]
    blocks.append(_number("grace", days["grace"], 1, 365, words.GRACE(), words.GRACE_HINT(), optional=False))
    return sheets.modal(RETENTION_FORM, words.RETENTION_TITLE(), blocks, carried)


def read_retention(view: View, _carried: Carried) -> Read:
    """As the file would say it: an empty field is "kept" there."""
    typed = {key: fields.number(view, key) for key in (*DAYS, "grace")}
    data = {key: KEPT if number is None and key != "grace" else number for key, number in typed.items()}
    part, found = gather({"retention": data})
    return Read(lambda setup: replace(setup, retention=part.retention), found)


def _number(
    key: str, number: int | None, least: int, most: int, label: str, hint: str, *, optional: bool = True
) -> Block:
    block = fields.number_for(key, number, least, most, label, hint)
    block.optional = optional
    return block


def _in_order(before: tuple[str, ...], after: tuple[str, ...]) -> tuple[str, ...]:
    """Whoever stays, where they stood; a menu of Slack's keeps no order of its own."""
    return (*(one for one in before if one in after), *(one for one in after if one not in before))


TARGETS_SHEET = Sheet(
    targets_form, read_targets, sheets.at((), {**TARGET_FIELDS, **sheets.same("ladder")}), fields.named("first")
)
KUDOS_SHEET = Sheet(
    kudos_form,
    read_kudos,
    sheets.at(
        ("kudos",), {"": "channel", **sheets.same("channel", "emoji", "off", "manager_day_cap", "unthanked_after_days")}
    ),
    fields.named("channel"),
)
WORKSPACE_SHEET = Sheet(
    workspace_form,
    read_workspace,
    sheets.at((), sheets.same("language", "admins", "works_council", "away_emoji")),
    fields.named("language"),
)
RETENTION_SHEET = Sheet(
    retention_form, read_retention, sheets.at(("retention",), sheets.same(*DAYS, "grace")), fields.named("grace")
)
