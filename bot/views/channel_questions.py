"""What is this channel? The question with the likely answer chosen, and how an answer is read back."""

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, get_args

from slack_sdk.models.blocks import (
    ActionsBlock,
    Block,
    ButtonElement,
    Option,
    SectionBlock,
    StaticMultiSelectElement,
    StaticSelectElement,
)

from bot.domain.channel_questions import Answer, Look
from bot.domain.setup import Kind, Team
from bot.views.blocks import context, section
from bot.views.forms import chosen, option, ticked
from bot.views.message import Message
from bot.views.words import channel_questions as words
from bot.views.words import common

ANSWER = "channel_questions.answer"
KIND, TEAM, RELAYS = "channel_questions.kind", "channel_questions.team", "channel_questions.relays"
CHOICES = (KIND, TEAM, RELAYS)
MOST_TEAMS = 99  # and nobody: Slack takes a hundred options
NOBODY = "-"  # no key of a team begins so

_CHANNEL = re.compile(r"[CG][A-Z0-9]{1,20}")
_KIND: Mapping[str, Kind] = {kind: kind for kind in get_args(Kind)}
_KINDS = {"customer": words.CUSTOMER, "team": words.TEAM, "ignored": words.IGNORED}


@dataclass(frozen=True, slots=True)
class Question:
    """`team` is whose the channel probably is, by its key; `by_reader`: whoever is asked brought CareCue there."""

    channel: str
    look: Look
    teams: Sequence[Team]
    team: str | None
    by_reader: bool = True


def draw(of: Question) -> Message:
    """The likely answer is chosen, so that one press is enough."""
    begin = (words.brought if of.by_reader else words.was_brought)(of.channel)
    return Message(f"{begin} {words.ASK()}", tuple(_blocks(of, begin)))


def answered(channel: str, given: Answer, team: Team | None) -> Message:
    """What stands in its place."""
    said = {
        "customer": lambda: words.customers(channel, team.name if team else None),
        "team": lambda: words.ours(channel),
        "ignored": lambda: words.left_alone(channel),
    }[given.kind]()
    return Message(said, (section(said), context(words.CHANGE())))


def read_channel(action: Mapping[str, Any]) -> str | None:
    """Which channel the button is about; None for what we never drew."""
    value = str(action.get("value"))
    return value if _CHANNEL.fullmatch(value) else None


def read(body: Mapping[str, Any]) -> Answer | None:
    """What was chosen in the message when its button was pressed; None for what we never drew."""
    view = {"state": body.get("state") or {"values": {}}}
    kind, team = chosen(view, KIND) or "", chosen(view, TEAM)
    if kind not in _KIND:
        return None
    return Answer(_KIND[kind], None if team in (None, NOBODY) else team, tuple(ticked(view, RELAYS)))


def _blocks(of: Question, begin: str) -> Iterator[Block]:
    yield section(" ".join([begin, *_seen(of.look)]))
    kinds = [option(text(), kind) for kind, text in _KINDS.items()]
    yield _asked(
        words.ASK(), StaticSelectElement(action_id=KIND, options=kinds, initial_option=_of(kinds, of.look.kind))
    )
    if of.teams:
        teams = [option(team.name, team.key) for team in of.teams[:MOST_TEAMS]] + [option(words.NOBODY(), NOBODY)]
        mine = _of(teams, of.team or NOBODY)
        yield _asked(words.WHOSE(), StaticSelectElement(action_id=TEAM, options=teams, initial_option=mine))
    if of.look.apps:
        yield _asked(words.RELAYS(), _relays(of.look))
    yield ActionsBlock(elements=[ButtonElement(text=words.SAVE(), action_id=ANSWER, value=of.channel, style="primary")])
    yield context(words.PROMISE())


def _seen(look: Look) -> Iterator[str]:
    if look.shared:
        yield words.SHARED()
    elif look.pending:
        yield words.PENDING()
    if look.guests:
        yield words.guests(look.guests)
    if not (look.shared or look.pending or look.guests):
        yield words.COLLEAGUES()
    yield from (words.app_writes(app.name or app.id) for app in look.apps)


def _relays(look: Look) -> StaticMultiSelectElement:
    apps = [option(app.name or words.app_without_name(app.id), app.id) for app in look.apps]
    likely = [one for one, app in zip(apps, look.apps, strict=True) if app.relays]
    return StaticMultiSelectElement(
        action_id=RELAYS, placeholder=words.NO_APP(), options=apps, initial_options=likely or None
    )


def _asked(label: str, element: StaticSelectElement | StaticMultiSelectElement) -> SectionBlock:
    """Its block has the element's name, by which the answer is found again."""
    found = section(common.bold(label), element)
    found.block_id = element.action_id
    return found


def _of(options: Sequence[Option], value: str) -> Option:
    return next((one for one in options if one.value == value), options[-1])
