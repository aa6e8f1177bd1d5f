"""Channel rules in the setup: the page of all, and the form for one."""

import json
from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain.channel_rules import ChannelRule
from bot.domain.setup import Setup
from bot.domain.setup_data import gather
from bot.views import setup_forms as sheets
from bot.views import setup_team_fields as fields
from bot.views.blocks import context, section
from bot.views.setup_channels import kinds, team, team_for, team_name
from bot.views.setup_forms import Carried, Read, Sheet, View
from bot.views.words import common
from bot.views.words import setup_channels as words

FORM = "setup.rule"


def rules(setup: Setup, start: str) -> dict[str, Any]:
    """All of them, in the order in which they are asked."""
    listed: list[Block] = [
        section(_row(setup, place, rule), sheets.opens(words.CHANGE(), "rule", key_of(rule)))
        for place, rule in enumerate(setup.rules, 1)
    ]
    fitting = [words.ruled(len(setup.ruled))] if setup.rules else []
    top = [context(words.RULES_INTRO(), *fitting), sheets.adds(words.ADD_RULE(), "rule")]
    return sheets.listing("rules", words.RULES_TITLE(), top, listed, start, words.NONE_YET())


def form(setup: Setup, carried: Carried) -> dict[str, Any] | None:
    """For one that is there, or without a key for a new one, which is asked last."""
    rule, place = _find(setup, carried.key)
    if rule is None and carried.key:
        return None
    rule = rule or ChannelRule()
    blocks = [
        fields.words_for("prefix", rule.prefix, 79, words.PREFIX(), words.PREFIX_HINT()),
        sheets.tick_for("shared", words.SHARED(), words.SHARED_OPTION(), words.SHARED_HINT(), ticked=rule.shared),
        fields.choice_for("kind", kinds(), rule.kind, words.KIND()),
        team_for(setup, rule.team),
        fields.number_for(
            "place", place + 1, 1, len(setup.rules) + (not carried.key), words.PLACE(), words.PLACE_HINT()
        ),
    ]
    blocks += [sheets.removes(words.REMOVE(), "rule")] if carried.key else []
    return sheets.modal(FORM, words.RULE_TITLE(), blocks, carried)


def read(view: View, carried: Carried) -> Read:
    """As the file would say it, and at its place."""
    data = sheets.said(
        prefix=fields.tidied(view, "prefix"),
        shared=sheets.ticked(view, "shared") or None,
        kind=fields.chosen(view, "kind"),
        team=team(view),
    )
    part, found = gather({"rule": [data]})
    place = fields.number(view, "place")
    wanted = place - 1 if isinstance(place, int) else -1

    def edit(setup: Setup) -> Setup:
        others = [rule for rule in setup.rules if key_of(rule) != carried.key]
        here = wanted if wanted >= 0 else len(others)
        return replace(setup, rules=(*others[:here], part.rules[0], *others[here:]))

    return Read(edit, found)


def without(setup: Setup, key: str) -> Setup:
    """Without the rule."""
    return replace(setup, rules=tuple(rule for rule in setup.rules if key_of(rule) != key))


def key_of(rule: ChannelRule) -> str:
    """No two rules are for the same channels."""
    return json.dumps([rule.prefix, rule.shared])


def _find(setup: Setup, key: str) -> tuple[ChannelRule | None, int]:
    for place, rule in enumerate(setup.rules):
        if key_of(rule) == key:
            return rule, place
    return None, len(setup.rules)


def _row(setup: Setup, place: int, rule: ChannelRule) -> str:
    which = words.which(common.escape(rule.prefix) if rule.prefix else None, shared=rule.shared)
    return words.rule_row(place, which, rule.kind, team_name(setup, rule.team))


SHEET = Sheet(
    form,
    read,
    sheets.at(("rule",), {"": "prefix", **sheets.same("prefix", "shared", "kind", "team")}),
    fields.named("prefix"),
    without,
)
