"""The fields of a team's forms: each is drawn from a value of the setup file, and read back into one.

A field's name is that of the key that it holds, so that what is wrong with a key is shown beside its field.
"""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from babel import Locale
from slack_sdk.models.blocks import (
    Block,
    ConversationFilter,
    ConversationMultiSelectElement,
    InputBlock,
    NumberInputElement,
    Option,
    OptionGroup,
    PlainTextInputElement,
    StaticMultiSelectElement,
    StaticSelectElement,
    UserMultiSelectElement,
)

from bot.domain.setup import LANGUAGES
from bot.views import forms
from bot.views.blocks import context
from bot.views.language import spoken
from bot.views.words import setup_team_forms as words

Data = dict[str, object]  # keys of a team's table in the file; None: left out
View = Mapping[str, Any]

MOST_OPTIONS = 100  # Slack's, of a menu, and of a group in one
GROUP_OF = ".groups"  # after the name of a field that holds people: the one for their user groups


def named(key: str) -> str:
    """The field of a key of the file: a form is read back by it."""
    return f"setup_team.{key}"


def words_for(key: str, typed: str | None, most: int, label: str, hint: str = "", *, optional: bool = True) -> Block:
    """A line of text."""
    name = named(key)
    element = PlainTextInputElement(action_id=name, initial_value=(typed or "")[:most] or None, max_length=most)
    return forms.field(name, label, element, hint, optional=optional)


def lines_for(key: str, typed: str, label: str, hint: str = "", *, optional: bool = True) -> Block:
    """Lines of text. More of them than Slack lets anybody type stay in the file, and are not cut off."""
    if len(typed) > forms.TYPED_MAX:
        return context(words.in_the_file(label))
    return forms.field(named(key), label, forms.box(named(key), typed), hint, optional=optional)


def number_for(
    key: str, number: int | None, least: int, most: int, label: str, hint: str, *, optional: bool = False
) -> InputBlock:
    """A whole number."""
    name = named(key)
    element = NumberInputElement(
        action_id=name,
        is_decimal_allowed=False,
        initial_value=None if number is None else str(number),
        min_value=str(least),
        max_value=str(most),
    )
    return forms.field(name, label, element, hint, optional=optional)


def people_for(key: str, ids: Iterable[str], label: str, hint: str = "", *, optional: bool = True) -> Block:
    """Those of them who are people."""
    users = [one for one in ids if not one.startswith("S")]
    name = named(key)
    element = UserMultiSelectElement(action_id=name, initial_users=users or None, placeholder=words.PICK_PEOPLE())
    return forms.field(name, label, element, hint, optional=optional)


def groups_for(key: str, ids: Iterable[str], groups: Mapping[str, str], label: str) -> list[Block]:
    """Those of them that are user groups, among all that the workspace has: nothing where it has none."""
    chosen = [one for one in ids if one.startswith("S")]
    offered = [*chosen, *(one for one in groups if one not in chosen)][:MOST_OPTIONS]
    if not offered:
        return []
    options = [forms.option(words.handle(groups.get(one, one)), one) for one in offered]
    name = named(key + GROUP_OF)
    element = several(name, options, chosen, words.PICK_GROUPS())
    return [forms.field(name, label, element, words.GROUPS_HINT(), optional=True)]


def several(name: str, options: Sequence[Option], chosen: Sequence[str], placeholder: str) -> StaticMultiSelectElement:
    """A menu in which these are chosen, in this order."""
    by_value = {str(one.value): one for one in options}
    initial = [by_value[one] for one in chosen if one in by_value]
    return StaticMultiSelectElement(
        action_id=name, options=list(options), initial_options=initial or None, placeholder=placeholder
    )


def channel_for(key: str, channel: str | None, label: str, hint: str) -> Block:
    """One channel of ours, or none: a menu for one alone could not be emptied again."""
    name = named(key)
    element = ConversationMultiSelectElement(
        action_id=name,
        initial_conversations=[channel] if channel else None,
        max_selected_items=1,
        filter=ConversationFilter(include=["public", "private"], exclude_external_shared_channels=True),
        placeholder=words.PICK_CHANNEL(),
    )
    return forms.field(name, label, element, hint, optional=True)


def choice_for(key: str, options: Sequence[Option], chosen: str, label: str, hint: str = "") -> Block:
    """One of a few."""
    name = named(key)
    initial = next(one for one in options if one.value == chosen)
    element = StaticSelectElement(action_id=name, options=list(options), initial_option=initial)
    return forms.field(name, label, element, hint)


def choice_of_many(key: str, groups: Mapping[str, Sequence[Option]], chosen: str, label: str, hint: str) -> Block:
    """One of hundreds, which Slack finds by what is typed."""
    name = named(key)
    initial = next(one for options in groups.values() for one in options if one.value == chosen)
    grouped = [OptionGroup(label=label, options=list(options)) for label, options in groups.items()]
    element = StaticSelectElement(action_id=name, option_groups=grouped, initial_option=initial)
    return forms.field(name, label, element, hint)


def languages() -> list[Option]:
    """Those that CareCue speaks, each by the name that it has for itself."""
    return [forms.option(language_name(code), code) for code in LANGUAGES]


def language_name(code: str) -> str:
    """What a language calls itself."""
    name = str(Locale.parse(code).display_name)
    return f"{name[:1].upper()}{name[1:]}"


def country_name(code: str) -> str:
    """By its two letters, in the language of whoever reads."""
    return str(Locale.parse(spoken()).territories.get(code, code))


# -- and back ------------------------------------------------------------------------------------------------------


def has(view: View, key: str) -> bool:
    """Whether the form has the field of this key."""
    return named(key) in view["state"]["values"]


def typed(view: View, key: str) -> str:
    """What was typed, as it was typed."""
    return forms.typed(view, named(key))


def tidied(view: View, key: str, before: str | None = None) -> str:
    """The same on one line, without what nobody sees; what stood there before is left as it is."""
    said = typed(view, key)
    if said == before:
        return said
    return " ".join("".join(one if one.isprintable() else " " for one in said).split())


def number(view: View, key: str) -> object:
    """A number, or what stands in its place; None where nothing does."""
    said = tidied(view, key)
    return int(said) if said.isdecimal() and len(said) < 10 else said or None


def members(view: View, key: str, before: Sequence[str]) -> list[str]:
    """People and user groups: those who were there before in their order, then those who came."""
    picked = [*(forms.value(view, named(key), "selected_users") or ())]
    if has(view, key + GROUP_OF):
        picked += forms.ticked(view, named(key + GROUP_OF))
    else:
        picked += [one for one in before if one.startswith("S")]
    stayed = [one for one in before if one in picked]
    return list(dict.fromkeys([*stayed, *picked]))


def chosen_channel(view: View, key: str) -> str | None:
    """The one that was picked."""
    picked = forms.value(view, named(key), "selected_conversations") or [None]
    return picked[0] and str(picked[0])


def chosen(view: View, key: str) -> str:
    """The value of the option that was chosen."""
    return forms.chosen(view, named(key)) or ""


def touched(view: View, key: str) -> bool:
    """Whether a text or a choice is another one than the form was drawn with."""
    drawn: Mapping[str, Any] = next(
        (block["element"] for block in view["blocks"] if block["block_id"] == named(key)), {}
    )
    if "initial_option" in drawn:
        return bool(chosen(view, key) != drawn["initial_option"]["value"])
    return bool(typed(view, key) != (drawn.get("initial_value") or ""))


def chosen_in_order(view: View, key: str) -> list[str]:
    """The values of those that were chosen, in the order in which they were."""
    return forms.ticked(view, named(key))
