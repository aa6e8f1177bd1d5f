"""Customers in the setup: who is one where, and who has targets of their own."""

from dataclasses import replace
from typing import Any

from slack_sdk.models.blocks import Block

from bot.domain import setup_edits
from bot.domain.setup import Override, Setup
from bot.domain.setup_data import SIDES, gather
from bot.views import forms
from bot.views import setup_forms as sheets
from bot.views import setup_team_fields as fields
from bot.views.blocks import context, section
from bot.views.setup_channels import TARGET_FIELDS, targets, targets_for, written
from bot.views.setup_forms import Carried, Read, Sheet, View
from bot.views.words import common
from bot.views.words import setup_customers as words

OVERRIDE_FORM = "setup.override"
CUSTOMER_FORM = "setup.customer"


def overrides(setup: Setup, start: str) -> dict[str, Any]:
    """All who are on another side than Slack says."""
    listed: list[Block] = [
        section(_override_row(one), sheets.opens(words.CHANGE(), "override", key_of(one))) for one in setup.overrides
    ]
    top = [context(words.OVERRIDES_INTRO()), sheets.adds(words.ADD(), "override")]
    return sheets.listing("overrides", words.OVERRIDES_TITLE(), top, listed, start, words.NONE_YET())


def override_form(setup: Setup, carried: Carried) -> dict[str, Any] | None:
    """For one that is there, or without a key for a new one."""
    found = [one for one in setup.overrides if key_of(one) == carried.key]
    if carried.key and not found:
        return None
    override = found[0] if found else Override("", "customer")
    sides = [forms.option(words.SIDES[side](), side) for side in SIDES]
    here = [override.channel] if override.channel else []
    blocks = [
        sheets.person_for("user", override.user or None, words.WHO(), optional=False),
        fields.choice_for("is", sides, override.is_, words.SIDE()),
        sheets.channels_for("channel", here, words.WHERE(), words.WHERE_HINT(), most=1),
    ]
    blocks += [sheets.removes(words.REMOVE(), "override")] if found else []
    return sheets.modal(OVERRIDE_FORM, words.OVERRIDE_TITLE(), blocks, carried)


def read_override(view: View, carried: Carried) -> Read:
    """As the file would say it, in the place of what was there."""
    data = sheets.said(
        user=sheets.person(view, "user"),
        channel=next(iter(sheets.channels(view, "channel")), None),
        **{"is": fields.chosen(view, "is")},
    )
    part, found = gather({"override": [data]})

    def edit(setup: Setup) -> Setup:
        keys = [key_of(one) for one in setup.overrides]
        place = keys.index(carried.key) if carried.key in keys else len(keys)
        return replace(setup, overrides=(*setup.overrides[:place], part.overrides[0], *setup.overrides[place + 1 :]))

    return Read(edit, found)


def without_override(setup: Setup, key: str) -> Setup:
    """Without it."""
    return replace(setup, overrides=tuple(one for one in setup.overrides if key_of(one) != key))


def key_of(override: Override) -> str:
    """Nobody is overridden twice in one place."""
    return f"{override.user}/{override.channel or ''}"


def customers(setup: Setup, start: str) -> dict[str, Any]:
    """All who have targets of their own."""
    listed: list[Block] = []
    for one in setup.customers:
        row = words.customer_row(common.person(one.user), written(one.targets))
        listed.append(section(row, sheets.opens(words.CHANGE(), "customer", one.user)))
    top = [context(words.CUSTOMERS_INTRO()), sheets.adds(words.ADD(), "customer")]
    return sheets.listing("customers", words.CUSTOMERS_TITLE(), top, listed, start, words.NONE_YET())


def customer_form(setup: Setup, carried: Carried) -> dict[str, Any] | None:
    """For one who is there, or without a key for a new one."""
    found = [one for one in setup.customers if one.user == carried.key]
    if carried.key and not found:
        return None
    times = targets_for(found[0].targets if found else None, words.TARGET_HINT(), optional=False)
    blocks = [whom(carried.key), *times, *([sheets.removes(words.REMOVE(), "customer")] if found else [])]
    return sheets.modal(CUSTOMER_FORM, words.CUSTOMER_TITLE(), blocks, carried)


def read_customer(view: View, carried: Carried) -> Read:
    """As the file would say it; who is there already has these targets from then on."""
    user = carried.key or sheets.person(view, "user") or ""
    part, found = gather({"customer": {user: {"targets": targets(view)}}})

    return Read(lambda setup: setup_edits.put_customer(setup, part.customers[0]), found)


def whom(user: str) -> Block:
    """At the top of a form about one person: who it is, or a field for that where it is about nobody yet."""
    if user:
        return section(words.about(common.person(user)))
    return sheets.person_for("user", None, words.WHO(), optional=False)


def _override_row(override: Override) -> str:
    where = common.channel(override.channel) if override.channel else None
    return words.override_row(common.person(override.user), override.is_, where)


OVERRIDE_SHEET = Sheet(
    override_form,
    read_override,
    sheets.at(("override", "*"), {"": "user", **sheets.same("user", "is", "channel")}),
    fields.named("user"),
    without_override,
)
CUSTOMER_SHEET = Sheet(
    customer_form,
    read_customer,
    sheets.at(("customer", "*"), {"": "first", **TARGET_FIELDS}),
    fields.named("first"),
    setup_edits.remove_customer,
)
